import { Instruction, type ClientNode, type VariableOption } from '@nocobase/plugin-workflow/client-v2';
import { t } from './locale';

/** The browser half of the node `quote`, for both clients. */
export class QuoteInstruction extends Instruction {
  override title = t('Quote');
  override type = 'quote';
  override group = 'extended';
  override description = t('Asks a service for the price of something.');
  override async = true;
  override testable = true;
  override FieldsetLoader = () => import('./QuoteForm').then(({ QuoteForm }) => ({ default: QuoteForm }));

  override createDefaultConfig() {
    return { url: '', symbol: '' };
  }

  override useVariables({ key, title }: ClientNode): VariableOption {
    return { value: key, label: title, children: ['symbol', 'price'].map((name) => ({ value: name, label: name })) };
  }
}

import { Plugin } from '@nocobase/client';
import { EveryTrigger } from '../client-v2/EveryTrigger';
import { QuoteInstruction } from '../client-v2/QuoteInstruction';

/** For the classic pages: the same node and the same trigger. */
export class QuotesClientPlugin extends Plugin {
  override async load() {
    const workflow = this.app.pm.get('workflow');
    workflow.registerInstruction('quote', QuoteInstruction);
    workflow.registerTrigger('every', EveryTrigger);
  }
}

export default QuotesClientPlugin;

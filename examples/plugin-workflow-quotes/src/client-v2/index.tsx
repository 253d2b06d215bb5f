import { Plugin } from '@nocobase/client-v2';
import { EveryTrigger } from './EveryTrigger';
import { QuoteInstruction } from './QuoteInstruction';

export { EveryTrigger, QuoteInstruction };

/** For the pages under `/v/`. */
export class QuotesClientV2Plugin extends Plugin {
  override async load() {
    const workflow = this.app.pm.get('workflow');
    workflow.registerInstruction('quote', QuoteInstruction);
    workflow.registerTrigger('every', EveryTrigger);
  }
}

export default QuotesClientV2Plugin;

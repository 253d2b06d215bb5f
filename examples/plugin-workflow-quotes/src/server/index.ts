import { Plugin } from '@nocobase/server';
import PluginWorkflowServer from '@nocobase/plugin-workflow';
import { EveryTrigger } from './EveryTrigger';
import { QuoteInstruction } from './QuoteInstruction';

export class QuotesServerPlugin extends Plugin {
  override async load() {
    const workflow = this.app.pm.get(PluginWorkflowServer);
    workflow.registerInstruction('quote', QuoteInstruction);
    workflow.registerTrigger('every', EveryTrigger);
  }
}

export default QuotesServerPlugin;

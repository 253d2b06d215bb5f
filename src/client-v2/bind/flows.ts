import { FormSubmitActionModel, UpdateRecordActionModel } from '@nocobase/client-v2';
import { triggerWorkflowsParam } from '../../client/bind/bindings';
import { tExpr } from '../host/translation';
import { createTriggerWorkflowsSchema } from './createTriggerWorkflowsSchema';

interface RenderContext {
  model: { setSaveRequestConfig(config: { params: Record<string, unknown> }): void };
}

const DIALOG = { type: 'dialog', props: { width: 760, maskClosable: false } };

/** Runs before the button is shown: from then on its request names the bound workflows. */
function bindRequest({ model }: RenderContext, { group }: { group?: unknown }): void {
  model.setSaveRequestConfig({ params: { triggerWorkflows: triggerWorkflowsParam(group) } });
}

/** Settings flow of a button. Its key, that of its step and the param `group` are stored in users' pages. */
const bindingFlow = (key: string) => ({
  key,
  title: tExpr('Workflow'),
  steps: {
    setTriggerWorkflows: {
      title: tExpr('Bind workflows'),
      uiMode: DIALOG,
      uiSchema: createTriggerWorkflowsSchema(),
      handler: bindRequest,
    },
  },
});

/** "Bind workflows" on the buttons of modern pages: submit buttons of forms, and "Update record". */
export function registerBindingFlows(): void {
  FormSubmitActionModel.registerFlow(bindingFlow('formTriggerWorkflowsActionSettings'));
  UpdateRecordActionModel.registerFlow(bindingFlow('recordTriggerWorkflowsActionSettings'));
}

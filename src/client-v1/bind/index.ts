import type { Application } from '@nocobase/client';
import { registerBinding as registerInBothClients } from '@nocobase/plugin-workflow/client-v2';
import { useRecordTriggerWorkflowsActionProps, useTriggerWorkflowsActionProps } from '../formily/triggerActions';
import { BindWorkflowConfig } from './BindWorkflowConfig';

export { BindWorkflowConfig, useRecordTriggerWorkflowsActionProps, useTriggerWorkflowsActionProps };

/** Settings menus of the buttons whose requests may start workflows. */
const BUTTONS = ['submit', 'createSubmit', 'updateSubmit', 'saveRecord', 'updateRecord', 'delete', 'bulkEditSubmit'];

/** The name under which stock pages know the item; settings with an item of this name show ours. */
const ITEM = 'workflowConfig';

/** Called once, when the plugin is loaded: buttons of classic pages, then what both clients share. */
export function registerBinding(app: Application): void {
  for (const button of BUTTONS) {
    app.schemaSettingsManager.addItem(`actionSettings:${button}`, ITEM, { Component: BindWorkflowConfig });
  }
  app.addScopes({ useTriggerWorkflowsActionProps, useRecordTriggerWorkflowsActionProps });
  registerInBothClients(app);
}

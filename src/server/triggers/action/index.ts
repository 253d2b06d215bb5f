import type { WorkflowPlugin } from '../../contract';
import { ActionTrigger } from './ActionTrigger';
import { createActionMiddleware, normalizeKeyList } from './middleware';
import { attachReports } from './report';

export { ActionTrigger, type ActionTriggerValues } from './ActionTrigger';
export type { SkipReason, WorkflowReport } from './report';

/** Registers the trigger type `action` and stands around the writing actions of all data sources. */
export function registerActionTrigger(plugin: WorkflowPlugin): void {
  const trigger = new ActionTrigger(plugin);
  plugin.triggers.register('action', trigger);
  plugin.app.dataSourceManager.use(normalizeKeyList, { tag: 'workflowKeyList', before: 'validate-filter-params' });
  plugin.app.dataSourceManager.use(createActionMiddleware(plugin, trigger.index));
  attachReports(plugin.app);
}

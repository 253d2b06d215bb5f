import type { Application } from '@nocobase/client-v2';
import { registerBindingFlows } from './flows';
import { showOutcomes } from './outcomeNotices';

export { BindingField, type BindingFieldProps } from './BindingField';
export { createTriggerWorkflowsSchema, type TriggerWorkflowsSchemaOptions } from './createTriggerWorkflowsSchema';
export { TriggerWorkflowSelect, type TriggerWorkflowSelectProps } from './TriggerWorkflowSelect';
export { bindableTypes, type BindingPredicateContext } from './types';

/** Called once, when the plugin is loaded: buttons can be bound to workflows, and people learn how those ended. */
export function registerBinding(app: Pick<Application, 'apiClient' | 'flowEngine'>): void {
  registerBindingFlows();
  showOutcomes(app);
}

import type { Transaction } from 'sequelize';
import type { WorkflowModel } from './models';
import type { WorkflowPlugin } from './plugin';
import type { EventOptions } from './plugin';
import { validateWithSchema, type ConfigSchema } from './validateWithSchema';

/** Base class of trigger types. One instance per type lives in `plugin.triggers`. */
export abstract class Trigger {
  configSchema?: ConfigSchema;
  /** fixes the mode for the type; undefined = the workflow decides */
  sync?: boolean;

  constructor(public readonly workflow: WorkflowPlugin) {}

  /** Called when a workflow is enabled, at start-up too. Must not add a second listener when called twice. */
  on(_workflow: WorkflowModel): void | Promise<void> {}

  /** Called when a workflow is disabled, changed or removed. May get a plain object of old values. */
  off(_workflow: WorkflowModel): void | Promise<void> {}

  /** Last word on whether an event may become an execution. */
  validateEvent(
    _workflow: WorkflowModel,
    _context: any,
    _options: EventOptions,
  ): boolean | Promise<boolean> {
    return true;
  }

  duplicateConfig?(
    workflow: WorkflowModel,
    options: { origin?: WorkflowModel; transaction?: Transaction },
  ): object | Promise<object>;

  validateConfig(config: Record<string, any>): Record<string, string> | null {
    return validateWithSchema(this.configSchema, config);
  }

  validateContext?(values: any, workflow?: WorkflowModel): Record<string, string> | null;

  /** Manual execution. Returns the processor, null when there was nothing to trigger, undefined on failure. */
  execute?(workflow: WorkflowModel, values: any, options: EventOptions): any;
}

export default Trigger;

import type { ComponentType } from 'react';
import type { ClientWorkflow, TempAssociationSource, UseVariableOptions, VariableOption } from './types';

type ComponentLoader = () => Promise<{ default: ComponentType<any> }>;

/** Browser half of a trigger type. Its fields are declared only, see Instruction. */
export abstract class Trigger {
  declare title: string;
  declare description?: string;
  /** fixes the execute mode; undefined lets the user choose */
  declare sync?: boolean;
  declare fieldset?: Record<string, any>;
  declare presetFieldset?: Record<string, any>;
  declare triggerFieldset?: Record<string, any>;
  declare FieldsetLoader?: ComponentLoader;
  declare PresetFieldsetLoader?: ComponentLoader;
  declare TriggerFieldsetLoader?: ComponentLoader;
  declare view?: any;
  declare scope?: Record<string, any>;
  declare components?: Record<string, any>;
  declare initializers?: any;
  /** buttons of v1 pages that may be bound to workflows of this type */
  declare isActionTriggerable_deprecated?: boolean | ((config: any, context: any) => boolean);
  /** buttons of v2 pages that may be bound to workflows of this type */
  declare actionTriggerableScope?: boolean | ((config: any, scope: string) => boolean);

  createDefaultConfig(): Record<string, any> {
    return {};
  }

  /** false = the workflow cannot be executed by hand yet */
  validate(_config: Record<string, any>): boolean {
    return true;
  }

  /** children of `$context` */
  useVariables?(config: any, options?: UseVariableOptions): VariableOption[] | null;
  useInitializers?(config: any): any;
  getCreateModelMenuItem?(context: { config: any; workflow?: ClientWorkflow; nodeType?: string }): any;
  useTempAssociationSource?(config: any, workflow: ClientWorkflow): TempAssociationSource | null;
}

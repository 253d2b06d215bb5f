import type { ComponentType } from 'react';
import type { BindTarget, WorkflowSelectSlotProps } from '../../client/bind/target';
import type { BindableWorkflow } from '../../client/bind/workflows';
import { joinCollectionName } from '../collections/names';
import { BindingField } from './BindingField';
import { modernTypes } from './types';

export interface TriggerWorkflowsSchemaOptions {
  /** drawn in place of our select */
  WorkflowSelectComponent?: ComponentType<WorkflowSelectSlotProps>;
  /** which of the enabled workflows are offered; by default those that submit buttons start */
  optionFilter?(workflow: Pick<BindableWorkflow, 'key' | 'type' | 'config'>): boolean;
  /** whether associations of the form may be handed to workflows */
  usingContext?: boolean;
  /** more conditions on the workflows that are offered, as a filter of the HTTP API */
  filter?: Record<string, unknown>;
  /** text above the list */
  description?: string;
}

/** What a settings step of the host's flow engine is told of the button, as far as it is read here. */
export interface ButtonContext {
  blockModel?: { collection?: { name: string; dataSourceKey: string } };
  collection?: { name: string; dataSourceKey: string };
}

export function targetOf(context: ButtonContext, options: TriggerWorkflowsSchemaOptions = {}): BindTarget {
  const { optionFilter, usingContext = true, filter, WorkflowSelectComponent } = options;
  const collection = context.blockModel?.collection ?? context.collection;
  return {
    collection: collection ? joinCollectionName(collection.dataSourceKey, collection.name) : '',
    contexts: usingContext,
    types: modernTypes(),
    filter,
    optionFilter,
    Select: WorkflowSelectComponent,
  };
}

/**
 * Settings of a button that starts workflows: makes the schema of a step whose param `group` is the list of bindings.
 * @example
 * MyActionModel.registerFlow({ key, steps: { bind: { title, uiSchema: createTriggerWorkflowsSchema(), handler } } });
 */
export function createTriggerWorkflowsSchema(options: TriggerWorkflowsSchemaOptions = {}) {
  return (context: ButtonContext) => ({
    ...(options.description && {
      description: { type: 'void', 'x-component': 'p', 'x-content': options.description },
    }),
    group: {
      type: 'any',
      'x-component': BindingField,
      'x-component-props': { target: targetOf(context, options) },
    },
  });
}

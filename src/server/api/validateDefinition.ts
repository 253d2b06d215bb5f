import type { FlowNodeModel, WorkflowModel, WorkflowPlugin } from '../contract';
import { configErrors } from '../definition/configErrors';
import { NodeValidationError, WorkflowValidationError } from './errors';

/**
 * @throws WorkflowValidationError when the trigger type is missing or unknown, or does not take the config.
 * No config, no check of it.
 */
export function assertTriggerValid(plugin: WorkflowPlugin, values: { type?: string | null; config?: object }): void {
  if (!values.type) {
    throw new WorkflowValidationError({ type: 'Trigger type is required' });
  }
  const trigger = plugin.triggers.get(values.type);
  if (!trigger) {
    throw new WorkflowValidationError({ type: `Trigger type "${values.type}" is not registered` });
  }
  const errors = values.config ? configErrors(trigger, values.config) : null;
  if (errors) {
    throw new WorkflowValidationError(errors);
  }
}

/**
 * @param workflow checks that the type may be used in this workflow; left out where only the node itself matters
 * @throws NodeValidationError
 */
export function assertNodeValid(
  plugin: WorkflowPlugin,
  node: Partial<Pick<FlowNodeModel, 'type' | 'config' | 'upstreamId' | 'branchIndex'>>,
  workflow?: WorkflowModel,
): void {
  if (!node.type) {
    throw new NodeValidationError({ type: 'Node type is required' });
  }
  const instruction = plugin.instructions.get(node.type);
  if (!instruction) {
    throw new NodeValidationError({ type: `Node type "${node.type}" is not registered` });
  }
  if (workflow && instruction.isAvailable && !instruction.isAvailable(workflow, node)) {
    throw new NodeValidationError({ type: `Node type "${node.type}" is not available in the current workflow` });
  }
  const errors = node.config ? configErrors(instruction, node.config) : null;
  if (errors) {
    throw new NodeValidationError(errors);
  }
}

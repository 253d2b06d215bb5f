import { createContext, useContext, type ComponentType, type Context } from 'react';
import type { ClientExecution, ClientJob, ClientNode, ClientWorkflow } from '../registry/types';

/**
 * One context per name on the whole page: this module may be there more than once, as a copy inside another bundle,
 * and all copies must see the same values.
 */
function sharedContext<T>(name: string, defaultValue: T): Context<T> {
  const key = Symbol.for(`@nocobase/plugin-workflow/client-v2/${name}`);
  const store = globalThis as unknown as Record<symbol, Context<T> | undefined>;
  return (store[key] ??= createContext(defaultValue));
}

/** What a canvas or an execution view is about. */
export interface FlowContextValue {
  workflow?: ClientWorkflow;
  nodes?: ClientNode[];
  execution?: ClientExecution;
  revisions?: ClientWorkflow[];
  refresh?(): void;
  viewJob?: ClientJob;
  setViewJob?(job: ClientJob): void;
  userJob?: ClientJob;
}

export interface BranchContextValue {
  branchIndex: number | null;
  addable: boolean;
  syncOnly: boolean;
}

export const FlowContext = sharedContext<FlowContextValue>('FlowContext', {});
export const CurrentWorkflowContext = sharedContext<Partial<ClientWorkflow>>('CurrentWorkflowContext', {});
export const WorkflowVariableSourceContext = sharedContext<Record<string, unknown> | null>(
  'WorkflowVariableSourceContext',
  null,
);
export const NodeContext = sharedContext<Partial<ClientNode>>('NodeContext', {});
export const HideVariableContext = sharedContext('HideVariableContext', false);
export const AddNodeContext = sharedContext<unknown>('AddNodeContext', null);
export const BranchContext = sharedContext<BranchContextValue | null>('BranchContext', null);
export const NodeClipboardContext = sharedContext<unknown>('NodeClipboardContext', null);
export const NodeDragContext = sharedContext<unknown>('NodeDragContext', null);
export const RemoveNodeContext = sharedContext<unknown>('RemoveNodeContext', null);
/** Component with which branches draw their nodes. */
export const BranchRenderContext = sharedContext<ComponentType<{ data: ClientNode }> | null>('BranchRenderContext', null);
/** What the card and the details of a to-do know. */
export interface WorkflowTaskRecordValue {
  record?: Record<string, unknown>;
  /** loads the list anew */
  refresh?(): Promise<void> | void;
  /** shows a record in the popup; undefined closes it */
  openRecord?(record: unknown): void;
  setRecord?(record: unknown): void;
}

/** The record behind a to-do. */
export const WorkflowTaskRecordContext = sharedContext<WorkflowTaskRecordValue>('WorkflowTaskRecordContext', {});

export const useFlowContext = () => useContext(FlowContext);
export const useCurrentWorkflowContext = () => useContext(CurrentWorkflowContext);
export const useNodeContext = () => useContext(NodeContext);
/** True where variables make no sense, e.g. in the form that starts a workflow by hand. */
export const useHideVariable = () => useContext(HideVariableContext);
export const useBranchContext = () => useContext(BranchContext);
export const useBranchIndex = () => useContext(BranchContext)?.branchIndex ?? null;

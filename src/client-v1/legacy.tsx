import {
  CurrentWorkflowContext,
  FlowContext,
  NodeDefaultView,
  laterVersion,
  linkNodes,
} from '@nocobase/plugin-workflow/client-v2';
import type { ClientExecution, ClientNode, ClientWorkflow } from '@nocobase/plugin-workflow/client-v2';
import { Card } from 'antd';
import { createContext, useContext, useEffect, type PropsWithChildren } from 'react';

/** What only the v1 client's module exports. */

/** A node of the canvas. */
export const Node = NodeDefaultView;

/** A frame around settings. */
export function Fieldset({ children }: PropsWithChildren) {
  return <Card size="small">{children}</Card>;
}

/** Lends a workflow, its nodes and one execution to what is shown inside. */
export function ExecutionContextProvider({
  workflow,
  execution,
  nodes,
  children,
}: PropsWithChildren<{ workflow: ClientWorkflow; execution: ClientExecution; nodes: ClientNode[] }>) {
  useEffect(() => linkNodes(nodes), [nodes]);
  return (
    <CurrentWorkflowContext.Provider value={workflow}>
      <FlowContext.Provider value={{ workflow, execution, nodes }}>{children}</FlowContext.Provider>
    </CurrentWorkflowContext.Provider>
  );
}

export const WorkflowTitle = (workflow: Pick<ClientWorkflow, 'title'>): string => workflow.title;

const PopupRecordContext = createContext<{ record?: unknown; setRecord?(record: unknown): void }>({});
const TasksCountsContext = createContext<{ reload(): void; counts: Record<string, { pending: number; all: number }>; total: number }>({
  reload() {},
  counts: {},
  total: 0,
});
const WorkflowTaskFilterContext = createContext<{ selectedWorkflow?: { workflowKey: string } }>({});

/** The record in the popup of the task centre. */
export const usePopupRecordContext = () => useContext(PopupRecordContext);
export const useTasksCountsContext = () => useContext(TasksCountsContext);
export const useWorkflowTaskFilterContext = () => useContext(WorkflowTaskFilterContext);

export const RemoveButton = () => null;
export const JobButton = () => null;
export const SimpleDesigner = () => null;
export const DetailsBlockProvider = laterVersion('DetailsBlockProvider');
export const CollectionBlockInitializer = laterVersion('CollectionBlockInitializer');
export const BindWorkflowConfig = () => null;
export const TriggerWorkflowSelect = laterVersion('TriggerWorkflowSelect');
export const UsersAddition = laterVersion('UsersAddition');
export const ValueBlock = Object.assign(laterVersion('ValueBlock'), {
  Initializer: laterVersion('ValueBlock.Initializer'),
  Result: laterVersion('ValueBlock.Result'),
  Designer: SimpleDesigner,
});

/** A schema of settings that a v2 button shows for its workflows. */
export const createTriggerWorkflowsSchema = (_options?: Record<string, unknown>) => (_context: unknown) => ({});

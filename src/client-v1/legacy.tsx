import {
  ContractJobButton,
  ContractRemoveButton,
  CurrentWorkflowContext,
  FlowContext,
  NodeDefaultView,
  currentLane,
  linkNodes,
} from '@nocobase/plugin-workflow/client-v2';
import type { ClientExecution, ClientNode, ClientWorkflow } from '@nocobase/plugin-workflow/client-v2';
import { SchemaComponentOptions } from '@nocobase/client';
import { Card } from 'antd';
import { useMemo, type ComponentType, type PropsWithChildren, type ReactNode } from 'react';
import type { Instruction, Trigger } from '@nocobase/plugin-workflow/client-v2';

/** What only the v1 client's module exports and no other file is about. */

/** A node of the canvas, by the card that its type brings. */
export function Node({ data }: { data: ClientNode }) {
  const instruction = currentLane().plugin.instructions.get(data.type);
  const Card = instruction?.Component?.bind(instruction) as ComponentType<{ data: ClientNode }> | undefined;
  return Card ? <Card data={data} /> : <NodeDefaultView data={data} />;
}

/** A frame around settings. */
export function Fieldset({ children, title }: PropsWithChildren<{ title?: ReactNode }>) {
  return (
    <Card size="small" title={title}>
      {children}
    </Card>
  );
}

/** Components and scopes that schemas of the trigger and of these nodes may name. */
function schemaOptionsOf(workflow: ClientWorkflow, nodes: ClientNode[]) {
  const { instructions, triggers } = currentLane().plugin;
  const types: (Instruction | Trigger | undefined)[] = [
    triggers.get(workflow.type),
    ...nodes.map(({ type }) => instructions.get(type)),
  ];
  return {
    components: Object.assign({}, ...types.map((type) => type?.components)) as Record<string, ComponentType>,
    scope: Object.assign({}, ...types.map((type) => type?.scope)) as Record<string, unknown>,
  };
}

interface ExecutionContextProps {
  workflow: ClientWorkflow;
  execution: ClientExecution;
  nodes: ClientNode[];
}

/** Lends a workflow, its nodes and one execution to what is shown inside. */
export function ExecutionContextProvider({ workflow, execution, nodes, children }: PropsWithChildren<ExecutionContextProps>) {
  const flow = useMemo(() => {
    linkNodes(nodes);
    return { workflow, execution, nodes };
  }, [workflow, execution, nodes]);
  const options = useMemo(() => schemaOptionsOf(workflow, nodes), [workflow, nodes]);
  return (
    <CurrentWorkflowContext.Provider value={workflow}>
      <FlowContext.Provider value={flow}>
        <SchemaComponentOptions {...options}>{children}</SchemaComponentOptions>
      </FlowContext.Provider>
    </CurrentWorkflowContext.Provider>
  );
}

/** Title of a workflow; works as a component as well. */
export const WorkflowTitle = (workflow: Pick<ClientWorkflow, 'title'>): string => workflow.title;

/** Menu of the node at hand. Nothing outside of a canvas that can be edited. */
export const RemoveButton = ContractRemoveButton;
/** Jobs of the node at hand, where a run is shown. */
export const JobButton = ContractJobButton;

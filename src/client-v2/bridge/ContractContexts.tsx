import { useMemo, type ComponentType, type PropsWithChildren } from 'react';
import type { FlowDocument, NodeKey } from '../../client/document/types';
import { useFormScope } from '../../client/forms/context';
import {
  CurrentWorkflowContext,
  FlowContext,
  HideVariableContext,
  NodeContext,
  type FlowContextValue,
} from '../contexts/shared';
import { contractView } from './contractView';

const NOTHING = {};

/** Lends what extensions read through hooks: the workflow, its nodes, the node at hand. */
export function ContractContexts({
  document,
  node,
  hideVariables = false,
  children,
}: PropsWithChildren<{ document?: FlowDocument; node?: NodeKey; hideVariables?: boolean }>) {
  const view = document && contractView(document);
  const flow = useMemo<FlowContextValue>(
    () => (view ? { workflow: view.workflow, nodes: view.nodes, refresh() {} } : {}),
    [view],
  );
  return (
    <CurrentWorkflowContext.Provider value={view?.workflow ?? NOTHING}>
      <FlowContext.Provider value={flow}>
        <NodeContext.Provider value={(node !== undefined && view?.byKey.get(node)) || NOTHING}>
          <HideVariableContext.Provider value={hideVariables}>{children}</HideVariableContext.Provider>
        </NodeContext.Provider>
      </FlowContext.Provider>
    </CurrentWorkflowContext.Provider>
  );
}

/** Form of an extension, with the contexts that its hooks read, from what the drawer around it says. */
export function withContracts<Props extends object>(Form: ComponentType<Props>): ComponentType<Props> {
  return function ContractForm(props: Props) {
    const scope = useFormScope();
    return (
      <ContractContexts document={scope?.document} node={scope?.node?.key} hideVariables={scope?.hideVariables}>
        <Form {...props} />
      </ContractContexts>
    );
  };
}

import type { FlowDocument, FlowNode, NodeKey } from '../../client/document/types';
import type { ClientNode, ClientWorkflow, Id } from '../registry/types';

/** A document in the shape that extensions know: rows of the HTTP API whose neighbours are linked. */
export interface ContractView {
  workflow: ClientWorkflow;
  nodes: ClientNode[];
  byKey: ReadonlyMap<NodeKey, ClientNode>;
}

const views = new WeakMap<FlowDocument, ContractView>();

const rowId = (node: FlowNode | undefined, key: NodeKey): Id => node?.id ?? key;

function rowOf(node: FlowNode, { nodes, workflow }: FlowDocument): ClientNode {
  const idOf = (key: NodeKey | null) => (key === null ? null : rowId(nodes.get(key), key));
  return {
    id: rowId(node, node.key),
    key: node.key,
    type: node.type,
    title: node.title,
    config: node.config,
    workflowId: workflow.id,
    upstreamId: idOf(node.upstream),
    downstreamId: idOf(node.downstream),
    branchIndex: node.branch,
  };
}

function build(document: FlowDocument): ContractView {
  const byKey = new Map([...document.nodes].map(([key, node]) => [key, rowOf(node, document)]));
  for (const [key, node] of document.nodes) {
    const row = byKey.get(key)!;
    row.upstream = (node.upstream !== null && byKey.get(node.upstream)) || null;
    row.downstream = (node.downstream !== null && byKey.get(node.downstream)) || null;
  }
  const { workflow, trigger } = document;
  const nodes = [...byKey.values()];
  return {
    byKey,
    nodes,
    workflow: {
      ...workflow,
      type: trigger.type,
      triggerTitle: trigger.title,
      config: trigger.config,
      versionStats: { executed: workflow.executed },
      stats: { executed: workflow.executed },
      nodes,
    },
  };
}

/** The rows of a document; made once for each of its states. A node that was never saved goes by its key. */
export function contractView(document: FlowDocument): ContractView {
  let view = views.get(document);
  if (!view) {
    view = build(document);
    views.set(document, view);
  }
  return view;
}

/** A node that stands in no document, e.g. while it is looked at in the palette. */
export const detachedRow = (node: FlowNode): ClientNode => ({
  ...node,
  id: rowId(node, node.key),
  upstreamId: node.upstream,
  downstreamId: node.downstream,
  branchIndex: node.branch,
  upstream: null,
  downstream: null,
});

import type { FlowNodeModel, Id, WorkflowModel } from '../contract';
import type { Version } from '../engine/ports';

/** A workflow version ready for execution: the compiled graph and the models behind it. */
export interface LoadedVersion extends Version {
  workflow: WorkflowModel;
  nodes: FlowNodeModel[];
  nodeModels: Map<string, FlowNodeModel>;
  nodesMap: Map<Id, FlowNodeModel>;
}

/** Sets `upstream` and `downstream` of every node from their ids. */
export function linkNodes(nodes: FlowNodeModel[]): Map<Id, FlowNodeModel> {
  const map = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    node.upstream = node.upstreamId == null ? null : map.get(node.upstreamId) ?? null;
    node.downstream = node.downstreamId == null ? null : map.get(node.downstreamId) ?? null;
  }
  return map;
}

import type { NodeSpec } from './types';

/** A workflow version compiled once: every question about the flow is a map look-up. */
export interface Graph {
  readonly nodes: readonly NodeSpec[];
  readonly head: NodeSpec | null;
  get(nodeId: string): NodeSpec | undefined;
  byKey(key: string): NodeSpec | undefined;
  /** next node on the same chain */
  next(nodeId: string): NodeSpec | null;
  /** heads of the node's branches, by branch index */
  branches(nodeId: string): readonly NodeSpec[];
  /** the node whose branch this node stands in, or null on the main chain */
  owner(nodeId: string): NodeSpec | null;
}

/**
 * Compiles node rows.
 * A row whose links point nowhere ends its chain there; rows on a cycle are reachable but own no branch, so walking up always ends.
 */
export function compileGraph(nodes: readonly NodeSpec[]): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const branches = new Map<string, NodeSpec[]>();
  const owners = new Map<string, NodeSpec | null>();
  for (const node of nodes) {
    if (node.upstreamId != null && node.branchIndex != null) {
      const heads = branches.get(node.upstreamId);
      if (heads) {
        heads.push(node);
      } else {
        branches.set(node.upstreamId, [node]);
      }
    }
  }
  for (const heads of branches.values()) {
    heads.sort((a, b) => (a.branchIndex ?? 0) - (b.branchIndex ?? 0));
  }
  const findOwner = (start: NodeSpec): NodeSpec | null => {
    const seen: NodeSpec[] = [];
    let owner: NodeSpec | null = null;
    for (let node: NodeSpec | undefined = start; node; ) {
      const known = owners.get(node.id);
      if (known !== undefined) {
        owner = known;
        break;
      }
      if (seen.includes(node)) {
        break;
      }
      seen.push(node);
      const upstream: NodeSpec | undefined = node.upstreamId == null ? undefined : byId.get(node.upstreamId);
      if (upstream && node.branchIndex != null) {
        owner = upstream;
        break;
      }
      node = upstream;
    }
    for (const node of seen) {
      owners.set(node.id, owner);
    }
    return owner;
  };
  return {
    nodes,
    head: nodes.find((node) => node.upstreamId == null) ?? null,
    get: (nodeId) => byId.get(nodeId),
    byKey: (key) => byKey.get(key),
    next: (nodeId) => {
      const downstreamId = byId.get(nodeId)?.downstreamId;
      return downstreamId == null ? null : byId.get(downstreamId) ?? null;
    },
    branches: (nodeId) => branches.get(nodeId) ?? [],
    owner: (nodeId) => {
      const node = byId.get(nodeId);
      return node ? findOwner(node) : null;
    },
  };
}

import type { FlowDocument, FlowNode, NodeKey, Place } from './types';

export interface BranchHead {
  readonly branch: number;
  readonly head: FlowNode;
}

/**
 * The flow as it can be walked: links that both ends agree on, without cycles. What cannot be reached from the trigger
 * hangs in chains of its own, so that it can be shown and repaired.
 */
export interface FlowIndex {
  /** first node under the trigger */
  readonly head: FlowNode | null;
  /** first nodes of the chains that the trigger never reaches */
  readonly lost: readonly FlowNode[];
  /** all nodes in reading order: a node, its branches from the first to the last, then what follows it */
  readonly order: readonly FlowNode[];
  isLost(key: NodeKey): boolean;
  /** next node of the same chain */
  next(key: NodeKey): FlowNode | null;
  /** node before this one in the same chain; null for heads */
  previous(key: NodeKey): FlowNode | null;
  /** branches that hold nodes, by rising index */
  branches(key: NodeKey): readonly BranchHead[];
  /** the node in whose branch this one stands; null on the main chain and on lost chains */
  owner(key: NodeKey): FlowNode | null;
  /** first node of the chain that the node stands in */
  chainHead(key: NodeKey): NodeKey | undefined;
  /** where the node stands in reading order; -1 when it is not in the document */
  position(key: NodeKey): number;
}

const NO_BRANCHES: readonly BranchHead[] = [];
const known = new WeakMap<FlowDocument['nodes'], FlowIndex>();

/** Index of a document; computed once for every set of nodes. */
export function indexOf(document: Pick<FlowDocument, 'nodes'>): FlowIndex {
  let index = known.get(document.nodes);
  if (!index) {
    index = buildIndex(document.nodes);
    known.set(document.nodes, index);
  }
  return index;
}

/** Whether the node before says so too. Heads need no other opinion. */
const agrees = (node: FlowNode, nodes: FlowDocument['nodes']): boolean => {
  if (node.upstream === null) return false;
  const upstream = nodes.get(node.upstream);
  return upstream !== undefined && (node.branch !== null || upstream.downstream === node.key);
};

function headsByNode(nodes: FlowDocument['nodes']): Map<NodeKey, BranchHead[]> {
  const heads = new Map<NodeKey, BranchHead[]>();
  for (const node of nodes.values()) {
    if (node.upstream === null || node.branch === null) continue;
    const siblings = heads.get(node.upstream);
    const head = { branch: node.branch, head: node };
    if (!siblings) heads.set(node.upstream, [head]);
    else if (!siblings.some(({ branch }) => branch === node.branch)) siblings.push(head);
  }
  for (const siblings of heads.values()) siblings.sort((a, b) => a.branch - b.branch);
  return heads;
}

function buildIndex(nodes: FlowDocument['nodes']): FlowIndex {
  const heads = headsByNode(nodes);
  const order: FlowNode[] = [];
  const positions = new Map<NodeKey, number>();
  const owners = new Map<NodeKey, FlowNode>();
  const nexts = new Map<NodeKey, FlowNode>();
  const previous = new Map<NodeKey, FlowNode>();
  const chainHeads = new Map<NodeKey, NodeKey>();
  const branches = new Map<NodeKey, readonly BranchHead[]>();

  const walk = (start: FlowNode) => {
    const stack: { node: FlowNode; owner: FlowNode | null; before: FlowNode | null }[] = [
      { node: start, owner: null, before: null },
    ];
    for (let item = stack.pop(); item; item = stack.pop()) {
      const { node, owner, before } = item;
      if (positions.has(node.key)) continue;
      positions.set(node.key, order.length);
      order.push(node);
      if (owner) owners.set(node.key, owner);
      chainHeads.set(node.key, before ? chainHeads.get(before.key)! : node.key);
      if (before) {
        nexts.set(before.key, node);
        previous.set(node.key, before);
      }
      const follower = node.downstream === null ? undefined : nodes.get(node.downstream);
      if (follower && follower.upstream === node.key && follower.branch === null) {
        stack.push({ node: follower, owner, before: node });
      }
      const own = (heads.get(node.key) ?? NO_BRANCHES).filter(({ head }) => !positions.has(head.key));
      if (own.length) branches.set(node.key, own);
      for (const { head } of own.toReversed()) stack.push({ node: head, owner: node, before: null });
    }
  };

  let head: FlowNode | null = null;
  for (const node of nodes.values()) {
    if (node.upstream === null) {
      head = node;
      walk(node);
      break;
    }
  }
  const reached = order.length;
  const lost: FlowNode[] = [];
  const lose = (node: FlowNode) => {
    if (positions.has(node.key)) return;
    lost.push(node);
    walk(node);
  };
  const left = reached < nodes.size ? [...nodes.values()].filter(({ key }) => !positions.has(key)) : [];
  for (const node of left) if (!agrees(node, nodes) || !isHeadOrFollower(node, heads)) lose(node);
  // What is left now hangs on circles; each is cut open at one of its own nodes.
  for (const node of left) if (!positions.has(node.key)) lose(onCircle(node, nodes));

  return {
    head,
    lost,
    order,
    isLost: (key) => (positions.get(key) ?? -1) >= reached,
    next: (key) => nexts.get(key) ?? null,
    previous: (key) => previous.get(key) ?? null,
    branches: (key) => branches.get(key) ?? NO_BRANCHES,
    owner: (key) => owners.get(key) ?? null,
    chainHead: (key) => chainHeads.get(key),
    position: (key) => positions.get(key) ?? -1,
  };
}

/** The first node that comes again on the way up. */
function onCircle(start: FlowNode, nodes: FlowDocument['nodes']): FlowNode {
  const seen = new Set<FlowNode>();
  let node = start;
  while (!seen.has(node)) {
    seen.add(node);
    node = nodes.get(node.upstream!)!;
  }
  return node;
}

/** False for a second node at the head of one branch: the first one keeps the place. */
const isHeadOrFollower = (node: FlowNode, heads: Map<NodeKey, BranchHead[]>): boolean =>
  node.branch === null || (heads.get(node.upstream!)?.some(({ head }) => head === node) ?? false);

/** The node that stands at a place, if any. */
export function occupant(document: Pick<FlowDocument, 'nodes'>, place: Place): FlowNode | null {
  const index = indexOf(document);
  if (place.upstream === null) return index.head;
  if (place.branch === null) return index.next(place.upstream);
  return index.branches(place.upstream).find(({ branch }) => branch === place.branch)?.head ?? null;
}

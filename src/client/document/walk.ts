import { indexOf } from './FlowIndex';
import type { FlowDocument, FlowNode, NodeKey, Place } from './types';

type Nodes = Pick<FlowDocument, 'nodes'>;

/** Where a node hangs. */
export const placeOf = ({ upstream, branch }: FlowNode): Place => ({ upstream, branch });

/** A node and what follows it in its chain, branches not included. */
export function chainFrom(document: Nodes, key: NodeKey): FlowNode[] {
  const index = indexOf(document);
  const chain: FlowNode[] = [];
  for (let node = document.nodes.get(key) ?? null; node; node = index.next(node.key)) chain.push(node);
  return chain;
}

/** The nodes of the chain that begins at a place. */
export function chainAt(document: Nodes, place: Place): FlowNode[] {
  const index = indexOf(document);
  const head =
    place.upstream === null
      ? index.head
      : place.branch === null
        ? index.next(place.upstream)
        : index.branches(place.upstream).find(({ branch }) => branch === place.branch)?.head;
  return head ? chainFrom(document, head.key) : [];
}

/** A node and everything in its branches, in reading order; without what follows it. */
export function subtree(document: Nodes, key: NodeKey): FlowNode[] {
  const { order, position, owner } = indexOf(document);
  const start = position(key);
  if (start < 0) return [];
  // Owners come before what they own, so one pass over the nodes behind it is enough.
  const inside = new Set<NodeKey>([key]);
  let end = start + 1;
  for (; end < order.length; end++) {
    const holder = owner(order[end]!.key);
    if (!holder || !inside.has(holder.key)) break;
    inside.add(order[end]!.key);
  }
  return order.slice(start, end);
}

/** The nodes in whose branches a node stands, the innermost first: the owners of its `$scopes`. */
export function scopesOf(document: Nodes, key: NodeKey): FlowNode[] {
  const { owner } = indexOf(document);
  const scopes: FlowNode[] = [];
  for (let node = owner(key); node; node = owner(node.key)) scopes.push(node);
  return scopes;
}

/** Whether a node stands somewhere in the branches of another one. */
export const isInside = (document: Nodes, key: NodeKey, ancestor: NodeKey): boolean =>
  scopesOf(document, key).some((node) => node.key === ancestor);

/** Nodes whose results a node can read: those before it, the nearest first. */
export function upstreamsOf(document: Nodes, key: NodeKey): FlowNode[] {
  const { previous, owner } = indexOf(document);
  const before = (node: NodeKey) => previous(node) ?? owner(node);
  const found: FlowNode[] = [];
  for (let node = before(key); node; node = before(node.key)) found.push(node);
  return found;
}

/** Whether a node can read the result of another one: it is among `upstreamsOf`, found without walking there. */
export function isUpstream(document: Nodes, upstream: NodeKey, key: NodeKey): boolean {
  const { chainHead, owner, position } = indexOf(document);
  const chain = chainHead(upstream);
  if (chain === undefined) return false;
  for (let node: NodeKey | undefined = key; node !== undefined; ) {
    if (chainHead(node) === chain) return position(upstream) < position(node);
    const holder: FlowNode | null = owner(node);
    if (holder?.key === upstream) return true;
    node = holder?.key;
  }
  return false;
}

/** What a node sees that would stand at a place: results and scopes. */
export function visibleAt(document: Nodes, place: Place): { results: Set<NodeKey>; scopes: Set<NodeKey> } {
  if (place.upstream === null) return { results: new Set(), scopes: new Set() };
  const scopes = scopesOf(document, place.upstream).map(({ key }) => key);
  return {
    results: new Set([place.upstream, ...upstreamsOf(document, place.upstream).map(({ key }) => key)]),
    scopes: new Set(place.branch === null ? scopes : [place.upstream, ...scopes]),
  };
}

/** The last node of the chain that a node stands in. */
export function tailOf(document: Nodes, key: NodeKey): FlowNode | null {
  return chainFrom(document, key).at(-1) ?? null;
}

/**
 * The outermost of the chosen nodes, in reading order: what stands in a branch of a chosen node goes along with it.
 */
export function outermost(document: Nodes, keys: Iterable<NodeKey>): FlowNode[] {
  const chosen = new Set(keys);
  const { order, owner } = indexOf(document);
  const covered = new Set<NodeKey>();
  return order.filter((node) => {
    const holder = owner(node.key);
    if (holder && (covered.has(holder.key) || chosen.has(holder.key))) {
      covered.add(node.key);
      return false;
    }
    return chosen.has(node.key);
  });
}

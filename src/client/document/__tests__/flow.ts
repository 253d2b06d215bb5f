import type { FlowDocument, FlowNode, NodeKey, Place } from '../types';

/** A node by its key, with its branches when it has any: `['a', { b: { 0: ['c'], 1: [] } }, 'd']`. */
export type Chain = readonly (string | Record<string, Record<number, Chain>>)[];

/** A document with nodes of type `echo` (`branch` when they have branches); `configs` gives some of them a config. */
export function flow(chain: Chain, configs: Record<NodeKey, Record<string, unknown>> = {}): FlowDocument {
  const nodes = new Map<NodeKey, FlowNode>();
  const add = (items: Chain, start: Place) => {
    let place = start;
    for (const item of items) {
      const [key, branches] = typeof item === 'string' ? [item, {}] : Object.entries(item)[0]!;
      const type = typeof item === 'string' ? 'echo' : 'branch';
      nodes.set(key, { key, id: `id-${key}`, type, title: `Node ${key}`, config: configs[key] ?? {}, ...place, downstream: null });
      if (place.upstream !== null && place.branch === null) {
        nodes.set(place.upstream, { ...nodes.get(place.upstream)!, downstream: key });
      }
      for (const [branch, inner] of Object.entries(branches)) add(inner, { upstream: key, branch: Number(branch) });
      place = { upstream: key, branch: null };
    }
  };
  add(chain, { upstream: null, branch: null });
  const workflow = { id: '1', key: 'flow', title: 'Flow', sync: false, enabled: false, current: true, executed: 0 };
  return { workflow, trigger: { type: 'action', title: 'Trigger', config: {} }, nodes, notes: [] };
}

/** The flow of a document in the notation of `flow`; nodes that the trigger does not reach are left out. */
export function chainsOf(document: FlowDocument): Chain {
  const at = (place: Place): Chain => {
    const chain: Chain[number][] = [];
    const isAt = (node: FlowNode) => node.upstream === where.upstream && (where.upstream === null || node.branch === where.branch);
    let where = place;
    for (let node = [...document.nodes.values()].find(isAt); node; node = [...document.nodes.values()].find(isAt)) {
      const { key } = node;
      const branches = [...document.nodes.values()].filter(({ upstream, branch }) => upstream === key && branch !== null);
      const inner = branches.map(({ branch }) => [branch, at({ upstream: key, branch })] as const);
      chain.push(branches.length ? { [key]: Object.fromEntries(inner) } : key);
      where = { upstream: key, branch: null };
    }
    return chain;
  };
  return at({ upstream: null, branch: null });
}

/** Fails when the two ends of a link disagree, when two nodes share a place or when something is unreachable. */
export function assertConsistent(document: FlowDocument): void {
  const places = new Set<string>();
  for (const node of document.nodes.values()) {
    const place = `${node.upstream}/${node.branch}`;
    if (places.has(place)) throw new Error(`Two nodes at ${place}`);
    places.add(place);
    const upstream = node.upstream === null ? undefined : document.nodes.get(node.upstream);
    if (node.upstream !== null && !upstream) throw new Error(`${node.key} hangs on nothing`);
    if (upstream && node.branch === null && upstream.downstream !== node.key) throw new Error(`${upstream.key} does not lead to ${node.key}`);
    if (node.downstream !== null && document.nodes.get(node.downstream)?.upstream !== node.key) {
      throw new Error(`${node.downstream} does not follow ${node.key}`);
    }
  }
  const count = (chain: Chain): number =>
    chain.reduce<number>(
      (sum, item) =>
        sum + 1 + (typeof item === 'string' ? 0 : Object.values(Object.values(item)[0]!).reduce((all, inner) => all + count(inner), 0)),
      0,
    );
  const reached = count(chainsOf(document));
  if (reached !== document.nodes.size) throw new Error(`${document.nodes.size - reached} nodes are unreachable`);
}

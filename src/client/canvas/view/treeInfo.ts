import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey } from '../../document/types';

/** Where a node stands in the tree that screen readers see. */
export interface TreeInfo {
  /** from 1; the trigger and the main chain are level 1 */
  level: number;
  /** from 1, among the nodes of its chain; on the main chain the trigger comes first */
  position: number;
  setSize: number;
  /** nodes in its branches */
  inside: number;
  /** branch of its owner in which it stands */
  branch: number | null;
}

const known = new WeakMap<FlowDocument['nodes'], ReadonlyMap<NodeKey, TreeInfo>>();

/** Levels and places of all nodes; computed once for every set of nodes. */
export function treeInfo(document: Pick<FlowDocument, 'nodes'>): ReadonlyMap<NodeKey, TreeInfo> {
  let info = known.get(document.nodes);
  if (!info) {
    info = compute(document);
    known.set(document.nodes, info);
  }
  return info;
}

function compute(document: Pick<FlowDocument, 'nodes'>): Map<NodeKey, TreeInfo> {
  const index = indexOf(document);
  const info = new Map<NodeKey, TreeInfo>();
  const chains = new Map<NodeKey, NodeKey[]>();
  const headOf = new Map<NodeKey, NodeKey>();
  for (const node of index.order) {
    const before = index.previous(node.key);
    const owner = index.owner(node.key);
    const head = before ? headOf.get(before.key)! : node.key;
    headOf.set(node.key, head);
    const chain = chains.get(head);
    if (chain) chain.push(node.key);
    else chains.set(head, [node.key]);
    const level = owner ? info.get(owner.key)!.level + 1 : 1;
    const branch = before ? info.get(before.key)!.branch : owner ? node.branch : null;
    info.set(node.key, { level, position: 0, setSize: 0, inside: 0, branch });
  }
  for (const [head, chain] of chains) {
    const offset = index.head?.key === head ? 1 : 0;
    chain.forEach((key, at) => {
      const own = info.get(key)!;
      own.position = at + 1 + offset;
      own.setSize = chain.length + offset;
    });
  }
  for (const node of index.order.toReversed()) {
    const owner = index.owner(node.key);
    if (owner) info.get(owner.key)!.inside += 1 + info.get(node.key)!.inside;
  }
  return info;
}

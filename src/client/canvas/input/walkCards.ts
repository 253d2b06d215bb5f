import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey } from '../../document/types';
import { TRIGGER } from '../types';

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * The card to which an arrow key leads; null when there is none. Up and down walk the chain and, at its ends, enter and
 * leave branches; left and right go to the neighbouring branch, or into the branches of a node and out of them.
 */
export function walkFrom(document: FlowDocument, from: string, direction: Direction, folded: ReadonlySet<NodeKey>): string | null {
  const index = indexOf(document);
  if (from === TRIGGER) {
    const first = index.head ?? index.lost[0];
    return direction === 'down' || direction === 'right' ? (first?.key ?? null) : null;
  }
  if (!document.nodes.has(from)) return TRIGGER;
  const inner = folded.has(from) ? [] : index.branches(from);
  switch (direction) {
    case 'up': {
      const previous = index.previous(from);
      return previous?.key ?? index.owner(from)?.key ?? TRIGGER;
    }
    case 'down':
      return inner[0]?.head.key ?? follower(document, from);
    case 'right':
      return inner.at(-1)?.head.key ?? neighbour(document, from, 1);
    case 'left':
      return neighbour(document, from, -1) ?? index.owner(from)?.key ?? null;
  }
}

/** What comes after a node: in its chain, else after the node whose branch ends here. */
function follower(document: FlowDocument, key: NodeKey): NodeKey | null {
  const index = indexOf(document);
  for (let at: NodeKey | undefined = key; at !== undefined; at = index.owner(at)?.key) {
    const next = index.next(at);
    if (next) return next.key;
  }
  return null;
}

/** First node of the branch beside the one in which a node stands. */
function neighbour(document: FlowDocument, key: NodeKey, step: 1 | -1): NodeKey | null {
  const index = indexOf(document);
  const owner = index.owner(key);
  if (!owner) return null;
  const branches = index.branches(owner.key);
  let head = key;
  for (let before = index.previous(head); before; before = index.previous(head)) head = before.key;
  const at = branches.findIndex((branch) => branch.head.key === head);
  return branches[at + step]?.head.key ?? null;
}

/** Nodes from one to the other in reading order, both included. */
export function rangeBetween(document: FlowDocument, from: NodeKey, to: NodeKey): NodeKey[] {
  const { order, position } = indexOf(document);
  const [start, end] = [position(from), position(to)].sort((a, b) => a - b) as [number, number];
  return start < 0 ? [to] : order.slice(start, end + 1).map(({ key }) => key);
}

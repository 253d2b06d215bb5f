import { DocumentError } from '../DocumentError';
import { Draft, assertPlace } from '../Draft';
import { indexOf } from '../FlowIndex';
import type { FlowDocument, NodeKey, Place } from '../types';
import { isInside, outermost } from '../walk';

/** The chosen nodes without those that go along in a branch of another one. @throws {DocumentError} unknown-node, nothing-selected */
export function rootsOf(document: FlowDocument, keys: Iterable<NodeKey>): NodeKey[] {
  const chosen = [...keys];
  const unknown = chosen.find((key) => !document.nodes.has(key));
  if (unknown !== undefined) throw new DocumentError('unknown-node', unknown);
  if (chosen.length === 0) throw new DocumentError('nothing-selected');
  return outermost(document, chosen).map(({ key }) => key);
}

/**
 * Where moved nodes come to stand. A place behind a moved node means the place behind the last node before it that stays.
 */
function targetOf(document: FlowDocument, moved: ReadonlySet<NodeKey>, place: Place): Place {
  const { previous } = indexOf(document);
  let target = place;
  while (target.upstream !== null && target.branch === null && moved.has(target.upstream)) {
    const node = document.nodes.get(target.upstream)!;
    target = previous(node.key) ? { upstream: node.upstream, branch: null } : { upstream: node.upstream, branch: node.branch };
  }
  return target;
}

/** Whether `moveNodes` would refuse: the place lies inside a branch of what moves. */
export function canMove(document: FlowDocument, keys: Iterable<NodeKey>, place: Place): boolean {
  if (place.upstream === null) return true;
  const moved = new Set(keys);
  const { upstream, branch } = place;
  if (!document.nodes.has(upstream)) return false;
  if (branch !== null && moved.has(upstream)) return false;
  return ![...moved].some((key) => isInside(document, upstream, key));
}

/**
 * Moves nodes with their branches to a place, where they stand one after the other in reading order.
 * @returns the same document when they stand there already
 * @throws {DocumentError} unknown-node, nothing-selected, into-itself
 */
export function moveNodes(document: FlowDocument, { keys, place }: { keys: Iterable<NodeKey>; place: Place }): FlowDocument {
  const roots = rootsOf(document, keys);
  assertPlace(document, place);
  if (!canMove(document, roots, place)) throw new DocumentError('into-itself', place.upstream ?? undefined);
  const target = targetOf(document, new Set(roots), place);
  const draft = new Draft(document);
  for (const key of roots) draft.detach(key);
  draft.attach(target, roots);
  const moved = draft.done();
  return isUnchanged(document, moved) ? document : moved;
}

/** Moves one node with its branches. */
export const moveNode = (document: FlowDocument, { key, place }: { key: NodeKey; place: Place }): FlowDocument =>
  moveNodes(document, { keys: [key], place });

/** Taking out and putting back makes new objects; the links tell whether anything moved. */
const isUnchanged = (before: FlowDocument, after: FlowDocument): boolean => {
  if (before === after) return true;
  for (const node of after.nodes.values()) {
    const old = before.nodes.get(node.key)!;
    if (old !== node && (old.upstream !== node.upstream || old.branch !== node.branch || old.downstream !== node.downstream)) {
      return false;
    }
  }
  return true;
};

import type { Id } from '../contract';
import { GraphDraft, GraphError, isSameId, type GraphChanges, type NodeLinks, type Placement } from './GraphDraft';

/**
 * Places a new node. What stands at the place becomes its downstream.
 * @param id of the new node, which is among the changes with all its links
 * @throws GraphError when the upstream is not in the workflow
 * @example insertNode(rows, 7, { upstreamId: 3, branchIndex: 1 }) // head of branch 1 of node 3
 */
export function insertNode(rows: NodeLinks[], id: Id, place: Placement): GraphChanges {
  const draft = new GraphDraft(rows.filter((row) => !isSameId(row.id, id)));
  if (place.upstreamId !== null && !draft.get(place.upstreamId)) {
    throw new GraphError('upstreamId: Upstream node is not in the same workflow');
  }
  draft.place(id, place);
  return draft.changes();
}

/**
 * Moves one node; its branches come along, what followed it stays.
 * @throws GraphError when it is there already, or when it would hang below itself
 */
export function moveNode(rows: NodeLinks[], id: Id, place: Placement): GraphChanges {
  const draft = new GraphDraft(rows);
  const node = draft.require(id);
  const branchIndex = place.upstreamId === null ? null : place.branchIndex;
  if (isSameId(node.upstreamId, place.upstreamId) && node.branchIndex === branchIndex) {
    throw new GraphError('Node does not need to be moved');
  }
  if (place.upstreamId !== null) {
    const below = [node, ...draft.branches(id)];
    if (below.some((row) => isSameId(row.id, place.upstreamId))) {
      throw new GraphError('Invalid upstream node');
    }
    if (!draft.get(place.upstreamId)) {
      throw new GraphError('Upstream node is not in the same workflow');
    }
  }
  draft.detach(id);
  draft.place(id, { upstreamId: place.upstreamId, branchIndex });
  return draft.changes();
}

/**
 * Removes a node and its branches. With `keepBranch` that branch takes the place of the node.
 * @throws GraphError `Branch <n> not found`
 */
export function removeNode(rows: NodeLinks[], id: Id, keepBranch?: number): GraphChanges {
  const draft = new GraphDraft(rows);
  const node = draft.require(id);
  const downstream = draft.get(node.downstreamId);
  const heads = draft.branchHeads(id);
  const kept = heads.find((head) => head.branchIndex === keepBranch);
  if (keepBranch !== undefined && !kept) {
    throw new GraphError(`Branch ${keepBranch} not found`);
  }
  const removed = heads.filter((head) => head !== kept).flatMap((head) => draft.chain(head));
  if (kept) {
    const tail = draft.tail(kept);
    draft.replace(node, kept);
    tail.downstreamId = downstream?.id ?? null;
    if (downstream) {
      downstream.upstreamId = tail.id;
      downstream.branchIndex = null;
    }
  } else {
    draft.replace(node, downstream);
  }
  draft.remove([node, ...removed]);
  return draft.changes();
}

/**
 * Removes a branch with everything in it.
 * @param shift lets the branches with a greater index move up by one
 * @returns the changes and the head that was removed, null when the branch was empty
 */
export function removeBranch(
  rows: NodeLinks[],
  id: Id,
  branchIndex: number,
  shift: boolean,
): GraphChanges & { head: Id | null } {
  const draft = new GraphDraft(rows);
  draft.require(id);
  const heads = draft.branchHeads(id);
  const head = heads.find((row) => row.branchIndex === branchIndex);
  if (head) {
    draft.remove(draft.chain(head));
  }
  if (shift) {
    for (const row of heads.filter((other) => other.branchIndex! > branchIndex)) {
      row.branchIndex! -= 1;
    }
  }
  return { ...draft.changes(), head: head?.id ?? null };
}

/**
 * Takes the rest of a chain into a branch of its upstream (or a branch back onto the chain, with null).
 * @throws GraphError when the node is the head of the workflow, or when the place is taken
 */
export function setBranchIndex(rows: NodeLinks[], id: Id, branchIndex: number | null): GraphChanges {
  const draft = new GraphDraft(rows);
  const node = draft.require(id);
  if (node.branchIndex === branchIndex) {
    return draft.changes();
  }
  const upstream = draft.get(node.upstreamId);
  if (!upstream) {
    throw new GraphError('branchIndex: the head of a workflow is in no branch');
  }
  if (draft.at({ upstreamId: upstream.id, branchIndex })) {
    throw new GraphError('branchIndex: there is a node already');
  }
  if (node.branchIndex === null) {
    upstream.downstreamId = null;
  } else if (branchIndex === null) {
    upstream.downstreamId = node.id;
  }
  node.branchIndex = branchIndex;
  return draft.changes();
}

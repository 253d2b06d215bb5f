import { DocumentError } from '../DocumentError';
import { Draft, nodeOf } from '../Draft';
import { indexOf } from '../FlowIndex';
import type { Config, FlowDocument, NodeKey } from '../types';
import { chainAt, subtree } from '../walk';
import { withoutNotesOf } from './nodes';

export interface RemoveBranch {
  key: NodeKey;
  branch: number;
  /** later branches close the gap: each index above `branch` sinks by one */
  shift?: boolean;
  /** the node's config without the branch */
  config?: Config;
}

/**
 * Removes all nodes of a branch.
 * @throws {DocumentError} unknown-node
 */
export function removeBranch(document: FlowDocument, { key, branch, shift, config }: RemoveBranch): FlowDocument {
  nodeOf(document, key);
  const draft = new Draft(document);
  for (const { key: root } of chainAt(document, { upstream: key, branch })) {
    for (const node of subtree(document, root)) draft.delete(node.key);
  }
  if (config) draft.patch(key, { config });
  const removed = withoutNotesOf(draft.done());
  return shift ? renumberBranches(removed, { key, to: (index) => (index > branch ? index - 1 : index) }) : removed;
}

export interface RenumberBranches {
  key: NodeKey;
  /** new index of the branch that has an index now */
  to(index: number): number;
  config?: Config;
}

/**
 * Gives the branches of a node other indexes, e.g. after one was inserted before them or two changed places.
 * @throws {DocumentError} unknown-node, branch-taken
 */
export function renumberBranches(document: FlowDocument, { key, to, config }: RenumberBranches): FlowDocument {
  nodeOf(document, key);
  const draft = new Draft(document);
  const taken = new Set<number>();
  for (const { branch, head } of indexOf(document).branches(key)) {
    const index = to(branch);
    if (taken.has(index)) throw new DocumentError('branch-taken', String(index));
    taken.add(index);
    draft.patch(head.key, { branch: index });
  }
  if (config) draft.patch(key, { config });
  return draft.done();
}

import { DocumentError } from '../DocumentError';
import { Draft, assertPlace, nodeOf } from '../Draft';
import type { Config, FlowDocument, FlowNode, NodeKey, Place } from '../types';
import { subtree, tailOf } from '../walk';

/** A node that is not in the flow yet. */
export type NewNode = Pick<FlowNode, 'key' | 'type' | 'title' | 'config'>;

export interface InsertNode {
  place: Place;
  node: NewNode;
  /** moves what stood at the place, and all that follows it, into this branch of the new node */
  moveDownstreamTo?: number | null;
}

/**
 * Puts a new node at a place. What stood there follows it, or moves into one of its branches.
 * @throws {DocumentError} unknown-node, key-taken
 */
export function insertNode(document: FlowDocument, { place, node, moveDownstreamTo }: InsertNode): FlowDocument {
  assertPlace(document, place);
  const draft = new Draft(document);
  const follower = draft.at(place);
  const { key, type, title, config } = node;
  // Until it is linked it hangs nowhere; it must not be taken for the head of the flow.
  draft.add({ key, type, title, config, upstream: key, branch: null, downstream: null });
  draft.link(place, key);
  const branch = moveDownstreamTo ?? null;
  if (follower) draft.link({ upstream: key, branch }, follower.key);
  return draft.done();
}

export interface RemoveNode {
  key: NodeKey;
  /** the nodes of this branch take the place of the removed node */
  keepBranch?: number | null;
}

/**
 * Removes a node with its branches; what followed it takes its place, after the nodes of the branch to keep.
 * @throws {DocumentError} unknown-node, empty-branch
 */
export function removeNode(document: FlowDocument, { key, keepBranch }: RemoveNode): FlowDocument {
  nodeOf(document, key);
  const draft = new Draft(document);
  const kept = new Set<NodeKey>();
  if (keepBranch != null) {
    const head = draft.at({ upstream: key, branch: keepBranch });
    if (!head) throw new DocumentError('empty-branch', String(keepBranch));
    keepChain(document, draft, key, head, kept);
  } else {
    draft.detach(key);
  }
  for (const node of subtree(document, key)) if (!kept.has(node.key)) draft.delete(node.key);
  return withoutNotesOf(draft.done());
}

function keepChain(document: FlowDocument, draft: Draft, key: NodeKey, head: FlowNode, kept: Set<NodeKey>): void {
  const node = draft.get(key);
  const tail = tailOf(document, head.key)!;
  const next = draft.at({ upstream: key, branch: null });
  for (let item: FlowNode | null = head; item; item = draft.at({ upstream: item.key, branch: null })) {
    for (const inner of subtree(document, item.key)) kept.add(inner.key);
  }
  const place = { upstream: node.upstream, branch: node.branch };
  // A lost node has no place to give away; what it kept is as lost as it was.
  if (draft.at(place)?.key === key) draft.link(place, head.key);
  else draft.patch(head.key, place);
  draft.link({ upstream: tail.key, branch: null }, next?.key ?? null);
}

/** Notes beside nodes that are gone go with them. */
export function withoutNotesOf(document: FlowDocument): FlowDocument {
  const notes = document.notes.filter(({ at }) => at === null || document.nodes.has(at));
  return notes.length === document.notes.length ? document : { ...document, notes };
}

/**
 * Replaces the config of a node.
 * @throws {DocumentError} unknown-node
 */
export function updateConfig(document: FlowDocument, { key, config }: { key: NodeKey; config: Config }): FlowDocument {
  nodeOf(document, key);
  const draft = new Draft(document);
  draft.patch(key, { config });
  return draft.done();
}

/**
 * Replaces the configs of several nodes in one step, e.g. of all that used a variable that is gone.
 * @throws {DocumentError} unknown-node
 */
export function updateConfigs(document: FlowDocument, configs: ReadonlyMap<NodeKey, Config>): FlowDocument {
  const draft = new Draft(document);
  for (const [key, config] of configs) draft.patch(key, { config });
  return draft.done();
}

/** @throws {DocumentError} unknown-node */
export function renameNode(document: FlowDocument, { key, title }: { key: NodeKey; title: string }): FlowDocument {
  nodeOf(document, key);
  const draft = new Draft(document);
  draft.patch(key, { title });
  return draft.done();
}

/** Replaces title or config of the trigger; its type belongs to the workflow and never changes. */
export function setTrigger(document: FlowDocument, change: { title?: string; config?: Config }): FlowDocument {
  const trigger = {
    ...document.trigger,
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.config === undefined ? {} : { config: change.config }),
  };
  const { title, config } = document.trigger;
  return trigger.title === title && trigger.config === config ? document : { ...document, trigger };
}

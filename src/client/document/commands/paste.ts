import { DocumentError } from '../DocumentError';
import { Draft, assertPlace } from '../Draft';
import { sourceOf, type Fragment, type FragmentNode } from '../clipboard';
import { brokenReferences, isBroken, referencesIn, rekeyReferences, stripReferences, type Reference } from '../references';
import type { FlowDocument, NodeKey, Place } from '../types';
import { visibleAt } from '../walk';

/** Nodes ready to be pasted, with what will not work where they are going to stand. */
export interface PreparedPaste {
  readonly fragment: Fragment;
  /** new keys by the keys in the fragment that was copied */
  readonly keys: ReadonlyMap<NodeKey, NodeKey>;
  readonly broken: readonly BrokenPaste[];
}

export interface BrokenPaste {
  /** new key of the node */
  readonly key: NodeKey;
  readonly reference: Reference;
  /** title of the node that it meant, where that is known */
  readonly meant?: string;
}

export interface PreparePaste {
  place: Place;
  /** a key that no node has had yet */
  newKey(): NodeKey;
  /**
   * Whether a variable that belongs to no node leads to something at the target; undefined: cannot be said.
   * @default trigger variables resolve when the trigger has the same type and collection; all others do
   */
  resolves?(path: readonly string[]): boolean | undefined;
}

/** Gives nodes new keys and finds the variables that do not resolve at the place where they are to stand. */
export function preparePaste(document: FlowDocument, fragment: Fragment, { place, newKey, resolves }: PreparePaste): PreparedPaste {
  assertPlace(document, place);
  const keys = new Map([...fragment.nodes.keys()].map((key) => [key, newKey()]));
  const rekey = (key: NodeKey | null): NodeKey | null => (key === null ? null : keys.get(key) ?? null);
  const nodes = new Map<NodeKey, FragmentNode>();
  for (const node of fragment.nodes.values()) {
    const key = keys.get(node.key)!;
    const links = { upstream: rekey(node.upstream), downstream: rekey(node.downstream) };
    nodes.set(key, { ...node, key, ...links, config: rekeyReferences(node.config, keys) });
  }
  const prepared: Fragment = { ...fragment, head: keys.get(fragment.head)!, nodes };
  const here = sourceOf(document);
  const isSameTrigger = here.trigger === fragment.source.trigger && here.collection === fragment.source.collection;
  const visible = visibleAt(document, place);
  const pasted = pasteNodes({ ...document, nodes: new Map() }, { place: { upstream: null, branch: null }, fragment: prepared });
  const broken: BrokenPaste[] = [];
  for (const node of pasted.nodes.values()) {
    const inside = new Set(brokenReferences(pasted, node));
    for (const reference of referencesIn(node.config)) {
      const isLost =
        reference.key === null
          ? !(resolves?.(reference.path) ?? (reference.path[0] !== '$context' || isSameTrigger))
          : inside.has(reference) && isBroken(reference, visible);
      if (isLost) broken.push({ key: node.key, reference, meant: reference.key === null ? undefined : fragment.refs[reference.key] });
    }
  }
  return { fragment: prepared, keys, broken };
}

/** The same nodes without the variables that do not resolve. */
export function withoutBroken({ fragment, keys, broken }: PreparedPaste): PreparedPaste {
  const nodes = new Map(fragment.nodes);
  for (const { key, reference } of broken) {
    const node = nodes.get(key)!;
    nodes.set(key, { ...node, config: stripReferences(node.config, ({ raw }) => raw === reference.raw) });
  }
  return { fragment: { ...fragment, nodes }, keys, broken: [] };
}

/**
 * Puts the nodes of a prepared fragment at a place.
 * @throws {DocumentError} unknown-node, key-taken, broken-fragment
 */
export function pasteNodes(document: FlowDocument, { place, fragment }: { place: Place; fragment: Fragment }): FlowDocument {
  assertPlace(document, place);
  const draft = new Draft(document);
  const follower = draft.at(place);
  const chain: NodeKey[] = [];
  for (let key: NodeKey | null = fragment.head; key !== null; ) {
    const node = fragment.nodes.get(key);
    if (!node || chain.includes(key)) throw new DocumentError('broken-fragment', key);
    chain.push(key);
    key = node.downstream;
  }
  for (const node of fragment.nodes.values()) {
    // The head hangs nowhere until it is linked; two heads of the flow would be confused.
    draft.add(node.key === fragment.head ? { ...node, upstream: node.key } : node);
  }
  draft.link(place, fragment.head);
  draft.link({ upstream: chain.at(-1)!, branch: null }, follower?.key ?? null);
  return draft.done();
}

import { DocumentError } from './DocumentError';
import type { FlowDocument, FlowNode, NodeKey, Place } from './types';

/** The nodes of a document while one command works on them; nodes themselves are replaced, never changed. */
export class Draft {
  private readonly nodes: Map<NodeKey, FlowNode>;
  private isChanged = false;

  constructor(private readonly origin: FlowDocument) {
    this.nodes = new Map(origin.nodes);
  }

  /** @throws {DocumentError} unknown-node */
  get(key: NodeKey): FlowNode {
    const node = this.nodes.get(key);
    if (!node) throw new DocumentError('unknown-node', key);
    return node;
  }

  has(key: NodeKey): boolean {
    return this.nodes.has(key);
  }

  /** @throws {DocumentError} key-taken */
  add(node: FlowNode): void {
    if (this.nodes.has(node.key)) throw new DocumentError('key-taken', node.key);
    this.nodes.set(node.key, node);
    this.isChanged = true;
  }

  patch(key: NodeKey, change: Partial<Omit<FlowNode, 'key'>>): void {
    const node = this.get(key);
    const names = Object.keys(change) as (keyof typeof change)[];
    if (names.every((name) => node[name] === change[name])) return;
    this.nodes.set(key, { ...node, ...change });
    this.isChanged = true;
  }

  delete(key: NodeKey): void {
    this.isChanged = this.nodes.delete(key) || this.isChanged;
  }

  /** The node at a place as the draft stands now. */
  at({ upstream, branch }: Place): FlowNode | null {
    if (upstream !== null && branch === null) {
      const next = this.nodes.get(this.nodes.get(upstream)?.downstream ?? '');
      return next?.upstream === upstream && next.branch === null ? next : null;
    }
    for (const node of this.nodes.values()) {
      if (node.upstream === upstream && (upstream === null || node.branch === branch)) return node;
    }
    return null;
  }

  /** Takes a node out of its chain, together with its branches: what followed it stands in its place. */
  detach(key: NodeKey): void {
    const node = this.get(key);
    const place = { upstream: node.upstream, branch: node.branch };
    const stands = this.at(place)?.key === key;
    const next = this.at({ upstream: key, branch: null });
    // A node that nothing leads to leaves its followers as lost as they were.
    if (stands) this.link(place, next?.key ?? null);
    else if (next) this.patch(next.key, place);
    // On its own it hangs on itself: it must not be taken for what stands at its old place.
    this.patch(key, { upstream: key, branch: null, downstream: null });
  }

  /** Puts nodes one after the other at a place; what stood there follows the last one. */
  attach(place: Place, keys: readonly NodeKey[]): void {
    const follower = this.at(place);
    let where = place;
    for (const key of keys) {
      this.link(where, key);
      where = { upstream: key, branch: null };
    }
    this.link(where, follower?.key ?? null);
  }

  /** Makes a node stand at a place (null: nothing stands there); both ends are told. */
  link(place: Place, key: NodeKey | null): void {
    if (place.upstream !== null && place.branch === null && this.nodes.has(place.upstream)) {
      this.patch(place.upstream, { downstream: key });
    }
    if (key !== null) this.patch(key, { upstream: place.upstream, branch: place.upstream === null ? null : place.branch });
  }

  /** The document with the draft's nodes; the one it began with when nothing changed. */
  done(): FlowDocument {
    return this.isChanged ? { ...this.origin, nodes: this.nodes } : this.origin;
  }
}

/** @throws {DocumentError} unknown-node when the place hangs on a node that does not exist */
export function assertPlace(document: FlowDocument, place: Place): void {
  if (place.upstream !== null && !document.nodes.has(place.upstream)) {
    throw new DocumentError('unknown-node', place.upstream);
  }
}

/** The node of a document. @throws {DocumentError} unknown-node */
export function nodeOf(document: FlowDocument, key: NodeKey): FlowNode {
  const node = document.nodes.get(key);
  if (!node) throw new DocumentError('unknown-node', key);
  return node;
}

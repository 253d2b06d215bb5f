import type { Config, FlowDocument, FlowNode, FlowNote, NodeKey } from './types';

/** A node as `workflows:saveFlow` takes it; links are keys of nodes. Without title or config it keeps what it has. */
export interface SavedNode {
  key: NodeKey;
  type: string;
  title?: string;
  config?: Config;
  upstream: NodeKey | null;
  branch: number | null;
  downstream: NodeKey | null;
}

/** What changed between two documents, as `workflows:saveFlow` takes it (its `base` is the saver's affair). */
export interface FlowChange {
  trigger?: { title?: string; config?: Config };
  /** all notes, when any of them changed */
  notes?: readonly FlowNote[];
  nodes: { put: SavedNode[]; remove: NodeKey[] };
}

const isSame = (a: FlowNode, b: FlowNode): boolean =>
  a === b ||
  (a.type === b.type &&
    a.title === b.title &&
    a.config === b.config &&
    a.upstream === b.upstream &&
    a.branch === b.branch &&
    a.downstream === b.downstream);

/** What has to be saved to get from one document to the other; null when nothing has. Compares by identity. */
export function changeBetween(base: FlowDocument, next: FlowDocument): FlowChange | null {
  const change: FlowChange = { nodes: { put: [], remove: [] } };
  let differs = false;
  if (base.nodes !== next.nodes) {
    for (const node of next.nodes.values()) {
      const before = base.nodes.get(node.key);
      if (before && isSame(before, node)) continue;
      const { key, type, title, config, upstream, branch } = node;
      // A link that led nowhere is mended by whatever edit comes first: the server takes none to what it does not have.
      const downstream = node.downstream !== null && next.nodes.has(node.downstream) ? node.downstream : null;
      change.nodes.put.push({ key, type, title, config, upstream, branch, downstream });
    }
    for (const key of base.nodes.keys()) if (!next.nodes.has(key)) change.nodes.remove.push(key);
    differs = change.nodes.put.length > 0 || change.nodes.remove.length > 0;
  }
  const trigger: NonNullable<FlowChange['trigger']> = {};
  if (base.trigger.title !== next.trigger.title) trigger.title = next.trigger.title;
  if (base.trigger.config !== next.trigger.config) trigger.config = next.trigger.config;
  if (Object.keys(trigger).length) change.trigger = trigger;
  if (base.notes !== next.notes) change.notes = next.notes;
  return differs || change.trigger || change.notes ? change : null;
}

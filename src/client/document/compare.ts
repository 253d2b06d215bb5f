import { indexOf } from './FlowIndex';
import type { FlowDocument, FlowNode, FlowNote, NodeKey } from './types';

/** One value inside a config that is not the same on both sides; undefined: there is none. */
export interface FieldChange {
  /** e.g. `params.filter.$and.0.status.$eq` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface NodeChange {
  readonly before: FlowNode;
  readonly after: FlowNode;
  /** `title`, `type` and what differs below `config` */
  readonly fields: readonly FieldChange[];
  /** it stands in another branch or elsewhere in its order; neighbours that came or went do not count */
  readonly moved: boolean;
}

export interface FlowDifference {
  readonly added: readonly FlowNode[];
  readonly removed: readonly FlowNode[];
  /** nodes of both sides that differ, by key */
  readonly changed: ReadonlyMap<NodeKey, NodeChange>;
  readonly trigger: readonly FieldChange[];
  readonly notes: { readonly added: readonly FlowNote[]; readonly removed: readonly FlowNote[]; readonly changed: readonly FlowNote[] };
  readonly isEmpty: boolean;
}

/** What differs between two versions of a workflow, whose nodes keep their keys. */
export function compareDocuments(before: FlowDocument, after: FlowDocument): FlowDifference {
  const added = [...after.nodes.values()].filter(({ key }) => !before.nodes.has(key));
  const removed = [...before.nodes.values()].filter(({ key }) => !after.nodes.has(key));
  const moved = movedNodes(before, after);
  const changed = new Map<NodeKey, NodeChange>();
  for (const node of after.nodes.values()) {
    const old = before.nodes.get(node.key);
    if (!old) continue;
    const fields = old === node ? [] : fieldsOf(old, node);
    if (fields.length || moved.has(node.key)) changed.set(node.key, { before: old, after: node, fields, moved: moved.has(node.key) });
  }
  const trigger = [
    ...compareValues(before.trigger.title, after.trigger.title, 'title'),
    ...compareValues(before.trigger.config, after.trigger.config, 'config'),
  ];
  const notes = compareNotes(before.notes, after.notes);
  const isEmpty = ![added, removed, trigger, notes.added, notes.removed, notes.changed].some(({ length }) => length) && changed.size === 0;
  return { added, removed, changed, trigger, notes, isEmpty };
}

const fieldsOf = (before: FlowNode, after: FlowNode): FieldChange[] => [
  ...compareValues(before.type, after.type, 'type'),
  ...compareValues(before.title, after.title, 'title'),
  ...compareValues(before.config, after.config, 'config'),
];

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What differs between two values of JSON, as deep as both have members. */
export function compareValues(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before, after }];
  }
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].flatMap((name) => compareValues(old[name], now[name], path ? `${path}.${name}` : name));
}

function compareNotes(before: readonly FlowNote[], after: readonly FlowNote[]): FlowDifference['notes'] {
  const old = new Map(before.map((note) => [note.id, note]));
  const now = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !now.has(id)),
    changed: after.filter((note) => old.has(note.id) && compareValues(old.get(note.id), note).length > 0),
  };
}

/** Chains of nodes that are on both sides, by what the chain hangs on. */
function chainsOf(document: FlowDocument, other: FlowDocument): Map<string, NodeKey[]> {
  const { order, owner, previous } = indexOf(document);
  const chains = new Map<string, NodeKey[]>();
  const placeOfHead = new Map<NodeKey, string>();
  for (const node of order) {
    const before = previous(node.key);
    const place = before ? placeOfHead.get(before.key)! : `${owner(node.key)?.key ?? ''}/${node.branch}`;
    placeOfHead.set(node.key, place);
    if (!other.nodes.has(node.key)) continue;
    const chain = chains.get(place);
    if (chain) chain.push(node.key);
    else chains.set(place, [node.key]);
  }
  return chains;
}

function movedNodes(before: FlowDocument, after: FlowDocument): Set<NodeKey> {
  const moved = new Set<NodeKey>();
  if (before.nodes === after.nodes) return moved;
  const old = new Map<NodeKey, { place: string; at: number }>();
  for (const [place, chain] of chainsOf(before, after)) chain.forEach((key, at) => old.set(key, { place, at }));
  for (const [place, chain] of chainsOf(after, before)) {
    const stayed = chain.filter((key) => old.get(key)?.place === place);
    const kept = new Set(longestRise(stayed.map((key) => old.get(key)!.at)).map((i) => stayed[i]!));
    for (const key of chain) if (!kept.has(key)) moved.add(key);
  }
  return moved;
}

/** Indexes of a longest rising subsequence: what can stay where it is while the fewest others move. */
function longestRise(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  values.forEach((value, i) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[i] = tails[low - 1] ?? -1;
    tails[low] = i;
  });
  const rise: number[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i]!) rise.push(i);
  return rise.reverse();
}

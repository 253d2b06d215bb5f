import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, Place } from '../../document/types';
import type { KindRegistry, NodeKind } from '../../registry/kinds';
import { treeInfo } from '../view/treeInfo';

export interface OfferedKind {
  kind: NodeKind;
  /** why it cannot be added here; null when it can */
  reason: string | null;
}

export interface OfferedGroup {
  key: string;
  title: string;
  kinds: OfferedKind[];
}

interface Offer {
  registry: KindRegistry;
  document: FlowDocument;
  place: Place;
  /** why nodes that wait cannot be added there, e.g. in a branch that must not wait; null when they can */
  noAsync: string | null;
}

/** What can be added at a place, in groups, filtered by a text. What matches by title comes before what matches otherwise. */
export function offeredKinds({ registry, document, place, noAsync }: Offer, text: string): OfferedGroup[] {
  const wanted = text.trim().toLowerCase();
  const matches = ({ title, type, description }: NodeKind) =>
    !wanted || [title, type, description ?? ''].some((item) => item.toLowerCase().includes(wanted));
  const rank = ({ kind, reason }: OfferedKind) => (reason === null ? 0 : 2) + (kind.title.toLowerCase().includes(wanted) ? 0 : 1);
  const titles = new Map(registry.groups().map(({ key, title }) => [key, title]));
  const groups = new Map<string, OfferedGroup>();
  for (const { key, title } of registry.groups()) groups.set(key, { key, title, kinds: [] });
  for (const kind of registry.nodes()) {
    if (!matches(kind)) continue;
    let group = groups.get(kind.group);
    if (!group) groups.set(kind.group, (group = { key: kind.group, title: titles.get(kind.group) ?? kind.group, kinds: [] }));
    group.kinds.push({ kind, reason: kind.unavailable(place, document) ?? (kind.async ? noAsync : null) });
  }
  const filled = [...groups.values()].filter(({ kinds }) => kinds.length > 0);
  if (wanted) {
    for (const group of filled) group.kinds.sort((a, b) => rank(a) - rank(b));
    filled.sort((a, b) => rank(a.kinds[0]!) - rank(b.kinds[0]!));
  }
  return filled;
}

/** The branches in which a place lies, from the innermost. */
export function branchesAround(document: FlowDocument, place: Place): { owner: string; branch: number }[] {
  const info = treeInfo(document);
  const { owner } = indexOf(document);
  const around: { owner: string; branch: number }[] = [];
  if (place.upstream !== null && place.branch !== null) around.push({ owner: place.upstream, branch: place.branch });
  for (let key = place.upstream; key !== null; ) {
    const holder = owner(key);
    const branch = info.get(key)?.branch;
    if (holder && branch != null) around.push({ owner: holder.key, branch });
    key = holder?.key ?? null;
  }
  return around;
}

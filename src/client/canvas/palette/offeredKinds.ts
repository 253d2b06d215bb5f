import { scopesOf } from '../../document/walk';
import type { FlowDocument, Place } from '../../document/types';
import type { KindRegistry, NodeKind } from '../../registry/kinds';

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

/** What can be added at a place, in groups, filtered by a text. What matches by title comes before what matches otherwise. */
export function offeredKinds(registry: KindRegistry, document: FlowDocument, place: Place, text: string): OfferedGroup[] {
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
    group.kinds.push({ kind, reason: kind.unavailable(place, document) });
  }
  const filled = [...groups.values()].filter(({ kinds }) => kinds.length > 0);
  if (wanted) {
    for (const group of filled) group.kinds.sort((a, b) => rank(a) - rank(b));
    filled.sort((a, b) => rank(a.kinds[0]!) - rank(b.kinds[0]!));
  }
  return filled;
}

/** Keys of the nodes in whose branches a place lies. */
export const ownersOf = (document: FlowDocument, place: Place): string[] =>
  place.upstream === null
    ? []
    : [...(place.branch === null ? [] : [place.upstream]), ...scopesOf(document, place.upstream).map(({ key }) => key)];

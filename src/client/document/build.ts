import { indexOf } from './FlowIndex';
import type { WorkflowSummary } from './workflow';
import type { Config, FlowDocument, FlowNode, FlowNote, NodeKey } from './types';

/** A row of `flow_nodes` as the HTTP API answers it. */
export interface NodeRow {
  id: number | string;
  key: string;
  type: string;
  title?: string | null;
  config?: Record<string, unknown> | null;
  upstreamId?: number | string | null;
  downstreamId?: number | string | null;
  branchIndex?: number | string | null;
}

/** A version as `workflows:get?appends[]=nodes,stats,versionStats` answers it. */
export interface WorkflowRow {
  id: number | string;
  key: string;
  title?: string | null;
  type: string;
  triggerTitle?: string | null;
  config?: Record<string, unknown> | null;
  sync?: boolean | null;
  enabled?: boolean | null;
  current?: boolean | null;
  versionStats?: { executed?: number | string | null } | null;
  nodes?: readonly NodeRow[] | null;
  notes?: readonly FlowNote[] | null;
  revision?: string | null;
}

/** What was wrong with the rows; the nodes are in the document nevertheless. */
export interface RowFault {
  code:
    /** two rows with one key; the later one got another key */
    | 'double-key'
    /** links to nodes of another workflow or to none */
    | 'dangling-upstream'
    | 'dangling-downstream'
    /** another node stands at the same place; this one is lost */
    | 'shared-place'
    /** following the links comes back to the node; here it was cut open */
    | 'circle';
  key: NodeKey;
}

export interface BuiltDocument {
  document: FlowDocument;
  /** for the first save; null when the server does not count revisions */
  revision: string | null;
  faults: RowFault[];
}

/** Stands for a node that does not exist, so that a dangling link is neither lost nor mistaken for none. */
const missing = (id: string): NodeKey => `#${id}`;

const isConfig = (value: unknown): value is Config => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where nodes hang whose place is taken. Leaving them there would make them change places with the other node
 * whenever one of the two is edited.
 */
const NOWHERE: NodeKey = '#';

/** Makes the document from rows. Whatever the rows say, it never throws: broken links are reported and kept. */
export function buildDocument(row: WorkflowRow): BuiltDocument {
  const faults: RowFault[] = [];
  const rows = row.nodes ?? [];
  const keys = new Map<string, NodeKey>();
  const taken = new Set<NodeKey>();
  for (const { id, key } of rows) {
    const ownKey = key && !taken.has(key) ? key : `${key || 'node'}#${id}`;
    if (ownKey !== key) faults.push({ code: 'double-key', key: ownKey });
    taken.add(ownKey);
    keys.set(String(id), ownKey);
  }
  const nodes = new Map<NodeKey, FlowNode>();
  const places = new Set<string>();
  for (const item of rows) {
    const key = keys.get(String(item.id))!;
    if (nodes.has(key)) continue;
    const link = (id: NodeRow['upstreamId'], code: RowFault['code']): NodeKey | null => {
      if (id == null) return null;
      const target = keys.get(String(id));
      if (target === undefined) faults.push({ code, key });
      return target ?? missing(String(id));
    };
    let upstream = link(item.upstreamId, 'dangling-upstream');
    const branch = upstream === null || item.branchIndex == null ? null : Number(item.branchIndex);
    if (upstream === null || branch !== null) {
      const place = `${upstream}/${branch}`;
      if (places.has(place)) {
        faults.push({ code: 'shared-place', key });
        upstream = NOWHERE;
      }
      places.add(place);
    }
    nodes.set(key, {
      key,
      id: String(item.id),
      type: item.type,
      title: item.title ?? '',
      config: isConfig(item.config) ? item.config : {},
      upstream,
      branch,
      downstream: link(item.downstreamId, 'dangling-downstream'),
    });
  }
  for (const { key, upstream } of indexOf({ nodes }).lost) {
    const before = upstream === null ? undefined : nodes.get(upstream);
    // Other lost chains begin where nothing leads to them; this one begins where its own end does.
    if (!before || (nodes.get(key)!.branch === null && before.downstream !== key)) continue;
    faults.push({ code: 'circle', key });
    nodes.set(key, { ...nodes.get(key)!, upstream: NOWHERE });
  }
  return {
    document: {
      workflow: summaryOf(row),
      trigger: { type: row.type, title: row.triggerTitle ?? '', config: isConfig(row.config) ? row.config : {} },
      nodes,
      notes: row.notes ?? [],
    },
    revision: row.revision ?? null,
    faults,
  };
}

const summaryOf = (row: WorkflowRow): WorkflowSummary => ({
  id: String(row.id),
  key: row.key,
  title: row.title ?? '',
  sync: Boolean(row.sync),
  enabled: Boolean(row.enabled),
  current: Boolean(row.current),
  executed: Number(row.versionStats?.executed ?? 0),
});

/**
 * Puts the ids of rows beside the nodes that the server has stored for the first time.
 * @param made nodes that got their ids before, so that documents go on sharing them
 * @returns the same document when there is nothing to add
 */
export function assignIds(
  document: FlowDocument,
  ids: Readonly<Record<NodeKey, string | number>>,
  made = new Map<FlowNode, FlowNode>(),
): FlowDocument {
  let nodes: Map<NodeKey, FlowNode> | undefined;
  for (const [key, id] of Object.entries(ids)) {
    const node = document.nodes.get(key);
    if (!node || node.id === String(id)) continue;
    const known = made.get(node) ?? { ...node, id: String(id) };
    made.set(node, known);
    nodes ??= new Map(document.nodes);
    nodes.set(key, known);
  }
  return nodes ? { ...document, nodes } : document;
}

import type { FlowNodeModel, Id } from '../contract';
import type { NodeLinks } from './GraphDraft';
import { validateGraph } from './validateGraph';

/** A node as the editor sends it: links are keys of nodes. */
export interface SentNode {
  key: string;
  type: string;
  title?: string | null;
  config?: Record<string, unknown>;
  upstream: string | null;
  branch: number | null;
  downstream: string | null;
}

/** Something wrong with what was sent; `nodeKey` and `field` say where. */
export interface FlowFault {
  nodeKey?: string;
  field: string;
  message: string;
}

type StoredNode = Pick<FlowNodeModel, 'id' | 'key' | 'type' | 'title' | 'config' | 'upstreamId' | 'downstreamId' | 'branchIndex'>;

/** What has to be written to turn the stored nodes into the sent ones. */
export interface FlowPlan {
  faults: FlowFault[];
  create: Array<SentNode & { links: NodeLinks }>;
  update: Array<SentNode & { links: NodeLinks; stored: StoredNode }>;
  remove: Id[];
  /** ids of all nodes of the version afterwards */
  ids: Record<string, Id>;
}

/**
 * Compares the nodes of a version with what it is to become.
 * Whatever is wrong with the graph that it would have is a fault, unless it was wrong before already.
 * @param nextId makes the id of a new node
 */
export function planFlow(
  stored: readonly StoredNode[],
  put: readonly SentNode[],
  remove: readonly string[],
  nextId: () => Id,
): FlowPlan {
  const faults: FlowFault[] = [];
  const byKey = new Map(stored.map((node) => [node.key, node]));
  const sent = new Map<string, SentNode>();
  for (const node of put) {
    if (sent.has(node.key)) {
      faults.push({ nodeKey: node.key, field: 'key', message: '"key" is used by another node of the workflow' });
    }
    sent.set(node.key, node);
  }
  for (const key of remove) {
    if (sent.has(key)) {
      faults.push({ nodeKey: key, field: 'key', message: 'The node is saved and removed in the same request' });
    }
  }
  const removed = new Set(remove);
  const kept = stored.filter(({ key }) => !removed.has(key));
  const ids: Record<string, Id> = Object.fromEntries(kept.map(({ key, id }) => [key, id]));
  for (const { key } of sent.values()) {
    ids[key] ??= nextId();
  }
  const idOf = (node: SentNode, field: 'upstream' | 'downstream'): Id | null => {
    const key = node[field];
    if (key === null) {
      return null;
    }
    if (!Object.hasOwn(ids, key)) {
      faults.push({ nodeKey: node.key, field, message: `"${field}" is not a node of the workflow` });
      return null;
    }
    return ids[key]!;
  };
  const create: FlowPlan['create'] = [];
  const update: FlowPlan['update'] = [];
  for (const node of sent.values()) {
    const links: NodeLinks = {
      id: ids[node.key]!,
      upstreamId: idOf(node, 'upstream'),
      downstreamId: idOf(node, 'downstream'),
      branchIndex: node.upstream === null ? null : node.branch,
    };
    const former = byKey.get(node.key);
    if (former && !removed.has(node.key)) {
      update.push({ ...node, links, stored: former });
    } else {
      create.push({ ...node, links });
    }
  }
  if (faults.length === 0) {
    const unchanged = kept.filter(({ key }) => !sent.has(key));
    faults.push(...graphFaults(stored, [...unchanged, ...create.map(linksOf), ...update.map(linksOf)], ids));
  }
  return { faults, create, update, remove: stored.filter(({ key }) => removed.has(key)).map(({ id }) => id), ids };
}

function linksOf({ links }: { links: NodeLinks }): NodeLinks {
  return links;
}

function graphFaults(before: readonly NodeLinks[], after: readonly NodeLinks[], ids: Record<string, Id>): FlowFault[] {
  const keyOf = new Map(Object.entries(ids).map(([key, id]) => [String(id), key]));
  const nameOf = ({ code, nodeId, message }: ReturnType<typeof validateGraph>[number]) => `${code}/${nodeId}/${message}`;
  const known = new Set(validateGraph(before).map(nameOf));
  return validateGraph(after)
    .filter((problem) => !known.has(nameOf(problem)))
    .map(({ nodeId, message }) => {
      const nodeKey = keyOf.get(String(nodeId));
      return { ...(nodeKey === undefined ? {} : { nodeKey }), field: 'upstream', message };
    });
}

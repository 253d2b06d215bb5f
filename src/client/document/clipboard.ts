import { DocumentError } from './DocumentError';
import { outermost, subtree } from './walk';
import { referencesIn } from './references';
import type { FlowDocument, FlowNode, NodeKey } from './types';

const APP = 'nocobase-workflow';
const VERSION = 1;
/** More than 10,000 nodes with their configs; larger texts are not ours. */
const MAX_CHARACTERS = 20_000_000;

export type FragmentNode = Omit<FlowNode, 'id'>;

/** Nodes outside of any document: one chain with its branches. */
export interface Fragment {
  /** first node of the chain */
  readonly head: NodeKey;
  readonly nodes: ReadonlyMap<NodeKey, FragmentNode>;
  /** names of nodes that are referenced but were not copied, for messages */
  readonly refs: Readonly<Record<NodeKey, string>>;
  /** what the nodes were copied from; tells whether trigger variables mean the same elsewhere */
  readonly source: { readonly workflowKey: string; readonly trigger: string; readonly collection?: string };
}

const collectionOf = ({ config }: FlowDocument['trigger']): string | undefined =>
  typeof config.collection === 'string' ? config.collection : undefined;

/** What a fragment remembers of its document. */
export const sourceOf = ({ workflow, trigger }: FlowDocument): Fragment['source'] => ({
  workflowKey: workflow.key,
  trigger: trigger.type,
  collection: collectionOf(trigger),
});

/**
 * Takes the chosen nodes with their branches out of a document, as one chain in reading order.
 * @throws {DocumentError} nothing-selected
 */
export function copyNodes(document: FlowDocument, keys: Iterable<NodeKey>): Fragment {
  const roots = outermost(document, keys);
  const [first] = roots;
  if (!first) throw new DocumentError('nothing-selected');
  const nodes = new Map<NodeKey, FragmentNode>();
  roots.forEach((root, i) => {
    for (const { id: _, ...node } of subtree(document, root.key)) nodes.set(node.key, node);
    const { id: _, ...node } = root;
    nodes.set(root.key, { ...node, upstream: roots[i - 1]?.key ?? null, branch: null, downstream: roots[i + 1]?.key ?? null });
  });
  const refs: Record<NodeKey, string> = {};
  for (const { config } of nodes.values()) {
    for (const { key } of referencesIn(config)) {
      const other = key === null || nodes.has(key) ? undefined : document.nodes.get(key);
      if (other) refs[other.key] = other.title;
    }
  }
  return { head: first.key, nodes, refs, source: sourceOf(document) };
}

/** A fragment as text for the system clipboard. */
export function writeClipboard({ nodes, refs, source }: Fragment): string {
  return JSON.stringify({ app: APP, kind: 'nodes', version: VERSION, nodes: [...nodes.values()], refs, source }, null, 1);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKey = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 255;
const isLink = (value: unknown): value is string | null => value === null || isKey(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function parseNode(value: unknown): FragmentNode | null {
  if (!isRecord(value)) return null;
  const { key, type, title, config, upstream, branch, downstream } = value;
  const isWhole =
    isKey(key) &&
    isKey(type) &&
    typeof title === 'string' &&
    isRecord(config) &&
    isLink(upstream) &&
    isLink(downstream) &&
    (branch === null || Number.isSafeInteger(branch));
  return isWhole ? { key, type, title, config, upstream, branch: branch as number | null, downstream } : null;
}

/**
 * Reads a text of the clipboard. Texts come from anywhere: whatever is not a whole fragment is refused.
 * @returns null when the text does not hold nodes
 */
export function readClipboard(text: string): Fragment | null {
  if (text.length > MAX_CHARACTERS || !text.includes(APP)) return null;
  let data: unknown;
  try {
    // A member named `__proto__` would turn into a prototype in whoever copies the config.
    data = JSON.parse(text, (name, value: unknown) => (name === '__proto__' ? undefined : value));
  } catch {
    return null;
  }
  if (!isRecord(data) || data.app !== APP || data.kind !== 'nodes' || data.version !== VERSION) return null;
  const { nodes: list, source } = data;
  if (!Array.isArray(list)) return null;
  const nodes = new Map<NodeKey, FragmentNode>();
  for (const item of list) {
    const node = parseNode(item);
    if (!node || nodes.has(node.key)) return null;
    nodes.set(node.key, node);
  }
  const head = headOf(nodes);
  if (head === null) return null;
  return {
    head,
    nodes,
    refs: isRecord(data.refs) ? Object.fromEntries(Object.entries(data.refs).map(([key, title]) => [key, textOf(title)])) : {},
    source: isRecord(source)
      ? {
          workflowKey: textOf(source.workflowKey),
          trigger: textOf(source.trigger),
          collection: typeof source.collection === 'string' ? source.collection : undefined,
        }
      : { workflowKey: '', trigger: '' },
  };
}

/** The head of a whole fragment: one chain that leads to all nodes, with links that agree; null otherwise. */
function headOf(nodes: ReadonlyMap<NodeKey, FragmentNode>): NodeKey | null {
  const heads = [...nodes.values()].filter(({ upstream }) => upstream === null);
  const children = new Map<NodeKey, FragmentNode[]>();
  const places = new Set<string>();
  for (const node of nodes.values()) {
    const { upstream, branch, downstream, key } = node;
    const place = JSON.stringify([upstream, branch]);
    const before = upstream === null ? undefined : nodes.get(upstream);
    const follower = downstream === null ? undefined : nodes.get(downstream);
    const agrees =
      !places.has(place) &&
      (upstream === null ? branch === null : before !== undefined && (branch !== null || before.downstream === key)) &&
      (downstream === null || (follower?.upstream === key && follower.branch === null));
    if (!agrees) return null;
    places.add(place);
    if (upstream !== null) children.set(upstream, [...(children.get(upstream) ?? []), node]);
  }
  const [head] = heads;
  if (!head || heads.length > 1) return null;
  const stack = [head];
  let reached = 0;
  for (let node = stack.pop(); node; node = stack.pop()) {
    reached++;
    stack.push(...(children.get(node.key) ?? []));
  }
  return reached === nodes.size ? head.key : null;
}

import { isInside, isUpstream } from './walk';
import type { Config, FlowDocument, FlowNode, NodeKey } from './types';

const TEMPLATE = /{{\s*([^{}]+?)\s*}}/g;
export const RESULTS = '$jobsMapByNodeKey';
export const SCOPES = '$scopes';

/** A variable that a config uses. */
export interface Reference {
  /** where in the config, e.g. `params.values.title` */
  readonly field: string;
  /** as it is written, with braces */
  readonly raw: string;
  /** its segments without a leading `ctx`, e.g. `['$jobsMapByNodeKey', 'k1', 'id']` */
  readonly path: readonly string[];
  /** the node whose result or scope it reads; null for all other variables */
  readonly key: NodeKey | null;
}

/** Segments of what stands between the braces; `{{path:default}}` gives a text for paths that lead nowhere. */
function pathOf(inner: string): string[] {
  const segments = inner.split(':', 1)[0]!.trim().split('.');
  return segments[0] === 'ctx' && segments[1]?.startsWith('$') ? segments.slice(1) : segments;
}

const keyOf = (path: readonly string[]): NodeKey | null =>
  (path[0] === RESULTS || path[0] === SCOPES) && path[1] ? path[1] : null;

const known = new WeakMap<Config, readonly Reference[]>();

/** Variables in a config, in keys of objects too. Templates of other kinds, such as `{{t("…")}}`, are none. */
export function referencesIn(config: Config): readonly Reference[] {
  let references = known.get(config);
  if (!references) {
    const found: Reference[] = [];
    collect(config, '', found);
    references = found;
    known.set(config, references);
  }
  return references;
}

function collect(value: unknown, field: string, found: Reference[]): void {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return;
    for (const [raw, inner] of value.matchAll(TEMPLATE)) {
      const path = pathOf(inner!);
      if (path[0]!.startsWith('$')) found.push({ field, raw, path, key: keyOf(path) });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value)) {
      collect(name, field, found);
      collect(child, field ? `${field}.${name}` : name, found);
    }
  }
}

/** Whether a node's result, its scope or both are visible somewhere. */
export interface Visible {
  readonly results: ReadonlySet<NodeKey>;
  readonly scopes: ReadonlySet<NodeKey>;
}

/** A reference to a node that is not visible cannot be resolved. Others are no affair of the flow. */
export const isBroken = ({ path, key }: Reference, { results, scopes }: Visible): boolean =>
  key !== null && !(path[0] === SCOPES ? scopes : results).has(key);

/** References of a node to nodes that it cannot see from where it stands. */
export function brokenReferences(document: FlowDocument, node: FlowNode): Reference[] {
  return referencesIn(node.config).filter(
    ({ path, key }) =>
      key !== null && !(path[0] === SCOPES ? isInside(document, node.key, key) : isUpstream(document, key, node.key)),
  );
}

export interface ReferencingNode {
  readonly node: FlowNode;
  readonly references: readonly Reference[];
}

/** Nodes that use the result or the scope of one of the given nodes, in the document's order. */
export function usersOf(document: FlowDocument, keys: ReadonlySet<NodeKey>): ReferencingNode[] {
  return [...document.nodes.values()].flatMap((node) => {
    const references = referencesIn(node.config).filter(({ key }) => key !== null && keys.has(key));
    return references.length ? [{ node, references }] : [];
  });
}

/**
 * What a command breaks: references of the nodes after it that could be resolved before it. Answers what to ask before
 * moving, removing or pasting: apply the command, ask, and keep its document or not.
 */
export function newlyBroken(before: FlowDocument, after: FlowDocument): ReferencingNode[] {
  return [...after.nodes.values()].flatMap((node) => {
    const broken = brokenReferences(after, node);
    if (broken.length === 0) return [];
    const old = before.nodes.get(node.key);
    const known = new Set(old ? brokenReferences(before, old).map(({ raw, field }) => `${field} ${raw}`) : []);
    const references = broken.filter(({ raw, field }) => !known.has(`${field} ${raw}`));
    return references.length ? [{ node, references }] : [];
  });
}

/** Changes the texts inside a value; parts without a changed text stay identical. `undefined` removes a member. */
function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => mapTexts(item, change));
    return list.some((item, i) => item !== value[i]) ? list : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  let isChanged = false;
  const entries = Object.entries(value).flatMap(([name, child]): [string, unknown][] => {
    const newName = change(name);
    const newChild = mapTexts(child, change);
    if (newName === name && newChild === child) return [[name, child]];
    isChanged = true;
    // A member whose name was nothing but a variable has no name any more.
    return typeof newName === 'string' ? [[newName, newChild]] : [];
  });
  return isChanged ? Object.fromEntries(entries) : value;
}

/**
 * Takes references out of a config. A text that was nothing else becomes null; other texts keep their words.
 * @param isUnwanted decides by raw text, path and key; `field` is not known here
 */
export function stripReferences(config: Config, isUnwanted: (reference: Omit<Reference, 'field'>) => boolean): Config {
  return mapTexts(config, (text) => {
    if (!text.includes('{{')) return text;
    const stripped = text.replace(TEMPLATE, (raw, inner: string) => {
      const path = pathOf(inner);
      return path[0]!.startsWith('$') && isUnwanted({ raw, path, key: keyOf(path) }) ? '' : raw;
    });
    return stripped === text ? text : stripped.trim() === '' ? null : stripped;
  }) as Config;
}

/**
 * Configs without what a command broke, for `updateConfigs`.
 * @param broken as `newlyBroken` found it
 */
export function strippedConfigs(broken: readonly ReferencingNode[]): Map<NodeKey, Config> {
  return new Map(
    broken.map(({ node, references }) => {
      const raws = new Set(references.map(({ raw }) => raw));
      return [node.key, stripReferences(node.config, ({ raw }) => raws.has(raw))];
    }),
  );
}

/** Makes references follow nodes that got other keys. */
export function rekeyReferences(config: Config, keys: ReadonlyMap<NodeKey, NodeKey>): Config {
  return mapTexts(config, (text) =>
    text.includes('{{')
      ? text.replace(TEMPLATE, (raw, inner: string) => {
          const key = keyOf(pathOf(inner));
          const newKey = key === null ? undefined : keys.get(key);
          return newKey === undefined ? raw : raw.replace(`.${key}`, () => `.${newKey}`);
        })
      : text,
  ) as Config;
}

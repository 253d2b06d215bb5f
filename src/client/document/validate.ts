import type { Fault, KindContext, KindRegistry, NodeKind } from '../registry/kinds';
import { indexOf } from './FlowIndex';
import { brokenReferences, referencesIn, SCOPES, type Reference } from './references';
import type { FlowDocument, FlowNode, NodeKey } from './types';
import { placeOf } from './walk';

export interface ListedFault extends Fault {
  /** null: the trigger */
  readonly key: NodeKey | null;
}

export interface Validation {
  /** faults of the nodes that have any; lists of nodes whose faults did not change are identical */
  readonly nodes: ReadonlyMap<NodeKey, readonly Fault[]>;
  readonly trigger: readonly Fault[];
  /** all of them, trigger first, then in reading order */
  readonly list: readonly ListedFault[];
  /** whether enabling must ask first */
  readonly hasErrors: boolean;
}

export interface ValidatorOptions {
  registry: KindRegistry;
  /** what checks may ask; `document` and `node` are added */
  context: Omit<KindContext, 'document' | 'node'>;
  /**
   * Whether a variable that belongs to no node leads to something; undefined: cannot be said. Nodes' variables are
   * checked by where the nodes stand.
   */
  resolves?(path: readonly string[], document: FlowDocument): boolean | undefined;
}

interface Checked {
  kind: NodeKind | undefined;
  workflow: FlowDocument['workflow'];
  trigger: FlowDocument['trigger'];
  faults: readonly Fault[];
}

const NONE: readonly Fault[] = [];

/**
 * Finds what keeps a flow from working as drawn. Keeps what it found out about a node for as long as the node, the
 * trigger and the workflow are the same, so that after an edit little is checked again. Make a new one when collections
 * or installed types change.
 */
export class Validator {
  private readonly own = new WeakMap<FlowNode, Checked>();
  private readonly lists = new Map<NodeKey, readonly Fault[]>();
  private triggerList: readonly Fault[] = NONE;

  constructor(private readonly options: ValidatorOptions) {}

  validate(document: FlowDocument): Validation {
    const nodes = new Map<NodeKey, readonly Fault[]>();
    this.triggerList = sameOr(this.triggerList, this.triggerFaults(document));
    const list: ListedFault[] = this.triggerList.map((fault) => ({ ...fault, key: null }));
    const unreached = this.unreached(document);
    for (const node of indexOf(document).order) {
      const faults = sameOr(this.lists.get(node.key) ?? NONE, this.nodeFaults(document, node, unreached.has(node.key)));
      this.lists.set(node.key, faults);
      if (faults.length === 0) continue;
      nodes.set(node.key, faults);
      for (const fault of faults) list.push({ ...fault, key: node.key });
    }
    return { nodes, trigger: this.triggerList, list, hasErrors: list.some(({ level }) => level === 'error') };
  }

  private get t() {
    return this.options.context.t;
  }

  private error(message: string, values?: Record<string, unknown>, field?: string): Fault {
    return { level: 'error', message: this.t(message, values), ...(field === undefined ? {} : { field }) };
  }

  /** What no link leads to, and what stands behind a node that ends the execution, with all in its branches. */
  private unreached(document: FlowDocument): ReadonlySet<NodeKey> {
    const { order, isLost, previous, owner } = indexOf(document);
    const found = new Set<NodeKey>();
    for (const { key } of order) {
      const before = previous(key);
      const isBehindEnd = before !== null && (found.has(before.key) || this.ends(before));
      if (isBehindEnd || isLost(key) || found.has(owner(key)?.key ?? '')) found.add(key);
    }
    return found;
  }

  private ends(node: FlowNode): boolean {
    return this.options.registry.node(node.type)?.ends(node) ?? false;
  }

  private nodeFaults(document: FlowDocument, node: FlowNode, isUnreached: boolean): Fault[] {
    const faults = [...this.ownFaults(document, node)];
    if (isUnreached) faults.push(this.error('This node is never reached'));
    faults.push(...this.variableFaults(document, node));
    return faults;
  }

  /** What depends on the node alone, on its trigger and on its workflow. */
  private ownFaults(document: FlowDocument, node: FlowNode): readonly Fault[] {
    const kind = this.options.registry.node(node.type);
    const { workflow, trigger } = document;
    const known = this.own.get(node);
    if (known?.kind === kind && known?.workflow === workflow && known.trigger === trigger) return known.faults;
    const faults = kind ? this.kindFaults(kind, document, node) : [this.error('Unknown node type "{{type}}"', { type: node.type })];
    this.own.set(node, { kind, workflow, trigger, faults });
    return faults;
  }

  private kindFaults(kind: NodeKind, document: FlowDocument, node: FlowNode): Fault[] {
    const faults: Fault[] = [];
    const context: KindContext = { ...this.options.context, document, node };
    if (kind.async && isSync(document, this.options.registry)) {
      faults.push(this.error('This node waits, which a synchronous workflow cannot do'));
    } else {
      const reason = kind.unavailable(placeOf(node), document);
      if (reason) faults.push({ level: 'error', message: reason });
    }
    const checked = guarded(() => kind.check?.(node.config, context) ?? [], this.t);
    const hasFieldFault = checked.some(({ field }) => field === 'collection');
    if (!hasFieldFault) faults.push(...this.collectionFaults(node.config, kind.defaultConfig()));
    return [...faults, ...checked];
  }

  private triggerFaults(document: FlowDocument): Fault[] {
    const { trigger } = document;
    const kind = this.options.registry.trigger(trigger.type);
    if (!kind) return [this.error('Unknown trigger type "{{type}}"', { type: trigger.type })];
    const checked = guarded(() => kind.check?.(trigger.config, { ...this.options.context, document }) ?? [], this.t);
    if (checked.some(({ field }) => field === 'collection')) return checked;
    return [...this.collectionFaults(trigger.config, kind.defaultConfig()), ...checked];
  }

  private collectionFaults({ collection }: FlowNode['config'], defaults: FlowNode['config']): Fault[] {
    if (typeof collection === 'string' && collection !== '') {
      // Names that are given by variables are known only when the node runs.
      if (collection.includes('{{') || this.options.context.collectionTitle(collection) !== undefined) return [];
      return [this.error('The collection "{{name}}" does not exist', { name: collection }, 'collection')];
    }
    return 'collection' in defaults ? [this.error('No collection is chosen', undefined, 'collection')] : [];
  }

  private variableFaults(document: FlowDocument, node: FlowNode): Fault[] {
    const references = referencesIn(node.config);
    if (references.length === 0) return [];
    const broken = new Set<Reference>(brokenReferences(document, node));
    return references.flatMap((reference) => {
      const { raw, field, path, key } = reference;
      if (broken.has(reference)) return [this.error(this.reasonOf(document, reference), { variable: raw, node: this.titleOf(document, key) }, field)];
      if (key === null && this.options.resolves?.(path, document) === false) {
        return [this.error('The variable {{variable}} does not exist', { variable: bare(raw) }, field)];
      }
      return [];
    });
  }

  private reasonOf(document: FlowDocument, { path, key }: Reference): string {
    if (!document.nodes.has(key!)) return 'A variable reads a node that does not exist any more';
    if (path[0] === SCOPES) return 'A variable reads the scope of "{{node}}", but the node stands outside of its branches';
    return 'A variable reads the result of "{{node}}", which does not run before this node';
  }

  private titleOf(document: FlowDocument, key: NodeKey | null): string {
    return (key === null ? undefined : document.nodes.get(key)?.title) || (key ?? '');
  }
}

/** Without braces: translations would take them for their own. */
const bare = (raw: string): string => raw.replace(/^{{\s*|\s*}}$/g, '');

const isSync = ({ workflow, trigger }: FlowDocument, registry: KindRegistry): boolean =>
  registry.trigger(trigger.type)?.sync ?? workflow.sync;

/** Checks of extensions may throw on configs that they never wrote. */
function guarded(check: () => Fault[], t: KindContext['t']): Fault[] {
  try {
    return check();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ level: 'warning', message: t('The configuration could not be checked: {{reason}}', { reason }) }];
  }
}

const sameOr = (before: readonly Fault[], now: readonly Fault[]): readonly Fault[] =>
  before.length === now.length &&
  now.every(({ level, message, field }, i) => before[i]!.level === level && before[i]!.message === message && before[i]!.field === field)
    ? before
    : now;

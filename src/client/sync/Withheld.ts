import type { FlowChange, FlowDocument, NodeKey } from '../document';
import type { Refusal, SaveFault } from './types';

type PartName = 'config' | 'title';

/** What of a node, or of the trigger (`key: null`), the server did not take. */
interface Part {
  readonly key: NodeKey | null;
  readonly name: PartName;
  /** as it was refused; another value is tried again */
  readonly value: unknown;
  readonly refusals: readonly Refusal[];
}

/** What a node holds of a part while it has never been stored with one. */
const NOTHING = { config: {}, title: '' };

const holderOf = ({ nodes, trigger }: FlowDocument, key: NodeKey | null) => (key === null ? trigger : nodes.get(key));

/** The part that a fault is about; undefined when it is about links, types or the whole. */
function partOf({ nodeKey, field = '' }: SaveFault): Pick<Part, 'key' | 'name'> & { field?: string } | undefined {
  const [, name, inner] = (nodeKey === undefined ? /^trigger\.(config|title)(?:\.(.+))?$/ : /^(config|title)(?:\.(.+))?$/).exec(field) ?? [];
  if (name === undefined) return undefined;
  return { key: nodeKey ?? null, name: name as PartName, ...(inner === undefined ? {} : { field: inner }) };
}

/**
 * Configs and titles that the server refused, set aside so that everything else is stored. Each stays aside until the
 * editor holds another value for it.
 */
export class Withheld {
  private parts: readonly Part[] = [];

  /**
   * Sets aside what was refused of a document.
   * @returns false when that would not help: a fault is about something else, or was reported of what is aside already
   */
  take(document: FlowDocument, faults: readonly SaveFault[]): boolean {
    const found = new Map<string, Part>();
    for (const fault of faults) {
      const place = partOf(fault);
      const holder = place && holderOf(document, place.key);
      if (!place || !holder || this.parts.some(({ key, name }) => key === place.key && name === place.name)) return false;
      const { key, name, field } = place;
      const id = JSON.stringify([key, name]);
      const refusal: Refusal = { key, message: fault.message, ...(field === undefined ? {} : { field }) };
      found.set(id, { key, name, value: holder[name], refusals: [...(found.get(id)?.refusals ?? []), refusal] });
    }
    this.parts = [...this.parts, ...found.values()];
    return found.size > 0;
  }

  /** Lets go of what has another value now. */
  release(document: FlowDocument): void {
    if (this.parts.length === 0) return;
    this.parts = this.parts.filter(({ key, name, value }) => holderOf(document, key)?.[name] === value);
  }

  /** Everything is tried again. */
  clear(): void {
    this.parts = [];
  }

  /** The document with what is stored in place of what is aside. */
  replaceIn(document: FlowDocument, saved: FlowDocument): FlowDocument {
    if (this.parts.length === 0) return document;
    const nodes = new Map(document.nodes);
    let { trigger } = document;
    for (const { key, name } of this.parts) {
      const node = key === null ? undefined : nodes.get(key);
      if (node) nodes.set(node.key, { ...node, [name]: (saved.nodes.get(node.key) ?? NOTHING)[name] });
      else if (key === null) trigger = { ...trigger, [name]: saved.trigger[name] };
    }
    return { ...document, nodes, trigger };
  }

  /** The change without the parts that are aside; the server keeps what it has of them and does not check that again. */
  omitFrom(change: FlowChange): FlowChange {
    if (this.parts.length === 0) return change;
    const put = change.nodes.put.map((node) => {
      const names = this.parts.filter(({ key }) => key === node.key).map(({ name }) => name);
      const { config, title, ...rest } = node;
      return { ...rest, ...(names.includes('title') ? {} : { title }), ...(names.includes('config') ? {} : { config }) };
    });
    return { ...change, nodes: { ...change.nodes, put } };
  }

  /** What is not stored and why. A stored config that the server would not take again is no loss. */
  list(saved: FlowDocument): readonly Refusal[] {
    return this.parts
      .filter(({ key, name, value }) => (holderOf(saved, key) ?? NOTHING)[name] !== value)
      .flatMap(({ refusals }) => refusals);
  }
}

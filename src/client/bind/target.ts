import type { ComponentType } from 'react';
import type { CollectionCatalog, CollectionField, CollectionInfo } from '../port/HostPort';
import type { BindableWorkflow } from './workflows';

/** A trigger type whose workflows a button can start. */
export interface BindableType {
  type: string;
  /** translated */
  title: string;
  /** whether a workflow with this trigger config can be started by the button, given the data that it would get */
  accepts(config: Record<string, unknown>, context: string): boolean;
}

/** What a select of an extension is given when it stands in place of ours. */
export interface WorkflowSelectSlotProps {
  value?: string;
  onChange(key: string | undefined): void;
  /** of the data that the workflow gets */
  collection: string;
  scope: 'form';
  filter?: Record<string, unknown>;
  optionFilter?: BindTarget['optionFilter'];
}

/** The button whose bindings are edited. */
export interface BindTarget {
  /** collection of the record that the button writes: `orders`, or `other:orders` */
  collection: string;
  types: readonly BindableType[];
  /** false: the whole form is the only data that a workflow can get */
  contexts: boolean;
  /** more conditions on the workflows that are offered, as a filter of the HTTP API */
  filter?: Record<string, unknown>;
  /** decides about each workflow in place of `types` */
  optionFilter?(workflow: Pick<BindableWorkflow, 'key' | 'type' | 'config'>): boolean;
  Select?: ComponentType<WorkflowSelectSlotProps>;
}

/** A to-one association that may be handed to a workflow, and those that its record has in turn. */
export interface ContextOption {
  /** dot path from the form's record */
  path: string;
  title: string;
  target: string;
}

const MAIN = 'main:';

/** Both ways in which a collection of the main data source may be written down. */
export const spellingsOf = (collection: string): string[] => {
  const plain = collection.startsWith(MAIN) ? collection.slice(MAIN.length) : collection;
  return plain.includes(':') ? [plain] : [plain, `${MAIN}${plain}`];
};

export const isSameCollection = (left: unknown, right: string): boolean =>
  typeof left === 'string' && spellingsOf(right).includes(left);

const isToOne = (field: CollectionField) =>
  (field.type === 'belongsTo' || field.type === 'hasOne') && Boolean(field.target && field.interface && !field.hidden);

/** Names of associated collections carry no data source: an association never leaves its own. */
function associated(target: string, { dataSource }: CollectionInfo): string {
  return dataSource === 'main' ? target : `${dataSource}:${target}`;
}

/** To-one associations of the record at `path`; none when the collection is unknown. */
export function contextOptions(catalog: CollectionCatalog, collection: string, path = ''): ContextOption[] {
  const info = catalog.find(collection);
  return (info?.fields ?? []).filter(isToOne).map((field) => ({
    path: path ? `${path}.${field.name}` : field.name,
    title: field.title || field.name,
    target: associated(field.target!, info!),
  }));
}

/** What a stored path leads to. */
export interface ResolvedContext {
  collection: string;
  /** titles along the path, e.g. `['Applicant', 'Department']` */
  titles: string[];
}

/** @returns undefined when the path names something that is no to-one association (any more) */
export function resolveContext(catalog: CollectionCatalog, collection: string, path: string): ResolvedContext | undefined {
  const resolved: ResolvedContext = { collection, titles: [] };
  for (const name of path.split('.').filter(Boolean)) {
    const option = contextOptions(catalog, resolved.collection).find((candidate) => candidate.path === name);
    if (!option) return undefined;
    resolved.collection = option.target;
    resolved.titles.push(option.title);
  }
  return resolved;
}

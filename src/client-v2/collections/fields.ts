import type { UseVariableOptions, VariableDataType, VariableOption } from '../registry/types';
import { BaseTypeSets, defaultFieldNames } from '../variables/typeSets';
import { parseCollectionName } from './names';

/** The little that is read of a field of the host's data source manager. */
export interface CollectionField {
  name: string;
  type?: string;
  interface?: string;
  hidden?: boolean;
  target?: string;
  foreignKey?: string;
  isForeignKey?: boolean;
  collectionName?: string;
  uiSchema?: { title?: string };
}

/** A field as the host hands it over: its options, or an object around them. */
type HostField = CollectionField | { options: CollectionField };

interface HostCollection {
  name: string;
  title?: string;
  getFields?(): Iterable<HostField>;
  fields?: Iterable<HostField> | Map<string, HostField>;
}

interface HostDataSource {
  getCollection?(name: string): HostCollection | undefined;
  getCollections?(): HostCollection[];
}

interface HostDataSourceManager {
  getDataSource?(key: string): HostDataSource | undefined;
}

export interface CollectionManagerAdapter {
  getCollectionAllFields(name: string): CollectionField[];
  getCollection(name: string): HostCollection | undefined;
}

const optionsOf = (field: HostField): CollectionField => ('options' in field ? field.options : field);

/** A collection by its full name, e.g. `other:posts`. */
export function getCollection(
  dataSourceManager: HostDataSourceManager | undefined,
  name?: string | null,
): HostCollection | undefined {
  const [dataSource, collection] = parseCollectionName(name);
  return dataSourceManager?.getDataSource?.(dataSource)?.getCollection?.(collection);
}

export function getCollectionFields(collection?: HostCollection | null): CollectionField[] {
  const fields = collection?.getFields?.() ?? collection?.fields ?? [];
  return [...(fields instanceof Map ? fields.values() : fields)].map(optionsOf);
}

/** What the functions of this module need of one data source. */
export function getCollectionManagerAdapter(
  dataSourceManager: HostDataSourceManager | undefined,
  dataSource = 'main',
): CollectionManagerAdapter {
  const find = (name: string) => dataSourceManager?.getDataSource?.(dataSource)?.getCollection?.(name);
  return {
    getCollection: find,
    getCollectionAllFields: (name) => getCollectionFields(find(name)),
  };
}

/** The collections of a data source for a select. */
export function getCollectionOptions(
  dataSourceManager: HostDataSourceManager | undefined,
  dataSource = 'main',
): { label: string; value: string }[] {
  const collections = dataSourceManager?.getDataSource?.(dataSource)?.getCollections?.() ?? [];
  return collections.map(({ name, title }) => ({ label: title ?? name, value: name }));
}

const ASSOCIATIONS = new Set(['belongsTo', 'hasOne', 'hasMany', 'belongsToMany', 'belongsToArray']);
const DATES = new Set(['date', 'datetime', 'datetimeTz', 'datetimeNoTz', 'dateOnly', 'unixTimestamp']);

export const isAssociationField = (field: HostField): boolean => ASSOCIATIONS.has(optionsOf(field).type ?? '');
export const isDateField = (field: HostField): boolean => DATES.has(optionsOf(field).type ?? '');
export const hasFieldName = (field: HostField): boolean => Boolean(optionsOf(field).name);

/** True for the id of users and for what refers to it. */
export function isUserKeyField(field: HostField): boolean {
  const { isForeignKey, target, collectionName, name } = optionsOf(field);
  return Boolean(isForeignKey && target === 'users') || (collectionName === 'users' && name === 'id');
}

function matches(field: CollectionField, type: VariableDataType, collectionManager: CollectionManagerAdapter | undefined): boolean {
  if (typeof type === 'function') return type(field, { collectionManager });
  if (typeof type === 'string') return BaseTypeSets[type]?.has(field.interface ?? '') ?? false;
  if (type.options.entity) return isAssociationField(field) && field.target === type.options.collection;
  return isUserKeyField(field) || field.target === type.options.collection;
}

interface FieldOptionsRequest extends Omit<UseVariableOptions, 'includeScopes'> {
  collection?: string;
  fields?: CollectionField[];
  collectionManager?: CollectionManagerAdapter;
  compile?(text: string): string;
}

/** The appends below one field: `['author.company']` below `author` → `['company']`. */
const appendsBelow = (appends: string[] | null, name: string) =>
  appends && appends.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));

/**
 * The fields of a collection as a variable tree. Associations are there only as far as `appends` preloads them
 * (null = any, down to `depth` levels).
 */
export function getCollectionFieldOptions(request: FieldOptionsRequest): VariableOption[] {
  const { types, appends = [], depth = 1, collectionManager, compile = (text) => text } = request;
  const names = { ...defaultFieldNames, ...request.fieldNames };
  const fields = request.fields ?? collectionManager?.getCollectionAllFields(parseCollectionName(request.collection)[1]) ?? [];
  return fields.map(optionsOf).flatMap((field) => {
    if (!field.interface || field.hidden) return [];
    const isAssociation = isAssociationField(field);
    if (isAssociation && appends && !appends.some((path) => path === field.name || path.startsWith(`${field.name}.`))) {
      return [];
    }
    const children =
      isAssociation && depth > 0
        ? getCollectionFieldOptions({
            ...request,
            fields: undefined,
            collection: field.target,
            appends: appendsBelow(appends, field.name),
            depth: depth - 1,
          })
        : [];
    const isWanted = !types?.length || types.some((type) => matches(field, type, collectionManager));
    if (!isWanted && !children.length) return [];
    return [
      {
        [names.label]: compile(field.uiSchema?.title ?? field.name),
        [names.value]: field.name,
        ...(children.length && { [names.children]: children }),
        key: field.name,
        isLeaf: !children.length,
        disabled: !isWanted,
        field,
      },
    ];
  });
}

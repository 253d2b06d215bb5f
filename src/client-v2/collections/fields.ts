import { ALL_LOADED_DEPTH, collectionVariables, fieldVariables, type Place } from '../../client/forms/variables/collectionVariables';
import { toOption } from '../../client/forms/variables/convert';
import type { VariableRequest } from '../../client/forms/variables/types';
import type { CollectionField as ModelField, CollectionInfo } from '../../client/port/HostPort';
import type { UseVariableOptions, VariableOption } from '../registry/types';
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

interface FieldOptionsRequest extends Omit<UseVariableOptions, 'includeScopes'> {
  collection?: string;
  /** instead of those of a collection; they need no interface */
  fields?: HostField[];
  collectionManager?: Pick<CollectionManagerAdapter, 'getCollectionAllFields'>;
  compile?(text: string): string;
}

/** The model behind a collection manager, as far as variables need it. */
function catalogOf({ collectionManager, compile = (text) => text }: FieldOptionsRequest) {
  const fieldOf = (field: HostField): ModelField => {
    const { uiSchema, type = '', ...rest } = optionsOf(field);
    return { ...rest, type, title: compile(uiSchema?.title ?? rest.name) };
  };
  const find = (name: string): CollectionInfo => {
    const [dataSource, own] = parseCollectionName(name);
    const fields = collectionManager?.getCollectionAllFields(own) ?? [];
    return { dataSource, name: own, title: own, primaryKey: 'id', fields: fields.map(fieldOf) };
  };
  return { fieldOf, catalog: { find, dataSources: () => [] } };
}

/**
 * The fields of a collection as options of a Cascader. Associations are there only as far as `appends` preloads them
 * (null = any, down to `depth` levels); what is below them is put into an option by its `loadChildren`.
 */
export function getCollectionFieldOptions(request: FieldOptionsRequest): VariableOption[] {
  const { types, appends = [], depth = 1, fields } = request;
  const { catalog, fieldOf } = catalogOf(request);
  const place: Place = {
    collection: typeof request.collection === 'string' ? request.collection : '',
    path: [],
    appends,
    depth: appends === null ? depth : ALL_LOADED_DEPTH,
  };
  const wanted = types as VariableRequest['types'];
  const shown = fields?.map(fieldOf).filter(({ hidden }) => !hidden);
  const variables = shown ? fieldVariables(catalog, shown, place, wanted) : collectionVariables(catalog, place, wanted);
  return variables.map((variable) => toOption(variable, request.fieldNames));
}

import type { CollectionCatalog, CollectionField } from '../../port/HostPort';
import { BaseTypeSets, isAssociation, valueTypeOf } from './fieldTypes';
import type { PredicateTools, VariableFilter, VariableNode, VariableRequest } from './types';

/** A collection inside a variable: where it stands, and which of its associations are loaded. */
export interface Place {
  collection: string;
  path: readonly string[];
  /** associations that are loaded; null = any, as deep as `depth` allows */
  appends: readonly string[] | null;
  depth: number;
}

const dataSourceOf = (collection: string) => (collection.includes(':') ? `${collection.split(':')[0]}:` : '');

/** Full name of the collection that an association of `collection` points to: it is in the same data source. */
export const targetOf = (collection: string, field: CollectionField): string => dataSourceOf(collection) + (field.target ?? '');

const isUserKey = (field: CollectionField, collection: string) =>
  Boolean(field.isForeignKey && field.target === 'users') || (collection === 'users' && field.name === 'id');

/** Records of whatever collection. */
const isAny = (collection: string) => collection === '*';

/** What a predicate of an extension is given to look further. */
const toolsOf = (catalog: CollectionCatalog, collection: string): PredicateTools => ({
  collectionManager: { getCollectionAllFields: (name) => catalog.find(dataSourceOf(collection) + name)?.fields ?? [] },
});

function fits(filter: VariableFilter, field: CollectionField, collection: string, catalog: CollectionCatalog): boolean {
  if (typeof filter === 'function') return filter({ ...field, collectionName: collection.split(':').pop() }, toolsOf(catalog, collection));
  if (typeof filter === 'string') return BaseTypeSets[filter].has(field.interface ?? '') || valueTypeOf(field) === filter;
  const { entity, collection: wanted } = filter.options;
  const isTarget = isAny(wanted) ? Boolean(field.target) : field.target === wanted;
  if (entity) return isAssociation(field) && isTarget;
  return (
    isTarget ||
    ((isAny(wanted) || collection.split(':').pop() === wanted) && field.name === 'id') ||
    (wanted === 'users' && isUserKey(field, collection))
  );
}

const below = (appends: readonly string[] | null, name: string) =>
  appends && appends.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));

const isLoaded = (appends: readonly string[] | null, name: string) =>
  !appends || appends.some((path) => path === name || path.startsWith(`${name}.`));

/** Each belongsTo after its key, also where the key is no field of the interface. */
function withForeignKeys(fields: readonly CollectionField[]): CollectionField[] {
  const offered = fields.filter((field) => field.interface && !field.hidden);
  const keys = new Set(offered.filter((field) => field.type === 'belongsTo').map((field) => field.foreignKey));
  return offered.flatMap((field) => {
    if (keys.has(field.name)) return [];
    if (field.type !== 'belongsTo' || !field.foreignKey) return [field];
    const stored = fields.find(({ name }) => name === field.foreignKey);
    const key: CollectionField = {
      type: 'bigInt',
      interface: 'integer',
      ...stored,
      name: field.foreignKey,
      title: stored?.interface ? stored.title : `${field.title} ID`,
      target: field.target,
      isForeignKey: true,
    };
    return stored?.hidden ? [field] : [key, field];
  });
}

/**
 * The fields of a collection as variables. Associations are offered as far as they are loaded; their own fields are
 * made when they are opened, so that circles of associations do no harm.
 */
export const collectionVariables = (catalog: CollectionCatalog, place: Place, types?: VariableRequest['types']): VariableNode[] =>
  fieldVariables(catalog, withForeignKeys(catalog.find(place.collection)?.fields ?? []), place, types);

/** These fields as variables, as if they were the ones of the collection. */
export function fieldVariables(
  catalog: CollectionCatalog,
  fields: readonly CollectionField[],
  place: Place,
  types?: VariableRequest['types'],
): VariableNode[] {
  return fields.flatMap((field): VariableNode[] => {
    const path = [...place.path, field.name];
    const owner = field.collectionName ?? place.collection;
    const isWanted = !types?.length || types.some((type) => fits(type, field, owner, catalog));
    const leaf = { name: field.name, label: field.title, path, type: valueTypeOf(field), field };
    if (!isAssociation(field)) return isWanted ? [leaf] : [];
    if (!isLoaded(place.appends, field.name) || place.depth <= 0) return [];
    const inner: Place = {
      collection: targetOf(place.collection, field),
      path,
      appends: below(place.appends, field.name),
      depth: place.depth - 1,
    };
    const children = () => collectionVariables(catalog, inner, types);
    // Where everything fits, the fields need not be looked at before somebody opens the association.
    if (isWanted) return [{ ...leaf, children, has: hasField(catalog, inner) }];
    return children().length ? [{ ...leaf, children, has: hasField(catalog, inner), disabled: true }] : [];
  });
}

/** Fields that the data carry although nobody is offered them: keys, and fields without an interface. */
function hasField(catalog: CollectionCatalog, place: Place): (name: string) => boolean {
  return (name) => {
    const fields = catalog.find(place.collection)?.fields ?? [];
    return fields.some((field) => (field.name === name && !isAssociation(field)) || field.foreignKey === name);
  };
}

/** How deep associations are offered when everything is loaded that somebody asks for. */
export const ALL_LOADED_DEPTH = 4;

interface RecordVariable {
  name: string;
  label: string;
  path: readonly string[];
  collection: string;
  /** associations that the trigger or node loads */
  appends?: readonly string[];
  /** several records */
  multiple?: boolean;
}

/**
 * A record, or a list of records, as a variable; null when neither it nor anything in it fits the request.
 */
export function recordVariable(catalog: CollectionCatalog, variable: RecordVariable, request: VariableRequest): VariableNode | null {
  const { name, label, path, collection, appends = [], multiple } = variable;
  const place: Place = {
    collection,
    path,
    appends: request.appends === null ? null : [...appends, ...(request.appends ?? [])],
    depth: request.appends === null ? request.depth ?? 1 : ALL_LOADED_DEPTH,
  };
  const { types } = request;
  const record: CollectionField = { name, title: label, type: multiple ? 'hasMany' : 'belongsTo', target: collection.split(':').pop() };
  const isWanted = !types?.length || types.some((type) => fits(type, record, dataSourceOf(collection), catalog));
  const children = () => collectionVariables(catalog, place, types);
  if (!isWanted && !children().length) return null;
  return {
    name,
    label,
    path,
    type: multiple ? 'array' : 'object',
    disabled: !isWanted,
    children,
    has: hasField(catalog, place),
  };
}

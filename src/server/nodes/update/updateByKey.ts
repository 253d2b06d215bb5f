import { Collection, Repository, UpdateGuard } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import { isPlainObject } from '../../expressions/ownMembers';

/** Options of the repository's update of which the short way knows what they mean. */
const KNOWN_OPTIONS = new Set(['filter', 'filterByTk', 'values', 'individualHooks', 'forceUpdate', 'context', 'transaction']);
const INTEGER_TYPES = new Set(['INTEGER', 'BIGINT']);

interface UpdateOptions {
  filter?: unknown;
  filterByTk?: unknown;
  values?: unknown;
  individualHooks?: unknown;
  transaction?: Transaction;
}

interface KeyedCollection extends Collection {
  model: Collection['model'] & {
    primaryKeyAttributes: string[];
    primaryKeyField: string;
    rawAttributes: Record<string, { type: { key?: string } }>;
    callSetters(values: object, options: object): object;
  };
}

/**
 * The update of one row that is named by its primary key, without reading it first.
 *
 * With `individualHooks: false` the host's repository reads the keys of the rows and updates those, in two statements.
 * Where the filter already is the key, the first one says nothing new. All else is done as the repository does it:
 * associations to columns, setters of fields, validation, the events of a bulk update.
 *
 * @returns how many rows there were; undefined when the options ask for anything else, which is the repository's business
 */
export async function updateByKey(target: object, options: UpdateOptions): Promise<number | undefined> {
  const collection = asKeyed(target);
  const key = collection && keyOf(collection, options);
  const { values, transaction } = options;
  if (!collection || key === undefined || options.individualHooks !== false || !isPlainObject(values) || '__collection' in values) {
    return undefined;
  }
  const { model } = collection;
  const guard = UpdateGuard.fromOptions(model, { underscored: collection.options.underscored });
  const row = model.callSetters(guard.sanitize(values as Parameters<UpdateGuard['sanitize']>[0]), options);
  collection.validate({ values: row, operation: 'update' });
  const [count] = await model.update(row, { where: { [model.primaryKeyField]: [key] }, transaction });
  return count;
}

/** A table of the host's own kind with one whole number as its key; whoever has changed how it is written to, keeps that. */
function asKeyed(target: object): KeyedCollection | undefined {
  if (!(target instanceof Collection) || target.constructor !== Collection || target.isParent()) {
    return undefined;
  }
  const { repository, model, filterTargetKey } = target as KeyedCollection;
  const [key, ...others] = model.primaryKeyAttributes;
  const isPlain =
    repository.update === Repository.prototype.update &&
    repository.find === Repository.prototype.find &&
    key !== undefined &&
    others.length === 0 &&
    filterTargetKey === key &&
    INTEGER_TYPES.has(model.rawAttributes[key]?.type.key ?? '');
  return isPlain ? (target as KeyedCollection) : undefined;
}

/** The key of the one row that is meant: `{ id: 1 }`, `{ id: { $eq: 1 } }`, either of them alone in `$and`, or `filterByTk`. */
function keyOf({ model }: KeyedCollection, options: UpdateOptions): number | string | undefined {
  const { filter, filterByTk } = options;
  if (!Object.keys(options).every((name) => KNOWN_OPTIONS.has(name)) || (filter !== undefined && filterByTk !== undefined)) {
    return undefined;
  }
  if (filter === undefined) {
    return asKey(filterByTk);
  }
  const group = only(filter, '$and');
  const condition = Array.isArray(group) && group.length === 1 ? group[0] : filter;
  const value = only(condition, model.primaryKeyAttribute);
  return asKey(isPlainObject(value) ? only(value, '$eq') : value);
}

/** The value of an object's only member. */
function only(value: unknown, name: string): unknown {
  return isPlainObject(value) && Object.keys(value).length === 1 ? value[name] : undefined;
}

function asKey(value: unknown): number | string | undefined {
  const isKey = typeof value === 'number' ? Number.isSafeInteger(value) && value !== 0 : typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value);
  return isKey ? (value as number | string) : undefined;
}

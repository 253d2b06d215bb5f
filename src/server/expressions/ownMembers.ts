const LEAVING_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const INDEX = /^\d+$/;

interface RecordModel {
  dataValues: object;
  get(name: string): unknown;
  constructor: { rawAttributes?: object };
}

/** True for names that lead from data to code: they never resolve, not even as own members. */
export function isLeavingName(name: string): boolean {
  return LEAVING_NAMES.has(name);
}

/** A Sequelize record. JSON cannot hold functions, so submitted data can never pass as one. */
export function isRecordModel(value: unknown): value is RecordModel {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'dataValues') &&
    typeof (value as { get?: unknown }).get === 'function'
  );
}

/** True for `{}`-like objects, from this realm or another; false for class instances, arrays and null. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * An own member of a value; `undefined` for everything inherited, for members of functions
 * and for the names that lead to prototypes. Records answer with their attributes and loaded associations.
 */
export function readOwn(target: unknown, name: string): unknown {
  if (target == null || typeof target === 'function' || LEAVING_NAMES.has(name)) {
    return undefined;
  }
  if (isRecordModel(target)) {
    const known = Object.hasOwn(target.dataValues, name) || Object.hasOwn(target.constructor.rawAttributes ?? {}, name);
    return known ? target.get(name) : undefined;
  }
  return Object.hasOwn(target, name) ? (target as Record<string, unknown>)[name] : undefined;
}

/** `readOwn` of every item as one flat list, or one item when `name` is an index. */
function readColumn(items: unknown[], name: string): unknown {
  if (name === 'length' || INDEX.test(name)) {
    return readOwn(items, name);
  }
  if (LEAVING_NAMES.has(name)) {
    return undefined;
  }
  return items.map((item) => (Array.isArray(item) ? readColumn(item, name) : readOwn(item, name))).flat();
}

/**
 * Follows a path over own members. A name that meets an array collects that member of all items,
 * flattened to one dimension; the array itself is left as it is.
 *
 * @example readPath({ posts: [{ tags: [{ id: 1 }, { id: 2 }] }, { tags: [] }] }, ['posts', 'tags', 'id']) // [1, 2]
 */
export function readPath(scope: unknown, names: readonly string[]): unknown {
  let current = scope;
  for (const name of names) {
    if (current == null) {
      return undefined;
    }
    current = Array.isArray(current) ? readColumn(current, name) : readOwn(current, name);
  }
  return current;
}

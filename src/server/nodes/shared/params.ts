import { isSelective, resolveFilter, resolveKeyFilter } from '../../expressions/filterSafety';
import { isPlainObject } from '../../expressions/ownMembers';
import { resolveTemplate } from '../../expressions/template';

export type Params = Record<string, unknown>;

/** The rows that a node works on. */
export interface Selection {
  filter?: unknown;
  filterByTk?: unknown;
  /** true when a key was asked for but its variable is empty: no row is meant */
  keyMissing: boolean;
}

/** @throws Error when `params` is no object: variables may fill it, not be it */
export function assertParams(params: unknown): Params {
  if (params == null) {
    return {};
  }
  if (!isPlainObject(params)) {
    throw new Error('"params" must be an object');
  }
  return params;
}

/** Resolves the variables in all params but the named ones. Their own names are fixed: data cannot add an option. */
export function resolveParams(params: Params, scope: object, except: readonly string[]): Params {
  const result: Params = {};
  for (const [name, value] of Object.entries(params)) {
    if (!except.includes(name)) {
      result[name] = resolveTemplate(value, scope);
    }
  }
  return result;
}

function isMissing(key: unknown): boolean {
  if (Array.isArray(key)) {
    return key.some(isMissing);
  }
  return isPlainObject(key) ? Object.values(key).some(isMissing) : key == null || key === '';
}

/** Resolves `filter` and `filterByTk`, with values from variables as values only. */
export function resolveSelection(params: Params, scope: object): Selection {
  const filter = resolveFilter(params.filter, scope);
  if (params.filterByTk == null || params.filterByTk === '') {
    return { filter, keyMissing: false };
  }
  const filterByTk = resolveKeyFilter(params.filterByTk, scope);
  return { filter, filterByTk, keyMissing: isMissing(filterByTk) };
}

/**
 * The selection of a write. It never widens: a key or conditions that have lost their values are an error.
 *
 * @returns null when the node selects nothing at all
 */
export function resolveWriteSelection(params: Params, scope: object): Pick<Selection, 'filter' | 'filterByTk'> | null {
  const { filter, filterByTk, keyMissing } = resolveSelection(params, scope);
  if (keyMissing) {
    throw new Error('"filterByTk": the variable is empty, so the key says nothing');
  }
  const selective = isSelective(filter);
  if (!selective && (filterByTk === undefined || (Array.isArray(filterByTk) && filterByTk.length === 0))) {
    return null;
  }
  return { ...(selective ? { filter } : {}), ...(filterByTk === undefined ? {} : { filterByTk }) };
}

import { isPlainObject } from './ownMembers';
import { isTemplate, resolveTemplate, withoutExpressions } from './template';

function isPlainValue(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.every(isPlainValue);
  }
  return typeof value !== 'object' || value === null || value instanceof Date || Buffer.isBuffer(value);
}

function resolveValue(template: string, scope: object, path: string): unknown {
  const value = resolveTemplate(template, scope);
  if (!isPlainValue(value)) {
    throw new Error(
      `"${path}": the variable ${template} holds an object. A filter compares with texts, numbers, booleans, dates or lists of them only`,
    );
  }
  return value;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function resolveKey(key: string, scope: object, path: string): string {
  if (!isTemplate(key)) {
    return key;
  }
  const name = String(resolveTemplate(key, scope));
  if (count(name, '$') !== count(withoutExpressions(key), '$') || name === '__proto__') {
    throw new Error(`"${path}": the variable in the name ${key} must not add an operator`);
  }
  return name;
}

function resolvePart(part: unknown, scope: object, path: string): unknown {
  if (typeof part === 'string') {
    return isTemplate(part) ? resolveValue(part, scope, path) : part;
  }
  if (Array.isArray(part)) {
    return part.map((item, index) => resolvePart(item, scope, `${path}.${index}`));
  }
  if (!isPlainObject(part)) {
    return part;
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(part)) {
    const name = resolveKey(key, scope, path);
    result[name] = resolvePart(part[key], scope, `${path}.${name}`);
  }
  return result;
}

/**
 * Resolves the variables of a filter. Operators and structure come from the filter itself only:
 * what a variable holds is compared with, never interpreted.
 *
 * @param path name of the filter in error messages
 * @throws Error naming the path when a variable holds an object (`{"$ne": 0}` for one), alone or in a list,
 * or when a variable in a key would add an operator
 * @example resolveFilter({ id: { $eq: '{{$context.data.id}}' } }, { $context: { data: { id: 1 } } }) // { id: { $eq: 1 } }
 */
export function resolveFilter(
  filter: unknown,
  scope: object,
  path = 'filter',
): Record<string, unknown> | unknown[] | undefined {
  if (filter == null) {
    return undefined;
  }
  if (!isPlainObject(filter) && !Array.isArray(filter)) {
    throw new Error(`"${path}" must be an object`);
  }
  return resolvePart(filter, scope, path) as Record<string, unknown> | unknown[];
}

/**
 * Resolves a primary key, a list of them, or an object of keys, with the same rule as {@link resolveFilter}.
 *
 * @example resolveKeyFilter('{{$context.data.id}}', scope) // 1
 */
export function resolveKeyFilter(key: unknown, scope: object, path = 'filterByTk'): unknown {
  return resolvePart(key, scope, path);
}

export interface ConditionCount {
  /** comparisons in the filter */
  total: number;
  /** comparisons whose value is known */
  defined: number;
}

/**
 * Counts the comparisons of a resolved filter. A list counts as one comparison below a field, as many below `$and`/`$or`.
 *
 * @example countConditions({ $and: [{ id: { $eq: undefined } }, { title: 'a' }] }) // { total: 2, defined: 1 }
 */
export function countConditions(filter: unknown): ConditionCount {
  const counts = { total: 0, defined: 0 };
  const visit = (part: unknown): void => {
    if (Array.isArray(part) && part.some((item) => isPlainObject(item))) {
      part.forEach(visit);
    } else if (isPlainObject(part)) {
      for (const [key, value] of Object.entries(part)) {
        // an empty group compares nothing
        if (!(Array.isArray(value) && value.length === 0 && (key === '$and' || key === '$or'))) {
          visit(value);
        }
      }
    } else {
      counts.total += 1;
      counts.defined += part === undefined ? 0 : 1;
    }
  };
  visit(filter ?? {});
  return counts;
}

const NO_FILTER = 'must provide filter or filterByTk for update call, or set forceUpdate to true';

/**
 * Guards writes against filters that say nothing.
 *
 * @returns false when the filter is absent or empty, true when it holds at least one comparison with a known value
 * @throws Error when the filter holds comparisons but the values of all of them are missing: it would select other rows than meant
 */
export function isSelective(filter: unknown, path = 'filter'): boolean {
  const { total, defined } = countConditions(filter);
  if (total > 0 && defined === 0) {
    throw new Error(`"${path}": the variables of all conditions are empty, so the filter says nothing`);
  }
  return defined > 0;
}

/** The error of the host for an update without filter. */
export function createMissingFilterError(): Error {
  return new Error(NO_FILTER);
}

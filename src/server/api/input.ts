import type { Context } from '@nocobase/actions';
import type { Filter } from '@nocobase/database';
import { isValidFilter } from '@nocobase/utils';
import type { ObjectSchema } from 'joi';
import type { Id } from '../contract';
import { InputError } from './errors';

const MAX_BIGINT = 2n ** 63n - 1n;
const MAX_INTEGER = 2 ** 31 - 1;
/** deeper JSON than anybody writes, shallower than what recursive code down the line can take */
const MAX_DEPTH = 100;
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;

/** True for `undefined`, `null` and the empty string: what an absent query parameter or form field looks like. */
export function isAbsent(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/**
 * A primary key as a number while that is safe, else as a decimal string.
 * @throws InputError `<field> is invalid`
 */
export function parseId(value: unknown, field = 'filterByTk'): Id {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (
    typeof text !== 'string' ||
    !/^-?\d{1,19}$/.test(text) ||
    BigInt(text) > MAX_BIGINT ||
    BigInt(text) < -MAX_BIGINT
  ) {
    throw new InputError({ [field]: `${field} is invalid` });
  }
  // The host takes the number 0 for "no key" and would select every row.
  return Number.isSafeInteger(Number(text)) && Number(text) !== 0 ? Number(text) : text;
}

/** @throws InputError `filterByTk is required` or `filterByTk is invalid` */
export function requireId(ctx: Context): Id {
  const { filterByTk } = ctx.action.params;
  if (isAbsent(filterByTk)) {
    throw new InputError({ filterByTk: 'filterByTk is required' });
  }
  return parseId(filterByTk);
}

/**
 * The rows that a bulk action is about.
 * @throws InputError when neither a key nor a filter is given: "all" has to be asked for
 */
export function requireSelection(ctx: Context): { filterByTk?: Id[]; filter?: Filter } {
  const { filterByTk, filter } = ctx.action.params;
  const ids = isAbsent(filterByTk) ? undefined : [filterByTk].flat().map((id) => parseId(id));
  const hasFilter = isValidFilter(filter);
  if (!ids?.length && !hasFilter) {
    throw new InputError({ filterByTk: 'filterByTk or filter is required' });
  }
  return { ...(ids ? { filterByTk: ids } : {}), ...(hasFilter ? { filter } : {}) };
}

/**
 * Place of a node below its upstream: null = on its chain.
 * @throws InputError
 */
export function parseBranchIndex(value: unknown, field = 'branchIndex'): number | null {
  if (isAbsent(value)) {
    return null;
  }
  const index = typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : NaN;
  if (Number.isNaN(index)) {
    throw new InputError({ [field]: `${field} must be a number` });
  }
  if (!Number.isInteger(index) || index < 0 || index > MAX_INTEGER) {
    throw new InputError({ [field]: `${field} must be an integer from 0 to ${MAX_INTEGER}` });
  }
  return index;
}

/** Upstream of a node: null = the node is the head of its workflow. */
export function parseUpstreamId(value: unknown): Id | null {
  return isAbsent(value) ? null : parseId(value, 'upstreamId');
}

/**
 * The request body, checked against a schema: known fields only, nothing converted.
 * @throws InputError (or the class given) with a message per field
 */
export function parseBody<T>(ctx: Context, schema: ObjectSchema<T>, ErrorClass: typeof InputError = InputError): T {
  return parseObject(ctx.action.params.values, schema, ErrorClass);
}

/** As {@link parseBody}, for any object. */
export function parseObject<T>(
  values: unknown,
  schema: ObjectSchema<T>,
  ErrorClass: typeof InputError = InputError,
): T {
  const { value, error } = schema
    .label('values')
    .validate(values ?? {}, { abortEarly: false, convert: false, stripUnknown: true });
  if (error) {
    throw new ErrorClass(Object.fromEntries(error.details.map(({ path, message }) => [path.join('.'), message])));
  }
  const problem = findUnstorable(value);
  if (problem) {
    throw new ErrorClass({ [problem.path]: `"${problem.path}" ${problem.reason}` });
  }
  return value;
}

/**
 * First place in a value that a database or the code behind it cannot take.
 * @example findUnstorable({ a: ['\u0000'] }) // { path: 'a.0', reason: 'contains a NUL character' }
 */
export function findUnstorable(root: unknown): { path: string; reason: string } | null {
  const stack: Array<{ value: unknown; path: Array<string | number> }> = [{ value: root, path: [] }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, path } = item;
    const reason =
      path.length > MAX_DEPTH
        ? `is nested deeper than ${MAX_DEPTH} levels`
        : typeof value === 'string'
          ? textProblem(value)
          : null;
    if (reason) {
      return { path: path.slice(0, 5).join('.'), reason };
    }
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      for (const [key, child] of Object.entries(value)) {
        const keyProblem = textProblem(key);
        if (keyProblem) {
          return { path: path.join('.'), reason: `has a key that ${keyProblem}` };
        }
        stack.push({ value: child, path: [...path, key] });
      }
    }
  }
  return null;
}

function textProblem(text: string): string | null {
  if (text.includes('\u0000')) {
    return 'contains a NUL character';
  }
  return LONE_SURROGATE.test(text) ? 'contains half a surrogate pair' : null;
}

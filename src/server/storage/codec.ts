import type { Cursor } from '../engine/types';
import type { DialectName } from './statement';

/** An escaped NUL or half of a surrogate pair, after an even number of backslashes: databases refuse both. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][0-9a-f]{2})/g;

/**
 * JSON for a column: null for what JSON has no word for. Never refuses a value because of what is in it, because a run
 * whose data cannot be stored could not even be ended: NUL characters are dropped, halves of surrogate pairs become
 * U+FFFD, big integers their digits, a reference to something that contains it "[Circular]", and what throws when it
 * is read "[Unreadable]".
 */
export function encodeJson(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  const text = stringify(value);
  if (text === undefined) {
    return null;
  }
  return text.includes('\\u')
    ? text.replace(UNSTORABLE, (_, before: string, code: string) => `${before}${code === '0000' ? '' : '\\ufffd'}`)
    : text;
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(toStorable(value, []));
  }
}

/** A copy that can be written as JSON. */
function toStorable(value: unknown, ancestors: unknown[]): unknown {
  if (typeof value === 'bigint') {
    return String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (ancestors.includes(value)) {
    return '[Circular]';
  }
  const inside = [...ancestors, value];
  try {
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') {
      return toStorable(toJSON.call(value), inside);
    }
    return Array.isArray(value)
      ? value.map((item) => toStorable(item, inside))
      : Object.fromEntries(Object.keys(value).map((key) => [key, readStorable(value, key, inside)]));
  } catch {
    return '[Unreadable]';
  }
}

function readStorable(value: object, key: string, ancestors: unknown[]): unknown {
  try {
    return toStorable((value as Record<string, unknown>)[key], ancestors);
  } catch {
    return '[Unreadable]';
  }
}

/** What a JSON column read as text holds. */
export function decodeJson(text: unknown): unknown {
  if (text === null || text === undefined) {
    return null;
  }
  return typeof text === 'string' ? JSON.parse(text) : text;
}

export function decodeCursor(text: unknown): Cursor | null {
  return decodeJson(text) as Cursor | null;
}

/** Ids as the engine wants them. */
export function decodeId(value: unknown): string {
  return String(value);
}

export function decodeNullableId(value: unknown): string | null {
  return value === null || value === undefined ? null : decodeId(value);
}

/** Instants come out of the database as milliseconds (see `msOf`), on SQLite as text. */
export function decodeDate(value: unknown): Date | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (value instanceof Date) {
    return value;
  }
  const ms = Number(value);
  return new Date(Number.isNaN(ms) ? (value as string) : Math.round(ms));
}

/** Expressions that differ between the dialects. */
export const expressions: Record<DialectName, DialectExpressions> = {
  postgres: {
    // not clock_timestamp(): that one changes within a statement, so no index can be searched with it
    nowMs: '(extract(epoch from statement_timestamp()) * 1000)::bigint',
    msOf: (column) => `(extract(epoch from ${column}) * 1000)::float8`,
    textOf: (column) => `${column}::text`,
    date: (value) => `to_timestamp(${value}::float8 / 1000)`,
    dateValue: (date) => date?.getTime() ?? null,
    concurrency: (options) => `CASE WHEN ${options}->>'concurrency' ~ '^[0-9]{1,6}$' THEN (${options}->>'concurrency')::int ELSE 1 END`,
    boolean: (value) => value,
  },
  mysql: {
    nowMs: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
    msOf: (column) => `UNIX_TIMESTAMP(${column}) * 1000`,
    textOf: (column) => `CAST(${column} AS CHAR)`,
    date: (value) => `FROM_UNIXTIME(${value} / 1000)`,
    dateValue: (date) => date?.getTime() ?? null,
    concurrency: (options) => `COALESCE(JSON_EXTRACT(${options}, '$.concurrency'), 1)`,
    boolean: (value) => (value === null ? null : Number(value)),
  },
  sqlite: {
    nowMs: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    msOf: (column) => column,
    textOf: (column) => column,
    date: (value) => value,
    dateValue: (date) => (date ? date.toISOString().replace('T', ' ').replace('Z', ' +00:00') : null),
    concurrency: (options) => `COALESCE(json_extract(${options}, '$.concurrency'), 1)`,
    boolean: (value) => (value === null ? null : Number(value)),
  },
};

export interface DialectExpressions {
  /** milliseconds of the database's clock */
  nowMs: string;
  /** an instant column as milliseconds */
  msOf(column: string): string;
  /** a JSON column as text */
  textOf(column: string): string;
  /** a value made by `dateValue` as an instant */
  date(value: string): string;
  dateValue(date: Date | null): unknown;
  /** the workflow option `concurrency` */
  concurrency(options: string): string;
  boolean(value: boolean | null): unknown;
}

import type { Collection, Model } from '@nocobase/database';
import { literal, Op, type WhereOptions } from 'sequelize';
import type { DateFieldConfig, FieldTime } from './config';
import { nextCron } from './cron';

/** Local times are compared as text, whatever the zone: nowhere is more than 14 hours from UTC, nor are two zones 26 hours apart. */
const LOCAL_SLACK_MS = 26 * 3_600_000;
/** milliseconds that are cut off when records are read */
const ROUNDING_MS = 1000;

/** Instants in milliseconds since 1970; `from` is exclusive. */
export interface Window {
  from: number;
  to: number;
}

/** How a column can be compared: with instants, with numbers, or with local time as text. Anything else is read and not compared. */
type ColumnKind = 'instant' | 'unix' | 'localTime' | 'localDate' | 'other';

const KINDS: Record<string, ColumnKind> = {
  date: 'instant',
  datetime: 'instant',
  datetimeTz: 'instant',
  unixTimestamp: 'unix',
  datetimeNoTz: 'localTime',
  dateOnly: 'localDate',
};

interface Column {
  name: string;
  kind: ColumnKind;
  /** quoted for use in a statement */
  sql: string;
  /** milliseconds of one unit of a `unix` column */
  unitMs: number;
}

function getColumn(collection: Collection, name: string): Column | null {
  const attribute = collection.model.rawAttributes[name];
  if (!attribute) {
    return null;
  }
  const options = collection.getField(name)?.options;
  const type: string = options?.type ?? ((attribute.type as { key?: string }).key === 'DATE' ? 'date' : '');
  const accuracy = options?.uiSchema?.['x-component-props']?.accuracy ?? options?.accuracy;
  return {
    name,
    kind: Object.hasOwn(KINDS, type) ? KINDS[type]! : 'other',
    sql: collection.db.sequelize.getQueryInterface().quoteIdentifier(attribute.field ?? name),
    unitMs: accuracy === 'millisecond' ? 1 : 1000,
  };
}

/** The value to compare a column with, so that nothing on the wanted side of the instant is missed. */
function toColumnValue({ kind, unitMs }: Column, instant: number, side: 'from' | 'to'): unknown {
  const sign = side === 'from' ? -1 : 1;
  if (kind === 'unix') {
    return Math.floor((instant + sign * ROUNDING_MS) / unitMs);
  }
  if (kind === 'instant') {
    return new Date(instant + sign * ROUNDING_MS);
  }
  const text = new Date(instant + sign * LOCAL_SLACK_MS).toISOString();
  return kind === 'localDate' ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

function isAfter(column: Column, instant: number): WhereOptions[] {
  return column.kind === 'other' ? [] : [{ [column.name]: { [Op.gte]: toColumnValue(column, instant, 'from') } }];
}

function isUntil(column: Column, instant: number): WhereOptions[] {
  return column.kind === 'other' ? [] : [{ [column.name]: { [Op.lte]: toColumnValue(column, instant, 'to') } }];
}

/** Seconds since 1970 of a column with instants, by dialect. */
const INSTANT_SECONDS: Record<string, (sql: string) => string> = {
  postgres: (sql) => `CAST(FLOOR(EXTRACT(EPOCH FROM ${sql})) AS BIGINT)`,
  mysql: (sql) => `TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', ${sql})`,
  mariadb: (sql) => `TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', ${sql})`,
  sqlite: (sql) => `CAST(strftime('%s', ${sql}) AS INTEGER)`,
};

/** SQL for the seconds since 1970 of a column, null where that cannot be said. */
function toSeconds(collection: Collection, { kind, sql, unitMs }: Column): string | null {
  if (kind === 'unix') {
    return unitMs === 1 ? `FLOOR(${sql} / 1000)` : sql;
  }
  return kind === 'instant' ? (INSTANT_SECONDS[collection.db.sequelize.getDialect()]?.(sql) ?? null) : null;
}

/** An interval that is longer than the window comes round in it for few records: lets the database pick them. */
function comesRound(
  collection: Collection,
  column: Column,
  { start, repeatMs, window }: { start: FieldTime; repeatMs: number; window: Window },
): WhereOptions[] {
  const seconds = toSeconds(collection, column);
  const windowS = Math.ceil((window.to - window.from) / 1000) + 1;
  const repeatS = repeatMs / 1000;
  if (seconds === null || !Number.isInteger(repeatS) || !Number.isInteger(start.offsetMs / 1000) || windowS >= repeatS) {
    return [];
  }
  // counted from one second after the window, so that what is left of the division is never negative
  const sinceStart = `(${Math.ceil(window.to / 1000) + 1 - start.offsetMs / 1000} - ${seconds})`;
  return [literal(`${sinceStart} % ${repeatS} <= ${windowS + 1}`)];
}

function startConditions(collection: Collection, column: Column, config: DateFieldConfig, window: Window): WhereOptions[] {
  const { repeat, zone } = config;
  const start = config.start!;
  const until = isUntil(column, window.to - start.offsetMs);
  const cronIsQuiet = typeof repeat === 'string' && (nextCron(repeat, zone, window.from) ?? Infinity) > window.to;
  if (repeat === null || cronIsQuiet) {
    return [...until, ...isAfter(column, window.from - start.offsetMs)];
  }
  return typeof repeat === 'number' ? [...until, ...comesRound(collection, column, { start, repeatMs: repeat, window })] : until;
}

/**
 * Loads the records of which one or more occurrences may lie in a window: key, start and end field only.
 * May return some too many, never one too few.
 */
export async function findCandidates(collection: Collection, config: DateFieldConfig, window: Window): Promise<Model[]> {
  const { start, end } = config;
  const startColumn = start && getColumn(collection, start.field);
  if (!startColumn || (typeof end === 'number' && end <= window.from)) {
    return [];
  }
  const conditions = startConditions(collection, startColumn, config, window);
  const endColumn = end !== null && typeof end === 'object' ? getColumn(collection, end.field) : null;
  if (endColumn && typeof end === 'object' && end) {
    const [stillOpen] = isAfter(endColumn, window.from - end.offsetMs);
    conditions.push(...(stillOpen ? [{ [Op.or]: [stillOpen, { [endColumn.name]: null }] }] : []));
  }
  const keys: string[] = [collection.filterTargetKey].flat();
  return collection.model.findAll({
    attributes: [...new Set([...keys, startColumn.name, ...(endColumn ? [endColumn.name] : [])])],
    where: { [Op.and]: [{ [startColumn.name]: { [Op.ne]: null } }, ...conditions] },
  });
}

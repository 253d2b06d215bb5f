import type { Model } from '@nocobase/database';
import type { ICollection } from '@nocobase/data-source-manager';
import type { Transaction } from 'sequelize';
import { withPrefixes } from './associations';

/** A saved record: a model, or plain columns where the data source has no models. */
export type Row = Model | Record<string, unknown>;

/** Paths to load so that the record at the end of `path` comes with its own associations. */
export function pathsToLoad(path: string[], appends: string[]): string[] {
  const base = path.join('.');
  return withPrefixes(base ? [base, ...appends.map((name) => `${base}.${name}`)] : appends);
}

function getValue(row: Row, name: string): unknown {
  return typeof row.get === 'function' ? row.get(name) : (row as Record<string, unknown>)[name];
}

/** The record at the end of a path of loaded to-one associations, or null when there is none. */
export function walkPath(row: Row, path: string[]): Row | null {
  let record: Row | null = row;
  for (const name of path) {
    record = record && ((getValue(record, name) as Row | undefined) ?? null);
  }
  return record;
}

/**
 * Reads rows again with associations: one statement for all rows and one per association.
 * @returns the records in the order of `rows`; undefined for one that is gone or has no key
 */
export async function reloadRows(
  collection: ICollection,
  rows: Row[],
  { appends, transaction }: { appends: string[]; transaction?: Transaction },
): Promise<Array<Row | undefined>> {
  const keyNames = [collection.filterTargetKey].flat().filter(Boolean) as string[];
  const keysOf = (row: Row) => keyNames.map((name) => getValue(row, name));
  const identify = (row: Row) => JSON.stringify(keysOf(row).map(String));
  const readable = keyNames.length ? rows.filter((row) => keysOf(row).every((value) => value != null)) : [];
  if (!readable.length) {
    return rows.map(() => undefined);
  }
  const [keyName] = keyNames;
  const filterByTk = Array.isArray(collection.filterTargetKey)
    ? readable.map((row) => Object.fromEntries(keyNames.map((name) => [name, getValue(row, name)])))
    : readable.map((row) => getValue(row, keyName!));
  const found = await collection.repository.find({ filterByTk, appends, transaction });
  const byKey = new Map(found.map((record) => [identify(record), record]));
  return rows.map((row) => byKey.get(identify(row)));
}

/** The rows in a response body: a record, a list of them, or lists within a list. Anything else is ignored. */
export function rowsOfBody(body: unknown, collection: ICollection): Row[] {
  if (Array.isArray(body)) {
    return body.flatMap((item) => rowsOfBody(item, collection));
  }
  if (typeof body !== 'object' || body === null) {
    return [];
  }
  const row = body as Row;
  const owner = (row.constructor as { collection?: { name: string } }).collection;
  const belongs = owner
    ? owner.name === collection.options.name
    : [collection.filterTargetKey].flat().every((name) => name && getValue(row, name) != null);
  return belongs ? [row] : [];
}

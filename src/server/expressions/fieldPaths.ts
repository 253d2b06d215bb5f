import type { DataSourceManager } from '@nocobase/data-source-manager';
import { parseCollectionPath } from './collectionField';
import { isPlainObject } from './ownMembers';

/** The part of a collection that is looked at. Collections of other data sources may lack most of it. */
interface CollectionView {
  name: string;
  getField?(name: string): { type?: string; options?: { type?: string; target?: string } } | undefined;
  model?: { rawAttributes?: object; associations?: Record<string, { target?: { name?: string } }> };
}

type CollectionLookup = (name: string) => CollectionView | undefined;

/**
 * What a config says about fields, and where:
 * - `filter`: conditions, with groups and operators
 * - `values`: values by field, associations nested
 * - `appends`: association paths (`category`, `posts.tags`)
 * - `fields`: field paths (`title`, `category.title`), a leading `-` allowed
 * - `sort`: a list of `{ field }`, field paths or both
 */
export interface FieldPathsPart {
  /** path in the config, key of the error */
  at: string;
  kind: 'filter' | 'values' | 'appends' | 'fields' | 'sort';
  value: unknown;
}

/** What a path leads to: another collection, a value whose inside is free (JSON), a plain value, or nothing. */
type Step = { collection: CollectionView } | 'free' | 'value' | undefined;

const GROUPS = new Set(['$and', '$or', '$not']);
const FREE_TYPES = new Set(['json', 'jsonb', 'array', 'set', 'virtual', 'formula']);
/** Columns that the host adds to rows of inherited collections. */
const HOST_COLUMNS = new Set(['__collection', '__schemaName', '__tableName']);
const INDEX = /^\d+$/;
const MAX_SHOWN_LENGTH = 200;

/** Paths come from requests: error messages show the start of long ones. */
function shown(path: string): string {
  return path.length > MAX_SHOWN_LENGTH ? `${path.slice(0, MAX_SHOWN_LENGTH)}…` : path;
}

function ownMember<T>(object: Record<string, T> | undefined, name: string): T | undefined {
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

function step(collection: CollectionView, name: string, lookup: CollectionLookup): Step {
  if (!collection.getField || HOST_COLUMNS.has(name)) {
    return 'free';
  }
  const field = collection.getField(name);
  const target = field?.options?.target ?? ownMember(collection.model?.associations, name)?.target?.name;
  if (target) {
    const next = lookup(target);
    return next ? { collection: next } : 'free';
  }
  if (field) {
    return FREE_TYPES.has(field.options?.type ?? field.type ?? '') ? 'free' : 'value';
  }
  return Object.hasOwn(collection.model?.rawAttributes ?? {}, name) ? 'value' : undefined;
}

/** Walks over one more name of a path; knows how to report the whole path from the root collection. */
interface Cursor {
  root: CollectionView;
  path: string[];
  at: Step;
}

function advance(cursor: Cursor, name: string, lookup: CollectionLookup): Cursor {
  const path = [...cursor.path, name];
  const next: Step =
    cursor.at === 'free' ? 'free' : typeof cursor.at === 'object' ? step(cursor.at.collection, name, lookup) : undefined;
  if (next === undefined) {
    throw new Error(`Field "${shown(path.join('.'))}" does not exist in collection "${cursor.root.name}"`);
  }
  return { ...cursor, path, at: next };
}

function isOpen(text: string): boolean {
  return text.includes('{{');
}

function checkPath(start: Cursor, path: string, lookup: CollectionLookup): Cursor {
  return path.split('.').reduce((cursor, name) => advance(cursor, name, lookup), start);
}

function checkFilter(cursor: Cursor, filter: unknown, lookup: CollectionLookup): void {
  if (Array.isArray(filter)) {
    filter.forEach((item) => checkFilter(cursor, item, lookup));
    return;
  }
  if (!isPlainObject(filter)) {
    return;
  }
  for (const [key, value] of Object.entries(filter)) {
    if (isOpen(key)) {
      continue;
    }
    let position = cursor;
    let compared = false;
    for (const name of key.split('.')) {
      if (name.startsWith('$') && !GROUPS.has(name)) {
        compared = true;
        break;
      }
      if (!GROUPS.has(name) && !INDEX.test(name)) {
        position = advance(position, name, lookup);
      }
    }
    if (!compared) {
      checkFilter(position, value, lookup);
    }
  }
}

function checkValues(cursor: Cursor, values: unknown, lookup: CollectionLookup): void {
  if (Array.isArray(values)) {
    values.forEach((item) => checkValues(cursor, item, lookup));
    return;
  }
  if (!isPlainObject(values)) {
    return;
  }
  for (const [key, value] of Object.entries(values)) {
    if (isOpen(key)) {
      continue;
    }
    const next = advance(cursor, key, lookup);
    if (typeof next.at === 'object') {
      checkValues(next, value, lookup);
    }
  }
}

/** `children(recursively=true)` names the association `children`. */
function withoutArguments(path: string): string {
  return path.replace(/\([^)]*\)/g, '');
}

function checkAppend(start: Cursor, path: string, lookup: CollectionLookup): void {
  if (checkPath(start, withoutArguments(path), lookup).at === 'value') {
    throw new Error(`Field "${shown(path)}" of collection "${start.root.name}" is not an association`);
  }
}

function checkPart({ kind, value }: FieldPathsPart, root: CollectionView, lookup: CollectionLookup): void {
  const start: Cursor = { root, path: [], at: { collection: root } };
  if (kind === 'filter') {
    checkFilter(start, value, lookup);
    return;
  }
  if (kind === 'values') {
    checkValues(start, value, lookup);
    return;
  }
  for (const item of Array.isArray(value) ? value : []) {
    const path: unknown = isPlainObject(item) ? item.field : item;
    if (typeof path !== 'string' || !path || isOpen(path)) {
      continue;
    }
    if (kind === 'appends') {
      checkAppend(start, path, lookup);
    } else {
      checkPath(start, path.replace(/^-/, ''), lookup);
    }
  }
}

/**
 * Checks that the fields a config names exist, along association paths too. Names with variables in them are skipped,
 * so is everything when the collection itself is unknown (see `validateCollectionField`).
 *
 * @param collection `name` or `dataSource:name`
 * @returns first problem per part, by its `at`, or null
 * @example
 * validateFieldPaths('posts', [{ at: 'params.filter', kind: 'filter', value: { nope: 1 } }], app.dataSourceManager)
 * // { 'params.filter': 'Field "nope" does not exist in collection "posts"' }
 */
export function validateFieldPaths(
  collection: unknown,
  parts: FieldPathsPart[],
  dataSourceManager: DataSourceManager,
): Record<string, string> | null {
  const path = parseCollectionPath(collection);
  const manager = path && dataSourceManager.dataSources.get(path.dataSourceName)?.collectionManager;
  const lookup: CollectionLookup = (name) => manager?.getCollection(name) as CollectionView | undefined;
  const root = path && lookup(path.collectionName);
  if (!root) {
    return null;
  }
  const problems: Record<string, string> = {};
  for (const part of parts) {
    try {
      checkPart(part, root, lookup);
    } catch (error) {
      problems[part.at] = (error as Error).message;
    }
  }
  return Object.keys(problems).length > 0 ? problems : null;
}

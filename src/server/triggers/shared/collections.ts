import type { DataSource, DataSourceManager } from '@nocobase/data-source-manager';
import type { Collection, Database, Model, Repository } from '@nocobase/database';
import { parseCollectionPath } from '../../expressions/collectionField';
import { validateFieldPaths } from '../../expressions/fieldPaths';
import type { WorkflowModel, WorkflowPlugin } from '../../contract';

/** A collection of a data source that is a database. */
export interface SqlCollection {
  dataSourceName: string;
  db: Database;
  collection: Collection;
  repository: Repository;
}

/** The database of a data source, undefined when it is none (a REST source for one). */
export function getDatabase(dataSource: DataSource | undefined): Database | undefined {
  return (dataSource?.collectionManager as { db?: Database } | undefined)?.db;
}

/**
 * Looks up `name` or `dataSource:name`.
 * @returns null when the data source, its database or the collection does not exist
 */
export function findSqlCollection(path: unknown, manager: DataSourceManager): SqlCollection | null {
  const { dataSourceName, collectionName } = parseCollectionPath(path) ?? {};
  const db = dataSourceName ? getDatabase(manager.dataSources.get(dataSourceName)) : undefined;
  const collection = db && collectionName ? db.getCollection(collectionName) : undefined;
  if (!dataSourceName || !db || !collection) {
    return null;
  }
  return { dataSourceName, db, collection, repository: collection.repository };
}

/**
 * Association paths to load, each with the paths that lead to it. Those that no longer exist are left out.
 * @example getAppends('users', ['posts.tags'], manager) // ['posts', 'posts.tags']
 */
export function getAppends(path: string, configured: unknown, manager: DataSourceManager): string[] {
  const appends = new Set<string>();
  for (const append of Array.isArray(configured) ? configured : []) {
    if (!validateFieldPaths(path, [{ at: 'appends', kind: 'appends', value: [append] }], manager)) {
      const names = String(append).split('.');
      names.forEach((_, i) => appends.add(names.slice(0, i + 1).join('.')));
    }
  }
  return [...appends];
}

/** Key of a record as `filterByTk` wants it: a value, or an object when several fields make up the key. */
export function getRecordKey(record: Model | Record<string, unknown>, collection: Collection): unknown {
  const names = collection.filterTargetKey;
  const read = (name: string): unknown =>
    typeof (record as Model).get === 'function' ? (record as Model).get(name) : (record as Record<string, unknown>)[name];
  if (!Array.isArray(names)) {
    return read(names);
  }
  if (names.length === 1) {
    return read(names[0]!);
  }
  return Object.fromEntries([...names].sort().map((name) => [name, read(name)]));
}

/** The host takes a key of 0 or '' for none, and would find any record. */
export function isPlainKey(value: unknown): value is string | number | bigint {
  return Boolean(value) && ['string', 'number', 'bigint'].includes(typeof value);
}

/** What users send must not become an operator: a key is one plain value, or one for each field that makes it up. */
export function isRecordKey(key: unknown, { filterTargetKey }: Collection): boolean {
  const names: string[] = [filterTargetKey].flat();
  if (names.length === 1) {
    return isPlainKey(key);
  }
  const values = Object.entries(Object(key));
  return values.length === names.length && values.every(([name, value]) => names.includes(name) && isPlainKey(value));
}

/**
 * Calls back with the enabled workflows of one trigger type that work on a data source, each time it is added:
 * its database is another one then, and listeners have to move.
 */
export function onDataSourceAdded(
  plugin: WorkflowPlugin,
  isOwn: (workflow: WorkflowModel) => boolean,
  call: (workflow: WorkflowModel) => void,
): void {
  plugin.app.dataSourceManager.afterAddDataSource((dataSource) => {
    for (const workflow of plugin.enabledCache.values()) {
      if (isOwn(workflow) && parseCollectionPath(workflow.config?.collection)?.dataSourceName === dataSource.name) {
        call(workflow);
      }
    }
  });
}

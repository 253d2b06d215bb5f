import { joinCollectionName, parseCollectionName } from '@nocobase/data-source-manager';

/**
 * `name` for the main data source, `dataSource:name` for others, whichever way it was written.
 * @returns null for anything that is no name
 * @example normalizeCollectionName('main:posts') // 'posts'
 */
export function normalizeCollectionName(name: unknown): string | null {
  if (typeof name !== 'string' || !name) {
    return null;
  }
  const [dataSourceName = 'main', collectionName = ''] = parseCollectionName(name);
  return joinCollectionName(dataSourceName, collectionName);
}

import { parseCollectionName, type DataSourceManager } from '@nocobase/data-source-manager';

/** `posts` → main data source, `crm:posts` → data source `crm`; null when the text is not of that form. */
export function parseCollectionPath(collection: unknown): { dataSourceName: string; collectionName: string } | null {
  if (typeof collection !== 'string') {
    return null;
  }
  const [dataSourceName, collectionName] = parseCollectionName(collection);
  return dataSourceName && collectionName ? { dataSourceName, collectionName } : null;
}

/**
 * Checks that a collection given as `name` or `dataSource:name` exists.
 *
 * @returns null, or the problem under the key `collection`
 */
export function validateCollectionField(
  collection: string,
  dataSourceManager: DataSourceManager,
): Record<string, string> | null {
  const path = parseCollectionPath(collection);
  if (!path) {
    return { collection: '"collection" must be in the format "dataSourceName:collectionName"' };
  }
  const { dataSourceName, collectionName } = path;
  const dataSource = dataSourceManager.dataSources.get(dataSourceName);
  if (!dataSource) {
    return { collection: `Data source "${dataSourceName}" does not exist` };
  }
  if (!dataSource.collectionManager.getCollection(collectionName)) {
    return { collection: `Collection "${collectionName}" does not exist in data source "${dataSourceName}"` };
  }
  return null;
}

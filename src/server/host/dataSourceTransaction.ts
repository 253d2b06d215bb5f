import type { Application } from '@nocobase/server';
import type { Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';

/**
 * The transaction to use on a data source: the given one when it is of that data source, otherwise a new one when
 * `create` says so, otherwise none. Data sources that are no SQL databases have none.
 * @throws when there is no such data source
 */
export function dataSourceTransaction(
  app: Application,
  dataSourceName: string,
  transaction: Transaction | null | undefined,
  create: boolean,
): Transaction | Promise<Transaction> | undefined {
  const dataSource = app.dataSourceManager.dataSources.get(dataSourceName);
  if (!dataSource) {
    throw new Error(`data source ${dataSourceName} is not found`);
  }
  const { db } = dataSource.collectionManager as unknown as { db?: Database };
  if (!db) {
    return undefined;
  }
  const { sequelize } = (transaction ?? {}) as { sequelize?: unknown };
  if (transaction && sequelize === db.sequelize) {
    return transaction;
  }
  return create ? db.sequelize.transaction() : undefined;
}

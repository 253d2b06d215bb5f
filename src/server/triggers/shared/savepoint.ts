import type { Sequelize, Transaction } from 'sequelize';

const NAME = 'workflow_trigger';

/**
 * Runs work that may fail inside somebody else's transaction. PostgreSQL refuses every further statement of a transaction
 * after a failed one, until it is taken back to a savepoint; the other databases go on by themselves.
 * That holds for failures that `work` hides, too: when it returns, the transaction is usable.
 *
 * @throws what `work` throws
 */
export async function withSavepoint<T>(
  sequelize: Sequelize,
  transaction: Transaction | null | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!transaction || sequelize.getDialect() !== 'postgres') {
    return work();
  }
  const query = (sql: string): Promise<unknown> => sequelize.query(sql, { transaction });
  await query(`SAVEPOINT ${NAME}`);
  try {
    return await work();
  } finally {
    try {
      await query(`RELEASE SAVEPOINT ${NAME}`);
    } catch {
      await query(`ROLLBACK TO SAVEPOINT ${NAME}`);
      await query(`RELEASE SAVEPOINT ${NAME}`);
    }
  }
}

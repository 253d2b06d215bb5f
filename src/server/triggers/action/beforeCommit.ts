import type { Transaction } from 'sequelize';

/**
 * Runs `work` as the last thing inside a transaction and `done` once it is committed; neither after a rollback.
 * Sequelize has a hook after the commit only. At the event of each row it would be too early: a request that
 * writes many rows would insert one by one, and later hooks of the same write could still change the record.
 *
 * When `work` fails the transaction is rolled back here and the error is thrown from `commit()`:
 * Sequelize does not roll back by itself at that point and would lose the connection.
 */
export function beforeCommit(
  transaction: Transaction,
  { work, done }: { work: () => Promise<void>; done: () => void },
): void {
  const commit = transaction.commit.bind(transaction);
  transaction.commit = async () => {
    try {
      await work();
    } catch (error) {
      await transaction.rollback();
      transaction.rollback = async () => {};
      throw error;
    }
    await commit();
    done();
  };
}

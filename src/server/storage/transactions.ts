import type { SqlConnection } from './connection';
import { isConflict } from './failures';

const MAX_CONFLICT_TRIES = 8;

/**
 * The server ends a transaction of the engine that nobody has gone on with for so long. A process that stands still or that
 * the network has lost would otherwise keep the others from what it has locked, and from claiming any work at all. Shorter
 * than a lease, so that the way is free when that runs out.
 */
export const ABANDONED_MS = 5_000;

/** Whatever the server's default is: a statement has to see what was committed while it waited for a lock. */
export const PG_BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = ${ABANDONED_MS}`;
export const MYSQL_BEGIN = ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'];
/** MariaDB knows the limit per session only; MySQL does not know it. */
export const MARIADB_LIMIT = `SET SESSION idle_transaction_timeout = ${ABANDONED_MS / 1_000}`;
export const MARIADB_NO_LIMIT = 'SET SESSION idle_transaction_timeout = DEFAULT';

/** Two writers in each other's way: the loser wrote nothing and simply tries again. */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || attempt === MAX_CONFLICT_TRIES) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

export async function rawTransaction<T>(
  connection: SqlConnection,
  begin: string[],
  work: (connection: SqlConnection) => Promise<T>,
): Promise<T> {
  for (const text of begin) {
    await connection.exec(text);
  }
  try {
    const result = await work(connection);
    await connection.exec('COMMIT');
    return result;
  } catch (error) {
    // a connection that cannot even roll back is dead; the pool notices that by itself
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * All of a transaction sent at once. What it has locked is free when the server is done with it, and not only when this process,
 * which may be busy with runs, has read each answer and said the next word: between processes that take turns, that was most
 * of the time. When a statement fails, the server makes a rollback of the COMMIT.
 *
 * @param connection one that `pipelines`
 * @param work sends its only statement before it waits for anything
 */
export async function pipelinedTransaction<T>(
  connection: SqlConnection,
  begin: string,
  work: (connection: SqlConnection) => Promise<T>,
): Promise<T> {
  const sent = [connection.exec(begin), work(connection), connection.exec('COMMIT')] as const;
  // none may be under way when the connection is lent again, or destroyed
  await Promise.allSettled(sent);
  const [, result] = await Promise.all(sent);
  return result;
}

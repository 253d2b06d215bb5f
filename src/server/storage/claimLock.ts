import type { SqlConnection } from './connection';
import type { SqlWriter, Statement } from './statement';
import { MYSQL_BEGIN, PG_BEGIN, pipelinedTransaction, rawTransaction } from './transactions';

/** Number of the advisory lock that serialises claims on PostgreSQL ("wf"). */
export const PG_CLAIM_LOCK = 0x7766;
/** Name of the MySQL lock that does the same; it is one for the whole server, so the database stands in it. */
export const MYSQL_CLAIM_LOCK = "CONCAT('workflow_claim_', SHA1(DATABASE()))";

const WAIT_SECONDS = 3;
/** A claim takes milliseconds: whoever has the lock through two waits will not give it back. */
const MAX_WAITS = 4;

/**
 * Each part of a claim has an index in its order, of which it needs the beginning. A planner whose statistics do not know yet
 * how many runs are queued would rather read all of them and sort them, for every hundred that are taken; it may sort where
 * there is no other way, which must not look so dear that the plan is compiled.
 */
const PG_IN_ORDER =
  // PostgreSQL 10 compiles nothing and does not know the setting
  "SET LOCAL enable_sort = off; SELECT set_config('jit', 'off', true) WHERE current_setting('server_version_num')::int >= 110000";
const PG_TAKE = `${PG_BEGIN}; ${PG_IN_ORDER}; SELECT pg_advisory_xact_lock(${PG_CLAIM_LOCK})`;

/** On PostgreSQL the lock ends with the transaction, and that with its limit of idleness. */
export function withPgClaimLock<T>(connection: SqlConnection, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
  return rawTransaction(connection, [PG_TAKE], work);
}

/** The same for a claim of one statement: the lock is held for as long as the server works, whatever this process does meanwhile. */
export function claimAtOnce<T>(connection: SqlConnection, claim: (connection: SqlConnection) => Promise<T>): Promise<T> {
  return connection.pipelines ? pipelinedTransaction(connection, PG_TAKE, claim) : withPgClaimLock(connection, claim);
}

/**
 * On MySQL and MariaDB the lock belongs to a connection. That of a process which stands still, or that the network has lost,
 * would keep it for as long as the server believes in it, and nobody could claim anything: who waits ends it.
 */
export class MysqlClaimLock {
  private readonly take: Statement;
  private readonly command: Statement;

  constructor(writer: SqlWriter) {
    this.take = writer.statement(
      'claim_lock',
      `SELECT GET_LOCK(${MYSQL_CLAIM_LOCK}, ${WAIT_SECONDS}) AS locked, IS_USED_LOCK(${MYSQL_CLAIM_LOCK}) AS holder`,
    );
    this.command = writer.statement('claim_lock_holder', 'SELECT COMMAND AS command FROM information_schema.PROCESSLIST WHERE ID = :holder');
  }

  async hold<T>(connection: SqlConnection, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    await this.acquire(connection);
    try {
      return await rawTransaction(connection, MYSQL_BEGIN, work);
    } finally {
      await connection.exec(`SELECT RELEASE_LOCK(${MYSQL_CLAIM_LOCK})`);
    }
  }

  private async acquire(connection: SqlConnection): Promise<void> {
    let before: number | null = null;
    for (let waits = 0; waits < MAX_WAITS; waits += 1) {
      const { rows } = await connection.run(this.take);
      if (Number(rows[0]?.locked) === 1) {
        return;
      }
      const holder: number | null = rows[0]?.holder ? Number(rows[0].holder) : null;
      if (holder !== null && holder === before && (await this.isSilent(connection, holder))) {
        // it may have ended just now
        await connection.exec(`KILL ${holder}`).catch(() => undefined);
      }
      before = holder;
    }
    throw new Error(`another process has been claiming work for ${MAX_WAITS * WAIT_SECONDS} seconds`);
  }

  /** One that the server works for is only slow. */
  private async isSilent(connection: SqlConnection, holder: number): Promise<boolean> {
    const { rows } = await connection.run(this.command, { holder });
    return rows[0]?.command === 'Sleep';
  }
}

import type { Attempt } from '../engine/types';
import { encodeJson, expressions } from './codec';
import type { SqlConnection } from './connection';
import type { SqlWriter, Statement } from './statement';

/** True for a signal whose turn has come: one from outside at once, an attempt when the process that made it is gone. */
export function dueCondition(dialect: SqlWriter['dialect'], alias: string): string {
  const { nowMs } = expressions[dialect];
  return `(${alias}#dueAt IS NULL OR (${alias}#dueAt < ${nowMs} AND ${alias}#owner <> :owner))`;
}

/** What an attempt stores besides its columns; `decodeAttempt` reads it. */
export const attemptPayload = ({ idempotencyKey, tries }: Attempt) => ({ idempotencyKey, tries });

const REPLACED = ['id', 'payload', 'owner', 'dueAt', 'createdAt'];
/** A job has one attempt: the new one takes the place of the old. Not for MySQL. */
export const REPLACE_ATTEMPT = `ON CONFLICT (#executionId, #kind, #jobId) DO UPDATE SET ${REPLACED.map((name) => `#${name} = excluded.#${name}`).join(', ')}`;

/**
 * Work that nodes do in the background of a process: signals that become due when the process no longer prolongs them.
 * One that is given back in order is due from 0 on, and not counted as cut off.
 */
export class Attempts {
  private readonly insert: Statement;
  private readonly renewal: Statement;
  private readonly ending: Statement;
  private readonly handover: Statement;
  private readonly removal: Statement;
  private readonly others: Statement;

  constructor(
    writer: SqlWriter,
    private readonly owner: string,
    private readonly leaseMs: number,
  ) {
    const { dialect } = writer;
    const { nowMs } = expressions[dialect];
    const pg = (text: string) => (dialect === 'postgres' ? text : '');
    this.insert = writer.statement(
      'attempt_insert',
      `INSERT INTO @workflowSignals (#id, #executionId, #kind, #jobId, #payload, #owner, #dueAt, #createdAt)
       VALUES (:id${pg('::bigint')}, :executionId${pg('::bigint')}, 'retry', :jobId${pg('::bigint')}, :payload${pg('::json')},
         :owner, ${nowMs} + :lease${pg('::bigint')}, ${nowMs}) ` +
        (dialect === 'mysql'
          ? `ON DUPLICATE KEY UPDATE ${REPLACED.map((name) => `#${name} = VALUES(#${name})`).join(', ')}`
          : REPLACE_ATTEMPT),
    );
    const ofJob = `#executionId = :executionId${pg('::bigint')} AND #jobId = :jobId${pg('::bigint')}`;
    const ofOwner = "#owner = :owner AND #kind = 'retry'";
    this.renewal = writer.statement(
      'attempts_renew',
      `UPDATE @workflowSignals SET #dueAt = ${nowMs} + :lease${pg('::bigint')} WHERE ${ofOwner}`,
    );
    this.ending = writer.statement('attempts_expire', `UPDATE @workflowSignals SET #dueAt = 1 WHERE ${ofOwner} AND #dueAt > 1`);
    this.handover = writer.statement('attempts_release', `UPDATE @workflowSignals SET #dueAt = 0 WHERE ${ofOwner}`);
    this.removal = writer.statement(
      'attempt_delete',
      `DELETE FROM @workflowSignals WHERE ${ofJob} AND ${ofOwner}`,
    );
    this.others = writer.statement(
      'attempt_of_other',
      `SELECT #id FROM @workflowSignals WHERE ${ofJob} AND #kind = 'retry' AND #owner <> :owner`,
    );
  }

  async record(connection: SqlConnection, executionId: string, attempt: Attempt): Promise<void> {
    const { id, jobId } = attempt;
    const payload = encodeJson(attemptPayload(attempt));
    await connection.run(this.insert, { id, executionId, jobId, payload, owner: this.owner, lease: this.leaseMs });
  }

  /** @returns whether there were any */
  async renew(connection: SqlConnection): Promise<boolean> {
    const { affected } = await connection.run(this.renewal, { owner: this.owner, lease: this.leaseMs });
    return affected > 0;
  }

  /** Makes due what a process that is known to be dead has left. */
  async expire(connection: SqlConnection, owner: string): Promise<void> {
    await connection.run(this.ending, { owner });
  }

  /** Lets other processes take up what this one leaves in order. */
  async release(connection: SqlConnection): Promise<void> {
    await connection.run(this.handover, { owner: this.owner });
  }

  /** The node has ended its work without an answer: from now on it waits for somebody else. */
  async remove(connection: SqlConnection, executionId: string, jobId: string): Promise<void> {
    await connection.run(this.removal, { executionId, jobId, owner: this.owner });
  }

  /** Whether another process has the node do its work now. */
  async isTakenOver(connection: SqlConnection, executionId: string, jobId: string): Promise<boolean> {
    const { rows } = await connection.run(this.others, { executionId, jobId, owner: this.owner });
    return rows.length > 0;
  }
}

/** Reads a stored attempt. @param dueAt milliseconds of the database's clock */
export function decodeAttempt(
  id: string,
  jobId: string,
  payload: unknown,
  { due, dueAt }: { due: boolean; dueAt: number },
): { kind: 'retry'; due: boolean } & Attempt {
  const { idempotencyKey = '', tries = 0 } = (payload ?? {}) as Partial<Attempt>;
  return { kind: 'retry', id, jobId, idempotencyKey, due, tries: due && dueAt > 0 ? tries + 1 : tries };
}

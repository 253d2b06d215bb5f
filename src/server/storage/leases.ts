import { expressions } from './codec';
import type { SqlConnection } from './connection';
import { ListStatement, type SqlWriter, type Statement } from './statement';

/** Everything about leases but taking them, which is `claim.ts`. Each method is one small piece of work on a connection. */
export class Leases {
  private readonly renewal: ListStatement;
  private readonly held: ListStatement;
  private readonly giveBack: ListStatement;
  private readonly breakOff: ListStatement;
  private readonly attempt: Statement;
  private readonly free: ListStatement;
  private readonly living: Statement;
  private readonly end: Statement;
  private readonly endHold: Statement;
  private readonly started: Statement;

  constructor(writer: SqlWriter) {
    const { dialect } = writer;
    const { nowMs } = expressions[dialect];
    const isPg = dialect === 'postgres';
    const idText = dialect === 'mysql' ? 'CAST(#id AS CHAR)' : 'CAST(#id AS TEXT)';
    this.renewal = new ListStatement(
      writer,
      'renew',
      `UPDATE @executions SET #leaseUntil = ${nowMs} + ${isPg ? ':lease::bigint' : ':lease'} WHERE #leaseOwner = :owner AND #id IN (:ids)`,
    );
    this.held = new ListStatement(
      writer,
      'renewed',
      `SELECT ${idText} AS id FROM @executions WHERE #leaseOwner = :owner AND #id IN (:ids)`,
    );
    this.giveBack = new ListStatement(
      writer,
      'release',
      `UPDATE @executions SET #leaseOwner = NULL, #leaseUntil = CASE WHEN #status IS NULL THEN NULL ELSE 0 END
       WHERE #leaseOwner = :owner AND #id IN (:ids)`,
    );
    this.breakOff = new ListStatement(
      writer,
      'abandon',
      `UPDATE @executions SET #leaseUntil = ${nowMs} - 1 WHERE #leaseOwner = :owner AND #leaseUntil >= ${nowMs} AND #id IN (:ids)`,
    );
    this.attempt = writer.statement(
      'attempt',
      `UPDATE @executions SET #attempts = COALESCE(#attempts, 0) + 1
       WHERE #id = :id${isPg ? '::bigint' : ''} AND #epoch = :epoch${isPg ? '::int' : ''} AND (#status IS NULL OR #status = 0)`,
    );
    this.free = new ListStatement(writer, 'free', 'UPDATE @executions SET #heldUntil = NULL WHERE #id IN (:ids)');
    this.living = writer.statement(
      'owners',
      `SELECT #leaseOwner AS owner FROM @executions WHERE #leaseUntil >= ${nowMs}
       UNION SELECT #leaseOwner FROM @executions WHERE #status IS NULL AND #leaseOwner IS NOT NULL AND #heldUntil >= ${nowMs}
       UNION SELECT #owner FROM @workflowSignals WHERE #kind = 'retry' AND #dueAt >= ${nowMs}`,
    );
    this.end = writer.statement(
      'expire',
      `UPDATE @executions SET #leaseUntil = ${nowMs} - 1 WHERE #leaseOwner = :owner AND #leaseUntil >= ${nowMs}`,
    );
    this.endHold = writer.statement(
      'expire_hold',
      `UPDATE @executions SET #heldUntil = NULL WHERE #leaseOwner = :owner AND #status IS NULL AND #heldUntil >= ${nowMs}`,
    );
    this.started = writer.statement(
      'leased',
      `SELECT #status AS status FROM @executions WHERE #id = :id${isPg ? '::bigint' : ''} AND #leaseUntil >= ${nowMs}`,
    );
  }

  /** @returns ids that the owner still holds, prolonged */
  async renew(connection: SqlConnection, owner: string, ids: string[], leaseMs: number): Promise<Set<string>> {
    await connection.run(...this.renewal.bind(ids, { owner, lease: leaseMs }));
    const { rows } = await connection.run(...this.held.bind(ids, { owner }));
    return new Set(rows.map(({ id }) => String(id)));
  }

  /**
   * Gives leases back of runs that were not touched. One that had begun before is marked with a lease that ended at 0:
   * it has to go on, but that it was given back is not held against it.
   */
  async release(connection: SqlConnection, owner: string, ids: string[]): Promise<void> {
    await connection.run(...this.giveBack.bind(ids, { owner }));
  }

  /** Ends leases of runs that broke off. */
  async abandon(connection: SqlConnection, owner: string, ids: string[]): Promise<void> {
    await connection.run(...this.breakOff.bind(ids, { owner }));
  }

  /** One more attempt of an interrupted run. @returns whether the claim still holds */
  async countAttempt(connection: SqlConnection, id: string, epoch: number): Promise<boolean> {
    const { affected } = await connection.run(this.attempt, { id, epoch });
    return affected > 0;
  }

  /** Lets held executions go. */
  async unhold(connection: SqlConnection, ids: string[]): Promise<void> {
    await connection.run(...this.free.bind(ids));
  }

  /** Processes that hold live leases, hold runs back or work in the background. */
  async owners(connection: SqlConnection): Promise<string[]> {
    const { rows } = await connection.run(this.living);
    return rows.map(({ owner }) => String(owner));
  }

  /** Ends all leases of a process that is known to be dead, and lets go what it held back. */
  async expire(connection: SqlConnection, owner: string): Promise<void> {
    await connection.run(this.end, { owner });
    await connection.run(this.endHold, { owner });
  }

  /** True while a process holds a live lease and has stored that it began. */
  async isStarted(connection: SqlConnection, executionId: string): Promise<boolean> {
    const { rows } = await connection.run(this.started, { id: executionId });
    return rows.length > 0 && rows[0]?.status !== null;
  }
}

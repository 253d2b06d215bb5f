import type { Present } from '../engine/Neighbours';
import { expressions } from './codec';
import type { SqlConnection } from './connection';
import type { SqlWriter, Statement } from './statement';

/** Processes that ended without a word are forgotten after this time, by the next one that starts. */
const FORGET_MS = 3_600_000;

/** The processes that execute runs, as they have announced themselves. Times are those of the database's clock. */
export class Processes {
  private readonly put: Statement;
  private readonly present: Statement;
  private readonly shared: Statement;
  private readonly remove: Statement;
  private readonly forget: Statement;
  private hasForgotten = false;

  constructor(writer: SqlWriter) {
    const { dialect } = writer;
    const { nowMs, concurrency } = expressions[dialect];
    const isShared = dialect === 'postgres' ? 'w.#enabled IS TRUE AND w.#sync IS NOT TRUE' : 'w.#enabled = 1 AND COALESCE(w.#sync, 0) = 0';
    const big = dialect === 'postgres' ? '::bigint' : '';
    this.put = writer.statement(
      'announce',
      `INSERT INTO @workflowProcesses (#owner, #seenAt) VALUES (:owner, ${nowMs}) ` +
        (dialect === 'mysql'
          ? 'ON DUPLICATE KEY UPDATE #seenAt = VALUES(#seenAt)'
          : 'ON CONFLICT (#owner) DO UPDATE SET #seenAt = excluded.#seenAt'),
    );
    this.present = writer.statement(
      'present',
      `SELECT #owner AS owner FROM @workflowProcesses WHERE #seenAt BETWEEN ${nowMs} - :within${big} AND ${nowMs} + :within${big} ORDER BY #owner`,
    );
    this.shared = writer.statement(
      'shared_workflows',
      `SELECT w.#key AS workflow FROM @workflows w WHERE ${isShared} AND ${concurrency('w.#options')} <= 1`,
    );
    this.remove = writer.statement('withdraw', 'DELETE FROM @workflowProcesses WHERE #owner = :owner');
    this.forget = writer.statement('forget_processes', `DELETE FROM @workflowProcesses WHERE #seenAt < ${nowMs} - ${FORGET_MS}`);
  }

  /**
   * @returns who was announced within the last `withinMs`, this one included, and which workflows they have to share, as the
   * database says: what processes have in memory may differ. One that announced itself in the future did so before the
   * clock was set back.
   */
  async announce(connection: SqlConnection, owner: string, withinMs: number): Promise<Present> {
    await connection.run(this.put, { owner });
    if (!this.hasForgotten) {
      await connection.run(this.forget);
      this.hasForgotten = true;
    }
    const { rows } = await connection.run(this.present, { within: withinMs });
    const owners = rows.map((row) => String(row.owner));
    const keys = owners.length > 1 ? (await connection.run(this.shared)).rows.map(({ workflow }) => String(workflow)) : [];
    return { owners, keys };
  }

  async withdraw(connection: SqlConnection, owner: string): Promise<void> {
    await connection.run(this.remove, { owner });
  }
}

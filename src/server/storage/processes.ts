import { expressions } from './codec';
import type { SqlConnection } from './connection';
import type { SqlWriter, Statement } from './statement';

/** Processes that ended without a word are forgotten after this time. */
const FORGET_MS = 3_600_000;

/** The processes that execute runs, as they have announced themselves. Times are those of the database's clock. */
export class Processes {
  private readonly put: Statement;
  private readonly present: Statement;
  private readonly remove: Statement;

  constructor(writer: SqlWriter) {
    const { dialect } = writer;
    const { nowMs } = expressions[dialect];
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
      `SELECT #owner AS owner FROM @workflowProcesses WHERE #seenAt >= ${nowMs} - :within${big} ORDER BY #owner`,
    );
    this.remove = writer.statement(
      'withdraw',
      `DELETE FROM @workflowProcesses WHERE #owner = :owner OR #seenAt < ${nowMs} - ${FORGET_MS}`,
    );
  }

  /** @returns owners that were announced within the last `withinMs`, this one included */
  async announce(connection: SqlConnection, owner: string, withinMs: number): Promise<string[]> {
    await connection.run(this.put, { owner });
    const { rows } = await connection.run(this.present, { within: withinMs });
    return rows.map((row) => String(row.owner));
  }

  async withdraw(connection: SqlConnection, owner: string): Promise<void> {
    await connection.run(this.remove, { owner });
  }
}

import { expressions } from './codec';
import type { SqlConnection } from './connection';
import type { SqlWriter, Statement } from './statement';

/** A delay's own timer gets so long before the row counts. */
const DELAY_GRACE_MS = 30_000;
const MAX_ROWS = 1_000;

/** A waiting job that has to be continued. */
export interface LostWakeUp {
  executionId: string;
  jobId: string;
}

/**
 * Waiting jobs whose continuation nobody has ordered:
 * - answered ones. Some nodes (the official manual node, scripts) write the answer into the job's row first and tell the
 *   engine afterwards; a process that dies in between tells nobody.
 * - delays that are over. Their timer lives in the process that began them; the row knows better.
 */
export class LostWakeUps {
  private readonly statements: Statement[];

  constructor(writer: SqlWriter) {
    const { dialect } = writer;
    const { nowMs } = expressions[dialect];
    const text = dialect === 'mysql' ? 'CHAR' : 'TEXT';
    const isWaiting = dialect === 'postgres' ? 'j.#waiting IS TRUE' : 'j.#waiting = 1';
    const rest = `e.#status = 0 AND (e.#leaseUntil IS NULL OR e.#leaseUntil < ${nowMs}) AND ${isWaiting}
      AND NOT EXISTS (SELECT 1 FROM @workflowSignals s WHERE s.#executionId = e.#id AND s.#kind = 'resume' AND s.#jobId = j.#id)`;
    const jobs = `SELECT CAST(e.#id AS ${text}) AS execution, CAST(j.#id AS ${text}) AS job
      FROM @executions e JOIN @jobs j ON j.#executionId = e.#id`;
    this.statements = [
      writer.statement('lost_answers', `${jobs} WHERE ${rest} AND j.#status <> 0 LIMIT ${MAX_ROWS}`),
      writer.statement(
        'lost_delays',
        `${jobs} JOIN @flow_nodes n ON n.#id = j.#nodeId WHERE ${rest} AND j.#status = 0 AND n.#type = 'delay'
         AND ${overdue[dialect]} < ${nowMs} - ${DELAY_GRACE_MS} LIMIT ${MAX_ROWS}`,
      ),
    ];
  }

  async find(connection: SqlConnection): Promise<LostWakeUp[]> {
    const found: LostWakeUp[] = [];
    for (const statement of this.statements) {
      const { rows } = await connection.run(statement, {});
      found.push(...rows.map(({ execution, job }) => ({ executionId: String(execution), jobId: String(job) })));
    }
    return found;
  }
}

/** When a delay is over, in milliseconds: its job holds the duration. */
const overdue = {
  postgres: `extract(epoch from j.#createdAt) * 1000
    + CASE WHEN j.#result::text ~ '^[0-9]+(\\.[0-9]+)?$' THEN (j.#result::text)::float8 ELSE 1e15 END`,
  mysql: 'UNIX_TIMESTAMP(j.#createdAt) * 1000 + CAST(j.#result AS DECIMAL(20, 3))',
  sqlite: `(julianday(substr(j.#createdAt, 1, 23)) - 2440587.5) * 86400000
    + CASE WHEN json_type(j.#result) IN ('integer', 'real') THEN CAST(j.#result AS REAL) ELSE 1e15 END`,
};

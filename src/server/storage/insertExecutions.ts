import { encodeJson, expressions } from './codec';
import { isTakenPrimaryKey } from './failures';
import type { SqlConnection, Values } from './connection';
import type { SqlWriter, Statement } from './statement';

/** An execution that is to be stored. */
export interface NewExecution {
  id: string;
  workflowId: string;
  key: string;
  eventKey: string;
  context: unknown;
  stack: string[] | null;
  parentExecutionId: string | null;
  manually: boolean | null;
  /** process that will execute it itself, or that holds it back; null = whoever claims it */
  leaseOwner: string | null;
  /** null = nobody has a lease */
  leaseMs: number | null;
  /** not before this many milliseconds from now, unless released */
  holdMs: number | null;
  /** created as started, waits for `plugin.start()` */
  deferred: boolean;
  /** lives inside somebody's open transaction */
  bound: boolean;
  /** what started it, who and about which record: for lists only */
  source?: string | null;
  userId?: string | null;
  recordKey?: string | null;
}

const COLUMNS =
  '#id, #createdAt, #updatedAt, #workflowId, #key, #eventKey, #context, #status, #dispatched, #stack, #parentExecutionId, #manually, #leaseOwner, #leaseUntil, #epoch, #heldUntil, #cursor, #source, #userId, #recordKey';

/** More rows than this would exceed the number of values one statement may have. */
export const MAX_ROWS_PER_INSERT = 50;

/** Multi-row INSERT of executions. A taken id is skipped, not an error, so that the caller can try with another. */
export class ExecutionInserter {
  private readonly statements = new Map<number, Statement>();

  constructor(private readonly writer: SqlWriter) {}

  /**
   * @returns the ids that were stored
   * @throws the driver's unique violation for a taken `eventKey`
   */
  async insert(connection: SqlConnection, rows: NewExecution[], now: Date): Promise<Set<string>> {
    const stored = new Set<string>();
    for (let start = 0; start < rows.length; start += MAX_ROWS_PER_INSERT) {
      const chunk = rows.slice(start, start + MAX_ROWS_PER_INSERT);
      for (const id of await this.insertChunk(connection, chunk, now)) {
        stored.add(id);
      }
    }
    return stored;
  }

  private async insertChunk(connection: SqlConnection, chunk: NewExecution[], now: Date): Promise<string[]> {
    const work = connection.run(this.statement(chunk.length), this.values(chunk, now));
    if (this.writer.dialect !== 'mysql') {
      return (await work).rows.map(({ id }) => String(id));
    }
    try {
      await work;
      return chunk.map(({ id }) => id);
    } catch (error) {
      // MySQL cannot skip the row alone; the statement as a whole has done nothing
      if (isTakenPrimaryKey(error)) {
        return [];
      }
      throw error;
    }
  }

  private values(rows: NewExecution[], now: Date): Values {
    const { dateValue, boolean } = expressions[this.writer.dialect];
    const values: Values = { now: dateValue(now) };
    rows.forEach((row, i) => {
      values[`id${i}`] = row.id;
      values[`workflowId${i}`] = row.workflowId;
      values[`key${i}`] = row.key;
      values[`eventKey${i}`] = row.eventKey;
      values[`context${i}`] = encodeJson(row.context) ?? 'null';
      values[`status${i}`] = row.deferred ? 0 : null;
      values[`dispatched${i}`] = boolean(row.deferred);
      values[`stack${i}`] = encodeJson(row.stack);
      values[`parent${i}`] = row.parentExecutionId;
      values[`manually${i}`] = boolean(row.manually);
      values[`owner${i}`] = row.leaseOwner;
      values[`lease${i}`] = row.leaseMs;
      values[`hold${i}`] = row.holdMs;
      values[`cursor${i}`] = row.bound ? encodeJson({ frames: [], step: { type: 'rest' }, bound: true }) : null;
      values[`source${i}`] = row.source ?? null;
      values[`userId${i}`] = row.userId ?? null;
      values[`recordKey${i}`] = row.recordKey ?? null;
    });
    return values;
  }

  private statement(count: number): Statement {
    let statement = this.statements.get(count);
    if (!statement) {
      statement = this.writer.statement(`insert_executions_${count}`, this.sql(count));
      this.statements.set(count, statement);
    }
    return statement;
  }

  private sql(count: number): string {
    const { nowMs, date } = expressions[this.writer.dialect];
    const isPg = this.writer.dialect === 'postgres';
    const ms = (name: string) => (isPg ? `${nowMs} + :${name}::bigint` : `${nowMs} + :${name}`);
    const typed = (name: string, type: string) => (isPg ? `:${name}::${type}` : `:${name}`);
    const rows = Array.from(
      { length: count },
      (_, i) =>
        `(${[
          typed(`id${i}`, 'bigint'),
          date(':now'),
          date(':now'),
          typed(`workflowId${i}`, 'bigint'),
          `:key${i}`,
          `:eventKey${i}`,
          typed(`context${i}`, 'json'),
          typed(`status${i}`, 'int'),
          typed(`dispatched${i}`, 'boolean'),
          typed(`stack${i}`, 'json'),
          typed(`parent${i}`, 'bigint'),
          typed(`manually${i}`, 'boolean'),
          `:owner${i}`,
          ms(`lease${i}`),
          '0',
          ms(`hold${i}`),
          typed(`cursor${i}`, 'json'),
          `:source${i}`,
          typed(`userId${i}`, 'bigint'),
          `:recordKey${i}`,
        ].join(', ')})`,
    );
    const head = `INTO @executions (${COLUMNS}) VALUES ${rows.join(', ')}`;
    return this.writer.dialect === 'mysql'
      ? `INSERT ${head}`
      : `INSERT ${head} ON CONFLICT (#id) DO NOTHING RETURNING ${isPg ? '#id::text' : 'CAST(#id AS TEXT)'} AS id`;
  }
}

import type { ClaimRequest } from '../engine/ports';
import type { ClaimedRun, Signal } from '../engine/types';
import { decodeAttempt, dueCondition } from './attempts';
import { decodeId, decodeJson, expressions } from './codec';
import type { SqlConnection } from './connection';
import { claimColumns, decodeClaim } from './rows';
import { ListStatement, type SqlWriter, type Statement } from './statement';

/** MySQL takes no value for LIMIT in a prepared statement. */
const MAX_CANDIDATES_ON_MYSQL = 200;

/**
 * What may be taken: live runs without a live lease that are queued (of an enabled workflow, in order), interrupted
 * (their lease ran out) or signalled. One claim at a time in the whole database: only then is "nobody else
 * executes this workflow" a fact and not a guess.
 *
 * For SQLite and MySQL; PostgreSQL does the same in one statement, see `postgres.ts`.
 */
export class Claimer {
  private readonly candidates: Statement;
  private readonly take: ListStatement;
  private readonly signals: ListStatement;
  /** MySQL has no RETURNING */
  private readonly takenOnMysql: ListStatement | null;

  constructor(private readonly writer: SqlWriter) {
    const { dialect } = writer;
    const { nowMs, concurrency, textOf } = expressions[dialect];
    const isMysql = dialect === 'mysql';
    const asText = (column: string) => `CAST(${column} AS ${isMysql ? 'CHAR' : 'TEXT'})`;
    const free = `(e.#leaseUntil IS NULL OR e.#leaseUntil < ${nowMs})`;
    const limit = isMysql ? String(MAX_CANDIDATES_ON_MYSQL) : ':limit';
    const queued = `SELECT e.#id FROM @executions e
      WHERE e.#status IS NULL AND COALESCE(e.#dispatched, 0) = 0 AND ${free} AND e.#key NOT IN (${keyList(dialect, ':except')})
        AND (e.#heldUntil IS NULL OR e.#heldUntil <= ${nowMs})
        AND (e.#manually = 1 OR e.#key IN (SELECT w.#key FROM @workflows w WHERE w.#enabled = 1))
        AND (e.#key NOT IN (SELECT o.#key FROM @executions o WHERE o.#leaseUntil >= ${nowMs} AND o.#leaseOwner <> :owner AND o.#key IS NOT NULL)
          OR e.#workflowId IN (SELECT v.#id FROM @workflows v WHERE ${concurrency('v.#options')} > 1))
      ORDER BY e.#id LIMIT ${limit}`;
    const interrupted = `SELECT e.#id FROM @executions e
      WHERE e.#status = 0 AND e.#leaseUntil IS NOT NULL AND e.#leaseUntil < ${nowMs} ORDER BY e.#id LIMIT ${limit}`;
    const signalled = `SELECT e.#id FROM @executions e
      WHERE (e.#status = 0 OR e.#status IS NULL) AND ${free}
        AND e.#id IN (SELECT s.#executionId FROM @workflowSignals s WHERE ${dueCondition(dialect, 's.')}) ORDER BY e.#id LIMIT ${limit}`;
    this.candidates = writer.statement(
      'claim_candidates',
      isMysql
        ? `SELECT ${asText('c.#id')} AS id FROM ((${interrupted}) UNION (${signalled}) UNION (${queued})) c ORDER BY c.#id LIMIT ${limit}`
        : `SELECT ${asText('#id')} AS id FROM (SELECT * FROM (${interrupted}) UNION SELECT * FROM (${signalled}) UNION SELECT * FROM (${queued})) ORDER BY #id`,
    );
    this.take = new ListStatement(
      writer,
      'claim_take',
      `UPDATE @executions SET
        #attempts = CASE WHEN #leaseUntil > 0 THEN COALESCE(#attempts, 1) ELSE #attempts END,
        #leaseOwner = :owner, #leaseUntil = ${nowMs} + :lease, #epoch = COALESCE(#epoch, 1) + 1
      WHERE #id IN (:ids) AND (#status IS NULL OR #status = 0) AND (#leaseUntil IS NULL OR #leaseUntil < ${nowMs})
      ${isMysql ? '' : `RETURNING ${claimColumns(dialect, '')}`}`,
    );
    this.signals = new ListStatement(
      writer,
      'claim_signals',
      `SELECT ${asText('#id')} AS id, ${asText('#executionId')} AS execution, #kind AS kind, ${asText('#jobId')} AS job,
        ${textOf('#payload')} AS payload, #dueAt AS due_at, CASE WHEN ${dueCondition(dialect, '')} THEN 1 ELSE 0 END AS due
      FROM @workflowSignals WHERE #executionId IN (:ids) ORDER BY #id`,
    );
    this.takenOnMysql = isMysql
      ? new ListStatement(
          writer,
          'claim_taken',
          `SELECT ${claimColumns(dialect, '')} FROM @executions
           WHERE #id IN (:ids) AND #leaseOwner = :owner AND #leaseUntil >= ${nowMs} AND (#status IS NULL OR #status = 0)`,
        )
      : null;
  }

  /** Call it inside a transaction that holds the claim lock. */
  async claim(connection: SqlConnection, { owner, leaseMs, limit, exceptKeys }: ClaimRequest): Promise<ClaimedRun[]> {
    const found = await connection.run(this.candidates, { owner, limit, except: JSON.stringify(exceptKeys) });
    const ids = found.rows.map(({ id }) => String(id)).slice(0, limit);
    if (ids.length === 0) {
      return [];
    }
    const taken = await connection.run(...this.take.bind(ids, { owner, lease: leaseMs }));
    const rows = this.takenOnMysql ? (await connection.run(...this.takenOnMysql.bind(ids, { owner }))).rows : taken.rows;
    const claims = rows.map(decodeClaim).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    const byId = new Map(claims.map((claim) => [claim.id, claim]));
    const signals = await connection.run(...this.signals.bind(ids, { owner }));
    for (const row of signals.rows) {
      byId.get(decodeId(row.execution))?.signals.push(decodeSignal(row));
    }
    return claims;
  }
}

function decodeSignal(row: Record<string, unknown>): Signal {
  const id = decodeId(row.id);
  if (row.kind === 'resume') {
    return { id, kind: 'resume', jobId: decodeId(row.job) };
  }
  if (row.kind === 'rerun') {
    const payload = (decodeJson(row.payload) ?? {}) as { nodeId?: string | null; overwrite?: boolean };
    return {
      id,
      kind: 'rerun',
      nodeId: payload.nodeId ?? null,
      overwrite: payload.overwrite === true,
    };
  }
  if (row.kind === 'retry') {
    return decodeAttempt(id, decodeId(row.job), decodeJson(row.payload), { due: Number(row.due) === 1, dueAt: Number(row.due_at) });
  }
  return { id, kind: 'start' };
}

/** A list of keys as one JSON value, for a SELECT. */
function keyList(dialect: SqlWriter['dialect'], value: string): string {
  return dialect === 'mysql'
    ? `SELECT t.k FROM JSON_TABLE(${value}, '$[*]' COLUMNS (k VARCHAR(255) PATH '$')) t`
    : `SELECT value FROM json_each(${value})`;
}

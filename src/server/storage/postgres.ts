import type { ClaimRequest } from '../engine/ports';
import type { ClaimedRun, JobState, RunCommit, Signal } from '../engine/types';
import { REPLACE_ATTEMPT, attemptPayload, decodeAttempt, dueCondition } from './attempts';
import { encodeJson, expressions } from './codec';
import type { SqlConnection, Values } from './connection';
import { claimColumns, decodeClaim } from './rows';
import type { SqlWriter, Statement } from './statement';

const { nowMs, concurrency } = expressions.postgres;

const FREE = `(e.#leaseUntil IS NULL OR e.#leaseUntil < ${nowMs})`;

/** Counters of a workflow and of its version, for what `counted(key, version, n)` holds. */
const COUNT = `
  count_keys AS (INSERT INTO @workflowStats (#key, #executed, #createdAt, #updatedAt)
    SELECT key, sum(n), now(), now() FROM counted GROUP BY key ORDER BY key
    ON CONFLICT (#key) DO UPDATE SET #executed = @workflowStats.#executed + excluded.#executed),
  count_versions AS (INSERT INTO @workflowVersionStats (#id, #executed, #createdAt, #updatedAt)
    SELECT version, sum(n), now(), now() FROM counted GROUP BY version ORDER BY version
    ON CONFLICT (#id) DO UPDATE SET #executed = @workflowVersionStats.#executed + excluded.#executed)`;

const JOB_COLUMNS = `id bigint, "executionId" bigint, "nodeId" bigint, "nodeKey" varchar, "upstreamId" bigint, status int, result json, meta json,
  log text, "startedAt" float8, "createdAt" float8, waiting boolean`;
const NOW = 'to_timestamp(:now::float8 / 1000)';

/**
 * What is not new: jobs that were answered or wait no more, signals that were taken in, attempts that begin. Their ids are
 * listed besides for the same reason as those of the executions.
 */
const REST = `
  changed AS (UPDATE @jobs j SET
      #status = CASE WHEN u."waitingOnly" THEN j.#status ELSE u.status END, #result = CASE WHEN u."waitingOnly" THEN j.#result ELSE u.result END,
      #meta = CASE WHEN u."waitingOnly" THEN j.#meta ELSE u.meta END, #log = CASE WHEN u."waitingOnly" THEN j.#log ELSE u.log END,
      #startedAt = CASE WHEN u."waitingOnly" THEN j.#startedAt ELSE to_timestamp(u."startedAt" / 1000) END,
      #waiting = u.waiting, #updatedAt = ${NOW}
    FROM json_to_recordset(:updates::json) AS u(${JOB_COLUMNS}, "waitingOnly" boolean) JOIN held ON held.id = u."executionId"
    WHERE j.#id = ANY (:jobIds::bigint[]) AND j.#id = u.id),
  consumed AS (DELETE FROM @workflowSignals s USING held WHERE s.#id = ANY (:signalIds::bigint[]) AND s.#executionId = held.id),
  begun AS (INSERT INTO @workflowSignals (#id, #executionId, #kind, #jobId, #payload, #owner, #dueAt, #createdAt)
    SELECT a.id, a."executionId", 'retry', a."jobId", a.payload, :owner, ${nowMs} + :lease::bigint, ${nowMs}
    FROM json_to_recordset(:attempts::json) AS a(id bigint, "executionId" bigint, "jobId" bigint, payload json)
    JOIN held ON held.id = a."executionId"
    ${REPLACE_ATTEMPT}),`;

/**
 * The list of ids says the same as the join. Without it the planner, which cannot see how few rows the JSON holds, reads all
 * live executions, a whole backlog for each commit.
 */
function commitStatement({ full }: { full: boolean }): string {
  return `WITH held AS (UPDATE @executions e SET #status = x.status, #reason = COALESCE(x.reason, e.#reason), #dispatched = true,
      #startedAt = to_timestamp(x."startedAt" / 1000), #expiresAt = to_timestamp(x."expiresAt" / 1000),
      #endedAt = to_timestamp(x."endedAt" / 1000), #cursor = x.cursor,
      #epoch = x."nextEpoch", #updatedAt = ${NOW}, #attempts = NULL,
      #output = CASE WHEN x."hasOutput" = 1 THEN x.output ELSE e.#output END,
      #leaseOwner = CASE WHEN x.release = 1 THEN NULL ELSE e.#leaseOwner END,
      #leaseUntil = CASE WHEN x.release = 1 THEN NULL ELSE e.#leaseUntil END
    FROM json_to_recordset(:rows::json) AS x(id bigint, epoch int, "nextEpoch" int, status int, reason varchar,
      "startedAt" float8, "expiresAt" float8, "endedAt" float8, cursor json, "hasOutput" int, output json, release int)
    WHERE e.#id = ANY (:ids::bigint[]) AND e.#id = x.id AND e.#epoch = x.epoch AND (e.#status IS NULL OR e.#status = 0)
    RETURNING e.#id AS id, e.#key AS key, e.#workflowId AS version, x.epoch = 0 AND x."nextEpoch" = 1 AS first),
  added AS (INSERT INTO @jobs (#id, #executionId, #nodeId, #nodeKey, #upstreamId, #status, #result, #meta, #log,
      #startedAt, #createdAt, #updatedAt, #waiting)
    SELECT j.id, j."executionId", j."nodeId", j."nodeKey", j."upstreamId", j.status, j.result, j.meta, j.log,
      to_timestamp(j."startedAt" / 1000), to_timestamp(j."createdAt" / 1000), ${NOW}, j.waiting
    FROM json_to_recordset(:jobs::json) AS j(${JOB_COLUMNS})
    JOIN held ON held.id = j."executionId"),${full ? REST : ''}
  counted AS (SELECT key, version, count(*) AS n FROM held WHERE first GROUP BY 1, 2),
  ${COUNT}
  SELECT id::text AS id FROM held`;
}

/**
 * PostgreSQL writes with one statement what other dialects need a transaction of several for: data-modifying CTEs.
 * The rules are those of `claim.ts` and `commit.ts`; one set of tests runs against both.
 */
export class PostgresStatements {
  private readonly take: Statement;
  /** new jobs only, as most commits have it */
  private readonly lean: Statement;
  private readonly full: Statement;

  /** @param attempts of the process that writes */
  constructor(
    writer: SqlWriter,
    private readonly attempts: { owner: string; leaseMs: number },
  ) {
    // Sub-queries that do not look at `e`: they are made once, and not for each of thousands of queued runs. Those that are
    // arrays are made first: the few runs with signals are looked up, and not the signals of everything that is live.
    // Interrupted runs come in the order of their index, not by id. So queued ones are taken only when all of those were seen:
    // otherwise one of them could stand behind runs of its workflow that came later.
    this.take = writer.statement(
      'pg_claim',
      `WITH interrupted AS (SELECT e.#id FROM @executions e
          WHERE e.#status = 0 AND e.#leaseUntil IS NOT NULL AND e.#leaseUntil < ${nowMs}
          ORDER BY e.#leaseUntil LIMIT :limit::int FOR UPDATE OF e SKIP LOCKED),
        signalled AS (SELECT e.#id FROM @executions e
          WHERE (e.#status = 0 OR e.#status IS NULL) AND ${FREE}
            AND e.#id = ANY (ARRAY(SELECT s.#executionId FROM @workflowSignals s WHERE ${dueCondition('postgres', 's.')}))
          ORDER BY e.#id LIMIT :limit::int FOR UPDATE OF e SKIP LOCKED),
        queued AS (SELECT e.#id FROM @executions e
          WHERE e.#status IS NULL AND e.#dispatched IS NOT TRUE AND ${FREE} AND e.#key <> ALL (:except::varchar[])
            AND (e.#heldUntil IS NULL OR e.#heldUntil <= ${nowMs})
            AND (e.#manually IS TRUE OR e.#key IN (SELECT w.#key FROM @workflows w WHERE w.#enabled IS TRUE))
            AND (e.#key <> ALL (ARRAY(SELECT DISTINCT o.#key FROM @executions o WHERE o.#leaseUntil >= ${nowMs} AND o.#leaseOwner <> :owner AND o.#key IS NOT NULL))
              OR e.#workflowId IN (SELECT v.#id FROM @workflows v WHERE ${concurrency('v.#options')} > 1))
          ORDER BY e.#id LIMIT GREATEST(:limit::int - (SELECT count(*) FROM interrupted)::int, 0) FOR UPDATE OF e SKIP LOCKED),
        picked AS (SELECT #id FROM interrupted UNION SELECT #id FROM signalled UNION SELECT #id FROM queued ORDER BY 1 LIMIT :limit::int),
        taken AS (UPDATE @executions e SET
            #attempts = CASE WHEN e.#leaseUntil > 0 THEN COALESCE(e.#attempts, 1) ELSE e.#attempts END,
            #leaseOwner = :owner, #leaseUntil = ${nowMs} + :lease::bigint, #epoch = COALESCE(e.#epoch, 1) + 1
          FROM picked p WHERE e.#id = p.#id RETURNING e.*),
        counted AS (SELECT #key AS key, #workflowId AS version, count(*) AS n FROM taken WHERE #epoch = 1 GROUP BY 1, 2),
        ${COUNT}
      SELECT ${claimColumns('postgres', 't.')},
        (SELECT json_agg(json_build_object('id', s.#id::text, 'kind', s.#kind, 'job', s.#jobId::text, 'payload', s.#payload,
          'dueAt', s.#dueAt, 'due', ${dueCondition('postgres', 's.')}) ORDER BY s.#id)
         FROM @workflowSignals s WHERE s.#executionId = t.#id) AS signals
      FROM taken t ORDER BY t.#id`,
    );
    this.lean = writer.statement('pg_commit', commitStatement({ full: false }));
    this.full = writer.statement('pg_commit_full', commitStatement({ full: true }));
  }

  async claim(connection: SqlConnection, { owner, leaseMs, limit, exceptKeys }: ClaimRequest): Promise<ClaimedRun[]> {
    const { rows } = await connection.run(this.take, { owner, lease: leaseMs, limit, except: exceptKeys });
    return rows.map((row) => ({ ...decodeClaim(row), signals: decodeSignals(row.signals) }));
  }

  /** True for what one statement can write: not what a node did too late, nor an attempt in the place of one that is deleted. */
  canWrite(commits: RunCommit[]): boolean {
    return commits.every(({ consumedSignalIds, attempts, late }) => !late && !(attempts?.length && consumedSignalIds.length));
  }

  async commit(connection: SqlConnection, commits: RunCommit[], shape: RowShapes, now: Date): Promise<Set<string>> {
    const values: Values = {
      now: now.getTime(),
      ids: commits.map(({ id }) => id),
      rows: encodeJson(commits.map((commit) => shape.execution(commit))),
      jobs: encodeJson(commits.flatMap((commit) => commit.inserts.map((job) => shape.job(job, commit.id)))),
    };
    const isLean = commits.every(
      ({ updates, consumedSignalIds, attempts }) => updates.length === 0 && consumedSignalIds.length === 0 && !attempts?.length,
    );
    const { rows } = isLean
      ? await connection.run(this.lean, values)
      : await connection.run(this.full, { ...values, ...this.more(commits, shape) });
    return new Set(rows.map(({ id }) => String(id)));
  }

  private more(commits: RunCommit[], shape: RowShapes): Values {
    const updates = commits.flatMap((commit) =>
      commit.updates.map((job) => ({ ...shape.job(job, commit.id), waitingOnly: job.unsaved === 'waiting' })),
    );
    const attempts = commits.flatMap(({ id: executionId, attempts: all = [] }) =>
      all.map((attempt) => ({ id: attempt.id, executionId, jobId: attempt.jobId, payload: attemptPayload(attempt) })),
    );
    return {
      jobIds: commits.flatMap(({ updates: jobs }) => jobs.map(({ id }) => id)),
      updates: encodeJson(updates),
      signalIds: commits.flatMap(({ consumedSignalIds }) => consumedSignalIds),
      attempts: encodeJson(attempts),
      owner: this.attempts.owner,
      lease: this.attempts.leaseMs,
    };
  }
}

/** Rows as `CommitWriter` shapes them, with JSON as it is. */
interface RowShapes {
  execution(commit: RunCommit): Values;
  job(job: JobState, executionId: string): Values;
}

interface SignalRow {
  id: string;
  kind: Signal['kind'];
  job: string | null;
  payload: { nodeId?: string | null; overwrite?: boolean } | null;
  dueAt: number | null;
  due: boolean;
}

function decodeSignals(value: unknown): Signal[] {
  const list = (typeof value === 'string' ? JSON.parse(value) : value ?? []) as SignalRow[];
  return list.map(({ id, kind, job, payload, due, dueAt }): Signal => {
    switch (kind) {
      case 'resume':
        return { id, kind, jobId: String(job) };
      case 'rerun':
        return { id, kind, nodeId: payload?.nodeId ?? null, overwrite: payload?.overwrite === true };
      case 'retry':
        return decodeAttempt(id, String(job), payload, { due, dueAt: Number(dueAt) });
      case 'start':
        return { id, kind };
    }
  });
}

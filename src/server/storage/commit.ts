import { EXECUTION_STATUS, isLive } from '../../common/status';
import type { JobState, RunCommit } from '../engine/types';
import type { Attempts } from './attempts';
import { decodeJson, encodeJson, expressions } from './codec';
import type { SqlConnection, Values } from './connection';
import { ListStatement, type SqlWriter, type Statement } from './statement';

const MAX_JOBS_PER_INSERT = 100;

/** How many executions were counted for the first time, by version. */
export interface Counted {
  workflowId: string;
  key: string;
  count: number;
}

/**
 * Writes what runs have done. Call it inside one transaction: first the guarded executions, then, only for those
 * whose guard held, their jobs, signals and counters.
 */
export class CommitWriter {
  private readonly guard: Statement;
  private readonly guarded: Statement;
  private readonly aborted: Statement;
  private readonly insertJobs = new Map<number, Statement>();
  private readonly updateJob: Statement;
  private readonly updateWaiting: Statement;
  private readonly deleteSignals: ListStatement;
  private readonly countKey: Statement;
  private readonly countVersion: Statement;

  constructor(
    private readonly writer: SqlWriter,
    private readonly attempts: Attempts,
    private readonly mask: (value: unknown) => unknown = (value) => value,
  ) {
    const { dialect } = writer;
    const isPg = dialect === 'postgres';
    const { date } = expressions[dialect];
    const pg = (text: string) => (isPg ? text : '');
    this.guard = writer.statement(
      'commit_guard',
      `UPDATE @executions SET #status = :status${pg('::int')}, #reason = COALESCE(:reason${pg('::varchar')}, #reason),
        #dispatched = ${isPg ? 'true' : '1'}, #startedAt = ${date(':startedAt')}, #expiresAt = ${date(':expiresAt')},
        #endedAt = ${date(':endedAt')}, #cursor = :cursor${pg('::json')}, #epoch = :nextEpoch${pg('::int')}, #updatedAt = ${date(':now')},
        #output = CASE WHEN :hasOutput${pg('::int')} = 1 THEN ${isPg ? ':output::json' : ':output'} ELSE #output END,
        #leaseOwner = CASE WHEN :release${pg('::int')} = 1 THEN NULL ELSE #leaseOwner END,
        #leaseUntil = CASE WHEN :release${pg('::int')} = 1 THEN NULL ELSE #leaseUntil END,
        #attempts = NULL
      WHERE #id = :id${pg('::bigint')} AND #epoch = :epoch${pg('::int')} AND (#status IS NULL OR #status = 0)`,
    );
    this.guarded = writer.statement(
      'commit_guarded',
      'SELECT #id FROM @executions WHERE #id = :id AND #epoch = :epoch AND (#status IS NULL OR #status = 0)',
    );
    this.aborted = writer.statement(
      'commit_aborted',
      `SELECT #id FROM @executions WHERE #id = :id${pg('::bigint')} AND #epoch = :epoch${pg('::int')} AND #status = ${EXECUTION_STATUS.ABORTED}`,
    );
    this.updateJob = writer.statement(
      'commit_job_update',
      `UPDATE @jobs SET #status = :status${pg('::int')}, #result = :result${pg('::json')}, #meta = :meta${pg('::json')},
        #log = :log${pg('::text')}, #startedAt = ${date(':startedAt')}, #updatedAt = ${date(':now')},
        #waiting = :waiting${pg('::boolean')} WHERE #id = :id${pg('::bigint')}`,
    );
    this.updateWaiting = writer.statement(
      'commit_job_waiting',
      `UPDATE @jobs SET #updatedAt = ${date(':now')}, #waiting = :waiting${pg('::boolean')} WHERE #id = :id${pg('::bigint')}`,
    );
    this.deleteSignals = new ListStatement(writer, 'commit_signals', 'DELETE FROM @workflowSignals WHERE #id IN (:ids)');
    const upsert = (table: string, column: string, type: string) =>
      `INSERT INTO @${table} (#${column}, #executed, #createdAt, #updatedAt)
       VALUES (:id${pg(type)}, :count${pg('::bigint')}, ${date(':now')}, ${date(':now')}) ` +
      (dialect === 'mysql'
        ? 'ON DUPLICATE KEY UPDATE #executed = #executed + VALUES(#executed)'
        : `ON CONFLICT (#${column}) DO UPDATE SET #executed = @${table}.#executed + excluded.#executed`);
    this.countKey = writer.statement('count_key', upsert('workflowStats', 'key', '::varchar'));
    this.countVersion = writer.statement('count_version', upsert('workflowVersionStats', 'id', '::bigint'));
  }

  /** @returns ids whose guard held */
  async write(connection: SqlConnection, commits: RunCommit[], now: Date): Promise<Set<string>> {
    const held = await this.writeExecutions(connection, commits, now);
    const accepted = commits.filter(({ id }) => held.has(id));
    await this.writeJobs(connection, accepted, now);
    const signalIds = accepted.flatMap(({ consumedSignalIds }) => consumedSignalIds);
    if (signalIds.length > 0) {
      await connection.run(...this.deleteSignals.bind(signalIds));
    }
    for (const commit of accepted) {
      for (const attempt of commit.attempts ?? []) {
        await this.attempts.record(connection, commit.id, attempt);
      }
    }
    return held;
  }

  /** Adds to the counters of a workflow and of its versions, in a fixed order so that two writers cannot lock each other out. */
  async count(connection: SqlConnection, counted: Counted[], now: Date): Promise<void> {
    const value = expressions[this.writer.dialect].dateValue(now);
    const byKey = new Map<string, number>();
    for (const { key, count } of counted) {
      byKey.set(key, (byKey.get(key) ?? 0) + count);
    }
    for (const [id, count] of [...byKey].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await connection.run(this.countKey, { id, count, now: value });
    }
    for (const { workflowId, count } of [...counted].sort((a, b) => (a.workflowId < b.workflowId ? -1 : 1))) {
      await connection.run(this.countVersion, { id: workflowId, count, now: value });
    }
  }

  private async writeExecutions(connection: SqlConnection, commits: RunCommit[], now: Date): Promise<Set<string>> {
    const held = new Set<string>();
    for (const commit of commits) {
      if (commit.late ? await this.isAborted(connection, commit) : await this.writeExecution(connection, commit, now)) {
        held.add(commit.id);
      }
    }
    return held;
  }

  private async writeExecution(connection: SqlConnection, commit: RunCommit, now: Date): Promise<boolean> {
    const { dateValue } = expressions[this.writer.dialect];
    const { affected } = await connection.run(this.guard, { ...this.executionRow(commit, true, now), now: dateValue(now) });
    return affected > 0 || this.isUnchanged(connection, commit);
  }

  private async isAborted(connection: SqlConnection, { id, epoch }: RunCommit): Promise<boolean> {
    return (await connection.run(this.aborted, { id, epoch })).rows.length > 0;
  }

  /** MySQL does not count a row that already was as the guarded update would have made it. */
  private async isUnchanged(connection: SqlConnection, { id, epoch }: RunCommit): Promise<boolean> {
    return this.writer.dialect === 'mysql' && (await connection.run(this.guarded, { id, epoch })).rows.length > 0;
  }

  /** An execution's part of a commit; JSON stays JSON unless it goes into the statement as a value of its own. */
  executionRow(commit: RunCommit, asValues: boolean, now: Date): Values {
    const { dateValue } = expressions[this.writer.dialect];
    const json = (value: unknown) => (asValues ? encodeJson(value) : value ?? null);
    return {
      id: commit.id,
      epoch: commit.epoch,
      nextEpoch: commit.nextEpoch,
      status: commit.status,
      reason: commit.reason,
      startedAt: dateValue(commit.startedAt),
      expiresAt: dateValue(commit.expiresAt),
      endedAt: isLive(commit.status) ? null : dateValue(now),
      cursor: json(commit.cursor),
      hasOutput: commit.output === undefined ? 0 : 1,
      output: json(this.masked(commit.output)),
      release: commit.release ? 1 : 0,
    };
  }

  private async writeJobs(connection: SqlConnection, commits: RunCommit[], now: Date): Promise<void> {
    const inserts = commits.flatMap((commit) => commit.inserts.map((job) => ({ job, executionId: commit.id })));
    for (let start = 0; start < inserts.length; start += MAX_JOBS_PER_INSERT) {
      const chunk = inserts.slice(start, start + MAX_JOBS_PER_INSERT);
      await connection.run(this.insertStatement(chunk.length), this.insertValues(chunk, now));
    }
    for (const { updates, id } of commits) {
      for (const job of updates) await this.writeJob(connection, job, id, now);
    }
  }

  private async writeJob(connection: SqlConnection, job: JobState, executionId: string, at: Date): Promise<void> {
    const { dateValue, boolean } = expressions[this.writer.dialect];
    const now = dateValue(at);
    if (job.unsaved === 'waiting') await connection.run(this.updateWaiting, { id: job.id, waiting: boolean(job.waiting), now });
    else await connection.run(this.updateJob, { ...this.jobRow(job, executionId, true), now });
  }

  jobRow(job: JobState, executionId: string, asValues: boolean): Values {
    const { dateValue, boolean } = expressions[this.writer.dialect];
    const json = (value: unknown) => (asValues ? encodeJson(value) : value ?? null);
    return {
      id: job.id,
      executionId,
      nodeId: job.nodeId,
      nodeKey: job.nodeKey,
      upstreamId: job.upstreamId,
      status: job.status,
      result: json(this.masked(job.result)),
      meta: json(this.masked(job.meta)),
      log: this.masked(job.log),
      startedAt: dateValue(job.startedAt),
      createdAt: dateValue(job.createdAt),
      waiting: boolean(job.waiting),
    };
  }

  /** Data that throws when it is read is masked in the form in which it is stored. */
  private masked(value: unknown): unknown {
    try {
      return this.mask(value);
    } catch {
      return this.mask(decodeJson(encodeJson(value)));
    }
  }

  private insertValues(rows: Array<{ job: JobState; executionId: string }>, now: Date): Values {
    const values: Values = { now: expressions[this.writer.dialect].dateValue(now) };
    rows.forEach(({ job, executionId }, i) => {
      for (const [key, value] of Object.entries(this.jobRow(job, executionId, true))) {
        values[`${key}${i}`] = value;
      }
    });
    return values;
  }

  private insertStatement(count: number): Statement {
    let statement = this.insertJobs.get(count);
    if (!statement) {
      const { date } = expressions[this.writer.dialect];
      const typed = (name: string, type: string) => (this.writer.dialect === 'postgres' ? `:${name}::${type}` : `:${name}`);
      const rows = Array.from(
        { length: count },
        (_, i) =>
          `(${typed(`id${i}`, 'bigint')}, ${typed(`executionId${i}`, 'bigint')}, ${typed(`nodeId${i}`, 'bigint')}, :nodeKey${i}, ` +
          `${typed(`upstreamId${i}`, 'bigint')}, ${typed(`status${i}`, 'int')}, ${typed(`result${i}`, 'json')}, ${typed(`meta${i}`, 'json')}, ` +
          `:log${i}, ${date(`:startedAt${i}`)}, ${date(`:createdAt${i}`)}, ${date(':now')}, ${typed(`waiting${i}`, 'boolean')})`,
      );
      statement = this.writer.statement(
        `insert_jobs_${count}`,
        `INSERT INTO @jobs (#id, #executionId, #nodeId, #nodeKey, #upstreamId, #status, #result, #meta, #log, #startedAt, #createdAt, #updatedAt, #waiting)
         VALUES ${rows.join(', ')}`,
      );
      this.insertJobs.set(count, statement);
    }
    return statement;
  }
}


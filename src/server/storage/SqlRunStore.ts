import type { Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import type { Present } from '../engine/Neighbours';
import type { ClaimRequest, RunStore, Tx } from '../engine/ports';
import type { ClaimedRun, JobState, RunCommit } from '../engine/types';
import { Attempts } from './attempts';
import { Claimer } from './claim';
import { MysqlClaimLock, claimAtOnce, withPgClaimLock } from './claimLock';
import { encodeJson, expressions } from './codec';
import { CommitWriter, type Counted } from './commit';
import { connectionOf, type SqlConnection } from './connection';
import { firstWrites, merge, newlyCounted, type FirstWrite } from './counted';
import { EngineConnections } from './EngineConnections';
import { engineTransaction } from './engineTransaction';
import { ExecutionIds, type JobIdSource } from './ids';
import { ExecutionInserter, MAX_ROWS_PER_INSERT, type NewExecution } from './insertExecutions';
import { Leases } from './leases';
import { LostWakeUps } from './lostWakeUps';
import { PostgresStatements } from './postgres';
import { Processes } from './processes';
import { RecentIds } from './RecentIds';
import { decodeJob, jobColumns } from './rows';
import { ListStatement, SqlWriter, type Statement } from './statement';
import { MYSQL_BEGIN, PG_BEGIN, rawTransaction, retryOnConflict } from './transactions';

export interface SqlRunStoreOptions {
  /** told after the commit, so that counters in memory can follow */
  onCounted?(counted: Counted[]): void;
  /** hides secrets in what is stored */
  mask?(value: unknown): unknown;
  /** names this process in leases */
  owner?: string;
  leaseMs?: number;
}

/** Inserting with a fresh id is tried this often when the id was taken. */
const MAX_ID_TRIES = 5;
const DEFAULT_LEASE_MS = 8_000;
/** Of more nodes that work in the background at the same time an answer may come too late unnoticed. */
const MAX_BEGUN = 10_000;
/** A request may be stored a moment before the execution that it is for becomes visible. */
export const STALE_SIGNAL_MS = 3_600_000;

/** The engine's rows in the main database. */
export class SqlRunStore implements RunStore {
  private connections: EngineConnections;
  private readonly writer: SqlWriter;
  /** null where one statement does it all */
  private readonly claimer: Claimer | null;
  private readonly commits: CommitWriter;
  private readonly inserter: ExecutionInserter;
  private readonly postgres: PostgresStatements | null;
  private readonly ids = new ExecutionIds();
  private readonly leases: Leases;
  private readonly attempts: Attempts;
  private readonly processes: Processes;
  private readonly lostWakeUps: LostWakeUps;
  /** how many attempts this process has stored since there were none */
  private attemptCount = 0;
  private readonly begun = new RecentIds(MAX_BEGUN);
  private readonly latestJobs: ListStatement;
  private readonly claimLock: MysqlClaimLock;
  private readonly signal: Statement;
  private readonly staleSignals: Statement;
  private readonly highestJob: Statement;

  constructor(
    private readonly db: Database,
    private readonly jobIds: JobIdSource,
    private readonly options: SqlRunStoreOptions = {},
  ) {
    this.connections = new EngineConnections(db);
    const writer = new SqlWriter(db);
    const { dialect } = writer;
    const { nowMs } = expressions[dialect];
    this.writer = writer;
    const mine = { owner: options.owner ?? '', leaseMs: options.leaseMs ?? DEFAULT_LEASE_MS };
    this.attempts = new Attempts(writer, mine.owner, mine.leaseMs);
    this.commits = new CommitWriter(writer, this.attempts, options.mask);
    this.inserter = new ExecutionInserter(writer);
    this.postgres = dialect === 'postgres' ? new PostgresStatements(writer, mine) : null;
    this.claimer = dialect === 'postgres' ? null : new Claimer(writer);
    this.claimLock = new MysqlClaimLock(writer);
    this.leases = new Leases(writer);
    this.processes = new Processes(writer);
    this.lostWakeUps = new LostWakeUps(writer);
    this.latestJobs = new ListStatement(
      writer,
      'load_jobs',
      `SELECT ${jobColumns(dialect, 'j.')} FROM @jobs j WHERE j.#executionId IN (:ids)
        AND (j.#id IN (SELECT MAX(m.#id) FROM @jobs m WHERE m.#executionId IN (:ids) GROUP BY m.#executionId, m.#nodeId)
          OR j.#id IN (SELECT s.#jobId FROM @workflowSignals s WHERE s.#executionId IN (:ids) AND s.#jobId IS NOT NULL))
        ORDER BY j.#id`,
    );
    const big = dialect === 'postgres' ? '::bigint' : '';
    const text = dialect === 'mysql' ? 'CHAR' : 'TEXT';
    this.highestJob = writer.statement('highest_job', `SELECT CAST(MAX(#id) AS ${text}) AS id FROM @jobs`);
    this.signal = writer.statement(
      'signal',
      `INSERT INTO @workflowSignals (#id, #executionId, #kind, #jobId, #payload, #createdAt)
       VALUES (:id${big}, :executionId${big}, :kind, :jobId${big}, ${dialect === 'postgres' ? ':payload::json' : ':payload'}, ${nowMs}) ` +
        (dialect === 'mysql'
          ? 'ON DUPLICATE KEY UPDATE #id = VALUES(#id), #payload = VALUES(#payload)'
          : 'ON CONFLICT (#executionId, #kind, #jobId) DO UPDATE SET #id = excluded.#id, #payload = excluded.#payload'),
    );
    this.staleSignals = writer.statement(
      'stale_signals',
      `DELETE FROM @workflowSignals WHERE #createdAt < ${nowMs} - ${STALE_SIGNAL_MS} AND NOT EXISTS
        (SELECT 1 FROM @executions e WHERE e.#id = @workflowSignals.#executionId AND (e.#status IS NULL OR e.#status = 0))`,
    );
  }

  async claim(request: ClaimRequest): Promise<ClaimedRun[]> {
    const claims = await this.takeRuns(request);
    this.options.onCounted?.(newlyCounted(claims));
    return claims;
  }

  private takeRuns(request: ClaimRequest): Promise<ClaimedRun[]> {
    const { postgres, claimer } = this;
    if (postgres && !this.beforeClaim) {
      return this.onConnection((connection) => claimAtOnce(connection, (locked) => postgres.claim(locked, request)));
    }
    return this.withClaimLock(async (connection) => {
      const taken = (await (postgres ?? claimer)?.claim(connection, request)) ?? [];
      if (!postgres) {
        await this.commits.count(connection, newlyCounted(taken), new Date());
      }
      this.beforeClaim?.(taken);
      return taken;
    });
  }

  /** Called with what a claim has taken, before that is committed. */
  protected beforeClaim?(claims: ClaimedRun[]): void;

  /** Closes the engine's connections; they are opened again when the store is used again. */
  async close(): Promise<void> {
    const { connections } = this;
    this.connections = new EngineConnections(this.db);
    await connections.close();
  }

  renew(owner: string, ids: string[], leaseMs: number): Promise<Set<string>> {
    return this.writing((connection) => this.leases.renew(connection, owner, ids, leaseMs));
  }

  async renewAttempts(): Promise<void> {
    const count = this.attemptCount;
    if (count > 0 && !(await this.writing((connection) => this.attempts.renew(connection)))) {
      this.attemptCount -= count;
    }
  }

  /** Lets other processes take up at once what this one leaves undone in the background. */
  async releaseAttempts(): Promise<void> {
    if (this.attemptCount > 0) {
      await this.writing((connection) => this.attempts.release(connection));
      this.attemptCount = 0;
    }
  }

  private noteAttempts({ attempts = [] }: RunCommit): void {
    this.attemptCount += attempts.length;
    attempts.forEach(({ jobId }) => this.begun.add(jobId));
  }

  /** Whether the node of a job, which this process has called and which answers now, was called again by another process. */
  async isTakenOver(executionId: string, jobId: string, transaction: Transaction): Promise<boolean> {
    return this.begun.has(jobId) && this.attempts.isTakenOver(connectionOf(transaction), executionId, jobId);
  }

  /** A node has ended its work in the background without an answer: from now on it waits for somebody else. */
  async removeAttempt(executionId: string, jobId: string): Promise<void> {
    this.begun.delete(jobId);
    await this.writing((connection) => this.attempts.remove(connection, executionId, jobId));
  }

  async release(owner: string, ids: string[]): Promise<void> {
    if (ids.length > 0) {
      await this.writing((connection) => this.leases.release(connection, owner, ids));
    }
  }

  async abandon(owner: string, ids: string[]): Promise<void> {
    if (ids.length > 0) {
      await this.writing((connection) => this.leases.abandon(connection, owner, ids));
    }
  }

  countAttempt(id: string, epoch: number): Promise<boolean> {
    return this.writing((connection) => this.leases.countAttempt(connection, id, epoch));
  }

  /** Lets held executions go. */
  async free(ids: string[]): Promise<void> {
    await this.writing((connection) => this.leases.unhold(connection, ids));
  }

  async commit(commits: RunCommit[]): Promise<Set<string>> {
    const { postgres } = this;
    const counted = firstWrites(commits);
    commits.forEach((commit) => this.noteAttempts(commit));
    const now = new Date();
    const write = (connection: SqlConnection) => this.writeCommits(connection, commits, counted, now);
    const held = await (postgres?.canWrite(commits) ? this.onConnection(write) : this.inTransaction(write));
    this.options.onCounted?.(merge(counted.filter(({ executionId }) => held.has(executionId))));
    return held;
  }

  async commitWithin(tx: Tx, commit: RunCommit): Promise<boolean> {
    const transaction = tx as Transaction;
    this.noteAttempts(commit);
    const counted = firstWrites([commit]);
    const held = await this.writeCommits(connectionOf(transaction), [commit], counted, new Date());
    if (!held.has(commit.id)) {
      return false;
    }
    if (counted.length > 0) {
      transaction.afterCommit(() => this.options.onCounted?.(merge(counted)));
    }
    return true;
  }

  /** Commits with their counters: one statement where there is one for it, else several, which need a transaction. */
  private async writeCommits(
    connection: SqlConnection,
    commits: RunCommit[],
    counted: FirstWrite[],
    now: Date,
  ): Promise<Set<string>> {
    if (this.postgres?.canWrite(commits)) {
      const shape = {
        execution: (commit: RunCommit) => this.commits.executionRow(commit, false, now),
        job: (job: JobState, executionId: string) => this.commits.jobRow(job, executionId, false),
      };
      return this.postgres.commit(connection, commits, shape, now);
    }
    const held = await this.commits.write(connection, commits, now);
    await this.commits.count(connection, merge(counted.filter(({ executionId }) => held.has(executionId))), now);
    return held;
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return engineTransaction(this.db.sequelize, work);
  }

  async loadJobs(executionIds: string[]): Promise<Map<string, JobState[]>> {
    const result = new Map<string, JobState[]>();
    const { rows } = await this.onConnection((connection) =>
      connection.run(...this.latestJobs.bind(executionIds)),
    );
    for (const row of rows) {
      const id = String(row.executionId);
      const list = result.get(id);
      if (list) {
        list.push(decodeJob(row));
      } else {
        result.set(id, [decodeJob(row)]);
      }
    }
    return result;
  }

  /**
   * Stores executions and gives them ids: all of them or none.
   * @throws a unique violation when an `eventKey` is taken
   */
  async insert(requests: Array<Omit<NewExecution, 'id'>>, transaction?: Transaction | null): Promise<NewExecution[]> {
    const now = new Date();
    const insertAll = async (connection: SqlConnection) => {
      let missing = requests.map((request) => ({ ...request, id: this.ids.next() }));
      const all = [...missing];
      for (let attempt = 1; missing.length > 0; attempt += 1) {
        const stored = await this.inserter.insert(connection, missing, now);
        missing = missing.filter(({ id }) => !stored.has(id));
        if (missing.length > 0 && attempt === MAX_ID_TRIES) {
          throw new Error('no free execution id could be found');
        }
        for (const row of missing) {
          row.id = this.ids.next();
        }
      }
      return all;
    };
    if (transaction) {
      return insertAll(connectionOf(transaction));
    }
    return requests.length > MAX_ROWS_PER_INSERT ? this.inTransaction(insertAll) : this.writing(insertAll);
  }

  /**
   * Stores a request from outside. One per job is enough, but a second one gets an id of its own: the first may be
   * consumed just now by a run that has already read the job, and then the second has to be what remains.
   */
  async addSignal(executionId: string, signal: SignalRequest, transaction?: Transaction): Promise<void> {
    const values = {
      id: this.jobIds.next(),
      executionId,
      kind: signal.kind,
      jobId: signal.kind === 'resume' ? signal.jobId : null,
      payload: signal.kind === 'rerun' ? encodeJson({ nodeId: signal.nodeId, overwrite: signal.overwrite }) : null,
    };
    const work = (connection: SqlConnection) => connection.run(this.signal, values);
    await (transaction ? work(connectionOf(transaction)) : this.writing(work));
  }

  /** Removes requests that came for executions which had ended. */
  async deleteStaleSignals(): Promise<void> {
    await this.writing((connection) => connection.run(this.staleSignals));
  }

  /** Orders the continuation of waiting jobs that nobody has ordered. @returns how many there were */
  async wakeUpLost(): Promise<number> {
    const lost = await this.onConnection((connection) => this.lostWakeUps.find(connection));
    for (const { executionId, jobId } of lost) {
      await this.addSignal(executionId, { kind: 'resume', jobId });
    }
    return lost.length;
  }

  /** 0 when there are no jobs. */
  async highestJobId(): Promise<bigint> {
    const { rows } = await this.onConnection((connection) => connection.run(this.highestJob));
    return BigInt((rows[0]?.id as string | null | undefined) ?? 0);
  }

  /** Says that a process executes runs. @returns who has said so within the last `withinMs`, this one included, and what they share */
  announce(owner: string, withinMs: number): Promise<Present> {
    return this.writing((connection) => this.processes.announce(connection, owner, withinMs));
  }

  /** A process executes no more. */
  async withdraw(owner: string): Promise<void> {
    await this.writing((connection) => this.processes.withdraw(connection, owner));
  }

  /** Processes that hold live leases. */
  owners(): Promise<string[]> {
    return this.onConnection((connection) => this.leases.owners(connection));
  }

  /** Ends all leases of a process that is known to be dead. */
  async expire(owner: string): Promise<void> {
    await this.writing(async (connection) => {
      await this.leases.expire(connection, owner);
      await this.attempts.expire(connection, owner);
    });
  }

  /** True while a process holds a live lease and has stored that it began. */
  isStartedAndLeased(executionId: string): Promise<boolean> {
    return this.onConnection((connection) => this.leases.isStarted(connection, executionId));
  }

  /** For reads, and on servers for anything: on SQLite a write goes through `writing`. */
  private onConnection<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return retryOnConflict(() => this.connections.use(work));
  }

  /**
   * A single write. On SQLite it has to take its turn among the transactions. Waiting for the lock inside SQLite would
   * stop the whole process: the connection is shared, and the main thread needs it to finish any other statement.
   */
  private writing<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.writer.dialect === 'sqlite' ? this.inTransaction(work) : this.onConnection(work);
  }

  private async inTransaction<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    switch (this.writer.dialect) {
      case 'postgres':
        return this.onConnection((connection) => rawTransaction(connection, [PG_BEGIN], work));
      case 'mysql':
        return this.onConnection((connection) => rawTransaction(connection, MYSQL_BEGIN, work));
      case 'sqlite':
        return retryOnConflict(() => engineTransaction(this.db.sequelize, (tx) => work(connectionOf(tx))));
    }
  }

  private async withClaimLock<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    switch (this.writer.dialect) {
      case 'postgres':
        return this.onConnection((connection) => withPgClaimLock(connection, work));
      case 'mysql':
        return this.onConnection((connection) => this.claimLock.hold(connection, work));
      case 'sqlite':
        return this.inTransaction(work);
    }
  }
}

export type SignalRequest =
  | { kind: 'start' }
  | { kind: 'resume'; jobId: string }
  | { kind: 'rerun'; nodeId: string | null; overwrite: boolean };

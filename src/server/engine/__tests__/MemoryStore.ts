import { EXECUTION_STATUS, isLive } from '../../../common/status';
import type { ClaimRequest, Clock, RunStore, Tx } from '../ports';
import type { ClaimedRun, JobState, RunCommit, Signal } from '../types';

export interface ExecutionRow extends Omit<ClaimedRun, 'signals' | 'attempts'> {
  attempts: number | null;
  reason: string | null;
  leaseOwner: string | null;
  leaseUntil: number | null;
}

type JobRow = Omit<JobState, 'unsaved'> & { executionId: string };
type SignalRequest = Signal extends infer S ? (S extends Signal ? Omit<S, 'id'> : never) : never;

interface MemoryTx {
  /** what becomes visible with the commit */
  writes: Array<() => void>;
  commits: RunCommit[];
}

/** The database and its process are gone: whatever is asked from now on fails. */
export class KilledError extends Error {
  override name = 'KilledError';
}

/**
 * The rows of the engine in memory, with the rules that the SQL stores have to keep: epoch guard, leases, order, and
 * transactions that write everything or nothing. Tests look into the public maps.
 */
export class MemoryStore implements RunStore {
  readonly executions = new Map<string, ExecutionRow>();
  readonly jobs = new Map<string, JobRow>();
  readonly signals = new Map<string, Signal & { executionId: string }>();
  readonly workflows = new Map<string, { enabled: boolean; concurrency: number }>();
  /** a table of the user's, which database nodes write */
  readonly records: string[] = [];
  /** every write of runs that was stored, oldest first */
  readonly commits: RunCommit[] = [];
  readonly batches: number[] = [];
  /** called around every write of runs; what it throws is what the process gets */
  onCommit: (side: 'before' | 'after') => void = () => {};
  onClaim: () => void | Promise<void> = () => {};
  dead = false;
  private lastId = 0;

  constructor(private readonly clock: Clock) {}

  nextId(): string {
    this.lastId += 1;
    return String(this.lastId);
  }

  addExecution(row: Partial<ExecutionRow> & { key: string }): string {
    const id = row.id ?? this.nextId();
    const createdAt = new Date(this.clock.now());
    if (!this.workflows.has(row.key)) {
      this.workflows.set(row.key, { enabled: true, concurrency: 1 });
    }
    this.executions.set(id, {
      workflowId: row.key,
      context: {},
      status: null,
      epoch: 0,
      attempts: null,
      stack: [],
      parentExecutionId: null,
      manually: false,
      startedAt: null,
      expiresAt: null,
      createdAt,
      eventKey: id,
      output: null,
      cursor: null,
      reason: null,
      leaseOwner: null,
      leaseUntil: null,
      ...row,
      id,
    });
    return id;
  }

  addSignal(executionId: string, signal: SignalRequest): void {
    const known = [...this.signals.values()].find(
      (other) =>
        other.executionId === executionId &&
        other.kind === 'resume' &&
        signal.kind === 'resume' &&
        other.jobId === signal.jobId,
    );
    if (known) {
      this.signals.delete(known.id);
    }
    const id = this.nextId();
    this.signals.set(id, { ...signal, id, executionId });
  }

  /** Somebody answers a waiting job, as `plugin.resume()` does. */
  answer(jobId: string, values: { status: number; result?: unknown }): void {
    const job = this.jobs.get(jobId) as JobRow;
    Object.assign(job, values);
    this.addSignal(job.executionId, { kind: 'resume', jobId });
  }

  execution(id: string): ExecutionRow {
    return this.executions.get(id) as ExecutionRow;
  }

  jobsOf(executionId: string): JobRow[] {
    return [...this.jobs.values()]
      .filter((job) => job.executionId === executionId)
      .sort((a, b) => Number(a.id) - Number(b.id));
  }

  /** A new process takes over: leases run out. */
  restart(): void {
    this.dead = false;
    for (const row of this.executions.values()) {
      if (row.leaseUntil !== null && row.leaseUntil > 0) {
        row.leaseUntil = this.clock.now() - 1;
      }
    }
  }

  async claim({ owner, leaseMs, limit, exceptKeys }: ClaimRequest): Promise<ClaimedRun[]> {
    this.assertAlive();
    await this.onClaim();
    const now = this.clock.now();
    const claimable = [...this.executions.values()]
      .filter((row) => isLive(row.status) && !(row.leaseUntil !== null && row.leaseUntil >= now))
      .filter((row) => this.isInterrupted(row) || this.isSignalled(row) || this.isQueued(row, owner, exceptKeys))
      .sort((a, b) => Number(a.id) - Number(b.id))
      .slice(0, limit);
    return claimable.map((row) => {
      row.attempts = row.leaseUntil ? row.attempts ?? 1 : row.attempts;
      row.leaseOwner = owner;
      row.leaseUntil = now + leaseMs;
      row.epoch += 1;
      return structuredClone({
        ...row,
        attempts: row.attempts ?? 0,
        signals: [...this.signals.values()].filter(({ executionId }) => executionId === row.id),
      });
    });
  }

  async renew(owner: string, ids: string[], leaseMs: number): Promise<Set<string>> {
    this.assertAlive();
    const rows = this.ownedBy(owner, ids);
    rows.forEach((row) => (row.leaseUntil = this.clock.now() + leaseMs));
    return new Set(rows.map(({ id }) => id));
  }

  async release(owner: string, ids: string[]): Promise<void> {
    this.assertAlive();
    for (const row of this.ownedBy(owner, ids)) {
      row.leaseOwner = null;
      row.leaseUntil = row.status === null ? null : 0;
    }
  }

  async abandon(owner: string, ids: string[]): Promise<void> {
    this.assertAlive();
    for (const row of this.ownedBy(owner, ids)) {
      row.leaseUntil = this.clock.now() - 1;
    }
  }

  async countAttempt(id: string, epoch: number): Promise<boolean> {
    this.assertAlive();
    const row = this.executions.get(id);
    if (row?.epoch !== epoch || !isLive(row.status)) {
      return false;
    }
    row.attempts = (row.attempts ?? 0) + 1;
    return true;
  }

  async commit(commits: RunCommit[]): Promise<Set<string>> {
    this.assertAlive();
    this.batches.push(commits.length);
    this.onCommit('before');
    const held = commits.filter((commit) => this.guardHolds(commit));
    held.forEach((commit) => this.apply(commit));
    this.onCommit('after');
    return new Set(held.map(({ id }) => id));
  }

  async commitWithin(tx: Tx, commit: RunCommit): Promise<boolean> {
    this.assertAlive();
    if (!this.guardHolds(commit)) {
      return false;
    }
    (tx as MemoryTx).commits.push(structuredClone(commit));
    return true;
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.assertAlive();
    const tx: MemoryTx = { writes: [], commits: [] };
    const result = await work(tx);
    this.assertAlive();
    this.onCommit('before');
    tx.writes.forEach((write) => write());
    tx.commits.forEach((commit) => this.apply(commit));
    this.onCommit('after');
    return result;
  }

  /** What a database node writes. */
  record(tx: Tx, text: string): void {
    (tx as MemoryTx).writes.push(() => this.records.push(text));
  }

  async loadJobs(executionIds: string[]): Promise<Map<string, JobState[]>> {
    this.assertAlive();
    const result = new Map<string, JobState[]>();
    for (const id of executionIds) {
      const all = this.jobsOf(id);
      const latest = new Set(new Map(all.map((job) => [job.nodeId, job.id])).values());
      const answered = new Set([...this.signals.values()].map((signal) => ('jobId' in signal ? signal.jobId : '')));
      result.set(
        id,
        all
          .filter((job) => latest.has(job.id) || answered.has(job.id))
          .map(({ executionId: _, ...job }) => structuredClone({ ...job, unsaved: null })),
      );
    }
    return result;
  }

  private ownedBy(owner: string, ids: string[]): ExecutionRow[] {
    return ids.flatMap((id) => this.executions.get(id) ?? []).filter((row) => row.leaseOwner === owner);
  }

  private isInterrupted(row: ExecutionRow): boolean {
    return row.status === 0 && row.leaseUntil !== null;
  }

  private isSignalled(row: ExecutionRow): boolean {
    return [...this.signals.values()].some(({ executionId }) => executionId === row.id);
  }

  private isQueued(row: ExecutionRow, owner: string, exceptKeys: string[]): boolean {
    const workflow = this.workflows.get(row.key);
    const busyElsewhere = [...this.executions.values()].some(
      (other) => other.key === row.key && (other.leaseUntil ?? 0) >= this.clock.now() && other.leaseOwner !== owner,
    );
    return (
      row.status === null &&
      !exceptKeys.includes(row.key) &&
      (workflow?.enabled === true || row.manually) &&
      (!busyElsewhere || (workflow?.concurrency ?? 1) > 1)
    );
  }

  private guardHolds(commit: RunCommit): boolean {
    const row = this.executions.get(commit.id);
    return row?.epoch === commit.epoch && (commit.late ? row.status === EXECUTION_STATUS.ABORTED : isLive(row.status));
  }

  private apply(source: RunCommit): void {
    const commit = structuredClone(source);
    this.commits.push(commit);
    const row = this.execution(commit.id);
    if (commit.late) {
      commit.inserts.forEach(({ unsaved: _, ...job }) => this.jobs.set(job.id, { ...job, executionId: commit.id }));
      return;
    }
    const { status, startedAt, expiresAt, cursor } = commit;
    Object.assign(row, { status, startedAt, expiresAt, cursor, epoch: commit.nextEpoch, attempts: null });
    row.reason = commit.reason ?? row.reason;
    row.output = commit.output === undefined ? row.output : commit.output;
    if (commit.release) {
      Object.assign(row, { leaseOwner: null, leaseUntil: null });
    }
    for (const { unsaved: _, ...job } of commit.inserts) {
      if (this.jobs.has(job.id)) {
        throw new Error(`job ${job.id} exists`);
      }
      this.jobs.set(job.id, { ...job, executionId: commit.id });
    }
    for (const { unsaved, ...job } of commit.updates) {
      const stored = this.jobs.get(job.id);
      if (unsaved === 'waiting' && stored) stored.waiting = job.waiting;
      else this.jobs.set(job.id, { ...job, executionId: commit.id });
    }
    commit.consumedSignalIds.forEach((id) => this.signals.delete(id));
  }

  private assertAlive(): void {
    if (this.dead) {
      throw new KilledError('the process was killed');
    }
  }
}

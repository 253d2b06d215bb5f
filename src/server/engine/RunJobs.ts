import { JOB_STATUS } from '../../common/status';
import type { JobState } from './types';

/** Fields of a job that a node decides. */
export type JobPatch = Partial<Pick<JobState, 'status' | 'result' | 'meta' | 'log' | 'startedAt' | 'upstreamId'>>;

/** @see RunJobs.snapshot */
export interface JobsSnapshot {
  all: Array<{ job: JobState; copy: JobState }>;
  latestByNode: Map<string, JobState>;
  unsaved: JobState[];
  lastSavedId: string | null;
}

/**
 * The jobs of one run in memory: the latest of every node, those that the database does not know yet, and those that
 * wait. Older ones are dropped, so that a loop of any length takes the same memory.
 */
export class RunJobs {
  /** latest job of every node that has one, by node key */
  readonly latestByKey = new Map<string, JobState>();
  lastSavedId: string | null = null;
  private readonly byId = new Map<string, JobState>();
  private readonly latestByNode = new Map<string, JobState>();
  private readonly unsaved = new Map<string, JobState>();

  get(id: string): JobState | undefined {
    return this.byId.get(id);
  }

  latestOf(nodeId: string): JobState | undefined {
    return this.latestByNode.get(nodeId);
  }

  latest(): IterableIterator<JobState> {
    return this.latestByNode.values();
  }

  get unsavedCount(): number {
    return this.unsaved.size;
  }

  /** Takes in a job that the database knows. */
  adopt(job: JobState): JobState {
    this.byId.set(job.id, job);
    const latest = this.latestByNode.get(job.nodeId);
    if (!latest || BigInt(latest.id) <= BigInt(job.id)) {
      this.latestByNode.set(job.nodeId, job);
      this.latestByKey.set(job.nodeKey, job);
      if (latest) {
        this.dropIfOld(latest);
      }
    }
    return job;
  }

  add(job: JobState): JobState {
    job.unsaved = 'insert';
    return this.save(job);
  }

  update(job: JobState, patch: JobPatch): JobState {
    Object.assign(job, patch);
    return this.save(job);
  }

  /** Whether the next answer to this job counts. That alone is stored: what the next answer says may have been written meanwhile. */
  setWaiting(job: JobState, waiting: boolean): void {
    job.waiting = waiting;
    job.unsaved ??= 'waiting';
    this.unsaved.set(job.id, job);
  }

  /** Copies of what the database does not know yet; from now on it counts as known. */
  take(): { inserts: JobState[]; updates: JobState[] } {
    const inserts: JobState[] = [];
    const updates: JobState[] = [];
    for (const job of this.unsaved.values()) {
      (job.unsaved === 'insert' ? inserts : updates).push({ ...job });
      job.unsaved = null;
      this.dropIfOld(job);
    }
    this.unsaved.clear();
    return { inserts, updates };
  }

  /** What has to come back when the transaction that was to store it rolls back. */
  snapshot(): JobsSnapshot {
    return {
      all: [...this.byId.values()].map((job) => ({ job, copy: { ...job } })),
      latestByNode: new Map(this.latestByNode),
      unsaved: [...this.unsaved.values()],
      lastSavedId: this.lastSavedId,
    };
  }

  restore({ all, latestByNode, unsaved, lastSavedId }: JobsSnapshot): void {
    for (const { job, copy } of all) {
      Object.assign(job, copy);
    }
    refill(this.byId, all.map(({ job }) => [job.id, job]));
    refill(this.latestByNode, [...latestByNode]);
    refill(this.latestByKey, [...latestByNode.values()].map((job) => [job.nodeKey, job]));
    refill(this.unsaved, unsaved.map((job) => [job.id, job]));
    this.lastSavedId = lastSavedId;
  }

  private save(job: JobState): JobState {
    job.waiting = job.status === JOB_STATUS.PENDING;
    job.unsaved = job.unsaved === 'insert' ? 'insert' : 'update';
    this.adopt(job);
    this.unsaved.set(job.id, job);
    this.lastSavedId = job.id;
    return job;
  }

  private dropIfOld(job: JobState): void {
    if (this.latestByNode.get(job.nodeId) !== job && this.byId.get(job.id) === job && job.unsaved === null && !job.waiting) {
      this.byId.delete(job.id);
    }
  }
}

function refill<V>(target: Map<string, V>, entries: Array<[string, V]>): void {
  target.clear();
  for (const [key, value] of entries) {
    target.set(key, value);
  }
}

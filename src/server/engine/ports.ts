import type { ClaimedRun, JobState, NodeSpec, RunCommit } from './types';
import type { Graph } from './graph';

/** The transaction handle of the storage; opaque to the engine. */
export type Tx = object;

export interface ClaimRequest {
  owner: string;
  leaseMs: number;
  /** how many runs at most */
  limit: number;
  /** workflows of which no queued runs are wanted: it holds enough of them, or others execute them first */
  exceptKeys: string[];
}

/**
 * The rows behind the engine, the only truth. Every write is guarded by the epoch of the claim:
 * a holder that lost its lease changes nothing.
 */
export interface RunStore {
  /** Leases queued, interrupted and signalled runs, oldest first; two processes never get the same one. */
  claim(request: ClaimRequest): Promise<ClaimedRun[]>;
  /** Prolongs leases of this owner. @returns ids that are still held */
  renew(owner: string, ids: string[], leaseMs: number): Promise<Set<string>>;
  /** Prolongs what this process does in the background. */
  renewAttempts?(): Promise<void>;
  /** Gives back leases of runs that were not touched, so that any process may take them at once. */
  release(owner: string, ids: string[]): Promise<void>;
  /** Ends leases of runs that broke off in this process: they may be taken at once, as interrupted ones. */
  abandon(owner: string, ids: string[]): Promise<void>;
  /** Remembers that an interrupted run is tried once more; a commit forgets it. @returns whether the claim still holds */
  countAttempt(id: string, epoch: number): Promise<boolean>;
  /** Writes commits of several runs in one transaction. @returns ids whose guard held */
  commit(commits: RunCommit[]): Promise<Set<string>>;
  /** Writes one commit inside a transaction that also holds a node's own effect. @returns whether the guard held */
  commitWithin(tx: Tx, commit: RunCommit): Promise<boolean>;
  /** Runs `work` in a transaction of the main data source. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The latest job of every node, by execution id. */
  loadJobs(executionIds: string[]): Promise<Map<string, JobState[]>>;
}

/** One compiled workflow version. */
export interface Version {
  id: string;
  key: string;
  graph: Graph;
  timeoutMs: number;
  deleteOnStatus: number[];
  /** asynchronous runs of the workflow at the same time */
  concurrency: number;
}

export interface VersionSource {
  /** undefined when the version no longer exists */
  load(workflowId: string): Promise<Version | undefined>;
}

/** What a node's code handed back, already in the engine's terms. */
export type Outcome =
  /** the chain goes on (or ends) with this job */
  | { type: 'job'; jobId: string }
  /** a branch starts; the node is called again when it has ended */
  | { type: 'branch'; jobId: string; headId: string }
  /** the node waits or has nothing to add: leave things as they are */
  | { type: 'leave' }
  /** the whole execution ends with this status, whatever branch the node stands in */
  | { type: 'exit'; status: number };

export type NodeKind = 'pure' | 'database' | 'effect';

export interface Invocation {
  node: NodeSpec;
  method: 'run' | 'resume';
  /** the job before (run), or the job that ended or was answered (resume) */
  input: JobState | null;
  rerun: boolean;
  /** the call was interrupted before: id of the job that its effects belong to */
  repeated: string | null;
  /** stable over all attempts of this step */
  idempotencyKey: string;
  /** transaction that will hold the node's job as well */
  tx?: Tx;
}

export interface Clock {
  now(): number;
}

export interface EngineLog {
  debug(message: string, meta?: object): void;
  info(message: string, meta?: object): void;
  warn(message: string, meta?: object): void;
  error(message: string, meta?: object): void;
}

/**
 * Plain data of the engine. Ids are decimal strings everywhere inside the engine: job ids exceed 2^53.
 * Instants are milliseconds of the database clock unless a name says otherwise.
 */

/** One node of a workflow version, as far as the flow of control is concerned. */
export interface NodeSpec {
  id: string;
  key: string;
  type: string;
  upstreamId: string | null;
  downstreamId: string | null;
  branchIndex: number | null;
}

/** One job: the record of a node in an execution. */
export interface JobState {
  id: string;
  nodeId: string;
  nodeKey: string;
  upstreamId: string | null;
  status: number;
  result: unknown;
  meta: unknown;
  log: string | null;
  startedAt: Date | null;
  createdAt: Date;
  /** the execution stopped here and goes on when somebody resumes this job */
  waiting: boolean;
  /** what the database does not know yet: the job, fields that a node decides, or no more than `waiting` */
  unsaved: 'insert' | 'update' | 'waiting' | null;
}

/**
 * What happens next in a run.
 * - `run`: execute a node with the job before it as input; `overwrite` = the job that a rerun writes again instead of
 *   adding one; `replay` = how far an interrupted call had come; `reservedId` = id that the node's job will get, known
 *   before its effect so that what the node stores under it can be found when the call has to be repeated
 * - `recall`: a branch of the node has ended with a job; the node decides what that means
 * - `resume`: a waiting job of the node got an answer
 * - `finish`: the execution ends with a status
 * - `rest`: nothing to do until somebody resumes a job
 */
export type Step =
  | {
      type: 'run';
      nodeId: string;
      inputId: string | null;
      rerun?: boolean;
      overwrite?: string;
      replay?: Frame;
      reservedId?: string;
    }
  | { type: 'recall'; nodeId: string; jobId: string }
  | { type: 'resume'; nodeId: string; jobId: string }
  | { type: 'finish'; status: number }
  | { type: 'rest' };

/** An instruction call that had not returned when something was stored in the middle of it. */
export interface Frame {
  nodeId: string;
  inputId: string | null;
  /** how many branches the call has started so far */
  calls: number;
  /** the job that the call has saved for its node, if any */
  jobId: string | null;
  idempotencyKey: string;
  /** how often the work that the call does in the background was cut off */
  tries?: number;
}

/** Work that a node does in the background, after its call has returned: taken up again when this process dies. */
export interface Attempt {
  /** of the signal that it is stored as */
  id: string;
  jobId: string;
  idempotencyKey: string;
  tries: number;
}

/** Where an interrupted run goes on: the open calls, outermost first, and the step on top of them. */
export interface Cursor {
  frames: Frame[];
  step: Step;
  /** the run lives inside somebody's open transaction: when its process dies, that write is gone and so is the run */
  bound?: true;
}

/** A request that came from outside, stored until the run has taken it in. */
export type Signal =
  | { id: string; kind: 'start' }
  | { id: string; kind: 'resume'; jobId: string }
  | { id: string; kind: 'rerun'; nodeId: string | null; overwrite: boolean }
  /** an attempt; `due` when the process that made it is gone, so that it has to be made again */
  | ({ kind: 'retry'; due: boolean } & Attempt);

/** An execution that this process holds the lease of. */
export interface ClaimedRun {
  id: string;
  workflowId: string;
  key: string;
  context: unknown;
  status: number | null;
  /** rises with every claim; all writes of this holder carry it */
  epoch: number;
  /** how often it was interrupted since it last stored something new; the run may be what kills its process */
  attempts: number;
  stack: string[];
  parentExecutionId: string | null;
  manually: boolean;
  startedAt: Date | null;
  expiresAt: Date | null;
  createdAt: Date;
  eventKey: string;
  output: unknown;
  cursor: Cursor | null;
  signals: Signal[];
}

/** What one write changes in one run: everything or nothing, and only while the epoch still holds. */
export interface RunCommit {
  id: string;
  workflowId: string;
  key: string;
  epoch: number;
  /** the epoch after this write; differs from `epoch` only for the first write of an inline run */
  nextEpoch: number;
  inserts: JobState[];
  updates: JobState[];
  /** null keeps QUEUEING */
  status: number | null;
  reason: string | null;
  startedAt: Date | null;
  expiresAt: Date | null;
  /** undefined = unchanged */
  output?: unknown;
  cursor: Cursor | null;
  /** gives the lease back: the run has ended or waits */
  release: boolean;
  consumedSignalIds: string[];
  /** work that goes on in the background of this process */
  attempts?: Attempt[];
  /** what a node did before it noticed that the execution was aborted: its new jobs are kept, nothing else is written */
  late?: true;
}

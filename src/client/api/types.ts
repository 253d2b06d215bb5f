import type { ExecutionStatus } from '../../common/status';
import type { NodeRow, WorkflowRow } from '../document/build';

/** Numbers while they are safe integers, decimal strings beyond. */
export type Id = number | string;

export interface Category {
  id: Id;
  title: string;
  color?: string | null;
  sort?: number | null;
}

export interface Person {
  id: Id;
  nickname?: string | null;
  username?: string | null;
}

export interface WorkflowOptions {
  /** milliseconds; 0: none */
  timeout?: number | null;
  stackLimit?: number | null;
  deleteExecutionOnStatus?: number[] | null;
}

/** A workflow (its current version) as a line of the list. */
export interface WorkflowLine {
  id: Id;
  key: string;
  title: string | null;
  type: string;
  sync: boolean;
  enabled: boolean;
  current: boolean | null;
  description?: string | null;
  options?: WorkflowOptions | null;
  createdAt?: string;
  categories?: Category[];
  /** executions of all versions */
  stats?: { executed?: number | string | null } | null;
  versionStats?: { executed?: number | string | null } | null;
}

/** What happened to a workflow lately. */
export interface WorkflowActivity {
  /** executions that began in the last 24 hours */
  lastDay: number;
  /** those of them that ended without success */
  failedLastDay: number;
  lastRun?: { id: Id; status: ExecutionStatus; at: string } | null;
}

/** An execution as a line of a list. */
export interface ExecutionLine {
  id: Id;
  workflowId: Id;
  key: string;
  status: ExecutionStatus;
  reason?: string | null;
  createdAt: string;
  startedAt?: string | null;
  /** when it ended; null while it goes on or when nobody recorded it */
  endedAt?: string | null;
  manually?: boolean | null;
  /** what started it: type of the trigger, `manual`, or the key of the workflow that did */
  source?: string | null;
  user?: Person | null;
  record?: { collection: string; id: Id } | null;
  workflow?: { id: Id; title: string | null; key: string; type?: string } | null;
  versionNumber?: number | null;
}

export interface ExecutionFilter {
  /** key of the workflow */
  key?: string;
  /** `undefined`: any; note that queueing is `null` */
  statuses?: ExecutionStatus[];
  /** ISO */
  from?: string;
  to?: string;
  /** id of the record that the trigger was about */
  record?: string;
}

export interface JobRow {
  id: Id;
  nodeId: Id | null;
  nodeKey: string | null;
  upstreamId?: Id | null;
  status: number;
  createdAt?: string;
  updatedAt?: string;
  startedAt?: string | null;
  meta?: unknown;
  result?: unknown;
  log?: string | null;
}

/** An execution with everything that its page shows, but the results of its jobs. */
export interface ExecutionDetail extends ExecutionLine {
  context?: unknown;
  output?: unknown;
  expiresAt?: string | null;
  parentExecutionId?: Id | null;
  jobs: JobRow[];
  version: (WorkflowRow & { nodes: readonly NodeRow[] }) | null;
}

/** What a job got, made and suffered. Answer of `jobs:explain`. */
export interface JobExplanation extends JobRow {
  /** config of the node with its variables resolved */
  input?: unknown;
  error?: { message: string; cause?: string | null; stack?: string | null } | null;
}

export interface Page<T> {
  rows: T[];
  /** undefined when nobody counted */
  total?: number;
  /** the total was estimated */
  isEstimate?: boolean;
}

import type { Model } from '@nocobase/database';
import type { ExecutionStatus } from '../../common/status';

/** Primary keys: numbers while they are safe integers, decimal strings beyond. */
export type Id = number | string;

/** Executions beyond either limit are deleted. Only ended ones, all versions together. */
export interface RetentionOptions {
  /** age since they were triggered */
  days?: number | null;
  /** how many of the newest are kept */
  count?: number | null;
  /** only those that ended so. @default all */
  statuses?: number[] | null;
}

/** Options of a workflow, stored in `workflows.options`. */
export interface WorkflowOptions {
  /** milliseconds from start to abort; 0 or absent = no limit */
  timeout?: number;
  /** how many runs of this version may stand in one chain of triggers. @default 1 */
  stackLimit?: number;
  /** executions ending in one of these statuses are deleted at once */
  deleteExecutionOnStatus?: number[];
  /** which executions are deleted some time after they ended; instead of what the environment says for all workflows */
  retention?: RetentionOptions | null;
  /**
   * how many asynchronous runs of this workflow may be executed at the same time.
   * @default 1 (in the order in which they were triggered)
   */
  concurrency?: number;
  [key: string]: unknown;
}

export interface WorkflowModel extends Model {
  id: Id;
  key: string;
  title: string;
  enabled: boolean;
  current: boolean | null;
  type: string;
  triggerTitle?: string | null;
  config: Record<string, any>;
  options: WorkflowOptions;
  sync: boolean;
  invalid: boolean;
  nodes?: FlowNodeModel[];
  stats?: Model & { executed: number | string };
  versionStats?: Model & { executed: number | string };
  createdAt: Date;
  updatedAt: Date;
  getNodes(options?: object): Promise<FlowNodeModel[]>;
}

export interface FlowNodeModel extends Model {
  id: Id;
  key: string;
  title?: string | null;
  type: string;
  config: Record<string, any>;
  workflowId: Id;
  upstreamId: Id | null;
  downstreamId: Id | null;
  branchIndex: number | null;
  upstream?: FlowNodeModel | null;
  downstream?: FlowNodeModel | null;
}

export interface ExecutionModel extends Model {
  id: Id;
  workflowId: Id;
  key: string;
  eventKey: string;
  context: any;
  status: ExecutionStatus;
  reason?: string | null;
  dispatched: boolean;
  parentExecutionId?: Id | null;
  stack?: Id[] | null;
  output?: unknown;
  startedAt?: Date | null;
  expiresAt?: Date | null;
  manually?: boolean | null;
  endedAt?: Date | null;
  /** type of the trigger, `manual` or `replay` */
  source?: string | null;
  userId?: Id | null;
  /** key of the record that the event was about */
  recordKey?: string | null;
  workflow?: WorkflowModel;
  jobs?: JobModel[];
}

export interface JobModel extends Model {
  id: Id;
  executionId: Id;
  nodeId: Id;
  nodeKey: string;
  upstreamId: Id | null;
  status: number;
  result: any;
  meta?: any;
  log?: string | null;
  startedAt?: Date | null;
}

/** Legacy table, only deleted from. */
export interface WorkflowTaskModel extends Model {
  id: Id;
  userId: Id;
  workflowId: Id;
  type: string;
  key: string;
}

import type { Plugin } from '@nocobase/server';
import type { Registry } from '@nocobase/utils';
import type { Logger } from '@nocobase/logger';
import type { Transaction, Transactionable } from 'sequelize';
import type { ExecutionModel, FlowNodeModel, Id, JobModel, WorkflowModel } from './models';
import type { InstructionInterface } from './Instruction';
import type { Trigger } from './Trigger';
import type { ProcessorContract } from './processor';

/** A function behind `{{$system.<name>}}`. */
export type CustomFunction = (this: { execution?: ExecutionModel; node?: FlowNodeModel }) => any;

export interface EventOptions extends Transactionable {
  /** unique over all executions: a second event with the same key is dropped */
  eventKey?: string;
  context?: any;
  /** create the execution but leave the start to `plugin.start()` */
  deferred?: boolean;
  /** started by a person: runs at once in this process, even when the workflow is disabled */
  manually?: boolean;
  /** trigger even when the workflow is disabled */
  force?: boolean;
  /** executions that led to this event, oldest first: the loop guard counts them */
  stack?: Id[] | null;
  parentExecutionId?: Id | null;
  /** shown in lists of runs; by default read from the event */
  origin?: RunRequest['origin'];
  onTriggerFail?: (workflow: WorkflowModel, context: any, options: EventOptions, error?: Error) => void | Promise<void>;
  [key: string]: any;
}

export interface TaskStatsRow {
  userId: Id;
  workflowKey: string;
  type: string;
  pending: number;
  all: number;
}

export interface RepairTaskStatsOptions {
  userIds?: Id[];
  workflowKeys?: string[];
  types?: string[];
  transaction?: Transaction;
  silent?: boolean;
}

export interface TaskStatsProvider {
  collectTaskStats(options: RepairTaskStatsOptions, context: { plugin: WorkflowPlugin }): Promise<TaskStatsRow[]>;
}

/** One event that is to become one execution. */
export interface RunRequest {
  workflow: WorkflowModel;
  context: any;
  eventKey?: string;
  stack?: Id[] | null;
  parentExecutionId?: Id | null;
  manually?: boolean;
  /** what started it and who, as far as the event does not say so itself; shown in lists of runs */
  origin?: { source?: string; userId?: Id | null };
}

/** A stored execution that has not been executed yet. */
export interface EnqueuedRun {
  executionId: Id;
  workflow: WorkflowModel;
}

/**
 * The durable way in: rows first, execution afterwards.
 * `plugin.trigger()` is a wrapper around it; triggers that own a transaction use it directly.
 */
export interface RunService {
  /**
   * Inserts executions, inside `transaction` when given (main data source only), so that they exist if and only if it commits.
   * - `async`: a worker may take it as soon as it is visible
   * - `held`: as async, but not before `release()`, or when the process dies meanwhile (noticed at once on its machine, elsewhere after 30 s)
   * - `inline`: leased by this process for `runInline()`; finished in the background when the process dies
   *
   * `deferred`: created as started; rests until it gets a signal (`plugin.start()`, a rerun).
   *
   * Runs `validateEvent` and the loop guard first.
   * @throws Error('event is not valid') when a request is refused; a duplicate eventKey throws too. Nothing is inserted then.
   */
  enqueue(
    requests: RunRequest[],
    options: { mode: 'async' | 'held' | 'inline'; transaction?: Transaction | null; deferred?: boolean },
  ): Promise<EnqueuedRun[]>;
  /** Executes an `inline` run to its end or its first wait; null when it could not be executed here. */
  runInline(run: EnqueuedRun, options?: EventOptions): Promise<ProcessorContract | null>;
  /** Lets held runs go. */
  release(runs: EnqueuedRun[]): Promise<void>;
  /** Tells the dispatcher that there may be work; call it after the commit of what was enqueued. */
  kick(): void;
}

export interface ResumeOptions {
  /** it is no node of this process that answers, but a person or a service: counts, whoever works on the job by now */
  fromOutside?: boolean;
}

/**
 * The plugin as its own parts and extensions see it. The class behind it is the package's default export.
 * Parts depend on this interface, never on the class, so that imports point one way.
 */
export interface WorkflowPlugin extends Plugin {
  readonly triggers: Registry<Trigger>;
  readonly instructions: Registry<InstructionInterface>;
  readonly functions: Registry<CustomFunction>;
  /** enabled workflows by numeric id */
  readonly enabledCache: Map<number, WorkflowModel>;
  readonly runs: RunService;
  getLogger(id?: Id | string): Logger;
  serving(): boolean;
  isWorkflowSync(workflow: WorkflowModel): boolean;
  trigger(workflow: WorkflowModel, context: any, options?: EventOptions): void | Promise<ProcessorContract | null | void>;
  execute(workflow: WorkflowModel, values: any, options?: EventOptions): Promise<ProcessorContract | null | void>;
  resume(job: JobModel, options?: ResumeOptions): Promise<void>;
  start(execution: ExecutionModel | Id): Promise<void>;
  rerun(execution: ExecutionModel | Id, options?: { nodeId?: Id; overwrite?: boolean }): Promise<void>;
  toggle(workflow: WorkflowModel, enable?: boolean, options?: { silent?: boolean } & Transactionable): Promise<void>;
  /**
   * Aborts a live execution, its pending jobs and its children in one transaction.
   * @returns true only for the caller that did it
   */
  abort(
    execution: ExecutionModel,
    options?: { reason?: string; transaction?: Transaction },
  ): Promise<boolean>;
  /** True while some process holds a live lease on the execution and has begun to execute it. */
  isProcessing(executionId: Id, options?: Transactionable): Promise<boolean>;
  abortExecutionIfExpired(execution: ExecutionModel, options?: Transactionable): Promise<boolean>;
  createProcessor(execution: ExecutionModel, options?: object): ProcessorContract;
  /** The transaction itself when it belongs to the data source; a new one only with `create`. */
  useDataSourceTransaction(
    dataSourceName?: string,
    transaction?: Transaction | null,
    create?: boolean,
  ): Transaction | Promise<Transaction> | undefined;
  getWorkflowIdsByKey(key: string, transaction?: Transaction): Promise<Id[]>;
  repairTaskStats(options?: RepairTaskStatsOptions): Promise<void>;
}

import type { Transaction } from 'sequelize';
import type { FlowNodeModel, Id, JobModel, WorkflowModel } from './models';
import type { ProcessorContract } from './processor';
import type { WorkflowPlugin } from './plugin';
import { validateWithSchema, type ConfigSchema } from './validateWithSchema';

/** What an instruction hands back: the fields of a job; only `status` is required. */
export interface IJob {
  status: number;
  result?: unknown;
  meta?: unknown;
  log?: string | null;
  startedAt?: Date | null;
  nodeId?: Id;
  nodeKey?: string;
  upstreamId?: Id | null;
  [key: string]: unknown;
}

const BRANCH = Symbol.for('nocobase-plugin-workflow/branch');

/**
 * Result of a branching node that holds no state of its own while the branch runs:
 * the engine saves `job`, runs the branch from `head` and calls the node's `resume` when the branch has ended.
 * Unlike `processor.run()` it needs no open call on the stack, so a crash inside the branch costs nothing.
 */
export interface BranchResult {
  readonly [BRANCH]: true;
  readonly job: IJob;
  readonly head: FlowNodeModel;
}

/** @see BranchResult */
export function intoBranch(job: IJob, head: FlowNodeModel): BranchResult {
  return { [BRANCH]: true, job, head };
}

export function isBranchResult(value: unknown): value is BranchResult {
  return typeof value === 'object' && value !== null && BRANCH in value;
}

/**
 * - a job-like object or JobModel: the node is done (or waits, when its status is PENDING)
 * - `null`: write what is buffered and leave; the execution keeps its status
 * - `undefined`: somebody else goes on; do nothing
 */
export type InstructionResult = IJob | JobModel | BranchResult | null | void;

export interface InstructionRunOptions {
  /** true when the node was chosen as the starting point of a rerun */
  rerun?: true;
  /** aborted on timeout or cancel */
  signal?: AbortSignal;
  /**
   * For nodes of kind `database`: the transaction that also writes the node's job, so that effect and
   * record are one. Undefined when the node has to use another data source or the trigger's own transaction.
   */
  transaction?: Transaction;
  /** the same in every attempt of this step, another one for every other step: hand it to services that can recognise a repetition */
  idempotencyKey?: string;
}

export type Runner = (
  node: FlowNodeModel,
  input: any,
  processor: ProcessorContract,
  options?: InstructionRunOptions,
) => InstructionResult | Promise<InstructionResult>;

/**
 * What a crash may do to a node:
 * - `pure`: may be executed again without anybody noticing; costs no commit of its own
 * - `database`: writes to the main data source only, through `options.transaction`; effect and job are one commit
 * - `effect`: acts on the outside world; the attempt is recorded first. Default for types that do not say.
 */
export type InstructionKind = 'pure' | 'database' | 'effect';

export interface InstructionInterface {
  run: Runner;
  resume?: Runner;
  getScope?(node: FlowNodeModel, data: any, processor: ProcessorContract): any;
  duplicateConfig?(
    node: FlowNodeModel,
    options: { origin?: FlowNodeModel; transaction?: Transaction },
  ): object | Promise<object>;
  validateConfig?(config: Record<string, any>): Record<string, string> | null;
  configSchema?: ConfigSchema;
  isAvailable?(workflow: WorkflowModel, node: Record<string, any>): boolean;
  test?(config: Record<string, any>): IJob | Promise<IJob>;
  kind?: InstructionKind | ((node: FlowNodeModel) => InstructionKind);
  /**
   * The node saves a pending job, returns nothing, and answers the job by itself later, without waiting for a person.
   * If its process dies before, the node is called again, with the same job and the same idempotency key.
   * Nodes that ask for `processor.createBackgroundAbortHandle()` need not say so.
   * @default false
   */
  background?: boolean;
  /**
   * The node only reads `id`, `status` and `result` of the job it is given, so no model has to be built for it.
   * @default false
   */
  readsPlainJobs?: boolean;
}

/** Base class of node types. One instance per type lives in `plugin.instructions`. */
export abstract class Instruction implements InstructionInterface {
  configSchema?: ConfigSchema;
  declare kind?: InstructionKind | ((node: FlowNodeModel) => InstructionKind);
  declare background?: boolean;
  declare readsPlainJobs?: boolean;

  constructor(public workflow: WorkflowPlugin) {}

  abstract run(
    node: FlowNodeModel,
    input: any,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): InstructionResult | Promise<InstructionResult>;

  resume?(
    node: FlowNodeModel,
    job: any,
    processor: ProcessorContract,
    options?: InstructionRunOptions,
  ): InstructionResult | Promise<InstructionResult>;

  getScope?(node: FlowNodeModel, data: any, processor: ProcessorContract): any;

  duplicateConfig?(
    node: FlowNodeModel,
    options: { origin?: FlowNodeModel; transaction?: Transaction },
  ): object | Promise<object>;

  /** Problems of a config by field path, or null. */
  validateConfig(config: Record<string, any>): Record<string, string> | null {
    return validateWithSchema(this.configSchema, config);
  }

  isAvailable?(workflow: WorkflowModel, node: Record<string, any>): boolean;

  test?(config: Record<string, any>): IJob | Promise<IJob>;
}

export default Instruction;

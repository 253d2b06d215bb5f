import type { Logger } from '@nocobase/logger';
import type { Transaction } from 'sequelize';
import type { ExecutionModel, FlowNodeModel, Id, JobModel } from './models';
import type { IJob } from './Instruction';
import type { EventOptions, WorkflowPlugin } from './plugin';

export interface ScopeTransaction {
  transaction: Transaction;
  dataSource: string;
  isolationLevel?: string;
  closing?: 'commit' | 'rollback';
}

export interface BackgroundAbortHandle {
  signal: AbortSignal;
  dispose(): void;
  throwIfAborted(): void;
}

export type ProcessorOptions = EventOptions & { plugin: WorkflowPlugin };

/** What an instruction may use of the run it is part of. */
export interface ProcessorContract {
  readonly execution: ExecutionModel;
  readonly options: ProcessorOptions;
  readonly logger: Logger;
  /** transaction of the event that started a synchronous run, or null */
  readonly transaction: Transaction | null;
  nodes: FlowNodeModel[];
  nodesMap: Map<Id, FlowNodeModel>;
  lastSavedJob: JobModel | null;
  readonly abortController: AbortController;
  readonly abortSignal: AbortSignal;
  prepare(): Promise<void>;
  run(node: FlowNodeModel, input?: any, options?: object): Promise<any>;
  exit(status?: number | null | true): Promise<null | undefined>;
  saveJob(payload: IJob | JobModel | Record<string, any>): JobModel;
  /** What the execution hands to its caller; the last one wins. Stored with the next commit. */
  setOutput(value: unknown): void;
  getBranches(node: FlowNodeModel): FlowNodeModel[];
  findBranchStartNode(node: FlowNodeModel, parent?: FlowNodeModel): FlowNodeModel | null;
  findBranchParentNode(node?: FlowNodeModel | null): FlowNodeModel | null;
  findBranchEndNode(node: FlowNodeModel): FlowNodeModel | null;
  findBranchParentJob(job: JobModel, node: FlowNodeModel): JobModel | null;
  findBranchLastJob(node: FlowNodeModel, job?: JobModel): JobModel | null;
  getScope(nodeId?: Id, includeSelfScope?: boolean): Record<string, any>;
  /** Resolves `{{…}}` templates in a value of any shape. */
  getParsedValue(
    value: any,
    nodeId?: Id,
    options?: { additionalScope?: object; includeSelfScope?: boolean },
  ): any;
  isInstructionSync(node: FlowNodeModel): boolean;
  getScopeTransaction(node: FlowNodeModel, dataSource?: string): Transaction | undefined;
  setScopeTransaction(key: string, info: ScopeTransaction): void;
  getScopeTransactionByKey(key: string): ScopeTransaction | undefined;
  clearScopeTransaction(key: string): void;
  markScopeTransactionClosing(key: string, closing: 'commit' | 'rollback'): void;
  createBackgroundAbortHandle(): BackgroundAbortHandle;
  findPendingJob(jobId: Id): Promise<JobModel | null>;
  abortExecution(reason?: string): void;
  isTimeoutAborted(): boolean;
}

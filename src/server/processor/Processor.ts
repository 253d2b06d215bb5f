import type { Logger } from '@nocobase/logger';
import type { Transaction } from 'sequelize';
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS, toExecutionStatus } from '../../common/status';
import type {
  BackgroundAbortHandle,
  ExecutionModel,
  FlowNodeModel,
  Id,
  IJob,
  JobModel,
  ProcessorContract,
  ProcessorOptions,
  ScopeTransaction,
} from '../contract';
import type { Run } from '../engine/Run';
import type { JobState } from '../engine/types';
import { buildScope } from '../expressions/scope';
import { resolveTemplate } from '../expressions/template';
import { createAbortHandle, timeoutError } from './abort';
import { assertJob } from './assertJob';
import { findBranchParent, findBranchStart, findChainEnd, findLastJob, getBranches } from './branches';
import { toEngineId, toModelId } from './ids';
import { isModel, mayBeMutated, patchOfModel, startedAtOf, toJobModel, toJobState } from './jobModels';
import { linkNodes, type LoadedVersion } from './LoadedVersion';
import { ScopeTransactions } from './ScopeTransactions';

/** What ties a processor to the run it belongs to; absent for processors that only resolve templates. */
export interface RunBinding {
  run: Run;
  version: LoadedVersion;
  /** starts a branch and comes back when it has ended or rests */
  nested(nodeId: string, inputId: string | null): Promise<void>;
  /** stores what is buffered */
  flush(): Promise<void>;
  nextJobId(): string;
  /** the node that is being called goes on afterwards. @returns what to call when it has ended that */
  inBackground(): (() => void) | undefined;
}

/**
 * The run as node code sees it: the contract of stock's class over the engine's `Run`.
 *
 * Bound to a run it reads and writes that run. Without one (`plugin.createProcessor(execution)`) it resolves
 * templates for an execution that is not being executed, after `prepare()` with its jobs.
 */
export class Processor implements ProcessorContract {
  /** Job status → execution status for the known numbers. */
  static StatusMap: Record<number, number> = Object.fromEntries(
    Object.values(JOB_STATUS).map((status) => [status, toExecutionStatus(status)]),
  );

  nodes: FlowNodeModel[] = [];
  nodesMap = new Map<Id, FlowNodeModel>();
  private detachedJobs = new Map<string, JobState>();
  private lastDetached: JobModel | null = null;
  readonly scopeTransactions = new ScopeTransactions();
  private executionModel: ExecutionModel | undefined;
  /** set once somebody aborted the run */
  abortedBecause: string | undefined;
  private controller: AbortController | undefined;
  /** what the last `exit()` has to store */
  private stored: Promise<void> | undefined;
  private readonly makeExecution: (() => ExecutionModel) | undefined;

  constructor(
    execution: ExecutionModel | (() => ExecutionModel),
    readonly options: ProcessorOptions,
    private readonly binding?: RunBinding,
  ) {
    if (typeof execution === 'function') {
      this.makeExecution = execution;
    } else {
      this.executionModel = execution;
    }
    if (binding) {
      this.nodes = binding.version.nodes;
      this.nodesMap = binding.version.nodesMap;
    }
  }

  get execution(): ExecutionModel {
    this.executionModel ??= this.makeExecution?.() as ExecutionModel;
    const run = this.binding?.run;
    if (run) {
      this.executionModel.set(
        { status: run.endStatus ?? run.status, reason: run.reason, output: run.output, startedAt: run.startedAt, expiresAt: run.expiresAt },
        { raw: true },
      );
    }
    return this.executionModel;
  }

  get logger(): Logger {
    return this.options.plugin.getLogger(this.binding?.run.workflowId ?? this.executionModel?.workflowId);
  }

  /** Made when somebody asks for it: most runs are never aborted. */
  get abortController(): AbortController {
    this.controller ??= new AbortController();
    return this.controller;
  }

  get transaction(): Transaction | null {
    return this.options.transaction ?? null;
  }

  get abortSignal(): AbortSignal {
    return this.abortController.signal;
  }

  get lastSavedJob(): JobModel | null {
    const id = this.binding?.run.lastSavedJobId;
    const job = id == null ? undefined : this.binding?.run.job(id);
    return job ? this.model(job) : this.lastDetached;
  }

  /** Loads nodes and latest jobs; only needed when there is no run behind the processor. */
  async prepare(): Promise<void> {
    if (this.binding) {
      return;
    }
    const { execution, options } = this;
    const transaction = options.transaction ?? undefined;
    execution.workflow ??=
      options.plugin.enabledCache.get(Number(execution.workflowId)) ??
      ((await options.plugin.db.getRepository('workflows').findOne({
        filterByTk: execution.workflowId,
        transaction,
      })) as typeof execution.workflow);
    if (!execution.workflow) {
      throw new Error(`workflow ${execution.workflowId} of execution ${execution.id} does not exist`);
    }
    execution.workflow.nodes ??= await execution.workflow.getNodes({ transaction });
    this.nodes = execution.workflow.nodes;
    this.nodesMap = linkNodes(this.nodes);
    const jobs = (await options.plugin.db.getModel('jobs').findAll({
      where: { executionId: execution.id },
      order: [['id', 'ASC']],
      transaction,
    })) as unknown as JobModel[];
    this.detachedJobs = new Map(jobs.map((job) => [job.nodeKey, toJobState(job)]));
  }

  start(): Promise<void> {
    return this.options.plugin.start(this.execution);
  }

  resume(job: JobModel): Promise<void> {
    return this.options.plugin.resume(job);
  }

  rerun(options?: { nodeId?: Id; overwrite?: boolean }): Promise<void> {
    return this.options.plugin.rerun(this.execution, options);
  }

  async run(node: FlowNodeModel, input?: JobModel | null): Promise<void> {
    const { run, nested } = this.bound();
    const inputJob = input ? this.stateOf(input) : null;
    if (inputJob && isModel(input)) {
      this.takeOver(run, inputJob, input);
    }
    await nested(toEngineId(node.id), inputJob?.id ?? null);
  }

  /**
   * @param status `true` = control was handed on, do nothing; a job status = the whole execution ends with it;
   *   otherwise what is buffered gets stored and the execution keeps its status
   */
  async exit(status?: number | null | true): Promise<null | undefined> {
    if (status === true) {
      return undefined;
    }
    const { run, flush } = this.bound();
    if (typeof status === 'number' && status !== JOB_STATUS.PENDING) {
      run.finish(status);
    } else {
      this.stored = flush();
      await this.stored;
    }
    return null;
  }

  setOutput(value: unknown): void {
    this.bound().run.setOutput(value);
  }

  /** Buffers a job; the database gets it with the next commit. */
  saveJob(payload: IJob | JobModel | Record<string, unknown>): JobModel {
    const { run } = this.bound();
    if (isModel(payload)) {
      const job = this.stateOf(payload);
      assertJob(payload, job.nodeId);
      if (!run.repeating && (payload.changed() || payload.status !== job.status || mayBeMutated(job))) {
        run.updateJob(job, patchOfModel(payload));
      }
      run.lastSavedJobId = job.id;
      return payload;
    }
    return this.model(this.addJob(payload as IJob));
  }

  /** `saveJob` for the engine's own use: no model is built. */
  addJob(payload: IJob): JobState {
    const { run, nextJobId } = this.bound();
    const nodeId = toEngineId(payload.nodeId as Id);
    assertJob(payload, nodeId);
    const known = this.jobToReuse(run, nodeId);
    if (known && run.repeating) {
      return known;
    }
    if (known) {
      const { status, result = null, meta = null, log = null } = payload;
      return run.updateJob(known, { status, result, meta, log, startedAt: startedAtOf(payload, new Date()) });
    }
    const now = new Date();
    return run.addJob({
      id: run.takeReservedId(nodeId) ?? nextJobId(),
      nodeId,
      nodeKey: String(payload.nodeKey ?? run.version.graph.get(nodeId)?.key ?? ''),
      upstreamId: payload.upstreamId == null ? null : toEngineId(payload.upstreamId),
      status: payload.status,
      result: payload.result ?? null,
      meta: payload.meta ?? null,
      log: payload.log ?? null,
      startedAt: startedAtOf(payload, now),
      createdAt: now,
      waiting: false,
      unsaved: 'insert',
    });
  }

  /** A rerun may write its node's old job again; a call that was interrupted gets the job it had saved. */
  private jobToReuse(run: Run, nodeId: string): JobState | undefined {
    const { overwrite } = run;
    if (overwrite?.nodeId === nodeId) {
      run.overwrite = null;
      return overwrite;
    }
    return run.takeRepeatedJob(nodeId);
  }

  /** The engine's record behind a model, taken in when the run does not know it yet. */
  stateOf(model: JobModel): JobState {
    const { run } = this.bound();
    return run.job(toEngineId(model.id)) ?? run.adopt(toJobState(model));
  }

  model(job: JobState): JobModel {
    return toJobModel(this.options.plugin.db, this.binding?.run.id ?? toEngineId(this.execution.id), job);
  }

  /** Stores what the node changed on the model without saving it, and only that. */
  private takeOver(run: Run, job: JobState, model: JobModel): void {
    const patch = patchOfModel(model);
    if (patch.status !== job.status || patch.result !== job.result) {
      run.updateJob(job, patch);
    }
  }

  getBranches(node: FlowNodeModel): FlowNodeModel[] {
    return getBranches(this.nodes, node);
  }

  findBranchStartNode(node: FlowNodeModel, parent?: FlowNodeModel): FlowNodeModel | null {
    return findBranchStart(node, parent);
  }

  findBranchParentNode(node?: FlowNodeModel | null): FlowNodeModel | null {
    return findBranchParent(node);
  }

  findBranchEndNode(node: FlowNodeModel): FlowNodeModel | null {
    return findChainEnd(node);
  }

  findBranchParentJob(_job: JobModel, node: FlowNodeModel): JobModel | null {
    const job = this.latestByKey().get(node.key);
    return job ? this.model(job) : null;
  }

  findBranchLastJob(node: FlowNodeModel, _job?: JobModel): JobModel | null {
    const last = findLastJob(node, this.latestByKey());
    return last ? this.model(last) : null;
  }

  getScope(nodeId?: Id, includeSelfScope = false): Record<string, unknown> {
    const { plugin } = this.options;
    const node = nodeId == null ? undefined : this.nodeById(nodeId);
    const { binding } = this;
    return buildScope({
      context: binding ? binding.run.claim.context : this.execution.context,
      jobsByNodeKey: this.latestByKey(),
      systemFunctions: () => plugin.functions.getEntities(),
      execution: () => this.execution,
      scopes: () => this.branchScopes(node, includeSelfScope),
      env: () => plugin.app.environment.getVariables(),
      node,
    }) as unknown as Record<string, unknown>;
  }

  getParsedValue(
    value: unknown,
    nodeId?: Id,
    { additionalScope, includeSelfScope = false }: { additionalScope?: object; includeSelfScope?: boolean } = {},
  ): unknown {
    const scope = this.getScope(nodeId, includeSelfScope);
    return resolveTemplate(value, additionalScope ? Object.assign(scope, additionalScope) : scope);
  }

  private branchScopes(node: FlowNodeModel | undefined, includeSelf: boolean): Record<string, unknown> {
    const scopes: Record<string, unknown> = {};
    let current: FlowNodeModel | null | undefined = includeSelf ? node : this.findBranchParentNode(node);
    while (current) {
      const instruction = this.options.plugin.instructions.get(current.type);
      if (typeof instruction?.getScope === 'function') {
        const job = this.latestByKey().get(current.key);
        const value = instruction.getScope(current, job?.result, this);
        scopes[String(current.id)] = value;
        scopes[current.key] = value;
      }
      current = this.findBranchParentNode(current);
    }
    return scopes;
  }

  isInstructionSync(node: FlowNodeModel): boolean {
    const workflow = this.binding?.version.workflow ?? this.execution.workflow;
    return (workflow ? this.options.plugin.isWorkflowSync(workflow) : false) || Boolean(this.getScopeTransaction(node));
  }

  getScopeTransaction(node: FlowNodeModel, dataSource?: string): Transaction | undefined {
    return this.scopeTransactions.find(node, dataSource);
  }

  setScopeTransaction(key: string, info: ScopeTransaction): void {
    this.scopeTransactions.set(key, info);
  }

  getScopeTransactionByKey(key: string): ScopeTransaction | undefined {
    return this.scopeTransactions.get(key);
  }

  clearScopeTransaction(key: string): void {
    this.scopeTransactions.clear(key);
  }

  markScopeTransactionClosing(key: string, closing: 'commit' | 'rollback'): void {
    this.scopeTransactions.markClosing(key, closing);
  }

  /** Ends the scope transactions that are left when the run ends. @returns whether there were any */
  closeScopeTransactions(status: number): Promise<boolean> {
    return this.scopeTransactions.close(status);
  }

  /** For work that goes on when the call has returned. If the process dies before `dispose()`, the node is called again. */
  createBackgroundAbortHandle(): BackgroundAbortHandle {
    return createAbortHandle(this.abortSignal, this.execution.expiresAt ?? null, this.binding?.inBackground());
  }

  async findPendingJob(jobId: Id): Promise<JobModel | null> {
    // the answer of a node may be faster than the commit of the job that it is for
    await this.stored;
    const job = (await this.options.plugin.db.getModel('jobs').findByPk(jobId)) as unknown as JobModel | null;
    return job?.status === JOB_STATUS.PENDING ? job : null;
  }

  abortExecution(reason: string = EXECUTION_REASON.TIMEOUT): void {
    this.abortedBecause = reason;
    this.abortController.abort(timeoutError(reason));
  }

  isTimeoutAborted(): boolean {
    return this.abortedBecause === EXECUTION_REASON.TIMEOUT;
  }

  get isAborted(): boolean {
    return this.abortedBecause !== undefined || this.controller?.signal.aborted === true || this.binding?.run.endStatus === EXECUTION_STATUS.ABORTED;
  }

  private nodeById(nodeId: Id): FlowNodeModel | undefined {
    return this.nodesMap.get(nodeId) ?? this.nodesMap.get(toModelId(String(nodeId)));
  }

  private latestByKey(): ReadonlyMap<string, JobState> {
    return this.binding?.run.jobsByNodeKey ?? this.detachedJobs;
  }

  private bound(): RunBinding {
    if (!this.binding) {
      throw new Error('this processor is not executing a run: only templates can be resolved with it');
    }
    return this.binding;
  }
}

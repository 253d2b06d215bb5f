import { Plugin } from '@nocobase/server';
import type { Logger } from '@nocobase/logger';
import type { Registry } from '@nocobase/utils';
import type { Transaction, Transactionable } from 'sequelize';
import { WORKER_TOPIC } from '../common/constants';
import { registerApi } from './api/registerApi';
import type {
  CustomFunction,
  EventOptions,
  ExecutionModel,
  Id,
  InstructionInterface,
  JobModel,
  RepairTaskStatsOptions,
  ResumeOptions,
  RunService,
  TaskStatsProvider,
  Trigger,
  WorkflowModel,
  WorkflowPlugin,
} from './contract';
import { registerWorkflowHooks } from './definition/workflowHooks';
import { createSystemFunctions } from './expressions/systemFunctions';
import { standInForCompanion } from './host/companion';
import { dataSourceTransaction } from './host/dataSourceTransaction';
import { installedAt } from './host/installedAt';
import { adoptInstalledName } from './host/installedName';
import { WorkflowLoggers } from './host/loggers';
import { RequestLoad } from './host/RequestLoad';
import { RunningExecutionRegistry } from './host/RunningExecutionRegistry';
import { SafeRegistry } from './host/SafeRegistry';
import { ensureSchema } from './host/schema';
import { observePendingEvents } from './host/telemetry';
import { tuneSqlite } from './host/sqlite';
import { Switchboard, type StatusMessage } from './host/Switchboard';
import { coreInstructions } from './nodes';
import { Processor } from './processor/Processor';
import { toEngineId } from './processor/ids';
import { WorkflowRepository } from './repositories/WorkflowRepository';
import { abortExecution } from './runs/abort';
import { ExecutionSignals } from './runs/ExecutionSignals';
import { HostEngine } from './runs/HostEngine';
import { registerMaskHooks } from './runs/maskHooks';
import { registerRetention } from './runs/Retention';
import { TimeoutManager } from './runs/TimeoutManager';
import { EventIntake } from './runs/trigger';
import { guardConnections } from './storage/guardConnections';
import { JobIds, SafeJobIds, type JobIdSource } from './storage/ids';
import { TaskStats, type TaskNumbers } from './tasks/TaskStats';
import { coreTriggers } from './triggers';
import { registerActionTrigger } from './triggers/action';
import { HostWakeUps } from './wakeUps/HostWakeUps';

const RECOVER_EVERY_MS = 60_000;
/** How soon a process notices that another one of its machine has died. */
const NEIGHBOURS_EVERY_MS = 2_000;
/** How long a stopping process waits for what nodes do in the background. */
const BACKGROUND_GRACE_MS = 5_000;

/**
 * Composition root: builds the parts, wires them to the host's life cycle, and is the object that extensions look up.
 * Decisions are made elsewhere; see `engine/README.md` for the engine.
 */
export class PluginWorkflowServer extends Plugin implements WorkflowPlugin {
  readonly triggers: Registry<Trigger> = new SafeRegistry((type) => this.log?.debug(`trigger type "${type}" is taken`));
  readonly instructions: Registry<InstructionInterface> = new SafeRegistry((type) =>
    this.log?.debug(`node type "${type}" is taken`),
  );
  readonly functions: Registry<CustomFunction> = new SafeRegistry((name) => this.log?.debug(`function "${name}" is taken`));
  readonly enabledCache = new Map<number, WorkflowModel>();
  readonly runningExecutionRegistry = new RunningExecutionRegistry();
  readonly timeoutManager = new TimeoutManager(this);
  snowflake!: JobIdSource;

  private readonly switchboard = new Switchboard(this);
  private readonly taskStats = new TaskStats(this);
  private readonly loggers = new WorkflowLoggers(this);
  private readonly intake = new EventIntake(this, () => this.engine);
  private readonly signals = new ExecutionSignals(this, () => this.engine);
  private readonly wakeUps = new HostWakeUps(this, () => this.engine, this.signals);
  private installedAtMs!: number;
  private requestLoad!: RequestLoad;
  private engineInstance: HostEngine | undefined;
  private recoverTimer: NodeJS.Timeout | undefined;
  private neighboursTimer: NodeJS.Timeout | undefined;

  /** The engine; its tables have to exist when it is first used. */
  private get engine(): HostEngine {
    this.engineInstance ??= new HostEngine(this, {
      jobIds: this.snowflake,
      load: this.requestLoad,
      onEnded: (execution, deleteOnStatus) => this.onExecutionEnded(execution, deleteOnStatus),
      onDeadline: (expiresAt) => this.timeoutManager.watch(expiresAt),
      onWork: () => this.wakeUps.announce(),
    });
    return this.engineInstance;
  }

  private get isSqlite(): boolean {
    return this.db.sequelize.getDialect() === 'sqlite';
  }

  get runs(): RunService {
    return this.engine;
  }

  get channelPendingExecution(): string {
    return `${this.name}.pendingExecution`;
  }

  registerTrigger(type: string, trigger: (new (plugin: WorkflowPlugin) => Trigger) | Trigger): void {
    if (!trigger) {
      throw new Error('invalid trigger type to register');
    }
    this.triggers.register(type, typeof trigger === 'function' ? new trigger(this) : trigger);
  }

  registerInstruction(
    type: string,
    instruction: (new (plugin: WorkflowPlugin) => InstructionInterface) | InstructionInterface,
  ): void {
    if (!instruction) {
      throw new Error('invalid instruction type to register');
    }
    this.instructions.register(type, typeof instruction === 'function' ? new instruction(this) : instruction);
  }

  override afterAdd(): void {
    adoptInstalledName(this);
  }

  override async beforeLoad(): Promise<void> {
    guardConnections(this.db);
    this.db.registerRepositories({ WorkflowRepository });
    this.installedAtMs = await installedAt(this);
    this.snowflake = this.isSqlite ? new SafeJobIds(this.installedAtMs) : new JobIds(this.installedAtMs);
    standInForCompanion(this);
    this.registerTypes();
  }

  /** Extensions load in database order, some before this plugin: built-in types have to be there by then. */
  private registerTypes(): void {
    for (const [type, trigger] of Object.entries(coreTriggers)) {
      this.registerTrigger(type, trigger);
    }
    for (const [type, instruction] of Object.entries(coreInstructions)) {
      this.registerInstruction(type, instruction);
    }
    for (const [name, fn] of Object.entries(createSystemFunctions(this.app as never))) {
      this.functions.register(name, fn);
    }
  }

  override async load(): Promise<void> {
    const { triggers = {}, instructions = {}, functions = {} } = this.options;
    for (const [type, trigger] of Object.entries(triggers)) {
      this.registerTrigger(type, trigger as Trigger);
    }
    for (const [type, instruction] of Object.entries(instructions)) {
      this.registerInstruction(type, instruction as InstructionInterface);
    }
    for (const [name, fn] of Object.entries(functions)) {
      this.functions.register(name, fn as CustomFunction);
    }
    this.requestLoad = new RequestLoad(this.app);
    registerActionTrigger(this);
    registerApi(this);
    registerWorkflowHooks(this);
    registerMaskHooks(this);
    registerRetention(this, this.requestLoad);
    this.wakeUps.subscribe();
    // stopped and started again in one process, the host makes its connections anew
    this.app.on('beforeStart', () => guardConnections(this.db));
    this.app.on('afterStart', () => this.onStart());
    this.app.on('beforeStop', () => this.onStop());
    this.app.on('workflow:recover', () => this.recover());
    observePendingEvents(this.app, () => this.intake.pendingCount);
  }

  private async onStart(): Promise<void> {
    if (this.isSqlite) {
      await tuneSqlite(this.db);
    }
    await ensureSchema(this.db);
    if (this.snowflake instanceof SafeJobIds) {
      this.snowflake.startAfter(await this.engine.store.highestJobId());
    }
    this.engine.versions.watch();
    await this.switchboard.load();
    await this.timeoutManager.load();
    this.intake.ready = true;
    await this.engine.tidyUp();
    this.engine.start();
    await this.wakeUps.open(this.installedAtMs);
    this.recoverTimer = setInterval(() => void this.recover(), RECOVER_EVERY_MS).unref();
    this.neighboursTimer = setInterval(() => void this.seeToNeighbours(), NEIGHBOURS_EVERY_MS).unref();
  }

  private async onStop(): Promise<void> {
    clearInterval(this.recoverTimer);
    clearInterval(this.neighboursTimer);
    await this.timeoutManager.unload();
    this.intake.ready = false;
    await this.intake.drain();
    await this.wakeUps.close();
    await this.engine.stop();
    await this.engine.whenSettled();
    await this.engine.background.stop(BACKGROUND_GRACE_MS);
    await this.engine.store.close();
    await this.switchboard.unload();
    this.engine.versions.clear();
    this.loggers.clear();
  }

  getLogger(id: Id | string = 'dispatcher'): Logger {
    return this.loggers.get(id);
  }

  serving(): boolean {
    return this.app.serving(WORKER_TOPIC);
  }

  isWorkflowSync(workflow: WorkflowModel): boolean {
    const trigger = this.triggers.get(workflow.type);
    if (!trigger) {
      throw new Error(`invalid trigger type ${workflow.type} of workflow ${workflow.id}`);
    }
    return trigger.sync ?? workflow.sync;
  }

  trigger(workflow: WorkflowModel, context: unknown, options: EventOptions = {}): void | Promise<Processor | null | void> {
    return this.intake.trigger(workflow, context, options);
  }

  async execute(workflow: WorkflowModel, values: unknown, options: EventOptions = {}): Promise<Processor | null | void> {
    const trigger = this.triggers.get(workflow.type);
    if (!trigger) {
      throw new Error(`trigger type "${workflow.type}" of workflow ${workflow.id} is not registered`);
    }
    if (typeof trigger.execute !== 'function') {
      throw new Error(`"execute" method of trigger type "${workflow.type}" is not implemented`);
    }
    return trigger.execute(workflow, values, options);
  }

  resume(job: JobModel, options?: ResumeOptions): Promise<void> {
    return this.signals.resume(job, options);
  }

  start(execution: ExecutionModel | Id): Promise<void> {
    return this.signals.start(execution);
  }

  rerun(execution: ExecutionModel | Id, options: { nodeId?: Id; overwrite?: boolean } = {}): Promise<void> {
    return this.signals.rerun(execution, options);
  }

  async recover(): Promise<void> {
    if (this.intake.ready && this.serving()) {
      await this.engine.tidyUp();
      this.engine.kick();
    }
  }

  /** Takes over from a process of this machine that died beside this one. Not being able to costs time only: its leases run out. */
  private async seeToNeighbours(): Promise<void> {
    if (!this.intake.ready || !this.serving()) return;
    const dead = await this.engine.expireDead().catch(() => 0);
    if (dead > 0) this.engine.kick();
  }

  createProcessor(execution: ExecutionModel, options: EventOptions = {}): Processor {
    return new Processor(execution, { ...options, plugin: this });
  }

  abort(execution: ExecutionModel, options: { reason?: string; transaction?: Transaction } = {}): Promise<boolean> {
    return abortExecution(this, execution, options);
  }

  /** Tells what runs in this process that the execution has been aborted. */
  onAborted(execution: ExecutionModel, reason: string | undefined): void {
    const running = this.engine.runningProcessor(execution.id);
    if (running) {
      running.run.abortedOutside(reason);
      running.processor.abortExecution(reason);
    }
    this.runningExecutionRegistry.abort(execution.id, reason);
  }

  isProcessing(executionId: Id): Promise<boolean> {
    return this.engine.store.isStartedAndLeased(toEngineId(executionId));
  }

  abortExecutionIfExpired(execution: ExecutionModel, options: Transactionable = {}): Promise<boolean> {
    return this.timeoutManager.abortExecutionIfExpired(execution, options);
  }

  registerRunningExecution(executionId: Id, abort: (reason?: string) => void): () => void {
    return this.runningExecutionRegistry.register(executionId, abort);
  }

  unregisterRunningExecution(executionId: Id): void {
    this.runningExecutionRegistry.unregister(executionId);
  }

  abortRunningExecution(executionId: Id, reason?: string): boolean {
    return this.runningExecutionRegistry.abort(executionId, reason);
  }

  toggle(
    workflow: WorkflowModel,
    enable: boolean = workflow.enabled,
    options: { silent?: boolean } & Transactionable = {},
  ): Promise<void> {
    return this.switchboard.toggle(workflow, enable, options);
  }

  override async handleSyncMessage(message: StatusMessage): Promise<void> {
    if (message?.type === 'statusChange' && message.workflowId != null) {
      this.engine.versions.forget(message.workflowId);
      await this.switchboard.follow(message);
    }
  }

  useDataSourceTransaction(
    dataSourceName = 'main',
    transaction?: Transaction | null,
    create = false,
  ): Transaction | Promise<Transaction> | undefined {
    return dataSourceTransaction(this.app, dataSourceName, transaction, create);
  }

  registerTaskStatsProvider(type: string, provider: TaskStatsProvider): void {
    this.taskStats.registerProvider(type, provider);
  }

  repairTaskStats(options: RepairTaskStatsOptions = {}): Promise<void> {
    return this.taskStats.repair(options);
  }

  updateTaskStatsByWorkflow(
    values: { userId: Id; workflowKey: string; type: string; stats: TaskNumbers },
    options?: Transactionable,
  ): Promise<void> {
    return this.taskStats.updateByWorkflow(values, options);
  }

  /** @deprecated kept for extensions that know no numbers per workflow */
  updateTasksStats(userId: Id, type: string, stats: Partial<TaskNumbers>, options?: Transactionable): Promise<void> {
    return this.taskStats.updateLegacy(userId, type, stats, options);
  }

  refreshUserWorkflowTaskTypeStats(userId: Id, type: string, options?: Transactionable): Promise<TaskNumbers> {
    return this.taskStats.refreshType(userId, type, options);
  }

  refreshUserWorkflowTaskWorkflowStats(userId: Id, workflowKey: string, options?: Transactionable): Promise<TaskNumbers> {
    return this.taskStats.refreshWorkflow(userId, workflowKey, options);
  }

  getWorkflowIdsByKey(key: string, transaction?: Transaction): Promise<Id[]> {
    return this.taskStats.getWorkflowIdsByKey(key, transaction);
  }

  /** Extensions hear of every end of an execution; then the workflow's retention applies. */
  private async onExecutionEnded(execution: ExecutionModel, deleteOnStatus: number[]): Promise<void> {
    await this.db.emitAsync('executions.afterUpdate', execution, { transaction: null });
    if (execution.status && deleteOnStatus.includes(execution.status)) {
      await execution.destroy();
    }
  }
}

export default PluginWorkflowServer;

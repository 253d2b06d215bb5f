import type { Transaction } from 'sequelize';
import { randomUUID } from 'node:crypto';
import { EXECUTION_STATUS } from '../../common/status';
import type { EnqueuedRun, EventOptions, ExecutionModel, Id, RunRequest, RunService, WorkflowPlugin } from '../contract';
import { Committer } from '../engine/Committer';
import { Dispatcher } from '../engine/Dispatcher';
import { Driver } from '../engine/Driver';
import { faultPoints } from '../engine/faults';
import type { Neighbours } from '../engine/Neighbours';
import type { Run } from '../engine/Run';
import type { ClaimedRun } from '../engine/types';
import { createEnvironmentMasker } from '../expressions/mask';
import { createOwner, isDeadOwner } from '../host/owner';
import { VersionCache } from '../host/VersionCache';
import { HostInvoker } from '../processor/HostInvoker';
import { toEngineId, toModelId } from '../processor/ids';
import type { LoadedVersion } from '../processor/LoadedVersion';
import { Processor } from '../processor/Processor';
import type { Counted } from '../storage/commit';
import { isConflict, isConnectionFailure, isStorageFailure } from '../storage/failures';
import type { JobIdSource } from '../storage/ids';
import type { NewExecution } from '../storage/insertExecutions';
import { SqlRunStore, type SqlRunStoreOptions } from '../storage/SqlRunStore';
import { WatchedRunStore } from '../storage/WatchedRunStore';
import { BackgroundWork } from './BackgroundWork';
import { assertLoopAllowed } from './loopGuard';
import { findNeighbours } from './neighbours';
import { originOf } from './origin';

/** Renewed every third of it, see `HeldRuns`; a process that dies without a word is replaced after at most this time. */
const LEASE_MS = 8_000;
const HOLD_MS = 30_000;
const PARALLEL_RUNS = 20;
const CLAIM_BATCH = 100;
const IDLE_POLL_MS = 1_000;
const BUSY_POLL_MS = 50;
const LOADED_POLL_MS = 500;

export interface HostEngineOptions {
  /** how busy this process is with requests */
  load: { readonly isHigh: boolean; onRelief: () => void };
  jobIds: JobIdSource;
  /** a run has ended, and that is stored */
  onEnded(execution: ExecutionModel, deleteOnStatus: number[]): Promise<void>;
  /** a run waits and has to be aborted at this instant */
  onDeadline(expiresAt: Date): void;
  /** something was stored that any process may execute */
  onWork(): void;
}

/** The engine inside the host: stores events as executions, executes them, and hands their processors out. */
export class HostEngine implements RunService {
  readonly owner = createOwner();
  readonly versions: VersionCache;
  readonly store: SqlRunStore;
  readonly dispatcher: Dispatcher;
  private readonly neighbours: Neighbours | undefined;
  readonly background: BackgroundWork;
  private readonly driver: Driver;
  private readonly processors = new WeakMap<Run, Processor>();
  /** options of inline runs, until their processor exists */
  private readonly inlineOptions = new Map<string, EventOptions>();
  private readonly claims = new WeakMap<EnqueuedRun, { claim: ClaimedRun; at: number }>();
  private readonly settling = new Set<Promise<void>>();

  constructor(
    private readonly plugin: WorkflowPlugin,
    private readonly options: HostEngineOptions,
  ) {
    const { db } = plugin;
    const log = plugin.getLogger('dispatcher');
    const clock = { now: () => Date.now() };
    this.versions = new VersionCache(db, plugin.enabledCache);
    const storeOptions: SqlRunStoreOptions = {
      onCounted: (counted) => this.countInMemory(counted),
      mask: createEnvironmentMasker(plugin.app.environment),
      owner: this.owner,
      leaseMs: LEASE_MS,
    };
    const faults = faultPoints();
    this.store = faults
      ? new WatchedRunStore(faults, db, options.jobIds, storeOptions)
      : new SqlRunStore(db, options.jobIds, storeOptions);
    this.background = new BackgroundWork(this.store, log);
    this.driver = new Driver({
      store: this.store,
      committer: new Committer(this.store, isConnectionFailure),
      invoker: new HostInvoker(plugin, (run) => this.processorOf(run), () => options.jobIds.next()),
      clock,
      log,
      isStorageFailure,
      isConnectionFailure,
      isConflict,
    });
    this.neighbours = findNeighbours(plugin, this.store, { owner: this.owner, leaseMs: LEASE_MS, log });
    this.dispatcher = new Dispatcher(
      {
        store: this.store,
        driver: this.driver,
        versions: this.versions,
        clock,
        log,
        serving: () => plugin.serving(),
        underLoad: () => options.load.isHigh,
        neighbours: this.neighbours,
        onSettled: (run) => this.onSettled(run),
      },
      {
        owner: this.owner,
        leaseMs: LEASE_MS,
        batch: CLAIM_BATCH,
        parallel: PARALLEL_RUNS,
        idlePollMs: IDLE_POLL_MS,
        busyPollMs: BUSY_POLL_MS,
        loadedPollMs: LOADED_POLL_MS,
      },
    );
    options.load.onRelief = () => this.dispatcher.relieve();
  }

  start(): void {
    this.neighbours?.start();
    this.dispatcher.start();
  }

  /** Stops claiming and lets what is being executed finish, see `Dispatcher.stop()`. */
  async stop(): Promise<void> {
    await Promise.all([this.dispatcher.stop(), this.neighbours?.stop()]);
  }

  async enqueue(
    requests: RunRequest[],
    { mode, transaction, deferred = false }: { mode: 'async' | 'held' | 'inline'; transaction?: Transaction | null; deferred?: boolean },
  ): Promise<EnqueuedRun[]> {
    for (const request of requests) {
      await this.withStack(request, transaction ?? undefined);
      await this.assertValid(request, transaction ?? undefined);
    }
    const rows = requests.map((request) => this.toRow(request, mode, deferred));
    const stored = await this.store.insert(rows, transaction);
    return stored.map((row, i) => this.toEnqueued(row, requests[i] as RunRequest));
  }

  /**
   * An inline run that lives inside somebody's open transaction: its history is written apart, so that it survives
   * a rollback, and nobody goes on with it when this process dies, because then the write never happened.
   */
  async enqueueBound(request: RunRequest): Promise<EnqueuedRun> {
    await this.withStack(request);
    await this.assertValid(request);
    const [row] = await this.store.insert([{ ...this.toRow(request, 'inline', false), bound: true }]);
    return this.toEnqueued(row as NewExecution, request);
  }

  async runInline(run: EnqueuedRun, options: EventOptions = {}): Promise<Processor | null> {
    const entry = this.claims.get(run);
    if (!entry) {
      throw new Error(`execution ${run.executionId} was not enqueued for inline execution`);
    }
    this.claims.delete(run);
    const { claim, at } = entry;
    if (Date.now() - at > LEASE_MS / 2) {
      const held = await this.store.renew(this.owner, [claim.id], LEASE_MS);
      if (!held.has(claim.id)) {
        return null;
      }
    }
    this.inlineOptions.set(claim.id, options);
    let isOver = false;
    try {
      const executed = await this.dispatcher.executeHeld(claim);
      isOver = executed != null && !executed.lost && executed.endStatus !== null;
      const isKnown = executed && (!executed.lost || executed.endStatus === EXECUTION_STATUS.ABORTED);
      return isKnown ? this.processorOf(executed) : null;
    } finally {
      this.inlineOptions.delete(claim.id);
      if (!isOver) {
        this.dispatcher.kick();
      }
    }
  }

  async release(runs: EnqueuedRun[]): Promise<void> {
    if (runs.length > 0) {
      await this.store.free(runs.map(({ executionId }) => toEngineId(executionId)));
      this.kick();
    }
  }

  kick(): void {
    faultPoints()?.pass('hint', 'before');
    this.dispatcher.kick();
    this.options.onWork();
    faultPoints()?.pass('hint', 'after');
  }

  /** Whether this process takes up at once what it is told of. */
  get hasTime(): boolean {
    return this.plugin.serving() && !this.options.load.isHigh && !this.dispatcher.isBusy;
  }

  /**
   * Ends the leases of processes of this machine that are gone: they need not run out.
   * @returns how many processes those were
   */
  async expireDead(): Promise<number> {
    const dead = (await this.store.owners()).filter((owner) => isDeadOwner(owner, this.owner));
    for (const owner of dead) {
      await this.store.expire(owner);
    }
    return dead.length;
  }

  /**
   * What nobody else does: leases of dead processes are ended, waiting jobs
   * whose answer was never announced are continued, and requests for
   * executions that have ended are dropped. Never rejects: without it everything only takes longer.
   */
  async tidyUp(): Promise<void> {
    try {
      await this.expireDead();
      await this.store.wakeUpLost();
      await this.store.deleteStaleSignals();
    } catch (error) {
      this.plugin.getLogger('dispatcher').error('recovery failed; trying again later', { error });
    }
  }

  /** Resolves when what happens after the end of runs (hooks, deletions) is done too. */
  async whenSettled(): Promise<void> {
    await Promise.allSettled([...this.settling]);
  }

  /** The processor of a run that this process executes right now. */
  runningProcessor(executionId: Id): { run: Run; processor: Processor } | undefined {
    const run = this.dispatcher.runningRun(toEngineId(executionId));
    return run && { run, processor: this.processorOf(run) };
  }

  private processorOf(run: Run): Processor {
    let processor = this.processors.get(run);
    if (!processor) {
      const options = this.inlineOptions.get(run.id);
      const version = run.version as LoadedVersion;
      processor = new Processor(
        () => this.buildExecution(run, version),
        { ...options, plugin: this.plugin },
        {
          run,
          version,
          nested: (nodeId, inputId) => this.driver.nested(run, nodeId, inputId),
          flush: () => this.driver.flush(run),
          nextJobId: () => this.options.jobIds.next(),
          inBackground: () => this.background.begin(run),
        },
      );
      this.processors.set(run, processor);
    }
    return processor;
  }

  private buildExecution(run: Run, version: LoadedVersion): ExecutionModel {
    const { claim } = run;
    const execution = this.plugin.db.getModel('executions').build(
      {
        id: toModelId(claim.id),
        workflowId: toModelId(claim.workflowId),
        key: claim.key,
        eventKey: claim.eventKey,
        context: claim.context,
        status: run.status,
        dispatched: true,
        stack: claim.stack.map((id) => toModelId(id)),
        parentExecutionId: toModelId(claim.parentExecutionId),
        manually: claim.manually || null,
        createdAt: claim.createdAt,
        updatedAt: new Date(),
        startedAt: run.startedAt,
        expiresAt: run.expiresAt,
        output: run.output,
        reason: run.reason,
      },
      { isNewRecord: false, raw: true },
    ) as unknown as ExecutionModel;
    execution.workflow = version.workflow;
    return execution;
  }

  private onSettled(run: Run): void {
    if (run.endStatus === null) {
      if (run.expiresAt) {
        this.options.onDeadline(run.expiresAt);
      }
      return;
    }
    const { deleteOnStatus } = run.version;
    const work: Promise<void> = this.options
      .onEnded(this.processorOf(run).execution, deleteOnStatus)
      .catch((error: unknown) => {
        this.plugin.getLogger('dispatcher').error(`after the end of execution ${run.id}`, { error });
      })
      .finally(() => this.settling.delete(work));
    this.settling.add(work);
  }

  /** A child stands in the chain behind its parent. */
  private async withStack(request: RunRequest, transaction?: Transaction): Promise<void> {
    if (request.parentExecutionId != null && !request.stack) {
      const parent = (await this.plugin.db
        .getModel('executions')
        .findByPk(request.parentExecutionId, { attributes: ['id', 'stack'], transaction })) as ExecutionModel | null;
      request.stack = parent ? [...(parent.stack ?? []), parent.id] : [];
    }
  }

  private async assertValid(request: RunRequest, transaction?: Transaction): Promise<void> {
    const { workflow, context, ...options } = request;
    const trigger = this.plugin.triggers.get(workflow.type);
    if (typeof trigger?.validateEvent === 'function' && !(await trigger.validateEvent(workflow, context, options))) {
      throw new Error('event is not valid');
    }
    await assertLoopAllowed(this.plugin.db, workflow, request.stack ?? [], transaction);
  }

  private toRow(request: RunRequest, mode: 'async' | 'held' | 'inline', deferred: boolean): Omit<NewExecution, 'id'> {
    const { workflow, context, eventKey, stack, parentExecutionId, manually } = request;
    const { source, userId, recordKey } = originOf(request, this.plugin.app.dataSourceManager);
    return {
      source,
      userId: userId === null ? null : toEngineId(userId),
      recordKey,
      workflowId: toEngineId(workflow.id),
      key: workflow.key,
      eventKey: eventKey ?? randomUUID(),
      context,
      stack: stack ? stack.map(toEngineId) : null,
      parentExecutionId: parentExecutionId == null ? null : toEngineId(parentExecutionId),
      manually: manually ? true : null,
      leaseOwner: mode === 'async' ? null : this.owner,
      leaseMs: mode === 'inline' ? LEASE_MS : null,
      holdMs: mode === 'held' ? HOLD_MS : null,
      deferred,
      bound: false,
    };
  }

  private toEnqueued(row: NewExecution, { workflow }: RunRequest): EnqueuedRun {
    const enqueued: EnqueuedRun = { executionId: toModelId(row.id), workflow };
    if (row.leaseMs !== null) {
      const claim: ClaimedRun = {
        id: row.id,
        workflowId: row.workflowId,
        key: row.key,
        context: row.context,
        status: EXECUTION_STATUS.QUEUEING,
        epoch: 0,
        attempts: 0,
        stack: row.stack ?? [],
        parentExecutionId: row.parentExecutionId,
        manually: row.manually === true,
        startedAt: null,
        expiresAt: null,
        createdAt: new Date(),
        eventKey: row.eventKey,
        output: null,
        cursor: null,
        signals: [],
      };
      this.claims.set(enqueued, { claim, at: Date.now() });
    }
    return enqueued;
  }

  private countInMemory(counted: Counted[]): void {
    for (const { workflowId, key, count } of counted) {
      const { enabledCache } = this.plugin;
      const version = enabledCache.get(Number(workflowId));
      increase(version?.versionStats, count);
      // a run of a version that is not enabled any more counts for the workflow too
      const workflow = version ?? [...enabledCache.values()].find((other) => other.key === key);
      increase(workflow?.stats, count);
    }
  }
}

function increase(stats: { executed: number | string } | undefined, count: number): void {
  if (stats) {
    const before = stats.executed ?? 0;
    const sum = Number(before) + count;
    stats.executed = Number.isSafeInteger(sum) ? sum : String(BigInt(before) + BigInt(count));
  }
}


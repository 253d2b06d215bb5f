import { AsyncResource } from 'node:async_hooks';
import { EXECUTION_STATUS } from '../../common/status';
import type { Driver } from './Driver';
import { HeldRuns, type LeaseOptions } from './HeldRuns';
import { Lanes, type Place } from './Lanes';
import { Occasion } from './Occasion';
import { OneByOne } from './OneByOne';
import type { Clock, EngineLog, RunStore, Version, VersionSource } from './ports';
import { missingVersion } from './missingVersion';
import { ENGINE_REASON } from './reasons';
import { Run } from './Run';
import { isPlenty, SharedClaims } from './share';
import type { ClaimedRun } from './types';

export interface DispatcherOptions extends LeaseOptions {
  /** how many runs one claim takes at most */
  batch: number;
  /** how many runs are executed at the same time in this process */
  parallel: number;
  /** pause between two looks at the database while nothing happens, and after the storage failed */
  idlePollMs: number;
  /** pause between two claims while events stream in: they share a claim */
  busyPollMs: number;
  /** the same while this process is under load: what people wait for goes first */
  loadedPollMs?: number;
}

export interface DispatcherDeps {
  store: RunStore;
  driver: Driver;
  versions: VersionSource;
  clock: Clock;
  log: EngineLog;
  /** false on processes that only answer requests */
  serving(): boolean;
  /** true while this process has so many requests to answer that background work would slow them down */
  underLoad?(): boolean;
  /** workflows that other processes execute first */
  neighbours?: { readonly foreignKeys: readonly string[] };
  /** the run is stored as ended or waiting */
  onSettled(run: Run): void;
}

/** Leases held at the same time, in claims. */
const MAX_HELD_BATCHES = 20;
/** How long runs may follow each other before the event loop gets its turn. */
const SLICE_MS = 4;
/** A run that was interrupted this often without getting on may be what kills its process: such runs go one by one. */
const SUSPECT_ATTEMPTS = 2;
/** After so many interruptions without getting on it is not tried again. */
const MAX_ATTEMPTS = 5;

/**
 * Finds work and executes it.
 *
 * The database rows are the truth; `kick()` only says "look now" and may be lost or doubled. What is found queues in
 * lanes. A run that waits for somebody leaves its lane.
 *
 * States: stopped → (start) → running; (stop) → draining → stopped. Only `running` claims.
 */
export class Dispatcher {
  private readonly lanes: Lanes;
  private readonly claims: SharedClaims;
  private readonly held: HeldRuns;
  private readonly executing = new Map<string, Run | null>();
  private state: 'stopped' | 'running' | 'draining' = 'stopped';
  private look: Promise<void> | undefined;
  private lookAgain = false;
  private lastFoundAt = 0;
  private pausedUntil = 0;
  private sliceEndsAt = 0;
  private claimTimer: NodeJS.Timeout | undefined;
  private readonly suspects = new OneByOne();
  private readonly idle = new Occasion();
  /** work must not inherit the request or the transaction that happened to announce it */
  private readonly scope = new AsyncResource('WorkflowDispatcher');

  constructor(
    private readonly deps: DispatcherDeps,
    private readonly options: DispatcherOptions,
  ) {
    this.held = new HeldRuns({ ...deps, onGone: (claim) => this.onLeaseGone(claim) }, options);
    this.claims = new SharedClaims(deps.store, () => deps.neighbours?.foreignKeys ?? []);
    this.lanes = new Lanes(options.parallel, (claim, place) => this.begin(claim, place));
  }

  start(): void {
    if (this.state === 'running') {
      return;
    }
    this.state = 'running';
    this.held.start();
    this.scheduleLook(0);
  }

  /** Stops claiming, lets what is being executed finish its current run, gives the rest back. */
  async stop(graceMs = 10_000): Promise<void> {
    if (this.state !== 'running') {
      return;
    }
    this.state = 'draining';
    clearTimeout(this.claimTimer);
    this.held.keepForLater(this.lanes.takeWaiting());
    await this.look;
    await this.giveBackSafely();
    await this.whenIdle(graceMs);
    await this.giveBackSafely();
    // it may have been started again meanwhile
    if ((this.state as string) === 'draining') {
      this.held.stop();
      this.state = 'stopped';
    }
  }

  /** There may be work. Cheap, may be called for every event: events share a claim. */
  kick(): void {
    if (this.state !== 'running') {
      return;
    }
    this.lookAgain = true;
    if (!this.look) {
      this.scheduleLook(this.lastFoundAt + this.pollMs - this.deps.clock.now());
    }
  }

  /** The process has time again: work that it has put off, if there is any, is looked for at once. */
  relieve(): void {
    if (this.lookAgain && !this.look && this.state === 'running') {
      this.scheduleLook(0);
    }
  }

  /** True while as many runs as may be executed at the same time are held: others may have more time. */
  get isBusy(): boolean {
    return this.held.size >= this.options.parallel;
  }

  private get pollMs(): number {
    const { busyPollMs, loadedPollMs = busyPollMs } = this.options;
    return this.deps.underLoad?.() ? loadedPollMs : busyPollMs;
  }

  /** The run being executed in this process, if any. */
  runningRun(executionId: string): Run | undefined {
    return this.executing.get(executionId) ?? undefined;
  }

  /** Resolves when nothing is being executed, or after `graceMs`. */
  whenIdle(graceMs: number): Promise<void> {
    return this.executing.size === 0 ? Promise.resolve() : this.idle.next(graceMs);
  }

  /**
   * Executes a run whose lease this process already holds, now, in the caller's flow of control.
   * @returns the run, ended or waiting; undefined when its version is gone
   * @throws RunInterruptedError when the storage failed; the run goes on in the background
   */
  async executeHeld(claim: ClaimedRun): Promise<Run | undefined> {
    // leased with the event, or later: nobody here knows how long ago
    this.held.add(claim, 0);
    this.executing.set(claim.id, null);
    try {
      const version = await this.deps.versions.load(claim.workflowId);
      const run = await this.execute(claim, version);
      return version && run;
    } catch (error) {
      this.held.breakOff(claim);
      throw error;
    } finally {
      this.forget(claim.id);
    }
  }

  private scheduleLook(delayMs: number): void {
    clearTimeout(this.claimTimer);
    const delay = Math.max(0, delayMs, this.pausedUntil - this.deps.clock.now());
    this.scope.runInAsyncScope(() => {
      this.claimTimer = setTimeout(() => void this.lookForWork(), delay);
      this.claimTimer.unref();
    });
  }

  private async lookForWork(): Promise<void> {
    if (this.look || this.state !== 'running') {
      return;
    }
    this.lookAgain = false;
    let found = 0;
    this.look = this.claim().then(
      (count) => {
        found = count;
        if (count > 0) {
          this.lastFoundAt = this.deps.clock.now();
        }
      },
      (error: unknown) => {
        this.pause();
        this.deps.log.error('work could not be claimed; trying again', { error });
      },
    );
    await this.look;
    this.look = undefined;
    if (this.state === 'running') {
      const full = isPlenty(found, this.options.batch);
      this.lookAgain ||= found > 0;
      this.scheduleLook(full ? 0 : this.lookAgain ? this.pollMs : this.options.idlePollMs);
    }
  }

  private async claim(): Promise<number> {
    const { owner, leaseMs, batch } = this.options;
    await this.held.giveBack();
    if (this.held.size >= batch * MAX_HELD_BATCHES || !this.deps.serving()) {
      return 0;
    }
    const request = { owner, leaseMs, limit: batch, exceptKeys: this.lanes.crowded(batch / 2) };
    const since = this.deps.clock.now();
    const found = await this.claims.claim(request, this.lanes, (claims) => this.take(claims, since));
    return this.state === 'running' ? found : 0;
  }

  private take(claims: ClaimedRun[], since: number): void {
    const taken = this.held.take(claims, since);
    if (this.state === 'running') {
      this.lanes.add(taken);
    } else {
      this.held.keepForLater(taken);
    }
  }

  private async giveBackSafely(): Promise<void> {
    await this.held.giveBack().catch((error: unknown) => this.deps.log.warn('leases could not be given back', { error }));
  }

  private pause(): void {
    this.pausedUntil = this.deps.clock.now() + this.options.idlePollMs;
    if (this.state === 'running' && !this.look) {
      this.scheduleLook(0);
    }
  }

  private begin(claim: ClaimedRun, place: Place): void {
    this.executing.set(claim.id, null);
    if (this.lanes.waiting(claim.key) === Math.floor(this.options.batch / 4)) {
      this.kick();
    }
    void this.executeClaimed(claim, place).finally(() => this.forget(claim.id));
  }

  /**
   * The lane goes on as soon as the run has nothing left to do but to store its pure rest: that shares a commit with
   * the runs behind it, and a crash before it costs nothing but executing pure nodes again. It also goes on when the
   * run was taken away or aborted, however long its node does not notice.
   */
  private async executeClaimed(claim: ClaimedRun, place: Place): Promise<void> {
    try {
      await this.breathe();
      const version = await this.deps.versions.load(claim.workflowId);
      place.allow(version?.concurrency ?? 1);
      const work = () => this.execute(claim, version, place);
      await (claim.attempts >= SUSPECT_ATTEMPTS ? this.suspects.run(work) : work());
    } catch (error) {
      this.deps.log.error(`execution ${claim.id} was interrupted and will be continued`, { error });
      this.held.breakOff(claim);
      this.held.keepForLater(this.lanes.takeWaiting(claim.key));
      this.pause();
    } finally {
      place.leave();
    }
  }

  /**
   * Lets the process see to its connections, but not after every run: runs of one slice share a commit, and each turn
   * of the event loop costs more than executing a few pure nodes.
   */
  private async breathe(): Promise<void> {
    const now = this.deps.clock.now();
    if (now < this.sliceEndsAt) {
      return;
    }
    await new Promise(setImmediate);
    this.sliceEndsAt = Math.max(this.sliceEndsAt, this.deps.clock.now() + SLICE_MS);
  }

  private async execute(claim: ClaimedRun, version: Version | undefined, place?: Place): Promise<Run> {
    const run = await this.openRun(claim, version);
    this.executing.set(claim.id, run);
    run.onLost = () => {
      // runs behind one that broke off wait for it
      if (!run.failure) {
        this.leaveToOthers(claim.key);
        place?.leave();
      }
    };
    await this.deps.driver.execute(run, () => place?.leave());
    if (run.lost) {
      // in case it was this very process that claimed it again
      this.held.breakOff(claim);
    } else {
      this.deps.onSettled(run);
      if (run.endStatus === null) {
        // it may have been answered while it was being executed
        this.kick();
      }
    }
    return run;
  }

  private async openRun(claim: ClaimedRun, version: Version | undefined): Promise<Run> {
    const jobs = claim.startedAt ? await this.deps.store.loadJobs([claim.id]) : new Map();
    const run = new Run(claim, version ?? missingVersion(claim), jobs.get(claim.id) ?? []);
    if (!version) {
      this.deps.log.error(`workflow ${claim.workflowId} is gone, execution ${claim.id} cannot go on`, { executionId: claim.id });
      run.endWith(EXECUTION_STATUS.ERROR, ENGINE_REASON.WORKFLOW_GONE);
    } else if (claim.cursor?.bound) {
      run.endWith(EXECUTION_STATUS.ABORTED, ENGINE_REASON.TRANSACTION_LOST);
    } else if (claim.attempts >= MAX_ATTEMPTS) {
      this.deps.log.error(`execution ${claim.id} was interrupted ${claim.attempts} times at the same place and is given up`, {
        executionId: claim.id,
      });
      run.endWith(EXECUTION_STATUS.ERROR, ENGINE_REASON.INTERRUPTED);
    } else if (claim.attempts > 0) {
      run.lost = !(await this.deps.store.countAttempt(claim.id, claim.epoch));
    }
    return run;
  }

  private forget(executionId: string): void {
    this.executing.delete(executionId);
    this.held.forget(executionId);
    if (this.claims.hasRoomAgain(this.lanes)) {
      this.kick();
    }
    if (this.executing.size === 0) {
      this.idle.happened();
    }
  }

  private onLeaseGone(claim: ClaimedRun): void {
    const run = this.executing.get(claim.id);
    if (run && !run.releasing) {
      this.deps.log.warn(`the lease of execution ${claim.id} is gone`, { executionId: claim.id });
      run.lost = true;
    } else if (run === undefined) {
      this.lanes.remove(claim);
      this.held.forget(claim.id);
      this.leaveToOthers(claim.key);
    }
  }

  /** Whoever has a run of a workflow now has the workflow: what waits behind it here goes back, and is claimed when its turn has come. */
  private leaveToOthers(key: string): void {
    const waiting = this.lanes.takeWaiting(key);
    if (waiting.length > 0) {
      this.held.keepForLater(waiting);
      this.kick();
    }
  }
}

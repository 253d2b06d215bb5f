import assert from 'node:assert';
import { JOB_STATUS, EXECUTION_STATUS, isLive, toExecutionStatus } from '../../common/status';
import { BackgroundAttempts, type AttemptsSnapshot } from './BackgroundAttempts';
import { cursorOf, frameOf, isRepeating, reservedIdOf, type OpenCall } from './calls';
import type { Version } from './ports';
import { RunJobs, type JobPatch, type JobsSnapshot } from './RunJobs';
import type { ClaimedRun, JobState, RunCommit, Signal, Step } from './types';

export { isRepeating, type CallStep, type OpenCall } from './calls';
export type { JobPatch };

/** @see Run.snapshot */
export interface RunSnapshot {
  epoch: number;
  status: number | null;
  endStatus: number | null;
  reason: string | null;
  unsavedEffect: boolean;
  overwrite: JobState | null;
  storedStep: Step | null;
  jobs: JobsSnapshot;
  attempts: AttemptsSnapshot;
  consumed: string[];
  outputValue: { value: unknown } | null;
  output: unknown;
}

/**
 * One execution in memory, from claim to release.
 *
 * Invariants (asserted here, explained in README.md):
 * - jobs reach the database only through `takeCommit()`, together with the cursor that fits them
 * - once ended or lost, nothing is stored any more
 * - `epoch` is the one the database holds; a commit whose guard failed makes the run `lost` for good
 */
export class Run {
  readonly id: string;
  readonly workflowId: string;
  readonly key: string;
  readonly claim: ClaimedRun;
  status: number | null;
  startedAt: Date | null;
  expiresAt: Date | null;
  reason: string | null = null;
  /** told once, when the run becomes `lost` */
  onLost: (() => void) | undefined;
  /** why the run was given up in this process, when it was not ended and not handed back */
  failure: Error | null = null;
  /** the write that gives the lease back is under way or done */
  releasing = false;
  /** status the execution ends with, once that is decided */
  endStatus: number | null = null;
  /** an outside effect happened whose job is not stored yet */
  unsavedEffect = false;
  readonly calls: OpenCall[] = [];
  readonly attempts: BackgroundAttempts;
  /** job that a rerun writes again instead of adding one */
  overwrite: JobState | null = null;

  private isLost = false;
  private isAbortedOutside = false;
  private epoch: number;
  private readonly jobs = new RunJobs();
  /** ids of signals */
  private readonly consumed: string[] = [];
  private outputValue: { value: unknown } | null = null;
  /** the step of the cursor that the database holds */
  private storedStep: Step | null;

  constructor(
    claim: ClaimedRun,
    readonly version: Version,
    jobs: JobState[],
  ) {
    this.claim = claim;
    this.id = claim.id;
    this.workflowId = claim.workflowId;
    this.key = claim.key;
    this.status = claim.status;
    this.startedAt = claim.startedAt;
    this.expiresAt = claim.expiresAt;
    this.epoch = claim.epoch;
    this.storedStep = claim.cursor?.step ?? null;
    this.attempts = new BackgroundAttempts(claim.signals);
    for (const job of jobs) {
      this.jobs.adopt(job);
    }
  }

  /** The lease is gone or somebody else ended the execution: no write of ours counts any more. For good, once it is true. */
  get lost(): boolean {
    return this.isLost;
  }

  set lost(lost: boolean) {
    const becomesLost = lost && !this.isLost;
    this.isLost ||= lost;
    if (becomesLost) {
      this.onLost?.();
    }
  }

  /** Somebody else has aborted the execution, and that is stored. */
  abortedOutside(reason: string | undefined): void {
    this.endStatus = EXECUTION_STATUS.ABORTED;
    this.reason = reason ?? null;
    this.isAbortedOutside = true;
    this.lost = true;
  }

  get ended(): boolean {
    return this.endStatus !== null || this.lost;
  }

  get output(): unknown {
    return this.outputValue ? this.outputValue.value : this.claim.output;
  }

  setOutput(value: unknown): void {
    this.outputValue = { value };
  }

  job(id: string): JobState | undefined {
    return this.jobs.get(id);
  }

  latestJob(nodeId: string): JobState | undefined {
    return this.jobs.latestOf(nodeId);
  }

  /** Latest job of every node that has one. */
  latestJobs(): IterableIterator<JobState> {
    return this.jobs.latest();
  }

  /** Latest job of every node that has one, by node key. */
  get jobsByNodeKey(): ReadonlyMap<string, JobState> {
    return this.jobs.latestByKey;
  }

  get lastSavedJobId(): string | null {
    return this.jobs.lastSavedId;
  }

  set lastSavedJobId(id: string | null) {
    this.jobs.lastSavedId = id;
  }

  /** Marks the run as entered; the deadline counts from here. Called once, by the first process that executes it. */
  enter(now: Date): void {
    if (this.startedAt) {
      this.status = EXECUTION_STATUS.STARTED;
      return;
    }
    assert(isLive(this.status), `execution ${this.id} has already ended`);
    this.status = EXECUTION_STATUS.STARTED;
    this.startedAt = now;
    this.expiresAt = this.version.timeoutMs > 0 ? new Date(now.getTime() + this.version.timeoutMs) : null;
  }

  /** Takes in a job that was read from the database apart from the run. */
  adopt(job: JobState): JobState {
    return this.jobs.adopt(job);
  }

  addJob(job: JobState): JobState {
    this.noteJobOfCall(job);
    return this.jobs.add(job);
  }

  updateJob(job: JobState, patch: JobPatch): JobState {
    this.noteJobOfCall(job);
    return this.jobs.update(job, patch);
  }

  private noteJobOfCall({ id, nodeId }: JobState): void {
    const call = this.calls.at(-1);
    if (call?.nodeId === nodeId && call.step.type === 'run') {
      call.jobId ??= id;
    }
  }

  /**
   * The job that an interrupted attempt of the open call had saved for this node: the repeated call gets it instead of
   * adding another. What it saves once it is past the point of the interruption is new.
   */
  takeRepeatedJob(nodeId: string): JobState | undefined {
    const call = this.calls.at(-1);
    if (call?.nodeId !== nodeId || call.repeated === null || (call.replay > 0 && !isRepeating(call))) {
      return undefined;
    }
    const job = this.jobs.get(call.repeated);
    if (!isRepeating(call)) {
      call.repeated = null;
    }
    return job;
  }

  /** The id that the first job of this node has to get in the open call, if one was reserved. */
  takeReservedId(nodeId: string): string | undefined {
    const id = reservedIdOf(this.calls.at(-1), nodeId);
    return id !== undefined && !this.jobs.get(id) ? id : undefined;
  }

  /** True while the open call repeats what an interrupted attempt of it had done. @see isRepeating */
  get repeating(): boolean {
    return isRepeating(this.calls.at(-1));
  }

  /** The waiting job has been answered and is being continued; a second answer finds nothing to do. */
  takeAnswer(job: JobState): boolean {
    this.forgetAttempt(job.id);
    if (!job.waiting) {
      return false;
    }
    this.jobs.setWaiting(job, false);
    return true;
  }

  /** Nobody has to take up again what a node did in the background for this job. */
  forgetAttempt(jobId: string): void {
    this.consumed.push(...this.attempts.settle(jobId));
  }

  /** The job was answered and its node waits on: the next answer counts again. */
  keepWaiting(job: JobState): void {
    if (job.status === JOB_STATUS.PENDING && !job.waiting) {
      this.jobs.setWaiting(job, true);
    }
  }

  /** What has to come back when the transaction that was to store it rolls back. */
  snapshot(): RunSnapshot {
    return {
      epoch: this.epoch,
      status: this.status,
      endStatus: this.endStatus,
      reason: this.reason,
      unsavedEffect: this.unsavedEffect,
      overwrite: this.overwrite,
      storedStep: this.storedStep,
      jobs: this.jobs.snapshot(),
      attempts: this.attempts.snapshot(),
      consumed: [...this.consumed],
      outputValue: this.outputValue,
      output: this.claim.output,
    };
  }

  restore(snapshot: RunSnapshot): void {
    this.epoch = snapshot.epoch;
    this.status = snapshot.status;
    this.endStatus = snapshot.endStatus;
    this.reason = snapshot.reason;
    this.unsavedEffect = snapshot.unsavedEffect;
    this.overwrite = snapshot.overwrite;
    this.storedStep = snapshot.storedStep;
    this.releasing = false;
    this.jobs.restore(snapshot.jobs);
    this.attempts.restore(snapshot.attempts);
    this.consumed.splice(0, this.consumed.length, ...snapshot.consumed);
    this.outputValue = snapshot.outputValue;
    this.claim.output = snapshot.output;
  }

  /** Signal that has been turned into steps; removed from the database with the next commit. */
  consume(signal: Signal): void {
    this.consumed.push(signal.id);
  }

  /** Ends the execution; what still waits (the loop around an end node, another branch) is aborted with it. */
  finish(jobStatus: number): void {
    if (this.ended) {
      return;
    }
    for (const job of this.jobs.latest()) {
      if (job.status === JOB_STATUS.PENDING) {
        this.updateJob(job, { status: JOB_STATUS.ABORTED });
      }
    }
    this.endStatus = toExecutionStatus(jobStatus);
  }

  /** Ends the execution whatever its jobs say. */
  endWith(status: number, reason: string): void {
    if (this.ended) {
      return;
    }
    this.reason = reason;
    this.finish(status);
  }

  /** Gives the run up in this process: nothing more is stored for it here. @returns the error, to be thrown */
  giveUp(error: Error): Error {
    this.failure ??= error;
    this.lost = true;
    return error;
  }

  get hasUnsaved(): boolean {
    return this.jobs.unsavedCount > 0 || this.consumed.length > 0 || this.outputValue !== null || this.attempts.hasUnsaved;
  }

  get unsavedCount(): number {
    return this.jobs.unsavedCount;
  }

  /** True when the database already says that this step comes next, and nothing else is new either. */
  isStored(step: Step): boolean {
    return step === this.storedStep && !this.hasUnsaved;
  }

  /**
   * Everything the database does not know yet, as one write, and marks it as known.
   * @param step what comes next if the process dies right after the write
   * @param release gives the lease back (the run ended or rests)
   * @param calls instruction calls that go on after the step
   */
  takeCommit(step: Step, release: boolean, calls: OpenCall[] = this.calls): RunCommit {
    assert(!this.lost, `execution ${this.id} is no longer held by this process`);
    const ended = this.endStatus !== null;
    if (ended) {
      this.status = this.endStatus;
    }
    const obsoleteSignalIds = ended ? this.attempts.end() : [];
    const attempts = this.attempts.take();
    const commit: RunCommit = {
      id: this.id,
      workflowId: this.workflowId,
      key: this.key,
      epoch: this.epoch,
      nextEpoch: Math.max(this.epoch, 1),
      ...this.jobs.take(),
      status: this.status,
      reason: this.reason,
      startedAt: this.startedAt,
      expiresAt: this.expiresAt,
      cursor: ended ? null : cursorOf(step, calls),
      release: ended || release,
      consumedSignalIds: [...this.consumed.splice(0), ...obsoleteSignalIds],
      ...(attempts.length > 0 ? { attempts } : {}),
    };
    if (this.outputValue) {
      commit.output = this.outputValue.value;
      this.claim.output = this.outputValue.value;
      this.outputValue = null;
    }
    this.epoch = commit.nextEpoch;
    this.storedStep = step;
    this.releasing = commit.release;
    this.unsavedEffect = false;
    return commit;
  }

  /** New jobs of a run that was aborted from outside meanwhile, as a record of what happened; null when there are none. */
  takeLateJobs(): RunCommit | null {
    const inserts = this.isAbortedOutside ? this.jobs.take().inserts : [];
    for (const job of inserts) {
      job.status = job.status === JOB_STATUS.PENDING ? JOB_STATUS.ABORTED : job.status;
      job.waiting = false;
    }
    const { id, workflowId, key, epoch, reason, startedAt, expiresAt } = this;
    return inserts.length === 0
      ? null
      : {
          id,
          workflowId,
          key,
          epoch,
          nextEpoch: epoch,
          inserts,
          updates: [],
          status: EXECUTION_STATUS.ABORTED,
          reason,
          startedAt,
          expiresAt,
          cursor: null,
          release: false,
          consumedSignalIds: [],
          late: true,
        };
  }

  /** The same in the middle of the innermost open call: when the process dies after it, that call is made again. */
  takeCheckpoint(): RunCommit {
    const call = this.calls.at(-1);
    if (!call) {
      return this.takeCommit({ type: 'rest' }, false);
    }
    const step: Step = call.step.type === 'run' ? { ...call.step, replay: frameOf(call) } : call.step;
    return this.takeCommit(step, false, this.calls.slice(0, -1));
  }
}

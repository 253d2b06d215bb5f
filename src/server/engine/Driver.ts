import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../../common/status';
import { reopened, stepOf } from './calls';
import type { Committer } from './Committer';
import { LeaseLostError, RunInterruptedError } from './errors';
import { isInProgress, jobToAnswer, stepsOfSignal } from './signals';
import type { Clock, EngineLog, Invocation, NodeKind, Outcome, RunStore, Tx } from './ports';
import { isRepeating, type CallStep, type OpenCall, type Run } from './Run';
import { afterOutcome, firstStep } from './transition';
import type { Cursor, NodeSpec, RunCommit, Step } from './types';

/** The host's side of a node: calls its code and keeps its job. */
export interface NodeInvoker {
  kindOf(run: Run, node: NodeSpec): NodeKind;
  /** Executes a node. Rejects with whatever the node's code threw. */
  invoke(run: Run, invocation: Invocation): Promise<Outcome> | Outcome;
  /** Records what was thrown as the node's job. */
  fail(run: Run, invocation: Invocation, error: unknown): Outcome;
  /** An id for a job that does not exist yet, or for a signal. */
  nextId?(): string;
  /** The run ends, rests or breaks off: closes what nodes have left open. May still end the run. */
  leave?(run: Run): Promise<void>;
}

export interface DriverDeps {
  store: RunStore;
  committer: Committer;
  invoker: NodeInvoker;
  clock: Clock;
  log: EngineLog;
  /** true when the main database broke down under a node: nothing is known about what the node wrote */
  isStorageFailure(error: unknown): boolean;
  /** true when a statement of the storage itself found the database gone */
  isConnectionFailure(error: unknown): boolean;
  /** true for deadlocks and the like: the same step may simply be tried again */
  isConflict(error: unknown): boolean;
}

interface Prepared {
  call: OpenCall;
  invocation: Invocation;
}

/** How much progress of pure nodes a crash may cost. */
const MAX_UNSAVED_JOBS = 50;
const MAX_UNSAVED_MS = 1000;
/** How often a node is tried whose transaction lost against another one. */
const MAX_CONFLICT_TRIES = 5;
/** A pure node that found the database gone is tried again after these pauses. */
const STORAGE_RETRY_PAUSES_MS = [50, 500];

/**
 * Executes runs step by step: ask the pure transition what comes next, call the node, store what has to be stored.
 *
 * When it commits:
 * - before a node with outside effects, so that the attempt is known, and before anything that follows such a node
 * - together with a database node's own write
 * - after 50 jobs or one second of pure steps
 * - at the end and at every wait
 */
export class Driver {
  constructor(private readonly deps: DriverDeps) {}

  /**
   * Executes a claimed run until it ends or rests, and stores that.
   * @param onAdvanced called when only the last write is left to do, and losing it would cost nothing but pure nodes
   * @throws RunInterruptedError when the storage failed; the run goes on from what is stored when it is claimed again
   */
  async execute(run: Run, onAdvanced?: () => void): Promise<void> {
    try {
      try {
        await this.advance(run);
      } finally {
        await this.deps.invoker.leave?.(run);
      }
      if (!run.unsavedEffect) {
        onAdvanced?.();
      }
      await this.settle(run);
    } catch (error) {
      run.giveUp(error as Error);
    }
    await this.keepLateJobs(run);
    // node code may have swallowed the error that its own call of the engine got
    if (run.failure instanceof LeaseLostError) {
      this.deps.log.warn(run.failure.message, { executionId: run.id });
    } else if (run.failure) {
      throw run.failure;
    }
  }

  private async keepLateJobs(run: Run): Promise<void> {
    const late = run.takeLateJobs();
    if (late) {
      await this.deps.committer.commit(late).catch((error: unknown) => {
        this.deps.log.warn('what a node did after the abort could not be stored', { executionId: run.id, error });
      });
    }
  }

  private async advance(run: Run): Promise<void> {
    const fresh = run.startedAt === null;
    run.enter(new Date(this.deps.clock.now()));
    if (fresh) {
      await this.drive(run, firstStep(run.version.graph));
    } else if (run.claim.cursor) {
      await this.reopen(run, run.claim.cursor);
    }
    for (const signal of run.claim.signals) {
      if (isInProgress(run, signal)) {
        continue;
      }
      run.consume(signal);
      if (run.ended) {
        continue;
      }
      const answered = jobToAnswer(run, signal);
      if (answered && !run.takeAnswer(answered)) {
        this.deps.log.info('job has already been continued', { executionId: run.id, jobId: answered.id });
        continue;
      }
      for (const step of stepsOfSignal(run, signal, this.deps.log)) {
        await this.drive(run, step);
      }
    }
  }

  /**
   * Goes on where a dead process stopped: first the step on top, then, from the inside out, the instruction calls that
   * were open. Those are made again in replay: branches they had already started are not started twice.
   */
  private async reopen(run: Run, { frames, step }: Cursor): Promise<void> {
    const open = frames.map((frame) => ({ frame, job: frame.jobId === null ? null : run.job(frame.jobId) }));
    run.calls.push(...frames.map(reopened));
    await this.drive(run, step);
    for (const { frame, job } of open.reverse()) {
      run.calls.pop();
      // The node has been called again since, and only what that call saved was loaded: of this one nothing is left to do.
      if (job === undefined) continue;
      if (job && !run.job(job.id)) run.adopt(job);
      await this.drive(run, stepOf(frame));
    }
  }

  /** Stores the end or the wait and gives the lease back. */
  private async settle(run: Run): Promise<void> {
    if (!run.lost && !run.releasing) {
      await this.commit(run, run.takeCommit({ type: 'rest' }, true));
    }
  }

  /** A branch that an instruction starts itself. @see OpenCall */
  async nested(run: Run, nodeId: string, inputId: string | null): Promise<void> {
    const step: Step = { type: 'run', nodeId, inputId };
    const call = run.calls.at(-1);
    if (!call) {
      return this.drive(run, step);
    }
    if (call.step.type !== 'run') {
      const before = call.deferred;
      call.deferred = step;
      return before ? this.drive(run, before) : undefined;
    }
    const repeating = isRepeating(call);
    call.calls += 1;
    if (!repeating) {
      await this.drive(run, step);
    }
  }

  /** Stores what is buffered in the middle of an instruction, which goes on afterwards, maybe after the run has come to rest. */
  async flush(run: Run): Promise<void> {
    if (!run.hasUnsaved || run.lost) {
      return;
    }
    try {
      await this.commit(run, run.takeCheckpoint());
    } catch (error) {
      const isOver = run.calls.length === 0;
      if (!isOver) {
        throw error;
      }
      this.deps.log.warn('what a node saved in the background could not be stored', { executionId: run.id, error });
    }
  }

  private async commit(run: Run, commit: RunCommit): Promise<void> {
    let held: boolean;
    try {
      held = await this.deps.committer.commit(commit);
    } catch (error) {
      throw run.giveUp(new RunInterruptedError(run.id, error));
    }
    if (!held) {
      throw run.giveUp(new LeaseLostError(run.id));
    }
  }

  private async drive(run: Run, first: Step): Promise<void> {
    let step = first;
    let savedAt = this.deps.clock.now();
    while (step.type !== 'rest') {
      if (run.ended) {
        return;
      }
      const now = this.deps.clock.now();
      if (run.expiresAt && now >= run.expiresAt.getTime()) {
        run.endWith(EXECUTION_STATUS.ABORTED, EXECUTION_REASON.TIMEOUT);
        return;
      }
      if (step.type === 'finish') {
        run.finish(step.status);
        return;
      }
      const node = run.version.graph.get(step.nodeId);
      if (!node) {
        this.deps.log.error(`node ${step.nodeId} does not exist in workflow ${run.workflowId}`, { executionId: run.id });
        run.finish(JOB_STATUS.ERROR);
        return;
      }
      if (this.isAnswered(run, step)) {
        return;
      }
      const kind = this.deps.invoker.kindOf(run, node);
      step = this.withReservedId(step, kind);
      const due =
        kind === 'effect' || run.unsavedEffect || run.unsavedCount >= MAX_UNSAVED_JOBS || now - savedAt > MAX_UNSAVED_MS;
      const prepared = this.prepare(run, node, step);
      if (due && !run.isStored(step)) {
        await this.commit(run, run.takeCommit(step, false));
        savedAt = now;
      }
      step = await this.perform(run, prepared, kind);
    }
  }

  /** What a node does outside may be found by the id of its job: that has to be stored before, and to stay the same. */
  private withReservedId(step: CallStep, kind: NodeKind): CallStep {
    const { invoker } = this.deps;
    const isNew = step.type === 'run' && !step.reservedId && !step.replay && !step.overwrite;
    return kind === 'effect' && isNew && invoker.nextId ? { ...step, reservedId: invoker.nextId() } : step;
  }

  /** An interrupted call whose job was answered meanwhile has nothing left to do: the answer is what goes on. */
  private isAnswered(run: Run, step: CallStep): boolean {
    const jobId = step.type === 'run' ? step.replay?.jobId : undefined;
    const job = jobId == null ? undefined : run.job(jobId);
    const isSignalled = () => run.claim.signals.some((signal) => signal.kind === 'resume' && signal.jobId === jobId);
    return job?.waiting === true && (job.status !== JOB_STATUS.PENDING || isSignalled());
  }

  /** What the call will get; taken before anything is stored, because that lets old jobs go. */
  private prepare(run: Run, node: NodeSpec, step: CallStep): Prepared {
    const inputId = step.type === 'run' ? step.inputId : step.jobId;
    const replay = step.type === 'run' ? step.replay : undefined;
    const idempotencyKey =
      replay?.idempotencyKey ?? `${run.id}:${node.key}:${inputId ?? 0}-${run.latestJob(node.id)?.id ?? 0}`;
    return {
      call: {
        step,
        nodeId: node.id,
        inputId,
        calls: 0,
        replay: replay?.calls ?? 0,
        jobId: replay?.jobId ?? null,
        repeated: replay?.jobId ?? null,
        idempotencyKey,
        tries: replay?.tries,
        deferred: null,
      },
      invocation: {
        node,
        method: step.type === 'run' ? 'run' : 'resume',
        input: inputId === null ? null : run.job(inputId) ?? null,
        rerun: step.type === 'run' && step.rerun === true,
        repeated: step.type === 'run' ? replay?.jobId ?? (step === run.claim.cursor?.step ? step.reservedId ?? null : null) : null,
        idempotencyKey,
      },
    };
  }

  private async perform(run: Run, { call, invocation }: Prepared, kind: NodeKind): Promise<Step> {
    if (call.step.type === 'run' && call.step.overwrite) {
      run.overwrite = run.job(call.step.overwrite) ?? null;
    }
    if (kind === 'database') {
      return this.performInTransaction(run, call, invocation);
    }
    let outcome: Outcome;
    run.calls.push(call);
    try {
      outcome = await this.invoke(run, call, invocation, kind);
      run.unsavedEffect ||= kind === 'effect';
      this.noteAttempt(run, call, outcome);
      if (call.deferred && outcome.type !== 'leave') {
        await this.drive(run, call.deferred);
      }
    } finally {
      run.calls.pop();
    }
    return this.next(run, call, outcome);
  }

  /** The node has returned and goes on in the background: if this process dies, another one has to call it again. */
  private noteAttempt(run: Run, { background, jobId, idempotencyKey, tries = 0 }: OpenCall, outcome: Outcome): void {
    const { nextId } = this.deps.invoker;
    const job = jobId === null ? undefined : run.job(jobId);
    if (background && nextId && outcome.type === 'leave' && job?.waiting) {
      run.attempts.note({ id: nextId.call(this.deps.invoker), jobId: job.id, idempotencyKey, tries });
    }
  }

  private async invoke(run: Run, call: OpenCall, invocation: Invocation, kind: NodeKind): Promise<Outcome> {
    for (let attempt = 0; ; attempt += 1) {
      let outcome: Outcome;
      try {
        const pending = this.deps.invoker.invoke(run, invocation);
        outcome = pending instanceof Promise ? await pending : pending;
      } catch (error) {
        const pauseMs = STORAGE_RETRY_PAUSES_MS[attempt];
        const untouched = call.calls === 0 && call.jobId === null;
        if (kind === 'pure' && untouched && pauseMs !== undefined && !run.ended && this.deps.isStorageFailure(error)) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
          continue;
        }
        outcome = isRepeating(call) ? { type: 'leave' } : this.onThrow(run, invocation, error);
      }
      if (isRepeating(call)) {
        this.deps.log.warn(`node ${call.nodeId} decided otherwise when it was repeated; its first decision stands`, {
          executionId: run.id,
        });
        return { type: 'leave' };
      }
      if (call.step.type === 'resume' && invocation.input) {
        run.keepWaiting(invocation.input);
      }
      return outcome;
    }
  }

  /** The node's write and its job are one commit: after a crash either both are there or none. */
  private async performInTransaction(run: Run, first: OpenCall, invocation: Invocation): Promise<Step> {
    for (let attempt = 1; ; attempt += 1) {
      const before = run.snapshot();
      const call = { ...first };
      run.calls.push(call);
      try {
        return await this.deps.store.transaction(async (tx: Tx) => {
          const outcome = await this.deps.invoker.invoke(run, { ...invocation, tx });
          if (run.lost) {
            throw run.giveUp(new LeaseLostError(run.id));
          }
          const step = this.next(run, call, outcome);
          if (step.type === 'finish') {
            run.finish(step.status);
          }
          const rest = run.calls.slice(0, -1);
          const commit = run.takeCommit(step, step.type === 'finish', rest);
          const held = await this.deps.store.commitWithin(tx, commit).catch((error: unknown) => {
            throw this.deps.isConnectionFailure(error) ? run.giveUp(new RunInterruptedError(run.id, error)) : error;
          });
          if (!held) {
            throw run.giveUp(new LeaseLostError(run.id));
          }
          return step;
        });
      } catch (error) {
        if (run.failure) {
          throw run.failure;
        }
        if (this.deps.isStorageFailure(error)) {
          throw run.giveUp(new RunInterruptedError(run.id, error));
        }
        run.restore(before);
        if (!this.deps.isConflict(error) || attempt === MAX_CONFLICT_TRIES) {
          return this.next(run, call, this.onThrow(run, invocation, error));
        }
      } finally {
        run.calls.pop();
      }
    }
  }

  private next(run: Run, call: OpenCall, outcome: Outcome): Step {
    if (outcome.type === 'leave' && call.deferred) {
      return call.deferred;
    }
    if (run.ended) {
      return { type: 'rest' };
    }
    return afterOutcome(run.version.graph, call.nodeId, outcome, (jobId) => run.job(jobId)?.status ?? JOB_STATUS.ERROR);
  }

  /** What node code threw is its result, except when it is the engine that stopped it. */
  private onThrow(run: Run, invocation: Invocation, error: unknown): Outcome {
    if (run.failure) {
      throw run.failure;
    }
    return this.deps.invoker.fail(run, invocation, error);
  }
}

import { Occasion } from '../engine/Occasion';
import type { EngineLog } from '../engine/ports';
import type { Run } from '../engine/Run';
import type { SqlRunStore } from '../storage/SqlRunStore';

/** A node that has ended its work has so long to answer its job; afterwards the job waits for somebody else. */
const ANSWER_MS = 10_000;

/**
 * Nodes that go on working in this process after their call has returned: a request that is under way, a model that is
 * asked. The engine stores each of them as an attempt, see `engine/BackgroundAttempts.ts`.
 */
export class BackgroundWork {
  private readonly working = new Set<object>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly idle = new Occasion();

  constructor(
    private readonly store: Pick<SqlRunStore, 'removeAttempt' | 'releaseAttempts'>,
    private readonly log: EngineLog,
  ) {}

  /** The node whose call is open goes on afterwards. @returns what to call when it has ended that */
  begin(run: Run): (() => void) | undefined {
    const call = run.calls.at(-1);
    if (!call || call.background) {
      return undefined;
    }
    call.background = true;
    this.working.add(call);
    return () => {
      if (call.jobId === null) {
        // it was over before there was a job to answer: nothing goes on
        call.background = false;
      }
      if (this.working.delete(call)) {
        this.afterWork(run.id, call.jobId);
      }
      if (this.working.size === 0) {
        this.idle.happened();
      }
    };
  }

  /** Waits a while for what is under way, and leaves the rest to other processes. */
  async stop(graceMs: number): Promise<void> {
    if (this.working.size > 0) {
      await this.idle.next(graceMs);
    }
    this.working.clear();
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    await this.store.releaseAttempts();
  }

  private afterWork(executionId: string, jobId: string | null): void {
    if (jobId === null) {
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.store.removeAttempt(executionId, jobId).catch((error: unknown) => {
        this.log.warn(`the attempt of job ${jobId} could not be removed`, { executionId, error });
      });
    }, ANSWER_MS);
    timer.unref();
    this.timers.add(timer);
  }
}

/** Another process holds the execution now, or somebody ended it: this process must not do anything more for it. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';

  constructor(readonly executionId: string) {
    super(`execution ${executionId} is no longer held by this process`);
  }
}

/**
 * The storage failed under a run: nobody knows whether the last write is there. What this process has in memory is
 * worthless then; whoever claims the run next continues from what the database holds.
 */
export class RunInterruptedError extends Error {
  override name = 'RunInterruptedError';

  constructor(
    readonly executionId: string,
    override readonly cause: unknown,
  ) {
    super(`execution ${executionId} was interrupted: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

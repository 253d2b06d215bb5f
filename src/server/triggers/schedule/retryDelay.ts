const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 60_000;

/**
 * How long to wait before an occurrence that could not be stored is tried again.
 * @param failures how often it failed before
 * @returns milliseconds, doubled from one second to one minute; null when the event was refused and will be again
 */
export function retryDelay(error: unknown, failures: number): number | null {
  if (error instanceof Error && error.message === 'event is not valid') {
    return null;
  }
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
}

const FIRST_MS = 1_000;
const LAST_MS = 30_000;

/** How long to wait before the next attempt: longer after every failure. */
export class Backoff {
  private failures = 0;

  next(): number {
    return Math.min(LAST_MS, FIRST_MS * 2 ** this.failures++);
  }

  reset(): void {
    this.failures = 0;
  }
}

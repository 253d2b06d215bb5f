/** Longest single wait. A jump of the system's clock is noticed after this time at the latest. */
const CHUNK_MS = 60_000;

/**
 * Wake-up calls by group and instant. A call never comes early, by the system's clock; after a blocked event loop it comes late.
 * The same instant of a group is never armed twice.
 */
export class Timers {
  private readonly groups = new Map<string, Map<number, NodeJS.Timeout>>();

  /** @param at milliseconds since 1970; what has passed is called on the next turn of the event loop */
  set(group: string, at: number, call: () => void): void {
    const timers = this.groups.get(group) ?? new Map<number, NodeJS.Timeout>();
    this.groups.set(group, timers);
    if (timers.has(at)) {
      return;
    }
    const arm = (): void => {
      const waitMs = Math.min(Math.max(0, at - Date.now()), CHUNK_MS);
      timers.set(at, setTimeout(ring, waitMs));
    };
    const ring = (): void => {
      if (Date.now() < at) {
        arm();
        return;
      }
      timers.delete(at);
      if (!timers.size && this.groups.get(group) === timers) {
        this.groups.delete(group);
      }
      call();
    };
    arm();
  }

  /** Drops the calls of one group that are not due yet; those that are due stay. */
  clearFuture(group: string): void {
    const now = Date.now();
    const timers = this.groups.get(group);
    for (const [at, timer] of timers ?? []) {
      if (at > now) {
        clearTimeout(timer);
        timers?.delete(at);
      }
    }
    if (!timers?.size) {
      this.groups.delete(group);
    }
  }

  /** Earliest instant that is armed, null when nothing is. */
  get nextAt(): number | null {
    let next: number | null = null;
    for (const timers of this.groups.values()) {
      for (const at of timers.keys()) {
        next = next === null ? at : Math.min(next, at);
      }
    }
    return next;
  }

  clear(): void {
    for (const timers of this.groups.values()) {
      timers.forEach((timer) => clearTimeout(timer));
    }
    this.groups.clear();
  }
}

import type { ClaimedRun } from './types';

/** A run's place in its lane. */
export interface Place {
  /** how many runs of the workflow may be executed at the same time */
  allow(concurrency: number): void;
  /** The run needs its place no more; calling it again does nothing. */
  leave(): void;
}

interface Lane {
  queue: ClaimedRun[];
  running: number;
  concurrency: number;
}

/**
 * Who goes next: the runs of one workflow form a lane and start in the order in which they came, one at a time unless
 * the workflow's `concurrency` says otherwise; lanes move side by side, up to `parallel` runs in all.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private running = 0;

  constructor(
    private readonly parallel: number,
    /** begins to execute a run, without waiting for it */
    private readonly start: (claim: ClaimedRun, place: Place) => void,
  ) {}

  add(claims: ClaimedRun[]): void {
    for (const claim of claims) {
      const lane = this.lanes.get(claim.key) ?? { queue: [], running: 0, concurrency: 1 };
      this.lanes.set(claim.key, lane);
      lane.queue.push(claim);
    }
    this.move();
  }

  /** How many runs could begin at once. */
  get places(): number {
    return this.parallel - this.running;
  }

  /** Keys of lanes in which at least this many runs wait; with 0, of all in which there are any. */
  crowded(length: number): string[] {
    return [...this.lanes].filter(([, { queue }]) => queue.length >= length).map(([key]) => key);
  }

  waiting(key: string): number {
    return this.lanes.get(key)?.queue.length ?? 0;
  }

  /** Takes out the runs that have not been started, of one lane or of all. */
  takeWaiting(key?: string): ClaimedRun[] {
    const lanes = key === undefined ? [...this.lanes.values()] : [this.lanes.get(key)];
    return lanes.flatMap((lane) => lane?.queue.splice(0) ?? []);
  }

  /** Takes one run out that has not been started. */
  remove({ id, key }: ClaimedRun): void {
    const queue = this.lanes.get(key)?.queue ?? [];
    const index = queue.findIndex((claim) => claim.id === id);
    if (index >= 0) {
      queue.splice(index, 1);
    }
  }

  private move(): void {
    for (const [key, lane] of this.lanes) {
      while (lane.queue.length > 0 && lane.running < lane.concurrency && this.running < this.parallel) {
        lane.running += 1;
        this.running += 1;
        this.start(lane.queue.shift() as ClaimedRun, this.placeIn(lane));
      }
      if (lane.queue.length === 0 && lane.running === 0) {
        this.lanes.delete(key);
      }
    }
  }

  private placeIn(lane: Lane): Place {
    let left = false;
    return {
      allow: (concurrency) => {
        const more = concurrency > lane.concurrency;
        lane.concurrency = concurrency;
        if (more) {
          this.move();
        }
      },
      leave: () => {
        if (!left) {
          left = true;
          lane.running -= 1;
          this.running -= 1;
          this.move();
        }
      },
    };
  }
}

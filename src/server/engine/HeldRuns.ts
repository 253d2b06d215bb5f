import type { Clock, EngineLog, RunStore } from './ports';
import type { ClaimedRun } from './types';

export interface HeldRunsDeps {
  store: Pick<RunStore, 'release' | 'abandon' | 'renew' | 'renewAttempts'>;
  clock: Clock;
  log: EngineLog;
  /** The lease of this run, which was believed to be held, is gone. */
  onGone(claim: ClaimedRun): void;
}

export interface LeaseOptions {
  /** identifies this process in leases; a restarted process has another one */
  owner: string;
  leaseMs: number;
}

/** There is a round of renewals every third of a lease. */
const ROUNDS_PER_LEASE = 3;
const YOUNG_PART = 1 / 6;

/**
 * A lease that has just been taken is left for the next round, when half of it is left at least: most runs are over by then, and
 * each renewal writes a row. A negative age says that the clock was set back: then nothing is known.
 */
const isYoung = (ageMs: number, leaseMs: number): boolean => ageMs >= 0 && ageMs < leaseMs * YOUNG_PART;

/**
 * The leases of this process: of runs that wait in a lane or are being executed, and of runs that it will not execute and
 * has not given back yet.
 */
export class HeldRuns {
  private readonly held = new Map<string, { claim: ClaimedRun; renewedAt: number }>();
  /** by id, with the workflow's key: runs that broke off; their leases are ended before the next claim */
  private readonly interrupted = new Map<string, string>();
  /** the same for runs that were not begun: theirs are given back */
  private readonly untouched = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly deps: HeldRunsDeps,
    private readonly options: LeaseOptions,
  ) {}

  get size(): number {
    return this.held.size;
  }

  /** Renews from now on what is held. */
  start(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.renew(), Math.floor(this.options.leaseMs / ROUNDS_PER_LEASE));
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @param since when its lease was taken or renewed, at the latest; 0 when that is not known */
  add(claim: ClaimedRun, since: number): void {
    this.held.set(claim.id, { claim, renewedAt: since });
  }

  /**
   * Takes up what a claim has found.
   * @param since when the claim was sent
   * @returns what may be queued. Not a run that is still being executed here: it ran out of its lease meanwhile, and will
   *   find that out by itself. Nor one of a workflow of which something has to be given back, that comes before it; and
   *   nothing at all when the answer took so long that the leases may be over.
   */
  take(claims: ClaimedRun[], since: number): ClaimedRun[] {
    const found = claims.filter(({ id }) => !this.held.has(id));
    for (const { id } of found) {
      this.interrupted.delete(id);
      this.untouched.delete(id);
    }
    const isLate = this.deps.clock.now() - since >= this.options.leaseMs;
    const broken = new Set([...this.interrupted.values(), ...this.untouched.values()]);
    const isPutOff = ({ key }: ClaimedRun) => isLate || broken.has(key);
    const taken = found.filter((claim) => !isPutOff(claim));
    this.keepForLater(found.filter(isPutOff));
    taken.forEach((claim) => this.add(claim, since));
    return taken;
  }

  /** The run is over here: its lease is held no more, or somebody else's business. */
  forget(id: string): void {
    this.held.delete(id);
  }

  /** The run broke off, or may have: its lease is ended with the next `giveBack()`. It stays held until it is forgotten. */
  breakOff({ id, key }: ClaimedRun): void {
    this.interrupted.set(id, key);
  }

  /** These runs will not be executed here; their leases go with the next `giveBack()`. */
  keepForLater(claims: ClaimedRun[]): void {
    for (const { id, key } of claims) {
      this.held.delete(id);
      this.untouched.set(id, key);
    }
  }

  /** @throws when the storage fails; what was not given back is, the next time */
  async giveBack(): Promise<void> {
    const { owner } = this.options;
    const untouched = [...this.untouched.keys()];
    const interrupted = [...this.interrupted.keys()];
    if (untouched.length > 0) {
      await this.deps.store.release(owner, untouched);
      untouched.forEach((id) => this.untouched.delete(id));
    }
    if (interrupted.length > 0) {
      await this.deps.store.abandon(owner, interrupted);
      interrupted.forEach((id) => this.interrupted.delete(id));
    }
  }

  private async renew(): Promise<void> {
    const { store, clock, log } = this.deps;
    const { owner, leaseMs } = this.options;
    const now = clock.now();
    const due = [...this.held.values()].filter(({ renewedAt }) => !isYoung(now - renewedAt, leaseMs));
    try {
      await store.renewAttempts?.();
      if (due.length === 0) {
        return;
      }
      const still = await store.renew(owner, due.map(({ claim }) => claim.id), leaseMs);
      for (const run of due) {
        if (still.has(run.claim.id)) {
          run.renewedAt = now;
        } else if (this.held.get(run.claim.id) === run) {
          this.deps.onGone(run.claim);
        }
      }
    } catch (error) {
      log.warn('leases could not be renewed; trying again', { error });
    }
  }
}

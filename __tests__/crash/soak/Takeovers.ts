import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../../scripts/lib/hostEnvironment.mjs';
import { withDatabase } from '../../helpers/databaseServers';

const LOOK_EVERY_MS = 100;
const GIVE_UP_MS = 120_000;

/** How long runs that a process held lie there until another process, or its successor, has them. */
export class Takeovers {
  /** milliseconds from the blow until the last run of the victim had another holder or had ended, one per victim that held any */
  readonly afterKill: number[] = [];
  readonly afterStop: number[] = [];
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly database: Database) {}

  /** Call right after the blow. */
  watch(pid: number, samples: number[]): void {
    const work: Promise<void> = this.follow(pid, samples).finally(() => this.pending.delete(work));
    this.pending.add(work);
  }

  async done(): Promise<void> {
    await Promise.all(this.pending);
  }

  private async follow(pid: number, samples: number[]): Promise<void> {
    const hitAt = Date.now();
    let seen = false;
    while (Date.now() - hitAt < GIVE_UP_MS) {
      const held = await this.heldBy(pid);
      if (held === 0 && seen) samples.push(Date.now() - hitAt);
      if (held === 0) return;
      seen ||= held !== null;
      await delay(LOOK_EVERY_MS);
    }
    samples.push(GIVE_UP_MS);
  }

  /** @returns null while the server does not answer */
  private async heldBy(pid: number): Promise<number | null> {
    try {
      const [row] = await withDatabase(this.database, (sql) =>
        sql(`SELECT count(*) AS held FROM executions WHERE "leaseOwner" LIKE '%/${pid}/%' AND status = 0 AND "leaseUntil" > 0`),
      );
      return Number(row!.held);
    } catch {
      return null;
    }
  }
}

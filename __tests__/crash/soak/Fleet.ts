import { setTimeout as delay } from 'node:timers/promises';
import type { Dialect } from '../../helpers/databaseServers';
import { startHost, type TestHost } from '../../helpers/host';

/** Longer than a lease: somebody else has taken over by then. */
const ZOMBIE_MS = 12_000;

export interface FleetOptions {
  dialect: Dialect;
  processes: number;
  /** repeatable choices of whom to hurt, when and how */
  random: () => number;
}

interface Member {
  host: TestHost;
  isUp: boolean;
}

/** Processes on one database that die and come back all the time. */
export class Fleet {
  kills = 0;
  zombies = 0;
  private readonly members: Member[] = [];
  private readonly revivals = new Set<Promise<void>>();

  private constructor(private readonly options: FleetOptions) {}

  static async start(options: FleetOptions, prepare: (first: TestHost) => Promise<void>): Promise<Fleet> {
    const fleet = new Fleet(options);
    const first = await startHost({ dialect: options.dialect, env: { LOGGER_LEVEL: 'error' } });
    await prepare(first);
    fleet.members.push({ host: first, isUp: true });
    while (fleet.members.length < options.processes) {
      fleet.members.push({ host: await startHost({ beside: first, env: { LOGGER_LEVEL: 'error' } }), isUp: true });
    }
    return fleet;
  }

  get first(): TestHost {
    return this.members[0]!.host;
  }

  /** A process that answers now; undefined when none does. */
  anyone(): TestHost | undefined {
    const up = this.members.filter(({ isUp }) => isUp);
    return up[Math.floor(this.options.random() * up.length)]?.host;
  }

  /** Hurts one process after the other until told otherwise. @param isDone asked before every blow */
  async torment(isDone: () => boolean): Promise<void> {
    const { random } = this.options;
    while (!isDone()) {
      await delay(200 + random() * 1_800);
      const up = this.members.filter(({ isUp }) => isUp);
      const victim = up[Math.floor(random() * up.length)];
      if (!victim) continue;
      const isZombie = random() < 0.1;
      if (isZombie) this.zombies += 1;
      else this.kills += 1;
      victim.isUp = false;
      const work: Promise<void> = (isZombie ? this.sleep(victim) : this.replace(victim)).finally(() => this.revivals.delete(work));
      this.revivals.add(work);
    }
    await Promise.all(this.revivals);
  }

  /** kill -9, and a new process in its place. */
  private async replace(member: Member): Promise<void> {
    await member.host.kill();
    await member.host.start();
    member.isUp = true;
  }

  /** Stops a process until its leases have run out; when it wakes up it does not know. */
  private async sleep(member: Member): Promise<void> {
    process.kill(member.host.pid, 'SIGSTOP');
    await delay(ZOMBIE_MS);
    process.kill(member.host.pid, 'SIGCONT');
    member.isUp = true;
  }

  async close(): Promise<void> {
    for (const { host } of this.members.toReversed()) await host.close();
  }
}

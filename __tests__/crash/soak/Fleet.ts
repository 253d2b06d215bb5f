import { setTimeout as delay } from 'node:timers/promises';
import type { OwnPostgres } from '../../helpers/OwnPostgres';
import { startHost, type TestHost } from '../../helpers/host';
import { SMALL_HOST } from '../faults/FaultWorld';
import { BadMail } from './BadMail';
import { Takeovers } from './Takeovers';

/** Longer than a lease: somebody else has taken over by then. */
const ZOMBIE_MS = 12_000;
/** A zombie that comes back finds out with its next write or renewal; a renewal is due every third of a lease. */
const AWAKE_MS = 4_000;
const BLOCK_MS = 40_000;
/** Blows come in storms of so many; between two storms there may be a calm. */
const STORM = 10;
const CALM_STEP_MS = 200;
/** What a process says that wanted to write to a run which another one holds. */
const REFUSED = /is no longer held by this process|the lease of execution \S+ is gone/g;

export interface FleetOptions {
  processes: number;
  /** repeatable choices of whom to hurt, when and how */
  random: () => number;
  server: OwnPostgres | null;
  /** ends some connections of the server */
  terminate(count: number): Promise<void>;
}

interface Member {
  host: TestHost;
  isUp: boolean;
}

type Blow = 'kill' | 'zombie' | 'terminate' | 'restart' | 'block';

/** Processes on one database that die and come back all the time. */
export class Fleet {
  readonly blows: Record<Blow, number> = { kill: 0, zombie: 0, terminate: 0, restart: 0, block: 0 };
  /** writes and renewals of zombies that changed nothing, because their runs had another holder */
  refused = 0;
  takeovers!: Takeovers;
  private readonly members: Member[] = [];
  private readonly revivals = new Set<Promise<void>>();
  private count = 0;

  private constructor(
    private readonly options: FleetOptions,
    readonly mail: BadMail,
  ) {}

  static async start(options: FleetOptions, prepare: (first: TestHost) => Promise<void>): Promise<Fleet> {
    const fleet = new Fleet(options, await BadMail.start(options.random));
    const env = { LOGGER_LEVEL: 'warn', BAD_MAIL_PORT: String(fleet.mail.port) };
    const { server } = options;
    const first = await startHost({ dialect: 'postgres', plugins: SMALL_HOST, env, ...(server ? { database: server.database } : {}) });
    fleet.takeovers = new Takeovers(first.database);
    await prepare(first);
    fleet.members.push({ host: first, isUp: true });
    while (fleet.members.length < options.processes) {
      fleet.members.push({ host: await startHost({ beside: first, env }), isUp: true });
    }
    return fleet;
  }

  get first(): TestHost {
    return this.members[0]!.host;
  }

  get kills(): number {
    return this.blows.kill;
  }

  /** A process that answers now; undefined when none does. */
  anyone(): TestHost | undefined {
    const up = this.members.filter(({ isUp }) => isUp);
    return up[Math.floor(this.options.random() * up.length)]?.host;
  }

  /**
   * Hurts one process after the other until told otherwise, every 0.2 to 2 seconds. Where processes need seconds to come
   * back that leaves little time for work, so after each storm they are left alone until they are no longer behind.
   *
   * @param isDone asked before every blow
   * @param isBehind whether fewer runs than planned were started so far
   */
  async torment(isDone: () => boolean, isBehind: () => boolean): Promise<void> {
    const { random } = this.options;
    while (!isDone()) {
      while (this.count % STORM === 0 && isBehind() && !isDone()) await delay(CALM_STEP_MS);
      await delay(200 + random() * 1_800);
      const up = this.members.filter(({ isUp }) => isUp);
      const victim = up[Math.floor(random() * up.length)];
      if (!victim) continue;
      const blow = this.nextBlow();
      this.blows[blow] += 1;
      if (blow === 'terminate') await this.options.terminate(3).catch(() => undefined);
      else if (blow === 'restart') await this.options.server!.restart(random() < 0.5 ? 'immediate' : 'fast');
      else this.hurt(victim, blow);
    }
    await Promise.all(this.revivals);
    await this.takeovers.done();
  }

  /** Mostly kills; the others in turn, so that none is left out. */
  private nextBlow(): Blow {
    const n = this.count++;
    if (n % 60 === 30) return 'block';
    if (n % 25 === 12 && this.options.server) return 'restart';
    if (n % 10 === 5) return 'terminate';
    return n % 8 === 4 ? 'zombie' : 'kill';
  }

  private hurt(victim: Member, blow: 'kill' | 'zombie' | 'block'): void {
    victim.isUp = false;
    const doIt = { kill: () => this.replace(victim), zombie: () => this.sleep(victim), block: () => this.block(victim) }[blow];
    const work: Promise<void> = doIt().finally(() => {
      victim.isUp = true;
      this.revivals.delete(work);
    });
    this.revivals.add(work);
  }

  /** kill -9, and a new process in its place. */
  private async replace({ host }: Member): Promise<void> {
    const { pid } = host;
    await host.kill();
    this.takeovers.watch(pid, this.takeovers.afterKill);
    await this.startAgain(host);
  }

  /** The database may be away while a process starts. */
  private async startAgain(host: TestHost): Promise<void> {
    for (let left = 5; ; left -= 1) {
      try {
        return await host.start();
      } catch (error) {
        if (left === 0) throw error;
        await host.kill();
      }
    }
  }

  /** Stops a process until its leases have run out; when it wakes up it does not know. */
  private async sleep({ host }: Member): Promise<void> {
    const before = this.refusals(host);
    process.kill(host.pid, 'SIGSTOP');
    this.takeovers.watch(host.pid, this.takeovers.afterStop);
    await delay(ZOMBIE_MS);
    process.kill(host.pid, 'SIGCONT');
    await delay(AWAKE_MS);
    this.refused += this.refusals(host) - before;
  }

  private refusals(host: TestHost): number {
    return host.logs().match(REFUSED)?.length ?? 0;
  }

  /** A process whose event loop stands still; it renews no lease. */
  private async block({ host }: Member): Promise<void> {
    await host.api.post('faultWorld:block', { ms: BLOCK_MS }).catch(() => undefined);
  }

  async close(): Promise<void> {
    for (const { host } of this.members.toReversed()) await host.close();
    this.mail.close();
  }
}

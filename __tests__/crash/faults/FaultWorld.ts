import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXECUTION_STATUS, JOB_STATUS, isLive } from '../../../src/common/status';
import type { FaultPoint } from '../../../src/server/engine/faults';
import type { Dialect } from '../../helpers/databaseServers';
import { startHost, type TestHost } from '../../helpers/host';
import { HOST_PLUGINS } from '../../helpers/hostPlugins';
import { HttpTarget } from '../../helpers/httpTarget';
import { waitFor } from '../../helpers/waitFor';
import { SCENARIOS } from './scenarios';
import { createShapes, SHAPES } from './shapes';

const RECOVERY_MS = 120_000;

/** What the programs need, and little more: the boot of the process is what a case costs. */
export const SMALL_HOST = [
  ...HOST_PLUGINS,
  'workflow',
  'workflow-delay',
  'workflow-loop',
  'workflow-request',
  join(import.meta.dirname, 'WorldPlugin.cjs'),
];

/** One place to die at: before or after the n-th time that a fault point is passed. */
export interface Fault {
  point: FaultPoint;
  side: 'before' | 'after';
  n: number;
}

/** Somebody does something, the process dies of it, and in the end all is at rest. */
export interface Act {
  /** may break off */
  begin(): Promise<unknown>;
  isAtRest(): Promise<boolean>;
  /** what people do when the host is there again */
  again?(): Promise<unknown>;
}

/** What became of one case. */
export interface CaseResult {
  shape: string;
  fault: Fault;
  /** false: the program never passed the point so often; nobody died */
  died: boolean;
  /** from the moment the new process answered until the run had ended; absent when nobody died */
  recoveredMs?: number;
  /** what is wrong; empty when all invariants hold */
  violations: string[];
}

interface ExecutionRow {
  id: number;
  key: string;
  status: number | null;
  context: { data: { title: string } };
  jobs: { status: number; nodeKey: string }[];
}

/** A real host that dies where it is told, and what it left behind. */
export class FaultWorld {
  private count = 0;

  private constructor(
    readonly host: TestHost,
    private readonly target: HttpTarget,
    private readonly folder: string,
    private readonly faultFile: string,
  ) {}

  static async start(dialect: Dialect): Promise<FaultWorld> {
    const target = await HttpTarget.start(() => ({ body: { ok: true } }));
    const folder = await mkdtemp(join(tmpdir(), 'workflow-faults-'));
    const faultFile = join(folder, 'fault');
    const host = await startHost({
      dialect,
      plugins: SMALL_HOST,
      env: { FAULT_FILE: faultFile, NODE_OPTIONS: `--require ${join(import.meta.dirname, 'hook.cjs')}`, LOGGER_LEVEL: 'warn' },
    });
    await createShapes(host.api, target.url);
    return new FaultWorld(host, target, folder, faultFile);
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.target.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A second process on the same database, which dies of nothing. The first one has to be closed last. */
  async neighbour(): Promise<FaultWorld> {
    const host = await startHost({ beside: this.host, env: { LOGGER_LEVEL: 'warn' } });
    return new FaultWorld(host, this.target, this.folder, this.faultFile);
  }

  /** The process that comes to the point will stand still there. */
  async standStillAt({ point, side, n }: Fault): Promise<void> {
    await writeFile(this.faultFile, `${point} ${side} ${n} stop`);
  }

  get standsStill(): boolean {
    return this.isDead;
  }

  /** A name that no other case has. */
  nextToken(): string {
    return `t${++this.count}`;
  }

  /** Runs a shape or a scenario with a host that dies at the fault, starts the host again and checks what it came to. */
  async run(shape: string, fault: Fault): Promise<CaseResult> {
    const scenario = SCENARIOS[shape];
    if (scenario) return { shape, fault, ...(await scenario(this, fault)) };
    const token = this.nextToken();
    const then = SHAPES[shape]!.then === 'expire' ? undefined : SHAPES[shape]!.then;
    let isAnswered = false;
    const rests = () => this.isAtRest(token, shape, then !== undefined);
    let outcome = await this.dying(fault, { begin: async () => (isAnswered = await this.order(shape, token)), isAtRest: rests });
    if (then && !outcome.died && (await this.executionOf(token, shape))) {
      const demand = () => this.demand(then, shape, token);
      // A request that broke off is repeated where it cannot have been stored; cancelling twice is the same as once.
      const mayRepeat = then === 'cancel' || (fault.point === 'rerun' && fault.side === 'before');
      outcome = await this.dying(fault, { begin: demand, isAtRest: () => this.isAtRest(token, shape, false), ...(mayRepeat ? { again: demand } : {}) });
    } else if (then && (await this.executionOf(token, shape))) {
      await this.demand(then, shape, token);
      await this.until(`${shape} ${token} to rest`, () => this.isAtRest(token, shape, false));
    }
    return { shape, fault, ...outcome, violations: await this.violations(shape, token, isAnswered) };
  }

  /** Something happens with a host that dies at the fault and is started again, until all is at rest. */
  async dying({ point, side, n }: Fault, { begin, isAtRest, again }: Act): Promise<{ died: boolean; recoveredMs?: number }> {
    // A run is tried again only after it was interrupted.
    const first = point === 'retry' ? 'databaseStep before 1\n' : '';
    await writeFile(this.faultFile, `${first}${point} ${side} ${n}`);
    const what = `rest after ${side} ${point} ${n}`;
    let lives = true;
    void this.host.exited.then(() => (lives = false));
    await begin().catch(() => undefined);
    await this.until(what, async () => !lives || (await isAtRest().catch(() => false)));
    const died = this.isDead;
    await (died ? undefined : rm(this.faultFile, { force: true }));
    if (lives) return { died };
    const startedAt = await this.revive();
    await again?.();
    await this.until(what, isAtRest);
    return { died: this.isDead || died, recoveredMs: Date.now() - startedAt };
  }

  /** For deaths of a process that starts. */
  async restartInto({ point, side }: Fault): Promise<void> {
    await this.host.kill();
    await this.host.start();
    throw new Error(`Nobody died ${side} ${point}`);
  }

  until(what: string, ask: () => Promise<boolean>): Promise<boolean> {
    return waitFor(ask, { what, timeoutMs: RECOVERY_MS });
  }

  /** The order in the file has been carried out. */
  private get isDead(): boolean {
    return !existsSync(this.faultFile);
  }

  /** @returns whether the request was answered */
  async order(shape: string, token: string): Promise<boolean> {
    try {
      const { status } = await this.host.api.post(`orders:create?triggerWorkflows=${shape}`, { title: token });
      return status === 200;
    } catch {
      return false;
    }
  }

  private async demand(what: string, shape: string, token: string): Promise<void> {
    const execution = await this.executionOf(token, shape).catch(() => undefined);
    await this.host.api.post(`executions:${what}?filterByTk=${execution?.id}`, {}).catch(() => undefined);
  }

  /** Starts the host again, which may die of what is left in the file while it does so. @returns when it answered */
  async revive(): Promise<number> {
    for (;;) {
      await this.host.kill();
      const deaths = await this.deathsLeft();
      try {
        await this.host.start();
        // what is left to die of happens soon after the start
        if (deaths > 0) await this.until('the next death', async () => (await this.deathsLeft()) < deaths);
        if (deaths === 0) return Date.now();
      } catch (error) {
        if ((await this.deathsLeft()) === deaths) throw error;
      }
    }
  }

  private async deathsLeft(): Promise<number> {
    return existsSync(this.faultFile) ? (await readFile(this.faultFile, 'utf8')).trim().split('\n').length : 0;
  }

  private async executionOf(token: string, key: string): Promise<ExecutionRow | undefined> {
    const found = await this.executionsOf(token, key);
    return found[0];
  }

  async executionsOf(token: string, key: string): Promise<ExecutionRow[]> {
    const rows: ExecutionRow[] = await this.host.api.list('executions', { filter: { key }, sort: '-id', pageSize: 20, paginate: true, appends: ['jobs'] });
    return rows.filter(({ context }) => context.data.title === token);
  }

  /** Nothing was ordered, the run has ended, or it waits where it is to wait. */
  private async isAtRest(token: string, shape: string, first: boolean): Promise<boolean> {
    const [execution] = await this.executionsOf(token, shape);
    const { then, jobs } = SHAPES[shape]!;
    if (!execution) return (await this.host.api.list('orders', { filter: { title: token } })).length === 0;
    if (!isLive(execution.status)) return true;
    if (then === 'expire') return false;
    const rounds = then === 'rerun' && !first ? 2 : 1;
    const waits = execution.jobs.filter(({ nodeKey, status }) => nodeKey === 'rest' && status === JOB_STATUS.PENDING).length;
    return then !== undefined && (first || then === 'rerun') && waits >= rounds && execution.jobs.length >= (jobs * rounds) / (then === 'rerun' ? 2 : 1);
  }

  async violations(shape: string, token: string, isAnswered: boolean): Promise<string[]> {
    const { steps, jobs, requests, then } = SHAPES[shape]!;
    const found: string[] = [];
    const expectSame = (what: string, actual: unknown, expected: unknown) => {
      if (JSON.stringify(actual) !== JSON.stringify(expected)) found.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
    };
    const orders = await this.host.api.list('orders', { filter: { title: token } });
    if (isAnswered) expectSame('records of an answered request', orders.length, 1);
    const executions = await this.executionsOf(token, shape);
    expectSame('executions of a record', executions.length, orders.length);
    const [execution] = executions;
    if (!execution) return found;
    const status = then === 'cancel' || then === 'expire' ? EXECUTION_STATUS.ABORTED : then === 'rerun' ? EXECUTION_STATUS.STARTED : EXECUTION_STATUS.RESOLVED;
    expectSame('status', execution.status, status);
    expectSame('jobs', execution.jobs.length, jobs);
    if (!isLive(execution.status)) expectSame('pending jobs', execution.jobs.filter((job) => job.status === JOB_STATUS.PENDING).length, 0);
    const ledger = await this.host.api.list('ledger', { filter: { token } });
    expectSame('ledger', ledger.map(({ step }) => step).sort(), [...steps].sort());
    const received = this.target.to(`/${token}/`);
    expectSame('requests', [...new Set(received.map(({ path }) => path))].sort(), requests.map((path) => `/${token}/${path}`).sort());
    for (const path of requests) {
      const keys = new Set(received.filter((request) => request.path === `/${token}/${path}`).map(({ headers }) => headers['idempotency-key']));
      expectSame(`keys of ${path}`, keys.size, 1);
    }
    return found;
  }
}

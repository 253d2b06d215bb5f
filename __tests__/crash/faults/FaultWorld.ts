import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXECUTION_STATUS, JOB_STATUS, isLive } from '../../../src/common/status';
import type { FaultPoint } from '../../../src/server/engine/faults';
import type { Dialect } from '../../helpers/databaseServers';
import { startHost, type TestHost } from '../../helpers/host';
import { HttpTarget } from '../../helpers/httpTarget';
import { waitFor } from '../../helpers/waitFor';
import { createShapes, SHAPES } from './shapes';

const RECOVERY_MS = 60_000;

/** One place to die at: before or after the n-th time that a fault point is passed. */
export interface Fault {
  point: FaultPoint;
  side: 'before' | 'after';
  n: number;
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

  /** Runs a shape with a host that dies at the fault, starts the host again and checks what the run came to. */
  async run(shape: string, fault: Fault): Promise<CaseResult> {
    const token = `t${++this.count}`;
    const { then } = SHAPES[shape]!;
    await writeFile(this.faultFile, `${fault.point} ${fault.side} ${fault.n}`);
    const isAnswered = await this.order(shape, token);
    let recoveredMs: number | undefined;
    const untilRest = async (isThere: () => Promise<boolean>, again?: () => Promise<unknown>) => {
      const what = `${shape} ${token} to rest after ${fault.side} ${fault.point} ${fault.n}`;
      const hasDiedBefore = recoveredMs !== undefined;
      const mayDie = () => !hasDiedBefore && this.isDead;
      await waitFor(async () => mayDie() || (await isThere().catch(() => false)), { what, timeoutMs: RECOVERY_MS });
      if (!mayDie()) return;
      const startedAt = await this.revive();
      await again?.();
      await waitFor(isThere, { what, timeoutMs: RECOVERY_MS });
      recoveredMs = Date.now() - startedAt;
    };
    const rests = () => this.isAtRest(token, shape, then !== undefined);
    await untilRest(rests);
    if (then && (await this.executionOf(token, shape))) {
      await this.demand(then, shape, token);
      // A request that broke off is repeated where it cannot have been stored; cancelling twice is the same as once.
      const mayRepeat = then === 'cancel' || (fault.point === 'rerun' && fault.side === 'before');
      await untilRest(() => this.isAtRest(token, shape, false), mayRepeat ? () => this.demand(then, shape, token) : undefined);
    }
    const died = recoveredMs !== undefined;
    await rm(this.faultFile, { force: true });
    return { shape, fault, died, recoveredMs, violations: await this.violations(shape, token, isAnswered) };
  }

  private get isDead(): boolean {
    return !existsSync(this.faultFile);
  }

  /** @returns whether the request was answered */
  private async order(shape: string, token: string): Promise<boolean> {
    try {
      const { status } = await this.host.api.post(`orders:create?triggerWorkflows=${shape}`, { title: token });
      return status === 200;
    } catch {
      return false;
    }
  }

  private async demand(what: 'rerun' | 'cancel', shape: string, token: string): Promise<void> {
    const execution = await this.executionOf(token, shape).catch(() => undefined);
    await this.host.api.post(`executions:${what}?filterByTk=${execution?.id}`, {}).catch(() => undefined);
  }

  /** Starts the host again. @returns when it answered */
  private async revive(): Promise<number> {
    await this.host.kill();
    await this.host.start();
    return Date.now();
  }

  private async executionOf(token: string, key: string): Promise<ExecutionRow | undefined> {
    const found = await this.executionsOf(token, key);
    return found[0];
  }

  private async executionsOf(token: string, key: string): Promise<ExecutionRow[]> {
    const rows: ExecutionRow[] = await this.host.api.list('executions', { filter: { key }, sort: '-id', pageSize: 20, paginate: true, appends: ['jobs'] });
    return rows.filter(({ context }) => context.data.title === token);
  }

  /** Nothing was ordered, the run has ended, or it waits where it is to wait. */
  private async isAtRest(token: string, shape: string, first: boolean): Promise<boolean> {
    const [execution] = await this.executionsOf(token, shape);
    const { then, jobs } = SHAPES[shape]!;
    if (!execution) return (await this.host.api.list('orders', { filter: { title: token } })).length === 0;
    if (!isLive(execution.status)) return true;
    const rounds = then === 'rerun' && !first ? 2 : 1;
    const waits = execution.jobs.filter(({ nodeKey, status }) => nodeKey === 'rest' && status === JOB_STATUS.PENDING).length;
    return then !== undefined && (first || then === 'rerun') && waits >= rounds && execution.jobs.length >= (jobs * rounds) / (then === 'rerun' ? 2 : 1);
  }

  private async violations(shape: string, token: string, isAnswered: boolean): Promise<string[]> {
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
    const status = then === 'cancel' ? EXECUTION_STATUS.ABORTED : then === 'rerun' ? EXECUTION_STATUS.STARTED : EXECUTION_STATUS.RESOLVED;
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

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import { DIALECTS } from '../helpers/dialects';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { Clients } from './clients';
import { SMALL_HOST } from './faults/FaultWorld';
import { createWorkflows, SHAPES } from './workflows';

const CLIENTS = 8;
const RUNS_AT_KILL = 300;
const DEADLINE_MS = 120_000;

const LIVE = { $or: [{ status: EXECUTION_STATUS.STARTED }, { status: { $empty: true } }] };

describe.each(DIALECTS)('kill -9 on %s', (dialect) => {
  let host: TestHost;
  const clients = new Clients(CLIENTS);

  beforeAll(async () => {
    host = await startHost({ dialect, plugins: SMALL_HOST });
    await createWorkflows(host.api);
  });

  afterAll(() => host?.close());

  async function count(resource: string, filter: object = {}): Promise<number> {
    const { meta } = await host.api.get(`${resource}:list`, { filter, pageSize: 1, fields: ['id'] });
    return meta.count;
  }

  const live = () => count('executions', LIVE);
  const resolved = () => count('executions', { status: EXECUTION_STATUS.RESOLVED });
  const until = (what: string, ask: () => Promise<boolean>) => waitFor(ask, { what, timeoutMs: DEADLINE_MS });

  async function kill(): Promise<void> {
    await host.kill();
    await clients.gone();
  }

  it(
    'loses no run and doubles no effect',
    async () => {
      // in the middle of a stream of requests
      clients.start(host.api);
      await until('a backlog', async () => (await live()) >= RUNS_AT_KILL);
      await kill();

      // while what the first kill left is being taken up again and new requests come in
      await host.start();
      const before = await resolved();
      clients.start(host.api);
      await until('progress', async () => (await resolved()) > before + 100);
      await kill();

      // while only the engine works
      await host.start();
      const backlog = await live();
      await until('half of the backlog', async () => (await live()) <= backlog / 2);
      await kill();

      // again under full load
      await host.start();
      clients.start(host.api);
      await until('a backlog', async () => (await live()) >= RUNS_AT_KILL);
      await kill();

      const launchedAt = Date.now();
      await host.start();
      const readyAt = Date.now();
      const left = await live();
      await until('all runs to end', async () => (await live()) === 0);
      console.log(
        `${dialect}: ${clients.sent.length} requests, ${await count('executions')} runs, 4 kills. After the last one the host ` +
          `was ready in ${readyAt - launchedAt} ms with ${left} runs to do, and done with them ${Date.now() - readyAt} ms later.`,
      );
    },
    4 * DEADLINE_MS,
  );

  it('answers no request with an error', () => {
    expect(clients.sent.filter(({ status }) => status !== null && status !== 200)).toEqual([]);
    expect(clients.sent.filter(({ status }) => status === 200).length).toBeGreaterThan(RUNS_AT_KILL);
  });

  describe('afterwards', () => {
    /** What the requests ordered, as `key token`: those that were answered, and the others as far as their record exists. */
    let ordered: string[];
    let executions: any[];

    beforeAll(async () => {
      const titles = new Set((await host.api.list('orders', { fields: ['title'] })).map(({ title }) => title));
      expect(clients.sent.filter(({ status, token }) => status === 200 && !titles.has(token))).toEqual([]);
      ordered = clients.sent.filter(({ token }) => titles.has(token)).flatMap(({ keys, token }) => keys.map((key) => `${key} ${token}`));
      executions = await host.api.list('executions', { fields: ['id', 'key', 'status', 'context'], appends: ['jobs'] });
    });

    it('there is one execution for each stored record and workflow, none without a record', () => {
      expect(executions.map(({ key, context }) => `${key} ${context.data.title}`).sort()).toEqual([...ordered].sort());
    });

    it('every execution is resolved, with one resolved job per node', () => {
      const wrong = executions.filter(
        ({ key, status, jobs }) =>
          status !== EXECUTION_STATUS.RESOLVED ||
          jobs.some((job: any) => job.status !== JOB_STATUS.RESOLVED) ||
          new Set(jobs.map((job: any) => job.nodeId)).size !== jobs.length ||
          jobs.length !== SHAPES[key]!.nodes.length,
      );
      expect(wrong).toEqual([]);
    });

    it('every effect happened exactly once', async () => {
      const ledger = await host.api.list('ledger');
      const expected = ordered.flatMap((order) => {
        const [key, ...token] = order.split(' ');
        return SHAPES[key!]!.steps.map((step) => `${key} ${step} ${token.join(' ')}`);
      });
      expect(ledger.map(({ workflow, step, token }) => `${workflow} ${step} ${token}`).sort()).toEqual(expected.sort());
    });

    it('a counter that every run raised by one has no gap and no repetition', async () => {
      const runs = ordered.filter((order) => order.startsWith('effects ')).length;
      const ledger = await host.api.list('ledger', { filter: { workflow: 'effects' }, sort: 'counter' });
      expect(ledger.map(({ counter }) => counter)).toEqual(Array.from({ length: runs }, (_, i) => i + 1));
      expect((await host.api.list('counters')).map(({ value }) => value)).toEqual([runs]);
    });

    it('the counters of the workflows are right', async () => {
      const workflows = await host.api.list('workflows', { appends: ['stats', 'versionStats'] });
      for (const { key, stats, versionStats } of workflows) {
        const runs = executions.filter((execution) => execution.key === key).length;
        expect({ key, all: Number(stats.executed), version: Number(versionStats.executed) }).toEqual({ key, all: runs, version: runs });
      }
    });
  });
});

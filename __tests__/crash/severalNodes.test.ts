import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { startHost, type TestHost } from '../helpers/host';
import { hasRedis, RedisServer } from '../helpers/redisServer';
import { waitFor } from '../helpers/waitFor';
import { SMALL_HOST } from './faults/FaultWorld';
import { Backlog } from './nodes/Backlog';
import { Balancer } from './nodes/Balancer';
import { checkDatabase, whenAllEnded } from './nodes/checkDatabase';
import { createWorkflows } from './workflows';

const CLIENTS = 6;
const MINUTES = 60_000;
const quiet = { LOGGER_LEVEL: 'warn' };

async function closeAll(hosts: Array<TestHost | undefined>): Promise<void> {
  // the one that owns the database was started first
  for (const host of hosts.toReversed()) await host?.close();
}

describe.each(DIALECTS.filter((dialect) => dialect !== 'sqlite'))('two processes on one %s', (dialect) => {
  let first: TestHost;
  let second: TestHost;

  beforeAll(async () => {
    first = await startHost({ dialect, plugins: SMALL_HOST, env: quiet });
    await createWorkflows(first.api);
    second = await startHost({ beside: first, env: quiet });
  });
  afterAll(() => closeAll([first, second]));

  it(
    'restarted one after the other under load: every request is answered, no run fails, none is doubled',
    async () => {
      const balancer = new Balancer([first, second]);
      balancer.start(CLIENTS);
      await balancer.answered(60);
      const codes: Array<number | null> = [];
      for (const host of [first, second]) {
        codes.push(await balancer.restart(host));
        await balancer.answered(30);
      }
      await balancer.stop();
      await whenAllEnded(first);
      expect(codes).toEqual([0, 0]);
      expect(balancer.sent.filter(({ status }) => status !== 200)).toEqual([]);
      expect((await checkDatabase(balancer.sent, first)).violations).toEqual([]);
    },
    6 * MINUTES,
  );

  it('share a backlog: each executes workflows of its own at the same time, and the runs of each workflow in order', async () => {
    // the second process has been told of no workflow that was made after its start
    const backlog = await Backlog.create(first);
    try {
      await backlog.whenMet([first, second]);
      const runs = await backlog.queue();
      await backlog.release();
      const held = await backlog.whenBothExecute();
      expect([...held.keys()].sort()).toEqual([first.pid, second.pid].sort());
      for (const keys of held.values()) expect(keys.length).toBeGreaterThanOrEqual(20);
      const halves = [0, 1].map((half) => backlog.keys.filter((_, i) => i % 2 === half));
      // one that has a place free for a moment may take what belongs to the other
      const ofOthers = [...held.values()].map((keys, i) => keys.filter((key) => !halves[i]!.includes(key)).length);
      expect(Math.max(...ofOthers)).toBeLessThanOrEqual(3);
      backlog.open();
      await whenAllEnded(first);
      expect(backlog.keys.map((key) => backlog.executed(key))).toEqual(backlog.keys.map(() => runs));
      expect(await backlog.statuses()).toEqual(new Set([1]));
    } finally {
      await backlog.close();
    }
  });
});

describe.runIf(DIALECTS.includes('postgres') && hasRedis())('a process for requests and a worker, wake-ups through Redis', () => {
  let redis: RedisServer;
  let front: TestHost;
  let worker: TestHost;

  beforeAll(async () => {
    redis = await RedisServer.start();
    const env = { ...quiet, WORKFLOW_REDIS_URL: redis.url };
    front = await startHost({ dialect: 'postgres', plugins: SMALL_HOST, env: { ...env, WORKER_MODE: '!' } });
    await createWorkflows(front.api);
  }, 4 * MINUTES);
  afterAll(async () => {
    await closeAll([front, worker]);
    await redis?.kill();
  });

  /** How many wake-ups a worker has taken since Redis was started. */
  const taken = async () => {
    const [events] = (await redis.ask('KEYS *:events')).split('\r\n').filter((line) => line.endsWith(':events'));
    return events ? (await redis.ask(`XRANGE ${events} - +`)).split('completed').length - 1 : 0;
  };

  it('what the first stores stays queued until there is a worker; what is synchronous it executes itself', async () => {
    await front.api.post('orders:create?triggerWorkflows=pure,sync', { title: 'first', amount: 1 });
    const statuses = async () => {
      const executions = await front.api.list('executions', { appends: ['jobs'] });
      return Object.fromEntries(executions.map(({ key, status, jobs }) => [key, [status, jobs.length]]));
    };
    expect(await statuses()).toEqual({ sync: [1, 3], pure: [null, 0] });
    const env = { ...quiet, WORKFLOW_REDIS_URL: redis.url, WORKER_MODE: 'workflow:process' };
    worker = await startHost({ beside: front, env });
    await waitFor(async () => (await statuses()).pure?.[0] === 1, { what: 'the worker to execute it' });
  });

  it(
    'Redis is killed in the middle, with all it holds, and comes back empty: nothing is lost, nothing doubled',
    async () => {
      const balancer = new Balancer([front]);
      balancer.sent.push({ token: 'first', keys: ['pure', 'sync'], status: 200 });
      balancer.start(CLIENTS);
      await waitFor(async () => (await taken()) > 0, { what: 'a wake-up to reach the worker' });
      await redis.kill();
      await balancer.answered(60);
      await redis.start();
      await waitFor(async () => (await taken()) > 0, { what: 'a wake-up to reach the worker again', timeoutMs: MINUTES });
      await balancer.stop();
      await whenAllEnded(front);
      expect(balancer.sent.filter(({ status }) => status !== 200)).toEqual([]);
      expect((await checkDatabase(balancer.sent, front)).violations).toEqual([]);
      for (const host of [front, worker]) {
        expect(host.logs().split('Redis does not answer').length - 1).toBe(1);
        expect(host.errors()).toEqual([]);
      }
    },
    6 * MINUTES,
  );

  it('a process ends by itself while Redis is away', async () => {
    await redis.kill();
    expect(await worker.stop()).toBe(0);
    expect(await front.stop()).toBe(0);
  });
});

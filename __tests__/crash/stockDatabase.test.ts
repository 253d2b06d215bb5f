import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installHost, startHost, type Host } from '../../scripts/lib/host.mjs';
import type { Database } from '../../scripts/lib/hostEnvironment.mjs';
import { ensureStockHost } from '../../scripts/lib/stockHost.mjs';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import { ApiClient } from '../helpers/api';
import { DIALECTS } from '../helpers/dialects';
import { createDatabase, dropDatabase, TEST_STORAGE, uniqueName } from '../helpers/testDatabases';
import { waitFor } from '../helpers/waitFor';

const HOUR_MS = 3_600_000;
const INSTALL_TIMEOUT_MS = 900_000;

interface Seeded {
  id: number;
  key: string;
}

const calculation = (expression: string) => ({ type: 'calculation', config: { engine: 'math.js', expression } });
const delay = { type: 'delay', config: { duration: 1, unit: HOUR_MS, endStatus: 1 } };
const failing = {
  type: 'condition',
  config: { rejectOnFalse: true, engine: 'math.js', expression: '{{$context.data.amount}} > 1000' },
};

/**
 * A database that stock made, opened by ours, and by stock again. Both are the real products in processes of their own.
 */
describe.each(DIALECTS.filter((dialect) => dialect !== 'mariadb'))('a stock database on %s', (dialect) => {
  const name = uniqueName();
  const storagePath = join(TEST_STORAGE, name);
  let database: Database;
  let stockRoot: string;
  let host: Host | undefined;
  let api: ApiClient;
  const workflows: Record<string, Seeded> = {};

  async function open(root: string | undefined, env: Record<string, string> = {}): Promise<void> {
    await host?.stop();
    host = await startHost({ root, storagePath, database, env });
    api = await new ApiClient(host.url).signIn('admin@nocobase.com', 'admin123');
  }

  async function workflow(title: string, nodes: object[], values: object = {}): Promise<void> {
    const created = await api.create('workflows', {
      title,
      type: 'action',
      sync: false,
      enabled: false,
      config: { collection: 'deals', appends: [] },
      ...values,
    });
    let upstreamId = null;
    for (const node of nodes) {
      upstreamId = (await api.create(`workflows/${created.id}/nodes`, { ...node, upstreamId, branchIndex: null })).id;
    }
    await api.update('workflows', created.id, { enabled: true });
    workflows[title] = { id: created.id, key: created.key };
  }

  const keyOf = (title: string) => workflows[title]?.key ?? '';

  const post = async (title: string) => {
    const response = await api.post(`deals:create?triggerWorkflows=${keyOf(title)}`, { title, amount: 7 });
    expect(response.status).toBe(200);
  };

  const runs = (title: string): Promise<any[]> =>
    api.list('executions', { filter: { key: keyOf(title) }, appends: ['jobs'], sort: ['id'] });

  const statuses = async (title: string) => (await runs(title)).map(({ status }) => status);

  async function settled(title: string, expected: Array<number | null>): Promise<void> {
    await waitFor(async () => JSON.stringify(await statuses(title)) === JSON.stringify(expected), {
      what: `executions of ${title} to be ${JSON.stringify(expected)}`,
    });
  }

  const executed = async (title: string): Promise<number> =>
    Number((await api.find('workflows', { filterByTk: workflows[title]?.id, appends: ['stats'] })).stats.executed);

  async function resumeWaiting(title: string, index: number): Promise<void> {
    const job = (await runs(title))[index].jobs.find(({ status }: { status: number }) => status === JOB_STATUS.PENDING);
    const response = await api.post(`jobs:resume?filterByTk=${job.id}`, { status: JOB_STATUS.RESOLVED });
    expect(response.status).toBe(202);
  }

  beforeAll(async () => {
    stockRoot = process.env.STOCK_HOST_DIR || (await ensureStockHost());
    database = await createDatabase(dialect, name);
    await installHost({ root: stockRoot, storagePath, database });
    await open(stockRoot);
    await api.create('collections', {
      name: 'deals',
      autoGenId: true,
      createdAt: true,
      fields: [
        { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id' },
        { name: 'title', type: 'string', interface: 'input' },
        { name: 'amount', type: 'integer', interface: 'integer' },
      ],
    });
    await workflow('resolved', [calculation('{{$context.data.amount}} + 1')]);
    await workflow('synchronous', [calculation('1 + 1')], { sync: true });
    await workflow('failed', [failing]);
    await workflow('error', [calculation('1 +')]);
    await workflow('waiting', [delay, calculation('2')]);
    await workflow('cancelled', [delay]);
    await workflow('queued', [calculation('3')]);
    await workflow('collection', [calculation('4')], { type: 'collection', config: { collection: 'deals', mode: 1 } });
    await workflow('schedule', [], {
      type: 'schedule',
      config: { mode: 0, startsOn: new Date(Date.now() + 24 * HOUR_MS).toISOString() },
    });
    for (const title of ['resolved', 'synchronous', 'failed', 'error', 'waiting', 'cancelled']) {
      await post(title).catch(() => undefined);
    }
    await settled('resolved', [EXECUTION_STATUS.RESOLVED]);
    await settled('failed', [EXECUTION_STATUS.FAILED]);
    await settled('error', [EXECUTION_STATUS.ERROR]);
    await settled('waiting', [EXECUTION_STATUS.STARTED]);
    await settled('cancelled', [EXECUTION_STATUS.STARTED]);
    await waitFor(async () => (await runs('cancelled'))[0].jobs.length === 1, { what: 'the delay to be stored' });
    const [{ id }] = await runs('cancelled');
    await waitFor(async () => (await api.post(`executions:cancel?filterByTk=${id}`)).status === 200, { what: 'the cancel' });
    await api.post(`workflows:revision?filterByTk=${workflows.resolved?.id}&filter[key]=${keyOf('resolved')}`);
    // a process that only answers requests leaves its runs in the queue
    await open(stockRoot, { WORKER_MODE: '!' });
    await post('queued');
    await settled('queued', [EXECUTION_STATUS.QUEUEING]);
  }, INSTALL_TIMEOUT_MS);

  afterAll(async () => {
    await host?.stop();
    await dropDatabase(dialect, name);
    await rm(storagePath, { recursive: true, force: true });
  });

  test('ours lists it, executes what is queued and continues what waits', async () => {
    const countBefore = (await api.list('executions', { pageSize: 200 })).length;
    await open(undefined);
    expect((await api.list('workflows', { pageSize: 50 })).length).toBe(Object.keys(workflows).length + 1);
    expect((await api.list('executions', { pageSize: 200 })).length).toBe(countBefore);
    expect(await statuses('failed')).toEqual([EXECUTION_STATUS.FAILED]);
    expect(await statuses('error')).toEqual([EXECUTION_STATUS.ERROR]);
    expect(await statuses('cancelled')).toEqual([EXECUTION_STATUS.ABORTED]);
    await settled('queued', [EXECUTION_STATUS.RESOLVED]);
    await resumeWaiting('waiting', 0);
    await settled('waiting', [EXECUTION_STATUS.RESOLVED]);
    expect((await runs('waiting'))[0].jobs.map(({ result }: { result: unknown }) => result)).toContain(2);
  });

  test('ours goes on counting where stock stopped, and runs new events', async () => {
    expect(await executed('resolved')).toBe(1);
    await post('resolved');
    await post('synchronous');
    await settled('resolved', [EXECUTION_STATUS.RESOLVED, EXECUTION_STATUS.RESOLVED]);
    expect(await statuses('synchronous')).toEqual([EXECUTION_STATUS.RESOLVED, EXECUTION_STATUS.RESOLVED]);
    await waitFor(async () => (await executed('resolved')) === 2, { what: 'the counter' });
    await post('waiting');
    await settled('waiting', [EXECUTION_STATUS.RESOLVED, EXECUTION_STATUS.STARTED]);
    await waitFor(async () => (await runs('waiting'))[1].jobs.length === 1, { what: 'the delay to be stored' });
    const complaints = host
      ?.logs()
      .split('\n')
      .filter((line) => line.includes('"level":"error"') && line.includes('workflow') && !line.includes('APP_COMMANDING'));
    expect(complaints).toEqual([]);
  });

  test('stock opens it again, with everything ours has done', async () => {
    const before = (await api.list('executions', { pageSize: 200 })).length;
    await open(stockRoot);
    expect((await api.list('executions', { pageSize: 200 })).length).toBe(before);
    expect(await statuses('queued')).toEqual([EXECUTION_STATUS.RESOLVED]);
    await post('resolved');
    await settled('resolved', Array(3).fill(EXECUTION_STATUS.RESOLVED));
    await resumeWaiting('waiting', 1);
    await settled('waiting', [EXECUTION_STATUS.RESOLVED, EXECUTION_STATUS.RESOLVED]);
  });
});

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installHost, startHost, type Host } from '../../scripts/lib/host.mjs';
import type { Database } from '../../scripts/lib/hostEnvironment.mjs';
import { ensureStockHost } from '../../scripts/lib/stockHost.mjs';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import { ApiClient } from '../helpers/api';
import { DIALECTS } from '../helpers/dialects';
import { NOT_READY } from '../helpers/notReady';
import { createDatabase, dropDatabase, TEST_STORAGE, uniqueName } from '../helpers/testDatabases';
import { waitFor } from '../helpers/waitFor';

const HOUR_MS = 3_600_000;
const INSTALL_TIMEOUT_MS = 900_000;

interface NodeValues {
  type: string;
  config?: object;
  /** chains of a branching node */
  branches?: NodeValues[][];
  [field: string]: unknown;
}

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

const approval = {
  type: 'manual',
  config: { assignees: [1], forms: { f: { type: 'custom', actions: [{ status: JOB_STATUS.RESOLVED, key: 'approve' }] } } },
};
const inLoop = [{ type: 'loop', config: { target: 2 }, branches: [[approval, calculation('1')]] }, calculation('5')];
const inParallel = [{ type: 'parallel', config: { mode: 'all' }, branches: [[approval], [delay, calculation('6')]] }, calculation('7')];
const deal = { collection: 'deals' };
const byId = { filter: { id: '{{$context.data.id}}' } };
const value = '{{$context.data.amount}}';

/** One node of every type that needs nobody outside. */
const everyNode: NodeValues[] = [
  calculation(`${value} + 1`),
  { type: 'query', config: { ...deal, multiple: false, params: byId } },
  { type: 'update', config: { ...deal, params: { ...byId, values: { amount: 8 } } } },
  { type: 'create', config: { ...deal, params: { values: { title: 'made', amount: 1 } } } },
  { type: 'destroy', config: { ...deal, params: { filter: { title: 'made' } } } },
  { type: 'condition', config: { rejectOnFalse: false, engine: 'math.js', expression: '1 == 1' } },
  { type: 'multi-conditions', config: { continueOnNoMatch: true, conditions: [{ uid: 'c', engine: 'math.js', expression: '1 == 1' }] }, branches: [[], [calculation('1')]] },
  { type: 'aggregate', config: { ...deal, aggregator: 'count', params: { field: 'id' } } },
  { type: 'sql', config: { sql: 'SELECT 1 AS one' } },
  { type: 'dateCalculation', config: { inputType: 'number', input: 3, steps: [] } },
  { type: 'json-query', config: { engine: 'jmespath', expression: 'amount', source: '{{$context.data}}' } },
  { type: 'json-variable-mapping', config: { dataSource: '{{$context.data}}', variables: [{ key: 'a', paths: ['amount'] }] } },
  { type: 'variable', config: { value } },
  { type: 'script', config: { content: 'return 1' } },
  { type: 'cc', config: { users: [1], title: 'read this' } },
  { type: 'response-message', config: { message: 'hello' } },
  { type: 'request', config: { url: 'http://127.0.0.1:1/', method: 'GET', ignoreFail: true } },
  { type: 'mailer', config: { provider: { host: '127.0.0.1', port: 1, secure: false }, from: 'a@a', to: ['b@b'], subject: 's', contentType: 'text', text: 't', ignoreFail: true } },
  { type: 'notification', config: { channelName: 'none', ignoreFail: true } },
  { type: 'loop', config: { target: 2 }, branches: [[calculation('1')]] },
  { type: 'parallel', config: { mode: 'all' }, branches: [[calculation('1')], [calculation('2')]] },
  { type: 'output', config: { value } },
  { type: 'end', config: { endStatus: 1 } },
];

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

  async function workflow(title: string, nodes: NodeValues[], values: object = {}): Promise<void> {
    const created = await api.create('workflows', {
      title,
      type: 'action',
      sync: false,
      enabled: false,
      config: { collection: 'deals', appends: [] },
      ...values,
    });
    await chain(created.id, nodes);
    await api.update('workflows', created.id, { enabled: true });
    workflows[title] = { id: created.id, key: created.key };
  }

  async function chain(workflowId: number, nodes: NodeValues[], parentId: number | null = null, branch: number | null = null) {
    let upstreamId = parentId;
    let branchIndex = branch;
    for (const { branches = [], ...node } of nodes) {
      upstreamId = (await api.create(`workflows/${workflowId}/nodes`, { ...node, upstreamId, branchIndex })).id;
      for (const [i, heads] of branches.entries()) {
        await chain(workflowId, heads, upstreamId, i);
      }
      branchIndex = null;
    }
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

  async function resumeWaiting(title: string, index: number, isMeant: (job: any) => boolean = () => true): Promise<void> {
    const job = (await runs(title))[index].jobs.find((other: any) => other.status === JOB_STATUS.PENDING && isMeant(other));
    // 409 as long as a process still has the run in its hands
    await waitFor(async () => (await api.post(`jobs:resume?filterByTk=${job.id}`, { status: JOB_STATUS.RESOLVED })).status === 202, {
      what: `the answer to ${title}`,
    });
  }

  /** Root does the open to-do of a run, as soon as it is there. */
  async function approve(title: string, index: number): Promise<void> {
    const { id } = (await runs(title))[index];
    const task = await waitFor(
      async () => {
        const filter = { executionId: id, status: JOB_STATUS.PENDING };
        const { data } = await api.get('workflowManualTasks:listMine', { filter, appends: ['job'] });
        return data?.[0]?.job && data[0];
      },
      { what: `a to-do of ${title}` },
    );
    const response = await api.post(`workflowManualTasks:submit?filterByTk=${task.id}`, { result: { f: {}, _: 'approve' } });
    expect(response.status).toBe(202);
    await waitFor(async () => (await api.find('jobs', { filterByTk: task.job.id })).status !== JOB_STATUS.PENDING, { what: 'the answer' });
  }

  /** A run that waits in its loop, and one that waits in both of its branches, go on to their end. */
  async function finishBranches(index: number, expected: Array<number | null>): Promise<void> {
    await approve('inLoop', index);
    await waitFor(async () => (await runs('inLoop'))[index].jobs.length === 4, { what: 'the second round' });
    await approve('inLoop', index);
    await approve('inParallel', index);
    const knowsOfIt = ({ result }: any) => Array.isArray(result) && result[0] === JOB_STATUS.RESOLVED;
    await waitFor(async () => (await runs('inParallel'))[index].jobs.some(knowsOfIt), { what: 'the first branch to end' });
    await resumeWaiting('inParallel', index, (job) => job.result === HOUR_MS);
    await settled('inLoop', expected);
    await settled('inParallel', expected);
    expect((await runs('inLoop'))[index].jobs.map(({ result }: any) => result)).toContainEqual({ looped: 2, done: 2 });
    expect((await runs('inParallel'))[index].jobs.map(({ result }: any) => result)).toContainEqual([1, 1]);
  }

  async function startBranches(count: number): Promise<void> {
    await post('inLoop');
    await post('inParallel');
    await waitFor(async () => (await runs('inLoop'))[count - 1]?.jobs.length === 2, { what: 'the first round' });
    await waitFor(async () => (await runs('inParallel'))[count - 1]?.jobs.length === 3, { what: 'both branches' });
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
    await workflow('everyNode', everyNode);
    await workflow('inLoop', inLoop);
    await workflow('inParallel', inParallel);
    await post('everyNode');
    await settled('everyNode', [EXECUTION_STATUS.RESOLVED]);
    await startBranches(1);
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

  test('ours continues what waits in loops and branches', () => finishBranches(0, [EXECUTION_STATUS.RESOLVED]));

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
    await post('everyNode');
    await settled('everyNode', [EXECUTION_STATUS.RESOLVED, EXECUTION_STATUS.RESOLVED]);
    const [byStock, byOurs] = await runs('everyNode');
    expect(shapeOf(byOurs)).toEqual(shapeOf(byStock));
    await startBranches(2);
    const complaints = host
      ?.logs()
      .split('\n')
      .filter((line) => line.includes('"level":"error"') && line.includes('workflow') && !NOT_READY.test(line));
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
    await finishBranches(1, [EXECUTION_STATUS.RESOLVED, EXECUTION_STATUS.RESOLVED]);
    await post('everyNode');
    await settled('everyNode', Array(3).fill(EXECUTION_STATUS.RESOLVED));
  });
});

/** Status of each job, by node: the same whoever executed it. */
const shapeOf = ({ jobs }: { jobs: any[] }) => jobs.map(({ nodeKey, status }) => `${nodeKey} ${status}`).sort();

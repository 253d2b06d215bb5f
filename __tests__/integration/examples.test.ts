import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../../scripts/seed/index.mjs';
import type { ApiClient } from '../helpers/api';
import { DIALECTS } from '../helpers/dialects';
import { startHost, type TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';

const ROOT = { account: 'admin@nocobase.com', password: 'admin123' };

/** The two examples that `npm start` prepares, on a host with the whole stock preset. */
describe.each(DIALECTS)('worked examples on %s', (dialect) => {
  let host: TestHost;
  let emma: ApiClient;
  let sam: ApiClient;

  beforeAll(async () => {
    host = await startHost({ dialect });
    await seed({ url: host.url, ...ROOT });
    emma = (await host.api.signIn('emma', 'emma-123456')).withRole('employee');
    sam = await host.api.signIn('sam', 'sam-123456');
  });
  afterAll(() => host?.close());

  const order = async (quantity: number) => {
    const [product] = await host.api.list('products');
    return host.api.post('orders:create?triggerWorkflows=ordercheck1', { product: { id: product.id }, quantity });
  };
  const stock = async () => Number((await host.api.list('products'))[0].stock);
  const ended = (executionId: number) =>
    waitFor(
      async () => {
        const execution = await host.api.find('executions', { filterByTk: executionId, appends: ['jobs'] });
        return Math.abs(execution.status) > 0 && execution;
      },
      { what: `execution ${executionId} to end` },
    );
  const reimburse = async (values: object) => {
    const response = await emma.post('reimbursements:create?triggerWorkflows=reimburse1', values);
    expect(response.status).toBe(200);
    return { record: response.data, executionId: response.meta.workflows[0].executionId };
  };
  const statusOf = async (id: number) => (await host.api.find('reimbursements', { filterByTk: id })).status;

  it('boots with the whole preset and without an error in the log', () => {
    expect(host.errors()).toEqual([]);
  });

  it('are seeded once, however often', async () => {
    const before = await host.api.list('workflows', { appends: ['nodes'] });
    const commands = await seed({ url: host.url, ...ROOT });
    expect(commands.map(({ curl }) => curl)).toEqual([
      expect.stringContaining('triggerWorkflows=ordercheck1'),
      expect.stringContaining('triggerWorkflows=reimburse1'),
    ]);
    expect(await host.api.list('workflows', { appends: ['nodes'] })).toEqual(before);
  });

  it('R12 R13: an order is checked, deducted from the stock and confirmed', async () => {
    const before = await stock();
    const { data, meta } = await order(2);
    const execution = await ended(meta.workflows[0].executionId);
    expect(execution.status).toBe(1);
    expect(await stock()).toBe(before - 2);
    expect((await host.api.find('orders', { filterByTk: data.id })).status).toBe('confirmed');
  });

  it('R14: an order that exceeds the stock ends as failed and deducts nothing', async () => {
    const before = await stock();
    const { data, meta } = await order(before + 1);
    const execution = await ended(meta.workflows[0].executionId);
    expect(execution.status).toBe(-1);
    expect(execution.jobs.map(({ nodeKey }: { nodeKey: string }) => nodeKey)).not.toContain('deduct');
    expect(await stock()).toBe(before);
    expect((await host.api.find('orders', { filterByTk: data.id })).status).toBe('rejected');
  });

  it('R16: orders at the same time lose no update', async () => {
    const before = await stock();
    const responses = await Promise.all([1, 2, 3, 4].map(order));
    await Promise.all(responses.map(({ meta }) => ended(meta.workflows[0].executionId)));
    expect(await stock()).toBe(before - 10);
  });

  it('E499: a small reimbursement is approved at once', async () => {
    const { record, executionId } = await reimburse({ projectName: 'Taxi to client', amount: 499 });
    expect((await ended(executionId)).status).toBe(1);
    expect(await statusOf(record.id)).toBe('approved');
  });

  it('E501-A: a large one waits for the supervisor, who approves it', async () => {
    const { record, executionId } = await reimburse({ projectName: 'Flight', amount: 501 });
    // the plugin of the manual node stores the to-do before the engine stores the job
    const openTask = async () => {
      const { data } = await sam.get('workflowManualTasks:listMine', { filter: { executionId }, appends: ['job'] });
      return data[0]?.job && data[0];
    };
    const task = await waitFor(openTask, { what: 'the to-do of the supervisor' });
    expect(await statusOf(record.id)).toBeNull();

    const decision = { result: { review: { comment: 'ok' }, _: 'approve' } };
    expect((await emma.post(`workflowManualTasks:submit?filterByTk=${task.id}`, decision)).status).toBe(403);
    expect((await sam.post(`workflowManualTasks:submit?filterByTk=${task.id}`, decision)).status).toBe(202);
    expect((await ended(executionId)).status).toBe(1);
    expect(await statusOf(record.id)).toBe('approved');
  });

  it('an employee neither approves the own request nor sees those of others', async () => {
    const { record } = await reimburse({ projectName: 'Dinner', amount: 600, status: 'approved' });
    expect(await statusOf(record.id)).toBeNull();
    await host.api.create('reimbursements', { projectName: 'Of somebody else', amount: 1 });
    const names = (await emma.list('reimbursements')).map(({ projectName }) => projectName);
    expect(names).toContain('Dinner');
    expect(names).not.toContain('Of somebody else');
  });
});

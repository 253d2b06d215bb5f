import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RetentionOptions, WorkflowModel } from '../../src/server/contract';
import { defaultRetention, Retention } from '../../src/server/runs/Retention';
import { DIALECTS } from '../helpers/dialects';
import { ApiWorld } from './api/world';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(DIALECTS)('retention on %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;
  let retention: Retention;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
    retention = new Retention(world.host.plugin, { isAnswering: false });
    retention.start();
  });
  afterAll(async () => {
    await retention?.stop();
    await world?.host.close();
  });
  beforeEach(async () => {
    workflow = await world.workflow({ enabled: false });
  });

  /** Executions with one job each, one a day, the newest first. */
  async function history(statuses: Array<number | null>): Promise<void> {
    const { db, app } = world.host;
    const now = Date.now();
    const rows = statuses.map((status, i) => ({
      id: Number(app.snowflakeIdGenerator.generate()) - (i + 1) * 86_400 * 2 ** 21,
      workflowId: workflow.id,
      key: workflow.key,
      eventKey: `${workflow.id}-${i}`,
      context: { i },
      status,
      dispatched: true,
      createdAt: new Date(now - (i + 0.5) * DAY_MS),
    }));
    await db.getModel('executions').bulkCreate(rows);
    await db.getModel('jobs').bulkCreate(rows.map(({ id }) => ({ id, executionId: id, nodeId: 1, nodeKey: 'a', status: 1 })));
  }

  const left = async () => {
    const rows = await world.executions(workflow.id);
    expect(await world.count('jobs', { executionId: rows.map(({ id }) => id) })).toBe(rows.length);
    return rows.map(({ context }) => context.i).sort((a: number, b: number) => a - b);
  };
  const keep = (rule: RetentionOptions | null) => world.api.update('workflows', workflow.id, { options: { retention: rule } });

  it('deletes what is older than so many days, with its jobs', async () => {
    await history([1, -2, 1, 1]);
    await keep({ days: 2 });
    expect(await retention.sweep()).toBe(2);
    expect(await left()).toEqual([0, 1]);
    expect(await retention.sweep()).toBe(0);
  });

  it('keeps the newest so many', async () => {
    await history([1, 1, -2, 1, 1]);
    await keep({ count: 2 });
    expect(await retention.sweep()).toBe(3);
    expect(await left()).toEqual([0, 1]);
  });

  it('looks only at the chosen statuses, and counts only those', async () => {
    await history([1, -2, 1, -2, 1, 1]);
    await keep({ count: 1, statuses: [1] });
    await retention.sweep();
    expect(await left()).toEqual([0, 1, 3]);
  });

  it('never deletes what has not ended', async () => {
    await history([1, 0, null, 1]);
    await keep({ days: 0.1, count: 1 });
    await retention.sweep();
    expect(await left()).toEqual([1, 2]);
  });

  it('deletes more than one batch, and leaves other workflows alone', async () => {
    const other = workflow;
    await history([1, 1]);
    workflow = await world.workflow({ enabled: false });
    await history(Array.from({ length: 450 }, () => 1));
    await keep({ days: 1 });
    expect(await retention.sweep()).toBe(449);
    expect(await left()).toEqual([0]);
    workflow = other;
    expect(await left()).toEqual([0, 1]);
  });

  it('deletes an execution of many jobs in several transactions, and no job of another', async () => {
    await history([1, 1]);
    const [{ id }] = (await world.executions(workflow.id)).filter(({ context }) => context.i === 1);
    const job = { executionId: id, nodeId: 1, nodeKey: 'a', status: 1 };
    await world.host.db.getModel('jobs').bulkCreate(Array.from({ length: 500 }, (_, i) => ({ ...job, id: Number(id) + 1 + i })));
    await keep({ days: 1 });
    const transactions: string[] = [];
    const note = (_model: unknown, { transaction }: { transaction?: { id?: string } }) => void transactions.push(String(transaction?.id));
    world.host.db.on('jobs.afterDestroy', note);
    expect(await retention.sweep()).toBe(1);
    world.host.db.off('jobs.afterDestroy', note);
    expect(transactions).toHaveLength(501);
    expect(new Set(transactions).size).toBeGreaterThan(1);
    expect(await left()).toEqual([0]);
  });

  it('a rule that says nothing keeps everything, a wrong one is refused', async () => {
    await history([1, 1]);
    await keep({});
    expect(await retention.sweep()).toBe(0);
    for (const rule of [{ days: -1 }, { count: 0 }, { statuses: [0] }, 'all']) {
      const response = await world.api.post(`workflows:update?filterByTk=${workflow.id}`, { options: { retention: rule } });
      expect(response.status).toBe(400);
    }
  });
});

describe('retention by the environment', () => {
  it.each<[Record<string, string>, RetentionOptions | null]>([
    [{}, null],
    [{ WORKFLOW_RETENTION_DAYS: 'x', WORKFLOW_RETENTION_COUNT: '-5' }, null],
    [{ WORKFLOW_RETENTION_STATUSES: '1' }, null],
    [{ WORKFLOW_RETENTION_DAYS: '30' }, { days: 30, count: undefined, statuses: undefined }],
    [
      { WORKFLOW_RETENTION_COUNT: '1000', WORKFLOW_RETENTION_STATUSES: '1,-3,0,x' },
      { days: undefined, count: 1000, statuses: [1, -3] },
    ],
  ])('%j', (env, rule) => {
    expect(defaultRetention(env)).toEqual(rule);
  });
});

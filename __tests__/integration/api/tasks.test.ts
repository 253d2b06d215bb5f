import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Id, TaskStatsProvider, WorkflowPlugin } from '../../../src/server/contract';
import { DIALECTS } from '../../helpers/dialects';
import type { ApiClient } from '../../helpers/api';
import { ApiWorld } from './world';

/** Members for extensions that keep to-dos. */
interface TaskPlugin extends WorkflowPlugin {
  registerTaskStatsProvider(type: string, provider: TaskStatsProvider): void;
  updateTaskStatsByWorkflow(row: {
    userId: Id;
    workflowKey: string;
    type: string;
    stats: { pending: number; all: number };
  }): Promise<void>;
}

describe.each(DIALECTS)('to-do numbers, %s', (dialect) => {
  let world: ApiWorld;
  let plugin: TaskPlugin;
  let user: ApiClient & { userId: number };
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
    plugin = world.host.plugin as TaskPlugin;
  });
  afterAll(() => world?.host.close());
  beforeEach(async () => {
    user = await world.user(['member']);
  });

  const update = (workflowKey: string, pending: number, all: number, type = 'manual') =>
    plugin.updateTaskStatsByWorkflow({ userId: user.userId, workflowKey, type, stats: { pending, all } });
  const legacy = async () =>
    (await world.repository('userWorkflowTasks').findOne({ filter: { userId: user.userId } }))?.stats;
  const listMine = (params: object = {}) => user.get('userWorkflowTaskStats:listMine', { ...params });

  it('K1: everybody sees their own', async () => {
    await update('a', 1, 2);
    expect((await user.get('userWorkflowTasks:listMine')).data).toMatchObject([
      { userId: user.userId, stats: { pending: 1, all: 2 } },
    ]);
    expect((await world.api.get('userWorkflowTasks:listMine', { filter: { userId: user.userId } })).data).toEqual([]);
    expect((await user.anonymous().get('userWorkflowTasks:listMine')).status).toBe(401);
    expect((await user.get('userWorkflowTasks:list')).status).toBe(403);
  });

  it('K2: sums per type and per workflow, by title; both are announced', async () => {
    const sent: any[] = [];
    const listen = (event: unknown) => sent.push(event);
    world.host.app.on('ws:sendToUser', listen);
    const b = await world.workflow({ title: `B ${user.userId}` });
    const a = await world.workflow({ title: `a ${user.userId}` });
    await update(b.key, 1, 2);
    await update(a.key, 4, 5);
    await update(a.key, 1, 1, 'cc');
    world.host.app.off('ws:sendToUser', listen);

    expect(
      await world.repository('userWorkflowTasks').findOne({ filter: { userId: user.userId, type: 'manual' } }),
    ).toMatchObject({ stats: { pending: 5, all: 7 } });
    const { data, meta } = await listMine();
    expect(data).toHaveLength(2);
    expect(data).toContainEqual({ workflowKey: a.key, title: a.title, stats: { pending: 5, all: 6 } });
    expect(meta).toEqual({ page: 1, pageSize: 200, hasNext: false });
    expect((await listMine({ type: 'cc' })).data).toMatchObject([
      { workflowKey: a.key, stats: { pending: 1, all: 1 } },
    ]);
    expect((await listMine({ search: ` b ${user.userId} ` })).data).toMatchObject([{ workflowKey: b.key }]);
    expect((await listMine({ pageSize: 1 })).meta).toEqual({ page: 1, pageSize: 1, hasNext: true });
    expect((await listMine({ pageSize: 9999, page: 0 })).meta).toEqual({ page: 1, pageSize: 200, hasNext: false });
    expect(sent.map(({ message }) => message.type)).toEqual(
      expect.arrayContaining(['workflow:tasks:updated', 'workflow:taskWorkflowStats:updated']),
    );
    expect(sent.find(({ message }) => message.payload.workflowKey === b.key)).toMatchObject({
      userId: user.userId,
      message: { payload: { userId: user.userId, workflowKey: b.key, stats: { pending: 1, all: 2 } } },
    });
  });

  it('K3: a repair believes the provider', async () => {
    await update('k3', 9, 9);
    plugin.registerTaskStatsProvider('manual', {
      collectTaskStats: async () => [{ userId: user.userId, workflowKey: 'k3', type: 'manual', pending: 1, all: 3 }],
    });
    await plugin.repairTaskStats({ userIds: [user.userId] });
    expect(await legacy()).toEqual({ pending: 1, all: 3 });
    expect(await world.repository('userWorkflowTaskStats').findOne({ filter: { userId: user.userId } })).toMatchObject({
      pending: 1,
      all: 3,
    });
  });

  it.each<[string, () => object]>([
    ['K4', () => ({ workflowKeys: ['k4'] })],
    ['K5', () => ({ userIds: [user.userId], workflowKeys: ['unknown', 'k4'] })],
  ])('%s: nothing left is 0 of 0', async (_title, options) => {
    await update('k4', 2, 2);
    plugin.registerTaskStatsProvider('manual', { collectTaskStats: async () => [] });
    await plugin.repairTaskStats(options());
    expect(await world.count('userWorkflowTaskStats', { userId: user.userId })).toBe(0);
    expect(await legacy()).toEqual({ pending: 0, all: 0 });
  });

  it('K6: finds users who have only the sum', async () => {
    await world
      .repository('userWorkflowTasks')
      .create({ values: { userId: user.userId, type: 'manual', stats: { pending: 3, all: 3 } } });
    plugin.registerTaskStatsProvider('manual', { collectTaskStats: async () => [] });
    await plugin.repairTaskStats({ types: ['manual'] });
    expect(await legacy()).toEqual({ pending: 0, all: 0 });
  });
});

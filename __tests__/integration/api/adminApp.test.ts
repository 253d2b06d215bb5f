import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowModel } from '../../../src/server/contract';
import { DIALECTS } from '../../helpers/dialects';
import { ApiWorld } from './world';

describe.each(DIALECTS)('what the admin app asks for, %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;
  let categoryId: number;
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
    categoryId = (await world.api.create('workflowCategories', { title: 'first' })).id;
    workflow = await world.workflow({
      title: 'listed',
      type: 'collection',
      config: { collection: 'posts', mode: 1 },
      categories: [categoryId],
    });
    await world.graph(workflow.id, [['a', { 0: ['b'] }], 'c']);
    await world.trigger(workflow.id, { data: { id: 1 } });
    await world.execution(workflow.id, ({ status }) => status === 1);
  });
  afterAll(() => world?.host.close());

  it('the list of workflows', async () => {
    const { data, meta } = await world.api.get('workflows:list', {
      sort: ['-createdAt'],
      except: ['config'],
      appends: ['nodes', 'revisions', 'stats', 'versionStats', 'categories', 'createdBy'],
      filter: { current: true },
    });
    expect(meta).toMatchObject({ count: 1, page: 1, pageSize: 20, totalPage: 1 });
    expect(data).toMatchObject([
      { id: workflow.id, revisions: [{ id: workflow.id }], categories: [{ id: categoryId }], createdBy: { id: 1 } },
    ]);
    expect(data[0].nodes).toHaveLength(3);
    expect([data[0].stats, data[0].versionStats].map(({ executed }) => Number(executed))).toEqual([1, 1]);
  });

  it.each<[string, () => object]>([
    ['a category', () => ({ current: true, $and: [{ current: true }, { 'categories.id': String(categoryId) }] })],
    ['a collection', () => ({ type: ['action', 'collection'], enabled: true, 'config.collection': 'posts' })],
    ['a nested collection', () => ({ enabled: true, config: { collection: 'posts' } })],
    ['a key', () => ({ key: workflow.key })],
  ])('workflows of %s', async (_title, filter) => {
    expect(await world.api.list('workflows', { filter: filter() })).toMatchObject([{ id: workflow.id }]);
  });

  it('the editor of a workflow', async () => {
    const { data } = await world.api.get('workflows:get', {
      filter: { id: String(workflow.id) },
      appends: ['nodes', 'stats.executed', 'versionStats.executed', 'createdBy', 'updatedBy'],
    });
    expect(data).toMatchObject({ id: workflow.id, config: { collection: 'posts' }, updatedBy: { id: 1 } });
    expect(Number(data.versionStats.executed)).toBe(1);
  });

  it('runs and one run', async () => {
    const { data } = await world.api.get('executions:list', {
      sort: ['-id'],
      except: ['context', 'output', 'stack'],
      filter: { key: workflow.key },
    });
    expect(data).toMatchObject([{ workflowId: workflow.id, status: 1, reason: null, manually: null }]);
    expect(data[0]).not.toHaveProperty('context');
    const run = await world.api.get('executions:get', {
      filter: { id: data[0].id },
      appends: ['jobs', 'workflow', 'workflow.nodes', 'workflow.versionStats', 'workflow.stats'],
      except: ['jobs.result', 'workflow.options'],
    });
    expect(run.data).toMatchObject({ context: { data: { id: 1 } }, workflow: { id: workflow.id } });
    expect(run.data.workflow.nodes).toHaveLength(3);
    expect(run.data.jobs.length).toBeGreaterThan(0);
    expect(run.data.jobs[0]).not.toHaveProperty('result');
    const job = await world.api.get('jobs:get', { filterByTk: run.data.jobs[0].id });
    expect(job.data).toMatchObject({ id: run.data.jobs[0].id, status: 1 });
  });

  it('categories in their order', async () => {
    const second = await world.api.create('workflowCategories', { title: 'second' });
    const titles = async () =>
      (await world.api.list('workflowCategories', { sort: ['sort'] })).map(({ title }: { title: string }) => title);
    expect(await titles()).toEqual(['first', 'second']);
    await world.api.post(`workflowCategories:move?sourceId=${second.id}&targetId=${categoryId}`);
    expect(await titles()).toEqual(['second', 'first']);
    await world.api.destroy('workflowCategories', { filterByTk: second.id });
  });

  it('to-do numbers of its types', async () => {
    const { status, data } = await world.api.get('userWorkflowTasks:listMine', { filter: { type: ['manual', 'cc'] } });
    expect([status, data]).toEqual([200, []]);
  });
});

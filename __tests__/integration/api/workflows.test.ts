import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskStatsProvider, WorkflowPlugin } from '../../../src/server/contract';
import { DIALECTS } from '../../helpers/dialects';
import { ApiWorld, messages } from './world';

describe.each(DIALECTS)('actions on workflows, %s', (dialect) => {
  let world: ApiWorld;
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
  });
  afterAll(() => world?.host.close());

  const executed = async (id: unknown) =>
    Number((await world.repository('workflowVersionStats').findOne({ filterByTk: id as number })).executed);

  describe('create', () => {
    it('W1, W2: invalid is false, whatever is sent', async () => {
      expect(await world.workflow()).toMatchObject({
        invalid: false,
        current: true,
        executed: 0,
        options: { timeout: 0 },
      });
      expect((await world.workflow({ invalid: true })).invalid).toBe(false);
    });

    it('W3, W4: needs a registered type', async () => {
      const missing = await world.api.post('workflows:create', { title: 'x' });
      expect([missing.status, messages(missing)]).toEqual([400, ['Trigger type is required']]);
      const unknown = await world.api.post('workflows:create', { title: 'x', type: 'nope' });
      expect([unknown.status, messages(unknown)]).toEqual([400, ['Trigger type "nope" is not registered']]);
    });

    it('names every field of a bad config and saves nothing', async () => {
      const before = await world.count('workflows', {});
      const response = await world.api.post('workflows:create', { title: 'bad', type: 'collection', config: {} });
      expect(response.status).toBe(400);
      expect(messages(response).join()).toMatch(/collection/);
      expect(await world.count('workflows', {})).toBe(before);
    });

    it('current is never false, and the first version is current', async () => {
      const { key } = await world.workflow({ enabled: false, current: false });
      const second = await world.workflow({ key, enabled: false, current: false });
      expect(second.current).toBeNull();
      expect(await world.count('workflows', { key, current: true })).toBe(1);
    });
  });

  it('W5: list answers what is stored, also for types that are gone', async () => {
    await world
      .repository('workflows')
      .create({ values: { title: 'gone', type: 'approval', enabled: true, invalid: true } });
    const rows = await world.api.list('workflows', {
      filter: { type: 'approval' },
      appends: ['stats'],
      except: ['config'],
    });
    expect(rows).toMatchObject([{ title: 'gone', invalid: true, stats: { executed: 0 } }]);
    expect(rows[0]).not.toHaveProperty('config');
    expect(rows[0]).not.toHaveProperty('validation');
  });

  describe('update', () => {
    it('W6, W7: config until the first execution', async () => {
      const workflow = await world.workflow();
      const first = await world.api.post(`workflows:update?filterByTk=${workflow.id}`, { config: { a: 1 } });
      expect(first.data[0].config).toEqual({ a: 1 });
      await world.trigger(workflow.id);
      const second = await world.api.post(`workflows:update?filterByTk=${workflow.id}`, { config: { a: 2 } });
      expect([second.status, messages(second)]).toEqual([400, ['config of executed workflow can not be updated']]);
    });

    it('W8: switches an executed workflow off; what may not change is ignored', async () => {
      const workflow = await world.workflow();
      await world.trigger(workflow.id);
      const values = { enabled: false, key: 'other', type: 'asyncTrigger', sync: true, invalid: true };
      const { data } = await world.api.post(`workflows:update?filterByTk=${workflow.id}`, values);
      expect(data[0]).toMatchObject({
        enabled: false,
        key: workflow.key,
        type: 'syncTrigger',
        sync: false,
        invalid: false,
      });
      expect(world.host.plugin.enabledCache.has(Number(workflow.id))).toBe(false);
    });

    it('W9: new options are in use at once', async () => {
      const workflow = await world.workflow();
      const { data } = await world.api.post(`workflows:update?filterByTk=${workflow.id}`, {
        options: { stackLimit: 3 },
      });
      expect(data[0].options.stackLimit).toBe(3);
      expect(world.host.plugin.enabledCache.get(Number(workflow.id))?.options.stackLimit).toBe(3);
    });

    it('takes the whole record that the editor sends back', async () => {
      const category = await world.api.create('workflowCategories', { title: 'c' });
      const workflow = await world.workflow({ categories: [category.id] });
      const whole = await world.api.find('workflows', {
        filterByTk: workflow.id,
        except: ['config'],
        appends: ['nodes', 'revisions', 'stats', 'versionStats', 'categories', 'createdBy'],
      });
      const { status, data } = await world.api.post(`workflows:update?filterByTk=${workflow.id}`, {
        ...whole,
        title: 'renamed',
      });
      expect([status, data[0].title]).toEqual([200, 'renamed']);
      const after = await world.api.find('workflows', { filterByTk: workflow.id, appends: ['categories'] });
      expect(after.categories.map(({ id }: { id: number }) => id)).toEqual([category.id]);
    });
  });

  describe('execute', () => {
    it('W10, W11: makes a new version when asked to', async () => {
      const workflow = await world.workflow();
      const plain = await world.api.post(`workflows:execute?filterByTk=${workflow.id}&autoRevision=0`, { data: {} });
      expect(plain.data).toEqual({ execution: { id: expect.anything(), status: 1 } });
      const revised = await world.api.post(`workflows:execute?filterByTk=${workflow.id}&autoRevision=1`, { data: {} });
      expect(revised.data.newVersionId).toBeDefined();
      expect(await world.count('workflows', { key: workflow.key })).toBe(2);
      const current = await world.repository('workflows').findOne({ filter: { key: workflow.key, current: true } });
      expect([current.id, current.enabled]).toEqual([revised.data.newVersionId, true]);
    });

    it('runs a disabled workflow and marks the run', async () => {
      const workflow = await world.workflow({ enabled: false, type: 'asyncTrigger' });
      const { data } = await world.api.post(`workflows:execute?filterByTk=${workflow.id}`, { data: {} });
      const execution = await world.repository('executions').findOne({ filterByTk: data.execution.id });
      expect(execution).toMatchObject({ manually: true, status: 1 });
    });

    it.each([
      ['', 400, 'filterByTk is required'],
      ['?filterByTk=abc', 400, 'filterByTk is invalid'],
      ['?filterByTk=1.5', 400, 'filterByTk is invalid'],
      ['?filterByTk=99999999999999999999', 400, 'filterByTk is invalid'],
      ['?filterByTk=7', 404, 'workflow not found'],
    ])('refuses %j', async (query, status, message) => {
      const response = await world.api.post(`workflows:execute${query}`, {});
      expect([response.status, messages(response)]).toEqual([status, [message]]);
    });
  });

  describe('destroy', () => {
    it('W12, W13: the current version takes all others along; runs stay', async () => {
      const workflow = await world.workflow();
      await world.node(workflow.id);
      await world.trigger(workflow.id);
      const { data: old } = await world.api.post(
        `workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`,
      );
      const { key } = workflow;
      const { data } = await world.api.post(`workflows:destroy?filterByTk=${workflow.id}`);
      expect(data).toBe(2);
      const ids = [workflow.id, old.id];
      expect(await world.count('workflows', { key })).toBe(0);
      expect(await world.count('flow_nodes', { workflowId: ids })).toBe(0);
      expect(await world.count('workflowStats', { key })).toBe(0);
      expect(await world.count('workflowVersionStats', { id: ids })).toBe(0);
      expect(await world.count('executions', { key })).toBe(1);
      expect(world.host.plugin.enabledCache.has(Number(workflow.id))).toBe(false);
      expect((await world.api.post(`workflows:destroy?filterByTk=${workflow.id}`)).data).toBe(0);
    });

    it('W12: a row created with the key of another becomes the current version', async () => {
      const workflow = await world.workflow();
      const next = await world.workflow({ key: workflow.key });
      expect(next.current).toBe(true);
      const former = await world.repository('workflows').findOne({ filterByTk: workflow.id });
      expect([former.current, former.enabled]).toEqual([null, false]);
      expect([...world.host.plugin.enabledCache.keys()]).not.toContain(Number(workflow.id));
    });

    it('W14, W15: an old version goes alone; to-do numbers are counted again', async () => {
      const workflow = await world.workflow();
      const { data: old } = await world.api.post(
        `workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`,
      );
      const asked: unknown[] = [];
      const provider: TaskStatsProvider = {
        collectTaskStats: async ({ workflowKeys, transaction }) => {
          asked.push(
            workflowKeys,
            await world.repository('workflows').count({ filter: { key: workflow.key }, transaction }),
          );
          return [];
        },
      };
      (
        world.host.plugin as WorkflowPlugin & {
          registerTaskStatsProvider(type: string, provider: TaskStatsProvider): void;
        }
      ).registerTaskStatsProvider('w15', provider);
      expect((await world.api.post(`workflows:destroy?filterByTk=${old.id}`)).data).toBe(1);
      expect(await world.count('workflowStats', { key: workflow.key })).toBe(1);
      expect(asked).toEqual([[workflow.key], 1]);
    });

    it('several at once; nothing without a selection', async () => {
      const [a, b] = [await world.workflow(), await world.workflow()];
      const bare = await world.api.post('workflows:destroy');
      expect([bare.status, messages(bare)]).toEqual([400, ['filterByTk or filter is required']]);
      expect((await world.api.post(`workflows:destroy?filterByTk[]=${a.id}&filterByTk[]=${b.id}`)).data).toBe(2);
    });
  });

  describe('revision', () => {
    it('W16, W17: a new version starts disabled, takes over when enabled', async () => {
      const workflow = await world.workflow({ options: { timeout: 1000 } });
      await world.trigger(workflow.id);
      const { data } = await world.api.post(
        `workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`,
        { invalid: true },
      );
      expect(data).toMatchObject({
        key: workflow.key,
        current: null,
        enabled: false,
        invalid: false,
        options: { timeout: 1000 },
        title: 'w',
      });
      expect(await executed(data.id)).toBe(0);
      await world.api.update('workflows', data.id, { enabled: true });
      const former = await world.repository('workflows').findOne({ filterByTk: workflow.id });
      expect([former.enabled, former.current]).toEqual([false, null]);
      await world.trigger(data.id);
      const stats = await world.repository('workflowStats').findOne({ filterByTk: workflow.key });
      expect([await executed(workflow.id), await executed(data.id), Number(stats.executed)]).toEqual([1, 1, 2]);
      expect(await world.count('executions', { key: workflow.key })).toBe(2);
    });

    it('W18: nodes keep keys and order, so expressions still work', async () => {
      const workflow = await world.workflow();
      const { a } = await world.graph(workflow.id, ['a', ['b', { 0: ['c', 'd'] }], 'e']);
      const { data } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`);
      expect(await world.storedGraph(data.id)).toEqual(['a', ['b', { 0: ['c', 'd'] }], 'e']);
      expect(await world.count('flow_nodes', { workflowId: data.id, key: a!.key })).toBe(1);
    });

    it('W19: a copy is a workflow of its own', async () => {
      const workflow = await world.workflow();
      await world.trigger(workflow.id);
      const { data } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}`);
      expect(data).toMatchObject({ title: 'w copy', current: true, enabled: false });
      expect(data.key).not.toBe(workflow.key);
      expect(await executed(data.id)).toBe(0);
      expect(
        (await world.api.post(`workflows:revision?filterByTk=${workflow.id}`, { title: 'named' })).data.title,
      ).toBe('named');
    });

    it('W20, W21, W22: mode, type, config and categories come from the origin', async () => {
      const category = await world.api.create('workflowCategories', { title: 'c' });
      const workflow = await world.workflow({
        type: 'asyncTrigger',
        sync: true,
        config: { a: 1 },
        categories: [category.id],
      });
      for (const filter of ['', `&filter[key]=${workflow.key}`]) {
        const values = { sync: false, type: 'syncTrigger', config: {} };
        const { data } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}${filter}`, values);
        const copy = await world.api.find('workflows', { filterByTk: data.id, appends: ['categories'] });
        expect(copy).toMatchObject({
          sync: true,
          type: 'asyncTrigger',
          config: { a: 1 },
          categories: [{ id: category.id }],
        });
      }
    });

    it('W23: a node may adapt its config', async () => {
      const workflow = await world.workflow();
      await world.node(workflow.id, { config: { duplicateFlag: true } });
      const { data } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}`);
      const node = await world.repository('flow_nodes').findOne({ filter: { workflowId: data.id } });
      expect(node.config).toEqual({ duplicateFlag: true, duplicated: true });
    });

    it('of nothing is 404', async () => {
      expect((await world.api.post('workflows:revision?filterByTk=7')).status).toBe(404);
    });
  });

  it('sync brings memory in line with the rows', async () => {
    const workflow = await world.workflow();
    await world.host.db.getModel('workflows').update({ enabled: false }, { where: { id: workflow.id }, hooks: false });
    expect((await world.api.post(`workflows:sync?filterByTk=${workflow.id}`)).status).toBe(204);
    expect(world.host.plugin.enabledCache.has(Number(workflow.id))).toBe(false);
  });

  it('validate names what will not work', async () => {
    const workflow = await world.workflow();
    const node = await world.node(workflow.id, {
      type: 'echoVariable',
      config: { variable: '{{$jobsMapByNodeKey.nope.x}}' },
    });
    const { data } = await world.api.get('workflows:validate', { filterByTk: workflow.id });
    expect(data.problems).toEqual([
      expect.objectContaining({
        nodeId: node.id,
        nodeKey: node.key,
        field: 'config.variable',
        code: 'unknown-variable',
      }),
    ]);
  });

  it('a save that is rolled back switches nothing', async () => {
    const workflow = await world.workflow({ enabled: false });
    const save = world.host.db.sequelize.transaction(async (transaction) => {
      await world.repository('workflows').update({ filterByTk: workflow.id, values: { enabled: true }, transaction });
      throw new Error('rolled back');
    });
    await expect(save).rejects.toThrow('rolled back');
    expect(world.host.plugin.enabledCache.has(Number(workflow.id))).toBe(false);
  });
});

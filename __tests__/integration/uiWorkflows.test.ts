import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowModel } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { ApiWorld, messages } from './api/world';

describe.each(DIALECTS)('workflows for pages on %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
  });
  afterAll(() => world?.host.close());
  beforeEach(async () => {
    workflow = await world.workflow();
  });

  async function statementsOf(work: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const { options } = world.host.db.sequelize as unknown as { options: { logging: unknown } };
    const { logging } = options;
    options.logging = (text: string) => {
      count += /executions|workflow/i.test(text) ? 1 : 0;
    };
    try {
      await work();
    } finally {
      options.logging = logging;
    }
    return count;
  }

  describe('workflows:overview', () => {
    const overview = async (keys: string[]) => (await world.api.get('workflows:overview', { keys })).data;

    it('counts the last day and the failures in it, and names the last run', async () => {
      await world.trigger(workflow.id);
      await world.execution(workflow.id, ({ status }) => status === 1);
      const failing = await world.workflow();
      await world.node(failing.id, { type: 'error' });
      await world.trigger(failing.id);
      await world.execution(failing.id, ({ status }) => status === -2);
      const { db } = world.host;
      await db.getModel('executions').create({ id: 5, workflowId: workflow.id, key: workflow.key, eventKey: `old-${workflow.id}`, context: {}, status: -2 });
      const never = await world.workflow();
      const data = await overview([workflow.key, failing.key, never.key]);
      expect(data).toEqual({
        [workflow.key]: { lastDay: 1, failedLastDay: 0, lastRun: expect.objectContaining({ status: 1 }) },
        [failing.key]: { lastDay: 1, failedLastDay: 1, lastRun: expect.objectContaining({ status: -2 }) },
        [never.key]: { lastDay: 0, failedLastDay: 0, lastRun: null },
      });
      await db.getModel('executions').destroy({ where: { id: 5 } });
    });

    it('asks the database as often for one workflow as for ten', async () => {
      const keys = [workflow.key];
      const one = await statementsOf(() => overview(keys));
      for (let i = 0; i < 9; i += 1) keys.push((await world.workflow()).key);
      expect(await statementsOf(() => overview(keys))).toBe(one);
    });

    it('without keys tells of all workflows; refuses what is no list of keys', async () => {
      expect(Object.keys((await world.api.get('workflows:overview')).data)).toContain(workflow.key);
      expect((await world.api.get('workflows:overview', { keys: Array.from({ length: 501 }, (_, i) => `k${i}`) })).status).toBe(400);
    });
  });

  it('workflows:versions tells names, dates, who, and which has run; an old one can be taken up again', async () => {
    await world.graph(workflow.id, ['a']);
    await world.trigger(workflow.id);
    await world.execution(workflow.id, ({ status }) => status === 1);
    const { data: second } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`, {
      versionName: 'with b',
    });
    await world.graph(second.id, ['b']);
    const versions = async () => (await world.api.get('workflows:versions', { filterByTk: workflow.id })).data;
    expect(await versions()).toMatchObject([
      { id: second.id, number: 2, versionName: 'with b', enabled: false, current: null, executed: 0, createdBy: { username: 'nocobase' } },
      { id: workflow.id, number: 1, versionName: null, enabled: true, current: true, executed: 1 },
    ]);
    await world.api.update('workflows', second.id, { versionName: 'better' });
    const { data: back } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`);
    expect((await versions()).map(({ number, versionName }: any) => [number, versionName])).toEqual([
      [3, null],
      [2, 'better'],
      [1, null],
    ]);
    expect(await world.storedGraph(back.id)).toEqual(['a']);
    expect((await world.api.get('workflows:versions', { filterByTk: 1 })).status).toBe(404);
  });

  it('workflows:impact counts what would go', async () => {
    await world.graph(workflow.id, ['a', 'b']);
    await world.trigger(workflow.id);
    await world.execution(workflow.id, ({ status }) => status === 1);
    await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`);
    const impact = async (id: unknown) => (await world.api.get('workflows:impact', { filterByTk: id })).data;
    expect(await impact(workflow.id)).toEqual({ workflows: 1, versions: 2, nodes: 4, executions: 1, unfinished: 0, tasks: 0 });
    const { workflow: waiting } = await world.waiting();
    expect(await impact(waiting.id)).toMatchObject({ workflows: 1, versions: 1, unfinished: 1 });
    expect((await world.api.get('workflows:impact')).status).toBe(400);
  });

  describe('workflows:samples', () => {
    const samples = async () => (await world.api.get('workflows:samples', { filterByTk: workflow.id })).data;

    it('tells what the last run held, shortened', async () => {
      expect(await samples()).toEqual({ context: null, results: {}, executionId: null, at: null });
      await world.node(workflow.id, { key: 'all', type: 'echoVariable', config: { variable: '{{$context.data}}' } });
      const data = { title: 'x'.repeat(1000), list: Array.from({ length: 50 }, (_, i) => i) };
      await world.trigger(workflow.id, { data });
      await world.execution(workflow.id, ({ status }) => status === 1);
      const { context, results, at } = await samples();
      expect(context.data).toEqual({ title: `${'x'.repeat(200)}…`, list: [0, 1, 2, 3, 4] });
      expect(results.all).toEqual(context.data);
      expect(at).toBeTruthy();
    });

    it('hides secrets', async () => {
      world.host.app.environment.setVariable('TOKEN', 'verysecretvalue', { isSecret: true });
      await world.trigger(workflow.id, { data: { note: 'it is verysecretvalue' } });
      await world.execution(workflow.id, ({ status }) => status === 1);
      expect(JSON.stringify(await samples())).not.toContain('verysecretvalue');
    });

    it('an unknown version is 404', async () => {
      expect((await world.api.get('workflows:samples', { filterByTk: 1 })).status).toBe(404);
    });
  });

  it('workflows:previewSchedule tells the next firings in their zone', async () => {
    const config = { mode: 0, startsOn: '2020-01-01T00:00:00.000Z', repeat: '0 9 * * *', timezone: 'Asia/Tokyo' };
    const preview = (values: object) => world.api.post('workflows:previewSchedule', values);
    const { data } = await preview({ config, count: 3 });
    expect(data.timezone).toBe('Asia/Tokyo');
    expect(data.occurrences).toHaveLength(3);
    expect(data.occurrences.every((at: string) => new Date(at).getUTCHours() === 0)).toBe(true);
    expect((await preview({ config: { ...config, repeat: 'nonsense' } })).data.occurrences).toEqual([]);
    expect((await preview({ config })).data.occurrences).toHaveLength(5);
    expect(messages(await preview({ config, count: 0 }))[0]).toMatch(/count/);
  });
});

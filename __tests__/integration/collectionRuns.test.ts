import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS } from '../../src/common/status';
import type { WorkflowModel } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { TriggerWorld } from './triggerWorld';

const CREATE = 1;
const SAVE = 3;

describe.each(DIALECTS)('runs of the collection trigger on %s', (dialect) => {
  let world: TriggerWorld;

  beforeAll(async () => {
    world = await TriggerWorld.create('collection', { dialect, dataSources: ['another'] });
  });

  afterEach(() => world?.reset());

  afterAll(() => world?.host.close());

  const onPosts = (config: object = {}, values: object = {}) =>
    world.add({ collection: 'posts', mode: CREATE, ...config }, values);

  describe('asynchronous runs', () => {
    it('exist if and only if the write is committed', async () => {
      const workflow = await onPosts();
      const stored: number[] = [];
      const write = (fail: boolean) =>
        world.db.sequelize.transaction(async (transaction) => {
          await world.createPost({}, { transaction });
          await world.createPost({}, { transaction });
          const { count } = await world.db.getModel('executions').findAndCountAll({ where: { key: workflow.key }, transaction });
          stored.push(count);
          if (fail) {
            throw new Error('changed my mind');
          }
        });
      await expect(write(true)).rejects.toThrow('changed my mind');
      expect(await world.count(workflow)).toBe(0);
      await write(false);
      expect(stored).toEqual([2, 2]);
      await world.ended(workflow, 2);
    });

    it('D31: start after the commit', async () => {
      const workflow = await onPosts();
      await workflow.createNode({
        type: 'destroy',
        config: { collection: 'posts', params: { filter: { title: { $includes: 'both' } } } },
      });
      await world.db.sequelize.transaction(async (transaction) => {
        await world.createPost({ title: 'both 1' }, { transaction });
        await world.createPost({ title: 'both 2' }, { transaction });
      });
      await world.ended(workflow, 2);
      expect(await world.records('posts').count()).toBe(0);
    });
  });

  describe('synchronous runs', () => {
    it('D38: have ended when the write returns', async () => {
      const workflow = await onPosts({}, { sync: true });
      await world.createPost();
      expect(await world.executions(workflow)).toMatchObject([{ status: EXECUTION_STATUS.RESOLVED }]);
    });

    it('D39: a failure leaves the write alone', async () => {
      const workflow = await onPosts({}, { sync: true });
      await workflow.createNode({ type: 'error' });
      await world.createPost();
      expect(await world.records('posts').count()).toBe(1);
      expect(await world.executions(workflow)).toMatchObject([{ status: EXECUTION_STATUS.ERROR }]);
    });

    it('a statement that the database refuses leaves the write alone', async () => {
      const workflow = await onPosts({}, { sync: true });
      await workflow.createNode({
        type: 'create',
        config: { collection: 'tags', params: { values: { id: '{{$context.data.id}}', name: 'one' } } },
      });
      await world.records('tags').destroy({ truncate: true });
      const post = await world.createPost();
      await world.records('tags').create({ values: { id: Number(post.get('id')) + 1, name: 'taken' } });
      await world.createPost();
      expect(await world.records('posts').count()).toBe(2);
      expect(await world.executions(workflow)).toMatchObject([
        { status: EXECUTION_STATUS.RESOLVED },
        { status: EXECUTION_STATUS.ERROR },
      ]);
    });

    describe('that guard the write', () => {
      const guarding = async () => {
        const workflow = await onPosts({ rollbackOnFailure: true }, { sync: true });
        await workflow.createNode({ type: 'error' });
        return workflow;
      };

      if (dialect === 'sqlite') {
        it('D40: run too late on SQLite to take it back', async () => {
          const workflow = await guarding();
          await world.createPost();
          expect(await world.records('posts').count()).toBe(1);
          expect(await world.executions(workflow)).toMatchObject([{ status: EXECUTION_STATUS.ERROR }]);
        });
        return;
      }

      it('D40: take it back when they fail', async () => {
        const workflow = await guarding();
        await expect(world.createPost()).rejects.toMatchObject({
          message: 'System process failed, please contact administrator.',
          status: 422,
          code: 'WORKFLOW_ROLLBACK_ON_FAILURE',
        });
        expect(await world.records('posts').count()).toBe(0);
        expect(await world.executions(workflow)).toMatchObject([{ status: EXECUTION_STATUS.ERROR }]);
      });

      it('D41: say so in the language of the request', async () => {
        await guarding();
        const { status, body } = await world.host.api.withHeaders({ 'X-Locale': 'zh-CN' }).post('posts:create', { title: 'x' });
        expect(status).toBe(422);
        expect(body.errors).toMatchObject([
          { message: '系统处理失败，请联系管理员。', code: 'WORKFLOW_ROLLBACK_ON_FAILURE' },
        ]);
      });
    });
  });

  describe('loops', () => {
    const createsPost = (workflow: WorkflowModel, collection = 'posts') =>
      workflow.createNode({ type: 'create', config: { collection, params: { values: { title: 'again', name: 'again' } } } });

    it('D34: a workflow that triggers itself runs once per event', async () => {
      const workflow = await onPosts();
      await createsPost(workflow);
      await world.createPost();
      await world.ended(workflow, 1);
      expect(await world.records('posts').count()).toBe(2);
      await world.createPost();
      await world.ended(workflow, 2);
      expect(await world.records('posts').count()).toBe(4);
      expect(await world.count(workflow)).toBe(2);
    });

    it('D35: two workflows that trigger each other run once each', async () => {
      const first = await onPosts();
      const second = await world.add({ collection: 'tags', mode: CREATE });
      await createsPost(first, 'tags');
      await createsPost(second, 'posts');
      await world.createPost();
      await world.ended(second, 1);
      await world.ended(first, 1);
      expect([await world.count(first), await world.count(second)]).toEqual([1, 1]);
    });

    it('D36: a limit lets a synchronous workflow go deeper', async () => {
      const workflow = await onPosts({}, { sync: true, options: { stackLimit: 3 } });
      await createsPost(workflow);
      await world.createPost();
      expect([await world.count(workflow), await world.records('posts').count()]).toEqual([3, 4]);
      await world.createPost();
      expect([await world.count(workflow), await world.records('posts').count()]).toEqual([6, 8]);
    });

    it('D37: a limit of two workflows that trigger each other', async () => {
      const first = await onPosts({}, { options: { stackLimit: 3 } });
      const second = await world.add({ collection: 'tags', mode: CREATE }, { options: { stackLimit: 3 } });
      await createsPost(first, 'tags');
      await createsPost(second, 'posts');
      await world.createPost();
      await world.ended(first, 3);
      await world.ended(second, 3);
      expect([await world.count(first), await world.count(second)]).toEqual([3, 3]);
    });
  });

  describe('by hand', () => {
    it('D32: a disabled workflow can be executed', async () => {
      const workflow = await onPosts({}, { enabled: false });
      const post = await world.createPost();
      const { status, data } = await world.host.api.post(`workflows:execute?filterByTk=${workflow.id}`, {
        data: post.toJSON(),
      });
      expect(status).toBe(200);
      expect(await world.executions(workflow)).toMatchObject([
        { id: data.execution.id, status: data.execution.status, context: { data: { id: post.get('id') } } },
      ]);
    });

    it('a key is enough', async () => {
      const workflow = await onPosts({}, { enabled: false });
      const post = await world.createPost({ title: 'by key' });
      await world.host.api.post(`workflows:execute?filterByTk=${workflow.id}`, { data: post.get('id') });
      expect(await world.data(workflow)).toMatchObject([{ title: 'by key' }]);
    });

    it('D33: a record that does not meet the condition is not executed', async () => {
      const workflow = await onPosts({ condition: { title: { $eq: 'other' } } }, { enabled: false });
      const post = await world.createPost();
      for (const data of [post.toJSON(), post.get('id'), 0, { id: { $ne: 0 } }, {}]) {
        const response = await world.host.api.post(`workflows:execute?filterByTk=${workflow.id}`, { data });
        expect(response.data?.execution ?? null).toBeNull();
        expect(response.status).toBeLessThan(500);
      }
      expect(await world.count(workflow)).toBe(0);
    });
  });

  describe('data sources', () => {
    it('D42: a workflow hears of its own data source only', async () => {
      const workflow = await world.add({ collection: 'another:posts', mode: SAVE, appends: ['category'] });
      await world.createPost();
      expect(await world.count(workflow)).toBe(0);
      await world.records('posts', 'another').create({ values: { title: 'there', category: { title: 'c' } } });
      expect(await world.ended(workflow, 1)).toMatchObject([
        { context: { data: { title: 'there', category: { title: 'c' } } } },
      ]);
    });

    it('a write that is rolled back there starts nothing', async () => {
      const workflow = await world.add({ collection: 'another:posts', mode: CREATE });
      const { sequelize } = (world.host.app.dataSourceManager.get('another').collectionManager as any).db;
      const write = sequelize.transaction(async (transaction: unknown) => {
        await world.records('posts', 'another').create({ values: { title: 'no' }, transaction });
        throw new Error('changed my mind');
      });
      await expect(write).rejects.toThrow('changed my mind');
      await world.records('posts', 'another').create({ values: { title: 'yes' } });
      expect((await world.data(workflow)).map(({ title }) => title)).toEqual(['yes']);
    });

    it('D43: only the enabled version starts', async () => {
      const first = await world.add({ collection: 'another:posts', mode: CREATE });
      const { data } = await world.host.api.post(`workflows:revision?filterByTk=${first.id}&filter[key]=${first.key}`);
      await world.change(data, { enabled: true });
      await world.records('posts', 'another').create({ values: { title: 'new' } });
      expect((await world.executions(first)).map(({ workflowId }) => workflowId)).toEqual([data.id]);
    });
  });

  describe('configuration over HTTP', () => {
    const refused: Array<[string, object, string]> = [
      ['D48: mode 0', { collection: 'posts', mode: 0 }, 'mode'],
      ['D49: mode null', { collection: 'posts', mode: null }, 'mode'],
      ['D50: an unknown collection', { collection: 'nothing', mode: 1 }, 'nothing'],
      ['an unknown data source', { collection: 'nowhere:posts', mode: 1 }, 'nowhere'],
      ['no collection', { mode: 1 }, 'collection'],
      ['an unknown watched field', { collection: 'posts', mode: 2, changed: ['gone'] }, 'gone'],
      ['an unknown association', { collection: 'posts', mode: 2, appends: ['tags.gone'] }, 'tags.gone'],
      ['an unknown field in the condition', { collection: 'posts', mode: 2, condition: { gone: { $eq: 1 } } }, 'gone'],
    ];

    it.each(refused)('refuses %s', async (_, config, named) => {
      const before = await world.workflows.count();
      const created = await world.host.api.post('workflows:create', { type: 'collection', config });
      expect(created.status).toBe(400);
      expect(JSON.stringify(created.body.errors)).toContain(named);
      expect(await world.workflows.count()).toBe(before);
      const workflow = await onPosts({}, { enabled: false });
      const updated = await world.host.api.post(`workflows:update?filterByTk=${workflow.id}`, { config });
      expect(updated.status).toBe(400);
      expect(JSON.stringify(updated.body.errors)).toContain(named);
    });

    it('D45, D46: refuses a missing or unknown type', async () => {
      expect((await world.host.api.post('workflows:create', { config: {} })).status).toBe(400);
      expect((await world.host.api.post('workflows:create', { type: 'nothing', config: {} })).status).toBe(400);
    });

    it.each([
      ['D47: no mode', { collection: 'posts' }],
      [
        'D51: everything',
        { collection: 'posts', mode: 3, changed: ['title', 'category'], appends: ['tags'], condition: { 'category.title': { $eq: 'c' } } },
      ],
      ['D52: another data source', { collection: 'another:posts', mode: 1 }],
    ])('accepts %s', async (_, config) => {
      expect((await world.host.api.post('workflows:create', { type: 'collection', config })).status).toBe(200);
    });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isLive } from '../../src/common/status';
import type { ExecutionModel, WorkflowModel } from '../../src/server/contract';
import { createApp, type TestApp } from '../helpers/app';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';

/** What the stock product's own tests pin down for the post-action trigger: AT1–AT23. */
describe.each(DIALECTS)('post-action trigger as contracted on %s', (dialect) => {
  let world: TestApp;

  beforeAll(async () => {
    world = await createApp({ dialect, dataSources: ['another'] });
  });

  afterEach(async () => {
    await world.db.getRepository('workflows').update({ filter: { enabled: true }, values: { enabled: false } });
  });

  afterAll(() => world?.close());

  async function workflow(config: object = {}, values: object = {}): Promise<WorkflowModel> {
    return world.db.getRepository('workflows').create({
      values: { type: 'action', enabled: true, config: { collection: 'posts', ...config }, ...values },
    });
  }

  /** The runs of a workflow, which exist when the request has been answered, after they have ended. */
  function runs({ key }: WorkflowModel): Promise<ExecutionModel[]> {
    return waitFor(
      async () => {
        const rows: ExecutionModel[] = await world.db.getRepository('executions').find({ filter: { key }, sort: 'id' });
        return rows.every(({ status }) => !isLive(status)) && rows;
      },
      { what: `the end of the runs of ${key}` },
    );
  }

  const create = (resource: string, values: object, list?: string) =>
    world.api.post(`${resource}:create${list ? `?triggerWorkflows=${list}` : ''}`, values);

  it('AT1: enabled, disabled, enabled', async () => {
    const item = await workflow();
    await create('posts', { title: 't1' }, item.key);
    expect(await runs(item)).toHaveLength(1);
    await item.update({ enabled: false });
    await create('posts', { title: 't2' }, item.key);
    expect(await runs(item)).toHaveLength(1);
    await item.update({ enabled: true });
    await create('posts', { title: 't3' }, item.key);
    expect(await runs(item)).toHaveLength(2);
  });

  it('AT2: another collection', async () => {
    const item = await workflow();
    await create('tags', { name: 't1' }, item.key);
    expect(await runs(item)).toHaveLength(0);
  });

  it('AT3: system fields are in the context', async () => {
    const item = await workflow();
    await create('posts', { title: 't1' }, item.key);
    const [execution] = await runs(item);
    expect(execution!.context.data).toHaveProperty('createdAt');
  });

  it('AT4, AT5: preloaded associations and the acting user', async () => {
    const item = await workflow({ appends: ['category'] });
    await create('posts', { title: 't1', category: { title: 'c1' } }, item.key);
    const [execution] = await runs(item);
    expect(execution!.context.data.category).toMatchObject({ title: 'c1' });
    expect(execution!.context.user).toMatchObject({ id: 1 });
    expect(execution!.context.user.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('AT6: a collection with a composite key', async () => {
    const post = await world.db.getRepository('posts').create({ values: { title: 'p' } });
    const tag = await world.db.getRepository('tags').create({ values: { name: 't' } });
    const item = await workflow({ collection: 'postsTags', global: true, actions: ['create'] });
    const { status } = await create('postsTags', { postId: post.id, tagId: tag.id });
    expect(status).toBe(200);
    const [execution] = await runs(item);
    expect(execution!.context.data).toMatchObject({ postId: post.id, tagId: tag.id });
  });

  it('AT7: an update gives the new values and the preloaded associations', async () => {
    const item = await workflow({ appends: ['category'] });
    const { data } = await create('posts', { title: 't1', category: { title: 'c1' } });
    await world.api.post(`posts:update?filterByTk=${data.id}&triggerWorkflows=${item.key}`, { title: 't2' });
    const [execution] = await runs(item);
    expect(execution!.context.data).toMatchObject({ title: 't2', category: { title: 'c1' } });
  });

  it('AT8: an update of two records', async () => {
    const item = await workflow();
    const { data: a } = await create('posts', { title: 't1' });
    const { data: b } = await create('posts', { title: 't2' });
    const filter = JSON.stringify({ id: [a.id, b.id] });
    await world.api.post(`posts:update?filter=${filter}&triggerWorkflows=${item.key}`, { title: 't3' });
    expect((await runs(item)).map(({ context }) => context.data.id)).toEqual([a.id, b.id]);
  });

  it('AT9: key!category', async () => {
    const item = await workflow({ collection: 'categories' });
    await create('posts', { title: 't1', category: { title: 'c1' } }, `${item.key}!category`);
    const [execution] = await runs(item);
    expect(execution!.context.data.title).toBe('c1');
  });

  it('AT10: key!post.category', async () => {
    const item = await workflow({ collection: 'categories' });
    await world.api.post(
      `comments:create?triggerWorkflows=${item.key}!post.category&updateAssociationValues[]=post.category`,
      { content: 'c', post: { title: 'p', category: { title: 'c1' } } },
    );
    const [execution] = await runs(item);
    expect(execution!.context.data.title).toBe('c1');
  });

  it('AT11: a resource within an association', async () => {
    const item = await workflow();
    const { data: category } = await create('categories', { title: 'c1' });
    await create(`categories/${category.id}/posts`, { title: 't1' }, item.key);
    const [execution] = await runs(item);
    expect(execution!.context.data).toMatchObject({ title: 't1', categoryId: category.id });
  });

  it('AT12: manual execution loads what it was given a key of', async () => {
    const item = await workflow({ appends: ['category'] }, { enabled: false });
    const { data: post } = await create('posts', { title: 't1', category: { title: 'c1' } });
    const execute = (values: object) => world.api.post(`workflows:execute?filterByTk=${item.id}`, values);
    expect((await execute({ data: post.id, userId: 1 })).data.execution).toMatchObject({ status: 1 });
    expect((await execute({ data: { id: post.id }, userId: { id: 1 } })).data.execution).toMatchObject({ status: 1 });
    for (const { context } of await runs(item)) {
      expect(context.data).toMatchObject({ title: 't1', category: { title: 'c1' } });
      expect(context.user).toMatchObject({ id: 1, username: 'nocobase' });
      expect(context.user).not.toHaveProperty('password');
      expect(context.user).not.toHaveProperty('roles');
      expect(context.roleName).toBeTruthy();
    }
    for (const [values, message] of [
      [{ data: post.id, userId: 999 }, 'user not found'],
      [{ data: post.id }, 'user not found'],
      [{ data: 999_999, userId: 1 }, 'data not found'],
    ] as const) {
      const { status, body } = await execute(values);
      expect([status, body.errors?.[0].message]).toEqual([400, message]);
    }
  });

  it('AT13: the key names the enabled version', async () => {
    const item = await workflow();
    await world.db.getRepository('workflows').update({ filterByTk: item.id, values: { enabled: false } });
    const { data: version } = await world.api.post(`workflows:revision?filterByTk=${item.id}&filter[key]=${item.key}`);
    await world.api.update('workflows', version.id, { enabled: true });
    await create('posts', { title: 't1' }, item.key);
    expect((await runs(item)).map(({ workflowId }) => Number(workflowId))).toEqual([Number(version.id)]);
  });

  it('AT14, AT15: a synchronous run has ended when the response arrives, an asynchronous one exists', async () => {
    const sync = await workflow({}, { sync: true });
    const async = await workflow();
    const { meta } = await create('posts', { title: 't1' }, `${async.key},${sync.key}`);
    expect(meta.workflows).toMatchObject([
      { key: async.key, status: null },
      { key: sync.key, status: 1 },
    ]);
    expect(await runs(sync)).toMatchObject([{ status: 1 }]);
    expect(await runs(async)).toMatchObject([{ status: 1 }]);
  });

  it.each([
    ['AT16: a node that throws', { type: 'error' }, -2],
    ['AT17: an end node', { type: 'end' }, 1],
    ['AT18: an end node with failure', { type: 'end', config: { endStatus: -1 } }, -1],
  ])('%s answers 200 with the status of the run: the record is saved', async (_, node, status) => {
    const item = await workflow({}, { sync: true });
    await item.createNode(node);
    const response = await create('posts', { title: 't1' }, item.key);
    expect(response.status).toBe(200);
    expect(response.meta.workflows).toMatchObject([{ key: item.key, status }]);
    expect(await runs(item)).toMatchObject([{ status }]);
  });

  it('AT19: global without actions never runs', async () => {
    const item = await workflow({ global: true });
    await create('posts', { title: 't1' });
    const { meta } = await create('posts', { title: 't2' }, item.key);
    expect(meta.workflows).toEqual([{ key: item.key, reason: 'action_not_selected' }]);
    expect(await runs(item)).toHaveLength(0);
  });

  it('AT20, AT21, AT22: global on create and update, listed or not, once each', async () => {
    const item = await workflow({ global: true, actions: ['create', 'update'] });
    const { data } = await create('posts', { title: 't1' });
    expect(await runs(item)).toHaveLength(1);
    await world.api.post(`posts:update?filterByTk=${data.id}`, { title: 't2' });
    expect(await runs(item)).toHaveLength(2);
    await create('posts', { title: 't3' }, item.key);
    expect(await runs(item)).toHaveLength(3);
    await world.api.post(`posts:update?filterByTk=${data.id}&triggerWorkflows=${item.key}`, { title: 't4' });
    expect(await runs(item)).toHaveLength(4);
  });

  it('AT23: the data source has to match the header', async () => {
    const item = await workflow({ collection: 'another:posts' });
    await create('posts', { title: 't1' }, item.key);
    expect(await runs(item)).toHaveLength(0);
    await world.api
      .withHeaders({ 'x-data-source': 'another' })
      .post(`posts:create?triggerWorkflows=${item.key}`, { title: 't2' });
    expect(await runs(item)).toMatchObject([{ context: { data: { title: 't2' } } }]);
  });

  it.each([
    [{}, '"collection" is required'],
    [{ collection: 7 }, '"collection" must be a string'],
    [{ collection: 'nope' }, 'Collection "nope" does not exist in data source "main"'],
    [{ collection: 'nope:posts' }, 'Data source "nope" does not exist'],
    [{ collection: 'posts', appends: 'category' }, '"appends" must be an array'],
    [{ collection: 'posts', appends: [7] }, '"appends[0]" must be a string'],
    [
      { collection: 'posts', appends: ['nope'] },
      '"appends[0]": association "nope" does not exist in collection "posts"',
    ],
    [
      { collection: 'posts', appends: ['category', 'category.title'] },
      '"appends[1]": association "title" does not exist in collection "categories"',
    ],
    [{ collection: 'posts', global: 'maybe' }, '"global" must be a boolean'],
    [{ collection: 'posts', actions: 'create' }, '"actions" must be an array'],
    [{ collection: 'posts', actions: [{}] }, '"actions[0]" must be a string'],
  ])('refuses the config %j', async (config, message) => {
    const before = await world.db.getRepository('workflows').count();
    const { status, body } = await world.api.post('workflows:create', { type: 'action', title: 'bad', config });
    expect([status, body.errors?.[0].message]).toEqual([400, message]);
    expect(await world.db.getRepository('workflows').count()).toBe(before);
  });
});

import { expect, it } from 'vitest';
import type { MatrixWorld } from './matrixWorld';

/** The actions that write, and those that do not count: T37–T43, T50. */
export function writeSuite(getWorld: () => MatrixWorld): void {
  const onUpdate = { config: { global: true, actions: ['update'] } };
  const onBoth = { config: { global: true, actions: ['create', 'update'] } };

  it('T37: update runs with the new values', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const { data: post } = await world.post('posts:create', { title: 'old', content: 'kept' });
    const { data, meta } = await world.post(`posts:update/${post.id}?triggerWorkflows=${wp.key}`, { title: 'new' });
    const [execution] = await world.expectRuns(wp, 1);
    expect(data).toHaveLength(1);
    expect(meta.workflows).toEqual([{ key: wp.key, executionId: execution.id, status: null }]);
    expect(execution.context.data).toMatchObject({ id: post.id, title: 'new', content: 'kept' });
  });

  it('T37: update of an association as trigger data', async () => {
    const world = getWorld();
    const wc = await world.workflow({ config: { collection: 'categories' } });
    const { data: post } = await world.root.post('posts:create', { title: 'a', category: { title: 'c' } });
    await world.post(`posts:update/${post.id}?triggerWorkflows=${wc.key}!category`, { title: 'b' });
    expect(await world.expectProbes(wc, 1)).toMatchObject([{ ref: post.categoryId }]);
  });

  it('T38: an update of three rows runs once for each', async () => {
    const world = getWorld();
    const wpu = await world.workflow({ config: { ...onUpdate.config, appends: ['category'] } });
    const { data: posts } = await world.root.post(
      'posts:create',
      [1, 2, 3].map((i) => ({ title: 'T38', category: { title: `c${i}` } })),
    );
    const filter = JSON.stringify({ title: 'T38' });
    const { meta } = await world.post(`posts:update?filter=${filter}`, { content: 'changed' });
    expect(meta.workflows).toHaveLength(3);
    const executions = await world.expectRuns(wpu, 3);
    expect(executions.map(({ context }) => context.data.id)).toEqual(posts.map(({ id }: { id: number }) => id));
    expect(executions.map(({ context }) => context.data.category.title)).toEqual(['c1', 'c2', 'c3']);
    expect(executions.every(({ context }) => context.data.content === 'changed')).toBe(true);
  });

  it('T38: an update that hits no row runs nothing', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wpu = await world.workflow(onUpdate);
    const filter = JSON.stringify({ title: 'nobody has this title' });
    const { meta } = await world.post(`posts:update?filter=${filter}&triggerWorkflows=${wp.key}`, { content: 'x' });
    expect(meta.workflows).toEqual([{ key: wp.key, reason: 'nothing_written' }]);
    await world.expectRuns(wp, 0);
    await world.expectRuns(wpu, 0);
  });

  it('T39: creating through an association runs the workflow of the target', async () => {
    const world = getWorld();
    const category = await world.root.create('categories', { title: 'c' });
    const wp = await world.workflow();
    const path = `categories/${category.id}/posts:create?triggerWorkflows=${wp.key}`;
    const { data } = await world.post(path, { title: 'a' });
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ ref: data.id }]);
    const [{ context }] = await world.executions(wp);
    expect(context.data).toMatchObject({ title: 'a', categoryId: category.id });
  });

  it('T40: deleting runs nothing', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wpb = await world.workflow({ config: { global: true, actions: ['create', 'update', 'destroy'] } });
    const post = await world.root.create('posts', { title: 'T40' });
    await world.expectRuns(wpb, 1);
    await world.root.post(`posts:destroy/${post.id}?triggerWorkflows=${wp.key}`);
    expect(await world.count('posts', { id: post.id })).toBe(0);
    await world.expectRuns(wp, 0);
    await world.expectRuns(wpb, 1);
  });

  it('T41: firstOrCreate and updateOrCreate run as what they did', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wpc = await world.workflow({ config: { global: true, actions: ['create'] } });
    const wpu = await world.workflow(onUpdate);
    const call = (action: string, values: object) =>
      world.root.post(`posts:${action}?filterKeys[]=title&triggerWorkflows=${wp.key}`, values);
    const expectCounts = async (local: number, created: number, updated: number) => {
      await world.expectRuns(wp, local);
      await world.expectRuns(wpc, created);
      await world.expectRuns(wpu, updated);
    };
    await call('firstOrCreate', { title: 'T41 first' });
    await expectCounts(1, 1, 0);
    const found = await call('firstOrCreate', { title: 'T41 first' });
    expect(found.meta.workflows).toEqual([{ key: wp.key, reason: 'nothing_written' }]);
    await expectCounts(1, 1, 0);
    await call('updateOrCreate', { title: 'T41 update', content: '1' });
    await expectCounts(2, 2, 0);
    await call('updateOrCreate', { title: 'T41 update', content: '2' });
    await expectCounts(3, 2, 1);
    await call('updateOrCreate', { title: 'T41 update', content: '2' });
    await expectCounts(3, 2, 1);
  });

  it('T42: adding, removing, setting and toggling members runs nothing', async () => {
    const world = getWorld();
    const wpu = await world.workflow(onBoth);
    const wt = await world.workflow({ config: { ...onBoth.config, collection: 'tags' } });
    const tag = await world.root.create('tags', { title: 't' });
    const post = await world.root.create('posts', { title: 'T42' });
    await world.expectRuns(wpu, 1);
    await world.expectRuns(wt, 1);
    for (const action of ['add', 'remove', 'set', 'toggle']) {
      const { status } = await world.root.post(`posts/${post.id}/tags:${action}`, [tag.id]);
      expect(status).toBe(200);
    }
    await world.expectRuns(wpu, 1);
    await world.expectRuns(wt, 1);
  });

  it('T42: a new member of a many-to-many association is a created record', async () => {
    const world = getWorld();
    const wt = await world.workflow({ config: { ...onBoth.config, collection: 'tags' } });
    const post = await world.root.create('posts', { title: 'T42' });
    const { data } = await world.root.post(`posts/${post.id}/tags:create`, { title: 'new member' });
    expect(await world.expectProbes(wt, 1)).toMatchObject([{ ref: data.id }]);
  });

  it('T43: creating several rows at once runs once for each', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const path = `posts:create?triggerWorkflows=${wp.key}`;
    const { data, meta } = await world.post(path, [{ title: 'a' }, { title: 'b' }]);
    const rows = await world.expectProbes(wp, 2);
    expect(rows.map(({ ref }) => ref)).toEqual(data.map(({ id }: { id: number }) => id));
    expect(meta.workflows).toHaveLength(2);
  });

  it.each([
    ['users', { username: 'made-by-action', password: 'made-by-action-1' }],
    ['roles', { name: 'made-by-action', title: 'x' }],
  ])('T12: %s, which the host treats specially, is a collection like any other', async (collection, values) => {
    const world = getWorld();
    const global = await world.workflow({ config: { collection, global: true, actions: ['create'] }, probe: false });
    const { status, meta } = await world.root.post(`${collection}:create`, values);
    expect(status).toBe(200);
    const [{ id, context }] = await world.expectRuns(global, 1);
    expect(meta.workflows).toEqual([{ key: global.key, executionId: id, status: null }]);
    expect(context.data).toMatchObject({ [Object.keys(values)[0]!]: 'made-by-action' });
    expect(context.data).not.toHaveProperty('password');
  });

  it('T50: a record made by a workflow is data, not an action', async () => {
    const world = getWorld();
    const another = { type: 'create', config: { collection: 'posts', params: { values: { title: 'T50 by node' } } } };
    const wpg = await world.workflow({ config: { global: true, actions: ['create'] }, nodes: [another] });
    const wce = await world.workflow({ type: 'collection', config: { mode: 1 } });
    await world.post('posts:create', { title: 'T50' });
    await world.expectProbes(wpg, 1);
    expect(await world.count('posts', { title: 'T50 by node' })).toBe(1);
    await world.expectProbes(wce, 2);
  });
}

import { expect, it } from 'vitest';
import type { MatrixWorld } from './matrixWorld';

/** Associated records as trigger data, and preloaded associations: T25–T34, T36, T44–T45b. */
export function associationSuite(getWorld: () => MatrixWorld): void {
  const body = { title: 'Hello, world!' };
  const onCategories = { config: { collection: 'categories' } };

  async function expectSkipped(world: MatrixWorld, list: string, reason: string, values: object = body) {
    const { status, data, meta } = await world.post(`posts:create?triggerWorkflows=${list}`, values);
    expect(status).toBe(200);
    expect(await world.count('posts', { id: data.id })).toBe(1);
    expect(meta.workflows).toMatchObject([{ reason }]);
  }

  it('T25: a new to-one record is the trigger data', async () => {
    const world = getWorld();
    const wc = await world.workflow(onCategories);
    const wp = await world.workflow();
    const wcg = await world.workflow({ config: { collection: 'categories', global: true, actions: ['create'] } });
    const nested = 'updateAssociationValues[]=category';
    const { data, meta } = await world.post(`posts:create?triggerWorkflows=${wc.key}!category&${nested}`, {
      ...body,
      category: { title: 'Test category' },
    });
    expect(meta.workflows).toMatchObject([{ key: wc.key, association: 'category', status: null }]);
    expect(await world.expectProbes(wc, 1)).toMatchObject([{ ref: data.categoryId }]);
    const [{ context }] = await world.executions(wc);
    expect(context.data).toMatchObject({ id: data.categoryId, title: 'Test category' });
    await world.expectRuns(wp, 0);
    await world.expectRuns(wcg, 0);
  });

  it.each([
    ['T26: an existing record named by object', (id: number) => ({ category: { id } })],
    ['T26: an existing record, whatever else is sent for it', (id: number) => ({ category: { id, title: 'forged' } })],
    ['T26b: an existing record named by its key', (id: number) => ({ categoryId: id })],
  ])('%s is handed over in full', async (_, values) => {
    const world = getWorld();
    const category = await world.root.create('categories', { title: 'Existing' });
    const wc = await world.workflow(onCategories);
    await world.post(`posts:create?triggerWorkflows=${wc.key}!category`, { ...body, ...values(category.id) });
    const [{ context }] = await world.expectRuns(wc, 1);
    expect(context.data).toMatchObject({ id: category.id, title: 'Existing' });
  });

  it.each([
    ['nothing', {}],
    ['null', { category: null }],
    ['a null key', { categoryId: null }],
  ])('T27: %s for the association triggers nothing', async (_, values) => {
    const world = getWorld();
    const wc = await world.workflow(onCategories);
    await expectSkipped(world, `${wc.key}!category`, 'association_empty', { ...body, ...values });
    await world.expectRuns(wc, 0);
  });

  it.each(['tags', 'comments'])('T28: the to-many association %s is refused', async (association) => {
    const world = getWorld();
    const wt = await world.workflow({ config: { collection: association } });
    await expectSkipped(world, `${wt.key}!${association}`, 'association_to_many', {
      ...body,
      [association]: [{ title: 'x' }],
    });
    await world.expectRuns(wt, 0);
  });

  it('T29: hasOne is a to-one association too', async () => {
    const world = getWorld();
    const wv = await world.workflow({ config: { collection: 'covers' } });
    await world.root.post(`posts:create?triggerWorkflows=${wv.key}!cover`, { ...body, cover: { title: 'A cover' } });
    const [{ context }] = await world.expectRuns(wv, 1);
    expect(context.data).toMatchObject({ title: 'A cover' });
  });

  it('T30: a workflow of the collection itself does not take the association', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    await expectSkipped(world, `${wp.key}!category`, 'collection_mismatch', { ...body, category: { title: 'c' } });
    await world.expectRuns(wp, 0);
  });

  it('T31: a workflow of the associated collection does not take the record', async () => {
    const world = getWorld();
    const wc = await world.workflow(onCategories);
    await expectSkipped(world, wc.key, 'collection_mismatch', { ...body, category: { title: 'c' } });
    await world.expectRuns(wc, 0);
  });

  it('T32: a path of to-one associations can be followed', async () => {
    const world = getWorld();
    const parent = await world.root.create('categories', { title: 'Parent' });
    const category = await world.root.create('categories', { title: 'Child', parentId: parent.id });
    const wc = await world.workflow(onCategories);
    await world.post(`posts:create?triggerWorkflows=${wc.key}!category.parent`, { ...body, categoryId: category.id });
    const [{ context }] = await world.expectRuns(wc, 1);
    expect(context.data).toMatchObject({ id: parent.id, title: 'Parent' });
  });

  it('T33: record and association in one list', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const wc = await world.workflow(onCategories);
    const { data } = await world.root.post(`posts:create?triggerWorkflows=${wp.key},${wc.key}!category`, {
      ...body,
      category: { title: 'c' },
    });
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ ref: data.id }]);
    expect(await world.expectProbes(wc, 1)).toMatchObject([{ ref: data.categoryId }]);
  });

  it.each(['nope', 'title', 'category.nope', 'constructor'])('T34: %s is no association', async (path) => {
    const world = getWorld();
    const wc = await world.workflow(onCategories);
    await expectSkipped(world, `${wc.key}!${path}`, 'association_not_found', { ...body, category: { title: 'c' } });
    await world.expectRuns(wc, 0);
  });

  it('T36: a nested new record is no action of its own; it is a collection event where the trigger asks for nested ones', async () => {
    const world = getWorld();
    const wcg = await world.workflow({
      config: { collection: 'categories', global: true, actions: ['create', 'update'] },
    });
    const onCreated = { collection: 'categories', mode: 1 };
    const wcc = await world.workflow({ type: 'collection', config: { ...onCreated, nested: true } });
    // the stock plugin's behaviour, which stays as long as the box is not ticked
    const stock = await world.workflow({ type: 'collection', config: onCreated });
    const { data, meta } = await world.root.post('posts:create', { ...body, category: { title: 'nested' } });
    expect(meta).toBeUndefined();
    expect(data.category).toMatchObject({ title: 'nested' });
    expect(await world.expectProbes(wcc, 1)).toMatchObject([{ ref: data.categoryId }]);
    await world.expectRuns(wcg, 0);
    await world.expectRuns(stock, 0);
    const direct = await world.root.post('categories:create', { title: 'direct' });
    expect((await world.expectProbes(wcc, 2))[1]).toMatchObject({ ref: direct.data.id });
    expect(await world.expectProbes(stock, 1)).toMatchObject([{ ref: direct.data.id }]);
  });

  it('T36: a nested record of the same collection is no action of its own', async () => {
    const world = getWorld();
    const wcg = await world.workflow({
      config: { collection: 'categories', global: true, actions: ['create', 'update'] },
    });
    const { data } = await world.root.post('categories:create', { title: 'child', parent: { title: 'parent' } });
    expect(await world.expectProbes(wcg, 1)).toMatchObject([{ ref: data.id }]);
    await world.root.post(`categories:update/${data.id}?updateAssociationValues[]=parent`, {
      title: 'child 2',
      parent: { id: data.parentId, title: 'parent 2' },
    });
    expect((await world.expectProbes(wcg, 2))[1]).toMatchObject({ ref: data.id });
  });

  it('T44: a preloaded association is usable', async () => {
    const world = getWorld();
    const category = await world.root.create('categories', { title: 'News' });
    const wp = await world.workflow({
      config: { appends: ['category'] },
      probe: { extra: '{{$context.data.category.title}}' },
    });
    await world.post(`posts:create?triggerWorkflows=${wp.key}`, { ...body, categoryId: category.id });
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ extra: 'News' }]);
  });

  it('T44b: what is not preloaded is empty', async () => {
    const world = getWorld();
    const category = await world.root.create('categories', { title: 'News' });
    const wp = await world.workflow({ probe: { extra: '{{$context.data.category.title}}' } });
    await world.post(`posts:create?triggerWorkflows=${wp.key}`, { ...body, categoryId: category.id });
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ extra: null }]);
  });

  it('T45: several levels can be preloaded', async () => {
    const world = getWorld();
    const parent = await world.root.create('categories', { title: 'Parent' });
    const category = await world.root.create('categories', { title: 'Child', parentId: parent.id });
    const wp = await world.workflow({
      config: { appends: ['category.parent'] },
      probe: { extra: '{{$context.data.category.title}} < {{$context.data.category.parent.title}}' },
    });
    await world.post(`posts:create?triggerWorkflows=${wp.key}`, { ...body, categoryId: category.id });
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ extra: 'Child < Parent' }]);
  });

  it('T45: associations of the associated trigger data can be preloaded', async () => {
    const world = getWorld();
    const wc = await world.workflow({
      config: { collection: 'categories', appends: ['parent'] },
      probe: { extra: '{{$context.data.parent.title}}' },
    });
    await world.root.post(`posts:create?triggerWorkflows=${wc.key}!category`, {
      ...body,
      category: { title: 'Child', parent: { title: 'Parent' } },
    });
    expect(await world.expectProbes(wc, 1)).toMatchObject([{ extra: 'Parent' }]);
  });

  it.each([
    ['tags', ['a']],
    ['comments', ['a', 'b']],
  ])('T45b: the preloaded to-many association %s gives a list', async (association, titles) => {
    const world = getWorld();
    const wp = await world.workflow({
      config: { appends: [association] },
      probe: { extra: `{{$context.data.${association}.title}}` },
    });
    await world.root.post(`posts:create?triggerWorkflows=${wp.key}`, {
      ...body,
      [association]: titles.map((title) => ({ title })),
    });
    const [row] = await world.expectProbes(wp, 1);
    expect([...(row!.extra as string[])].sort()).toEqual(titles);
  });
}

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { TriggerWorld } from './triggerWorld';

const CREATE = 1;
const UPDATE = 2;
const SAVE = 3;
const DESTROY = 4;

describe.each(DIALECTS)('collection trigger on %s', (dialect) => {
  let world: TriggerWorld;

  beforeAll(async () => {
    world = await TriggerWorld.create('collection', { dialect, dataSources: ['another'] });
  });

  afterEach(() => world?.reset());

  afterAll(() => world?.host.close());

  const onPosts = (config: object = {}, values: object = {}) =>
    world.add({ collection: 'posts', mode: CREATE, ...config }, values);

  describe('listening', () => {
    it('D1: a workflow without config can be enabled', async () => {
      const workflow = await world.add({});
      expect(workflow.enabled).toBe(true);
      await world.createPost();
      expect(await world.count(workflow)).toBe(0);
    });

    it('D2: follows a change of the collection', async () => {
      const workflow = await onPosts();
      await world.createPost();
      await world.change(workflow, { config: { collection: 'tags', mode: CREATE } });
      await world.createPost();
      expect(await world.count(workflow)).toBe(1);
      await world.records('tags').create({ values: { name: 'tag' } });
      expect(await world.count(workflow)).toBe(2);
    });

    it('does not start twice when it is switched on again', async () => {
      const workflow = await onPosts();
      await world.change(workflow, { title: 'renamed' });
      await world.host.plugin.toggle(workflow, true);
      await world.createPost();
      expect(await world.count(workflow)).toBe(1);
    });

    it('gives up the events that are no longer chosen', async () => {
      const workflow = await onPosts({ mode: SAVE });
      await world.change(workflow, { config: { collection: 'posts', mode: UPDATE } });
      const post = await world.createPost();
      expect(await world.count(workflow)).toBe(0);
      await world.updatePost(post, { title: 'changed' });
      expect(await world.count(workflow)).toBe(1);
    });

    it('stays quiet when disabled', async () => {
      const workflow = await onPosts();
      await world.change(workflow, { enabled: false });
      await world.createPost();
      expect(await world.count(workflow)).toBe(0);
    });

    it('D44: a data source that does not exist is no error', async () => {
      const workflow = await world.add({ collection: 'nowhere:posts', mode: CREATE });
      await world.change(workflow, { enabled: false });
      await world.change(workflow, { enabled: true, config: { collection: 'posts', mode: CREATE } });
      await world.createPost();
      expect(await world.count(workflow)).toBe(1);
    });
  });

  describe('events', () => {
    it('D4: associations on the saved instance are in the context', async () => {
      const workflow = await onPosts();
      await world.createPost({ category: { title: 'new' }, tags: [{ name: 'a' }] });
      expect(await world.data(workflow)).toMatchObject([{ category: { title: 'new' }, tags: [{ name: 'a' }] }]);
    });

    it('D5: an update through an association counts, a creation as part of another record does not', async () => {
      const workflow = await world.add({ collection: 'categories', mode: SAVE });
      const post = await world.createPost({ category: {} });
      const category = world.db.getRepository<any>('posts.category', post.get('id'));
      await category.update({ values: { title: 'through the post' } });
      expect(await world.data(workflow)).toMatchObject([{ title: 'through the post' }]);
    });

    it('D6: the writer can ask for silence', async () => {
      const workflow = await onPosts();
      await world.createPost({}, { context: { skipWorkflow: true } });
      expect(await world.count(workflow)).toBe(0);
    });

    it('D7: a move is an update', async () => {
      const [first, second] = [await world.createPost(), await world.createPost()];
      const workflow = await onPosts({ mode: UPDATE });
      const move = `posts:move?sourceId=${first.get('id')}&targetId=${second.get('id')}`;
      expect((await world.host.api.post(move)).status).toBe(200);
      expect(await world.data(workflow)).toMatchObject([{ id: first.get('id') }]);
    });

    it('D8: creation and update', async () => {
      const workflow = await onPosts({ mode: SAVE });
      const post = await world.createPost();
      await world.updatePost(post, { title: 'changed' });
      expect((await world.data(workflow)).map(({ title }) => title)).toEqual(['post', 'changed']);
    });

    it('D9: watched fields do not matter for a creation', async () => {
      const workflow = await onPosts({ mode: SAVE, changed: ['published'] });
      const post = await world.createPost();
      expect(await world.count(workflow)).toBe(1);
      await world.updatePost(post, { title: 'changed' });
      expect(await world.count(workflow)).toBe(1);
    });

    it('D10, D24: deletion, whatever the condition', async () => {
      const workflow = await onPosts({ mode: DESTROY, condition: { title: { $eq: 'other' } } });
      const post = await world.createPost();
      expect(await world.count(workflow)).toBe(0);
      await world.records('posts').destroy({ filterByTk: post.get('id') as number });
      expect(await world.data(workflow)).toMatchObject([{ id: post.get('id'), title: 'post' }]);
    });
  });

  describe('watched fields', () => {
    it.each([
      ['D11: none are set', [], { title: 'changed' }, 1],
      ['D12: one of them changes', ['title'], { title: 'changed' }, 1],
      ['D13: another field changes', ['published'], { title: 'changed' }, 0],
      ['nothing changes', ['title'], { title: 'post' }, 0],
      ['D15: a date is written again', ['at'], { at: '2026-01-01T00:00:00.000Z' }, 0],
      ['a date changes', ['at'], { at: '2026-01-02T00:00:00.000Z' }, 1],
      ['D16: a local time is written again', ['localAt'], { localAt: '2026-01-01 00:00:00' }, 0],
      ['a local time changes', ['localAt'], { localAt: '2026-01-01 00:00:01' }, 1],
      ['to-many associations never count', ['tags'], { tags: [{ name: 'a' }] }, 0],
      ['a field is gone', ['gone'], { title: 'changed' }, 0],
      ['D14: a password changes', ['secret'], { secret: 'other' }, 1],
    ])('%s', async (_, changed, values, expected) => {
      const workflow = await onPosts({ mode: UPDATE, changed });
      const post = await world.createPost({ at: '2026-01-01T00:00:00.000Z', localAt: '2026-01-01 00:00:00', secret: 'one' });
      await world.updatePost(post, values);
      expect(await world.count(workflow)).toBe(expected);
    });

    it('a to-one association counts by its key', async () => {
      const workflow = await onPosts({ mode: UPDATE, changed: ['category'] });
      const post = await world.createPost();
      const category = await world.records('categories').create({ values: { title: 'c' } });
      await world.updatePost(post, { title: 'changed' });
      expect(await world.count(workflow)).toBe(0);
      await world.updatePost(post, { category: category.get('id') });
      expect(await world.count(workflow)).toBe(1);
    });
  });

  describe('condition', () => {
    it.each([
      ['D17: empty', {}, 1],
      ['D18: an empty and', { $and: [] }, 1],
      ['D19: an and of nothing', { $and: [{}] }, 1],
      ['D20: an empty or', { $or: [] }, 1],
      ['D21: an or of nothing', { $or: [{}] }, 1],
      ['none', null, 1],
      ['D22: all hold', { $and: [{ title: { $eq: 'post' } }, { read: { $lt: 5 } }] }, 1],
      ['D22: not all hold', { $and: [{ title: { $eq: 'post' } }, { read: { $gt: 5 } }] }, 0],
      ['D23: one holds', { $or: [{ title: { $eq: 'other' } }, { read: { $lt: 5 } }] }, 1],
      ['D23: none holds', { $or: [{ title: { $eq: 'other' } }, { read: { $gt: 5 } }] }, 0],
      ['on an association', { category: { title: { $eq: 'c' } } }, 1],
      ['on an association, in vain', { category: { title: { $eq: 'd' } } }, 0],
    ])('%s', async (_, condition, expected) => {
      const workflow = await onPosts({ condition });
      await world.createPost({ category: { title: 'c' } });
      expect(await world.count(workflow)).toBe(expected);
    });

    it.each([
      ['the database refuses', { read: { $eq: '7 apples' } }],
      ['speaks of a field that is gone', { category: { gone: { $eq: 1 } } }],
    ])('one that %s leaves the write alone', async (_, condition) => {
      const broken = await onPosts({ condition });
      const fine = await onPosts();
      const post = await world.createPost();
      expect(await world.records('posts').count({ filterByTk: post.get('id') as number })).toBe(1);
      expect([await world.count(broken), await world.count(fine)]).toEqual([0, 1]);
    });
  });

  describe('associations', () => {
    it('D25, D27: are absent unless loaded; a missing to-one is null', async () => {
      const category = await world.records('categories').create({ values: { title: 'c' } });
      const without = await onPosts();
      const loaded = await onPosts({ appends: ['category'] });
      await world.createPost({ categoryId: category.get('id') });
      await world.createPost();
      expect((await world.data(without)).map((data) => data.category)).toEqual([undefined, undefined]);
      expect(await world.data(loaded)).toMatchObject([{ category: { title: 'c' } }, { category: null }]);
    });

    it('D26, D28, D29, D30: of every kind, at any depth', async () => {
      const workflow = await world.add({ collection: 'categories', mode: UPDATE, appends: ['posts.tags', 'posts.comments'] });
      const category = await world.records('categories').create({
        values: { title: 'c', posts: [{ title: 'p', tags: [{ name: 't' }], comments: [{ content: 'x' }] }] },
      });
      await world.records('categories').update({ filterByTk: category.get('id') as number, values: { title: 'd' } });
      expect(await world.data(workflow)).toMatchObject([
        { title: 'd', posts: [{ title: 'p', tags: [{ name: 't' }], comments: [{ content: 'x' }] }] },
      ]);
    });

    it('one that was removed from the collection is left out', async () => {
      const workflow = await onPosts({ appends: ['gone', 'tags.gone', 'tags'] });
      await world.createPost({ tags: [{ name: 't' }] });
      expect(await world.data(workflow)).toMatchObject([{ tags: [{ name: 't' }] }]);
    });

    it('hidden fields stay hidden', async () => {
      const workflow = await onPosts({ appends: ['tags'] });
      await world.createPost({ secret: 'password' });
      const [data] = await world.data(workflow);
      expect(data).not.toHaveProperty('secret');
    });
  });

  it('D3: finds a collection of the main data source again after a restart', () =>
    TriggerWorld.with('collection', { dialect }, async (own) => {
      await own.host.api.create('collections', { name: 'later', fields: [{ type: 'string', name: 'title' }] });
      const workflow = await own.add({ collection: 'later', mode: CREATE });
      await own.records('later').create({ values: { title: 'before' } });
      await own.host.app.restart();
      await own.records('later').create({ values: { title: 'after' } });
      expect((await own.ended(workflow, 2)).map(({ context }) => context.data.title)).toEqual(['before', 'after']);
    }));
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JOB_STATUS } from '../../../common/status';
import { createWorld, type World } from './world';

const { RESOLVED, FAILED } = JOB_STATUS;

let world: World;
const posts = () => world.db.getRepository('posts');

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.db.close());

beforeEach(async () => {
  await world.db.clean({});
  await world.db.sync({ force: true });
  await world.db.getRepository('categories').create({ values: { title: 'c1' } });
  await posts().create({ values: { title: 'a', pin: 'secret', category: 1, comments: [{ content: 'x' }, { content: 'y' }] } });
  await posts().create({ values: { title: 'b', read: 1 } });
  await posts().create({ values: { title: 'c', read: 2 } });
});

describe('query', () => {
  const query = (config: object, context?: unknown) => world.run('query', { collection: 'posts', ...config }, { context });

  test('one record, hidden fields left out', async () => {
    const { status, result } = await query({ params: { filter: { title: '{{$context.t}}' }, appends: ['category', 'comments'] } }, { t: 'a' });
    expect(status).toBe(RESOLVED);
    expect(result).toMatchObject({ title: 'a', category: { title: 'c1' }, comments: [{ content: 'x' }, { content: 'y' }] });
    expect(result).not.toHaveProperty('pin');
    expect(Object.getPrototypeOf(result.category)).toBe(Object.prototype);
  });

  test('none, and none as a failure', async () => {
    const params = { filter: { title: 'zz' } };
    expect(await query({ params })).toEqual({ status: RESOLVED, result: null });
    expect(await query({ params, failOnEmpty: true })).toEqual({ status: FAILED, result: null });
    expect(await query({ params, multiple: true })).toEqual({ status: RESOLVED, result: [] });
    expect(await query({ params, multiple: true, failOnEmpty: true })).toEqual({ status: FAILED, result: [] });
  });

  test('sort, page and size count for one record too', async () => {
    const sort = [{ field: 'id', direction: 'DESC' }, { field: '' }];
    expect((await query({ params: { sort } })).result.title).toBe('c');
    expect((await query({ params: { sort, page: 3, pageSize: '{{$context.size}}' } }, { size: '1' })).result.title).toBe('a');
    const page = await query({ multiple: true, params: { sort, page: 1, pageSize: 2, fields: ['title'] } });
    expect(page.result).toEqual([{ title: 'c' }, { title: 'b' }]);
    await expect(query({ params: { page: 'x' } })).rejects.toThrow('"params.page"');
    await expect(query({ params: { pageSize: 0 } })).rejects.toThrow('"params.pageSize"');
  });

  test('a key whose variable is empty finds nothing instead of anything', async () => {
    expect((await query({ params: { filterByTk: '{{$context.id}}' } }, { id: 2 })).result.title).toBe('b');
    expect((await query({ params: { filterByTk: '{{$context.id}}' } })).result).toBeNull();
    expect((await query({ multiple: true, params: { filterByTk: '{{$context.id}}' } })).result).toEqual([]);
    expect((await query({ params: { filterByTk: '' } })).result.title).toBe('a');
  });

  test('association paths in filters', async () => {
    expect((await query({ params: { filter: { 'category.title': 'c1' } } })).result.title).toBe('a');
    expect((await query({ params: { filter: { comments: { content: 'y' } } } })).result.title).toBe('a');
  });

  test('unknown places', async () => {
    await expect(world.run('query', { collection: 'nope' })).rejects.toThrow('Collection nope not found');
    await expect(world.run('query', { collection: 'crm:posts' })).rejects.toThrow('Data source crm not found');
    await expect(world.run('query', {})).rejects.toThrow('Collection is not configured');
  });
});

describe('create', () => {
  test('values from variables, associations on demand', async () => {
    const config = {
      collection: 'posts',
      params: { values: { title: '{{$context.data.title}}', category: '{{$context.data.categoryId}}' }, appends: ['category'] },
    };
    const { status, result } = await world.run('create', config, { context: { data: { title: 'new', categoryId: 1 } } });
    expect(status).toBe(RESOLVED);
    expect(result).toMatchObject({ title: 'new', category: { title: 'c1' } });
    expect(await posts().count()).toBe(4);
  });

  test('the event carries the chain of executions', async () => {
    const stacks: unknown[] = [];
    const listener = (_model: unknown, options: { context?: { stack: unknown } }) => stacks.push(options.context?.stack);
    world.db.on('posts.afterCreate', listener);
    await world.run('create', { collection: 'posts', params: { values: { title: 'x' } } });
    world.db.off('posts.afterCreate', listener);
    expect(stacks).toEqual([[3, 7]]);
  });
});

describe('update', () => {
  const update = (params: object, context?: unknown) => world.run('update', { collection: 'posts', params }, { context });

  test('counts', async () => {
    expect(await update({ filter: { title: 'a' }, values: { read: 9 } })).toEqual({ status: RESOLVED, result: 1 });
    expect(await update({ filter: { id: -1 }, values: { read: 9 } })).toEqual({ status: RESOLVED, result: 0 });
    expect(await update({ filter: { read: { $gt: 0 } }, values: { read: 5 }, individualHooks: false })).toEqual({ status: RESOLVED, result: 3 });
    expect(await update({ filterByTk: '{{$context.id}}', values: { read: 8 } }, { id: 1 })).toEqual({ status: RESOLVED, result: 1 });
  });

  test.each([[undefined], [{}], [{ $and: [] }], [{ $and: [{}] }], [{ id: {} }]])('without conditions: %j', async (filter) => {
    await expect(update({ filter, values: { read: 9 } })).rejects.toThrow(
      'must provide filter or filterByTk for update call, or set forceUpdate to true',
    );
    expect(await posts().count({ filter: { read: 9 } })).toBe(0);
  });

  test.each([
    ['a key', { filterByTk: 1 }],
    ['a filter of the key', { filter: { id: '{{$context.id}}' } }],
    ['a filter of the key as the canvas writes it', { filter: { $and: [{ id: { $eq: '{{$context.id}}' } }] } }],
  ])('%s needs no reading, and events, setters and defaults are those of any bulk update', async (_, selection) => {
    const before = await posts().findOne({ filterByTk: 1 });
    const statements: string[] = [];
    const events: unknown[] = [];
    const listener = ({ where, attributes }: { where: object; attributes: object }) => events.push([where, Object.keys(attributes)]);
    world.db.on('posts.beforeBulkUpdate', listener);
    const { options } = world.db.sequelize as unknown as { options: { logging: unknown } };
    options.logging = (statement: string) => statements.push(statement);
    const values = { title: 't', pin: 'other', category: null, unknown: 1 };
    const done = await update({ ...selection, values, individualHooks: false }, { id: '1' });
    options.logging = false;
    world.db.off('posts.beforeBulkUpdate', listener);
    expect(done).toEqual({ status: RESOLVED, result: 1 });
    expect(statements).toEqual([expect.stringContaining('UPDATE')]);
    expect(events).toEqual([[{ id: [expect.anything()] }, ['title', 'pin', 'categoryId', 'updatedAt']]]);
    const after = await posts().findOne({ filterByTk: 1 });
    expect(after.get()).toMatchObject({ title: 't', categoryId: null, read: 0 });
    expect(after.get('pin')).not.toBe('other');
    expect(after.get('pin')).not.toBe(before.get('pin'));
    expect(await posts().count({ filter: { title: 't' } })).toBe(1);
  });

  test.each([
    ['more than the key', { filter: { id: 1, title: 'nope' } }, 0],
    ['a list of keys', { filterByTk: [1, 2] }, 2],
    ['another comparison', { filter: { id: { $gt: 1 } } }, 2],
    ['a row that is not there', { filter: { id: 99 } }, 0],
    ['an association', { filter: { 'category.id': 1 } }, 1],
  ])('in one go, of rows named by %s', async (_, selection, count) => {
    expect(await update({ ...selection, values: { read: 9 }, individualHooks: false })).toEqual({ status: RESOLVED, result: count });
    expect(await posts().count({ filter: { read: 9 } })).toBe(count);
  });

  test('conditions without values', async () => {
    await expect(update({ filter: { id: '{{$context.none}}' }, values: { read: 9 } })).rejects.toThrow('"filter"');
    await expect(update({ filter: { id: { $ne: '{{$context.none}}' } }, values: { read: 9 } })).rejects.toThrow('"filter"');
    await expect(update({ filterByTk: '{{$context.none}}', values: { read: 9 } })).rejects.toThrow('"filterByTk"');
    expect(await posts().count({ filter: { read: 9 } })).toBe(0);
  });
});

describe('destroy', () => {
  const destroy = (params: object, context?: unknown) => world.run('destroy', { collection: 'posts', params }, { context });

  test('counts', async () => {
    expect(await destroy({ filter: { title: 'a' } })).toEqual({ status: RESOLVED, result: 1 });
    expect(await destroy({ filter: { title: 'a' } })).toEqual({ status: RESOLVED, result: 0 });
    expect(await destroy({ filterByTk: '{{$context.id}}' }, { id: 2 })).toEqual({ status: RESOLVED, result: 1 });
    expect(await posts().count()).toBe(1);
  });

  test.each([[{}], [{ filter: {} }], [{ filter: { $and: [] } }], [{ filter: { $and: [{}] } }], [{ truncate: true }]])(
    'without conditions: %j',
    async (params) => {
      expect(await destroy(params)).toEqual({ status: RESOLVED, result: null });
      expect(await posts().count()).toBe(3);
    },
  );

  test('conditions without values', async () => {
    await expect(destroy({ filter: { $and: [{ id: { $ne: '{{$context.none}}' } }] } })).rejects.toThrow('"filter"');
    await expect(destroy({ filterByTk: ['{{$context.none}}'] })).rejects.toThrow('"filterByTk"');
    expect(await posts().count()).toBe(3);
  });
});

describe('what users send is data, never an operator', () => {
  const submitted = { id: { $ne: 0 }, list: [{ $ne: 0 }], operator: '$ne', dotted: { 'x.$ne': 0 } };
  const filters = [
    { id: '{{$context.id}}' },
    { id: { $eq: '{{$context.id}}' } },
    { $and: [{ id: { $in: '{{$context.list}}' } }] },
    { id: { '{{$context.operator}}': 0 } },
    { id: '{{$context.dotted}}' },
  ];
  const cases = filters.flatMap((filter) =>
    ['query', 'update', 'destroy'].map((type) => [type, { filter, values: { read: 9 } }] as const),
  );

  test.each([...cases, ['destroy', { filterByTk: '{{$context.id}}' }] as const])('%s %j', async (type, params) => {
    await expect(world.run(type, { collection: 'posts', params }, { context: submitted })).rejects.toThrow(/"filter/);
    expect(await posts().count()).toBe(3);
    expect(await posts().count({ filter: { read: 9 } })).toBe(0);
  });

  test('params themselves cannot come from a variable', async () => {
    const config = { collection: 'posts', params: '{{$context.params}}' };
    await expect(world.run('destroy', config, { context: { params: { filter: { id: { $ne: 0 } } } } })).rejects.toThrow('"params"');
  });
});

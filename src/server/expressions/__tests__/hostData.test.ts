import { Database } from '@nocobase/database';
import { getDateVars } from '@nocobase/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSystemFunctions, dateRangeFns, resolveTemplate, toJSON, validateCollectionField, validateFieldPaths } from '..';

let db: Database;
beforeAll(async () => {
  db = new Database({ dialect: 'sqlite', storage: ':memory:', logging: false });
  db.collection({
    name: 'users',
    fields: [
      { type: 'string', name: 'name' },
      { type: 'password', name: 'password', hidden: true },
      { type: 'hasMany', name: 'posts', target: 'posts' },
    ],
  });
  db.collection({
    name: 'posts',
    fields: [
      { type: 'string', name: 'title' },
      { type: 'belongsTo', name: 'user', target: 'users' },
    ],
  });
  await db.sync();
  await db.getRepository('users').create({ values: { name: 'n', password: 'p', posts: [{ title: 'a' }, { title: 'b' }] } });
});
afterAll(() => db.close());

describe('records', () => {
  test('templates reach attributes and loaded associations, not the record itself', async () => {
    const user = await db.getRepository('users').findOne({ appends: ['posts'] });
    const scope = { user };
    expect(resolveTemplate('{{user.name}}', scope)).toBe('n');
    expect(resolveTemplate('{{user.posts.title}}', scope)).toEqual(['a', 'b']);
    for (const name of ['dataValues', 'get', 'sequelize', '_options', 'constructor', 'destroy']) {
      expect(resolveTemplate(`{{user.${name}}}`, scope)).toBeUndefined();
    }
  });

  test('toJSON leaves out hidden fields at every depth', async () => {
    const post = await db.getRepository('posts').findOne({ appends: ['user', 'user.posts'] });
    const json = toJSON(post) as { user: object };
    expect(json).toMatchObject({ title: 'a', user: { name: 'n', posts: [{ title: 'a' }, { title: 'b' }] } });
    expect(json.user).not.toHaveProperty('password');
    expect(JSON.parse(JSON.stringify(json))).toMatchObject({ user: { name: 'n' } });
    expect(toJSON([post, null, 5])).toEqual([json, null, 5]);
    const plain = { a: 1 };
    expect(toJSON(plain)).toBe(plain);
  });
});

describe('collections and fields', () => {
  const manager = () => ({ dataSources: new Map([['main', { collectionManager: db }]]) }) as never;

  test('validateCollectionField', () => {
    expect(validateCollectionField('posts', manager())).toBeNull();
    expect(validateCollectionField('main:posts', manager())).toBeNull();
    expect(validateCollectionField('nope', manager())).toEqual({ collection: 'Collection "nope" does not exist in data source "main"' });
    expect(validateCollectionField('x:posts', manager())).toEqual({ collection: 'Data source "x" does not exist' });
    expect(validateCollectionField('x:', manager())).toEqual({ collection: '"collection" must be in the format "dataSourceName:collectionName"' });
    expect(validateCollectionField(5 as never, manager())).toHaveProperty('collection');
  });

  test('validateFieldPaths reports by place, and nothing for an unknown collection', () => {
    const parts = [
      { at: 'changed', kind: 'fields', value: ['title', 'nope'] },
      { at: 'appends', kind: 'appends', value: ['user', 'user.posts'] },
      { at: 'condition', kind: 'filter', value: { $and: [{ 'user.nope.$eq': 1 }] } },
    ] as const;
    expect(validateFieldPaths('posts', [...parts], manager())).toEqual({
      changed: 'Field "nope" does not exist in collection "posts"',
      condition: 'Field "user.nope" does not exist in collection "posts"',
    });
    expect(validateFieldPaths('nope', [...parts], manager())).toBeNull();
  });
});

describe('$system', () => {
  test('functions of the contract', () => {
    const functions = createSystemFunctions({ instanceId: 3, snowflakeIdGenerator: { generate: () => 123 } });
    const call = (name: string) => functions[name]?.call({});
    expect(call('now')).toBeInstanceOf(Date);
    expect(call('instanceId')).toBe(3);
    expect(call('epoch')).toBe(1605024000);
    expect(call('genSnowflakeId')).toBe(123);
    expect(Object.keys(functions).filter((name) => name.startsWith('dateRange.'))).toHaveLength(21);
  });

  test.each(Object.keys(dateRangeFns))('dateRange.%s is what the host makes of it in the zone of the server', (name) => {
    const offsetMinutes = -new Date().getTimezoneOffset();
    const sign = offsetMinutes < 0 ? '-' : '+';
    const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
    const timezone = `${sign}${two(offsetMinutes / 60)}:${two(offsetMinutes % 60)}`;
    const expected = (getDateVars() as any)[name]({ now: new Date(), timezone });
    expect(dateRangeFns[name as 'today']()).toEqual(expected);
  });
});

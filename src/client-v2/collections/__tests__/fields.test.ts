import { describe, expect, it } from 'vitest';
import { getCollectionFieldOptions, getCollectionManagerAdapter, isUserKeyField, type CollectionField } from '../fields';
import { joinCollectionName, parseCollectionName } from '../names';

const fields: Record<string, CollectionField[]> = {
  posts: [
    { name: 'id', type: 'bigInt', interface: 'integer' },
    { name: 'title', type: 'string', interface: 'input', uiSchema: { title: 'Title' } },
    { name: 'secret', type: 'string', interface: 'input', hidden: true },
    { name: 'internal', type: 'string' },
    { name: 'author', type: 'belongsTo', interface: 'm2o', target: 'users' },
  ],
  users: [
    { name: 'nickname', type: 'string', interface: 'input' },
    { name: 'age', type: 'integer', interface: 'integer' },
    { name: 'company', type: 'belongsTo', interface: 'm2o', target: 'companies' },
  ],
  companies: [{ name: 'name', type: 'string', interface: 'input' }],
};

const collectionManager = getCollectionManagerAdapter({
  getDataSource: () => ({ getCollection: (name) => ({ name, fields: fields[name] }) }),
});
const paths = (request: object) => {
  const walk = (options: ReturnType<typeof getCollectionFieldOptions>, prefix = ''): string[] =>
    options.flatMap(({ value, children }) => [`${prefix}${value}`, ...walk(children ?? [], `${prefix}${value}.`)]);
  return walk(getCollectionFieldOptions({ collection: 'posts', collectionManager, ...request }));
};

describe('collection names', () => {
  it.each([
    ['posts', ['main', 'posts']],
    ['other:posts', ['other', 'posts']],
    [undefined, ['main', '']],
  ])('%s', (name, parsed) => expect(parseCollectionName(name)).toEqual(parsed));

  it('leave the main data source out', () => {
    expect(joinCollectionName('main', 'posts')).toBe('posts');
    expect(joinCollectionName(undefined, 'posts')).toBe('posts');
    expect(joinCollectionName('other', 'posts')).toBe('other:posts');
  });
});

describe('getCollectionFieldOptions', () => {
  it('offers what has an interface and is not hidden, associations only when preloaded', () => {
    expect(paths({})).toEqual(['id', 'title']);
    expect(paths({ appends: ['author'] })).toEqual(['id', 'title', 'author', 'author.nickname', 'author.age']);
  });

  it('follows preloaded associations level by level', () => {
    expect(paths({ appends: ['author.company'], depth: 2 })).toContain('author.company.name');
  });

  it('offers any association down to the depth when appends is null', () => {
    expect(paths({ appends: null, depth: 1 })).toEqual([
      'id', 'title', 'author', 'author.nickname', 'author.age', 'author.company',
    ]);
  });

  it('keeps what has the wanted type, and associations that lead to it', () => {
    expect(paths({ types: ['number'], appends: ['author'] })).toEqual(['id', 'author', 'author.age']);
  });

  it('calls fields by their titles', () => {
    expect(getCollectionFieldOptions({ collection: 'posts', collectionManager })[1]).toMatchObject({
      label: 'Title',
      value: 'title',
      isLeaf: true,
    });
  });
});

it('isUserKeyField knows the ids of users', () => {
  expect(isUserKeyField({ name: 'id', collectionName: 'users' })).toBe(true);
  expect(isUserKeyField({ options: { name: 'authorId', isForeignKey: true, target: 'users' } })).toBe(true);
  expect(isUserKeyField({ name: 'id', collectionName: 'posts' })).toBe(false);
});

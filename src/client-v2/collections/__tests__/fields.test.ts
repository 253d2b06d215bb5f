import { describe, expect, it } from 'vitest';
import { getCollectionFieldOptions, getCollectionManagerAdapter, isUserKeyField, type CollectionField } from '../fields';
import { joinCollectionName, parseCollectionName } from '../names';

const fields: Record<string, CollectionField[]> = {
  posts: [
    { name: 'id', type: 'bigInt', interface: 'integer' },
    { name: 'title', type: 'string', interface: 'input', uiSchema: { title: 'Title' } },
    { name: 'secret', type: 'string', interface: 'input', hidden: true },
    { name: 'internal', type: 'string' },
    { name: 'author', type: 'belongsTo', interface: 'm2o', target: 'users', foreignKey: 'authorId', uiSchema: { title: 'Author' } },
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
type Option = ReturnType<typeof getCollectionFieldOptions>[number];

/** The paths of all options, as somebody sees them who opens each. */
const paths = (request: object) => {
  const walk = (option: Option, prefix = ''): string[] => {
    void option.loadChildren?.(option);
    const path = `${prefix}${option.value}`;
    return [path, ...(option.children ?? []).flatMap((child) => walk(child, `${path}.`))];
  };
  return getCollectionFieldOptions({ collection: 'posts', collectionManager, ...request }).flatMap((option) => walk(option));
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
  it('offers what has an interface and is not hidden, associations only when preloaded, after their keys', () => {
    expect(paths({})).toEqual(['id', 'title', 'authorId']);
    expect(paths({ appends: ['author'] })).toEqual(['id', 'title', 'authorId', 'author', 'author.nickname', 'author.age']);
    expect(getCollectionFieldOptions({ collection: 'posts', collectionManager })[2]).toMatchObject({ label: 'Author ID' });
  });

  it('follows preloaded associations level by level', () => {
    expect(paths({ appends: ['author.company'] })).toContain('author.company.name');
  });

  it('offers any association down to the depth when appends is null', () => {
    expect(paths({ appends: null, depth: 1 })).toEqual(['id', 'title', 'authorId', 'author', 'author.nickname', 'author.age']);
    expect(paths({ appends: null, depth: 2 })).toContain('author.company.name');
  });

  it('takes fields that have no interface, as triggers describe their data', () => {
    const data = { collectionName: 'posts', name: 'data', type: 'hasOne', target: 'posts', uiSchema: { title: 'Data' } };
    const request = { fields: [data, { name: 'roleName', uiSchema: { title: 'Role' } }], appends: ['data', 'data.author'] };
    expect(paths(request)).toEqual([
      'data', 'data.id', 'data.title', 'data.authorId', 'data.author', 'data.author.nickname', 'data.author.age', 'roleName',
    ]);
    expect(paths({ ...request, types: [{ type: 'reference', options: { collection: 'users' } }] })).toEqual([
      'data', 'data.authorId', 'data.author',
    ]);
  });

  it.each([
    ['records of a collection', 'users', ['author']],
    ['records of any collection', '*', ['author', 'author.company']],
  ])('%s', (_, collection, found) => {
    const types = [{ type: 'reference', options: { collection, entity: true } }];
    expect(paths({ types, appends: ['author', 'author.company'] })).toEqual(found);
  });

  it('asks a predicate, which may look further', () => {
    const hasAge = (field: CollectionField, tools: { collectionManager?: typeof collectionManager }) =>
      tools.collectionManager!.getCollectionAllFields(field.target ?? '').some(({ name }) => name === 'age');
    const [option] = getCollectionFieldOptions({ collection: 'posts', collectionManager, types: [hasAge], appends: ['author'] }).slice(-1) as [Option];
    void option.loadChildren?.(option);
    // Nothing below it fits; it does.
    expect(option).toMatchObject({ value: 'author', isLeaf: true, disabled: false });
  });

  it('keeps what has the wanted type, and associations that lead to it', () => {
    expect(paths({ types: ['number'], appends: ['author'] })).toEqual(['id', 'authorId', 'author', 'author.age']);
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.db.close());

const fields = (type: string, config: Record<string, unknown>) =>
  Object.keys(world.instruction(type).validateConfig(config) ?? {});

describe('accepted', () => {
  test.each<[string, Record<string, unknown>]>([
    ['calculation', {}],
    ['calculation', { engine: 'math.js', expression: '{{$context.data.n}} + 1', extra: 1 }],
    ['calculation', { engine: 'unknown', expression: '((' }],
    ['calculation', { engine: null, expression: null }],
    ['condition', { rejectOnFalse: true }],
    ['condition', { rejectOnFalse: false, engine: 'basic', calculation: { group: { type: 'and', calculations: [] } } }],
    [
      'condition',
      {
        rejectOnFalse: false,
        calculation: {
          group: { type: 'or', calculations: [{ calculator: 'equal', operands: [1, 2] }, { group: { type: 'and', calculations: [{}] } }] },
        },
      },
    ],
    ['condition', { rejectOnFalse: false, engine: 'formula.js', expression: '{{a}} > 1' }],
    ['multi-conditions', {}],
    ['multi-conditions', { conditions: [{ uid: 'a', title: '', engine: 'basic', calculation: {} }, { engine: 'math.js', expression: '1' }], continueOnNoMatch: true }],
    ['end', {}],
    ['end', { endStatus: 1 }],
    ['end', { endStatus: -1 }],
    ['output', {}],
    ['output', { value: { any: ['thing'] } }],
    ['query', { collection: 'posts' }],
    ['query', { collection: 'main:posts' }],
    [
      'query',
      {
        collection: 'posts',
        multiple: true,
        params: {
          filter: {
            $and: [
              { title: { $includes: 'x' } },
              { 'category.title.$eq': 1 },
              { comments: { post: { id: 1 } } },
              { meta: { any: { thing: 1 } } },
              { '{{$context.field}}': 1 },
              { createdAt: { $dateOn: { type: 'past', number: 1, unit: 'day' } } },
              { categoryId: 1 },
            ],
          },
          appends: ['category', 'comments.post', 'comments(recursively=true)'],
          fields: ['title', 'category.title'],
          sort: [{ field: 'category.title', direction: 'desc' }, { field: '{{$context.f}}' }],
          page: '{{$context.page}}',
          pageSize: 10,
        },
      },
    ],
    ['create', { collection: 'posts', params: { values: { title: 1, category: { title: 'x' }, comments: [{ content: 'y' }], meta: { free: 1 } }, appends: [] } }],
    ['update', { collection: 'posts' }],
    ['update', { collection: 'posts', params: { filter: {}, values: { read: '{{$context.n}}' }, individualHooks: false } }],
    ['destroy', { collection: 'posts', params: { filter: { id: 1 } } }],
  ])('%s %j', (type, config) => {
    expect(world.instruction(type).validateConfig(config)).toBeNull();
  });
});

describe('refused, with the field named', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['calculation', { engine: 1 }, 'engine'],
    ['calculation', { expression: 5 }, 'expression'],
    ['calculation', { expression: '1 +' }, 'expression'],
    ['calculation', { engine: 'formula.js', expression: 'SUM(' }, 'expression'],
    ['calculation', { engine: 'math.js', expression: 'a.constructor' }, 'expression'],
    ['condition', {}, 'rejectOnFalse'],
    ['condition', { rejectOnFalse: 'false' }, 'rejectOnFalse'],
    ['condition', { rejectOnFalse: true, engine: 'string' }, 'engine'],
    ['condition', { rejectOnFalse: true, engine: null }, 'engine'],
    ['condition', { rejectOnFalse: true, expression: '' }, 'expression'],
    ['condition', { rejectOnFalse: true, engine: 'math.js', expression: '(' }, 'expression'],
    ['condition', { rejectOnFalse: true, calculation: 'x' }, 'calculation'],
    ['condition', { rejectOnFalse: true, calculation: { group: { type: 'xor' } } }, 'calculation.group.type'],
    ['condition', { rejectOnFalse: true, calculation: { group: { type: 'and', calculations: [{ group: { type: 'and', calculations: 5 } }] } } }, 'calculation.group.calculations.0.group.calculations'],
    ['condition', { rejectOnFalse: true, calculation: { calculator: 'nope', operands: [] } }, 'calculation.calculator'],
    ['condition', { rejectOnFalse: true, calculation: { calculator: 'equal', operands: 1 } }, 'calculation.operands'],
    ['multi-conditions', { conditions: {} }, 'conditions'],
    ['multi-conditions', { conditions: [{ engine: 5 }] }, 'conditions.0.engine'],
    ['multi-conditions', { conditions: [{}, { engine: 'math.js', expression: '1 +' }] }, 'conditions.1.expression'],
    ['multi-conditions', { continueOnNoMatch: 1 }, 'continueOnNoMatch'],
    ['end', { endStatus: 99 }, 'endStatus'],
    ['end', { endStatus: '1' }, 'endStatus'],
    ['query', {}, 'collection'],
    ['query', { collection: '' }, 'collection'],
    ['query', { collection: 5 }, 'collection'],
    ['query', { collection: 'nope' }, 'collection'],
    ['query', { collection: 'crm:posts' }, 'collection'],
    ['query', { collection: 'posts', multiple: 'yes' }, 'multiple'],
    ['query', { collection: 'posts', params: [] }, 'params'],
    ['query', { collection: 'posts', params: { filter: 'x' } }, 'params.filter'],
    ['query', { collection: 'posts', params: { filter: { nope: 1 } } }, 'params.filter'],
    ['query', { collection: 'posts', params: { filter: { $or: [{ 'category.nope.$eq': 1 }] } } }, 'params.filter'],
    ['query', { collection: 'posts', params: { filter: { title: { nope: 1 } } } }, 'params.filter'],
    ['query', { collection: 'posts', params: { filter: { constructor: 1 } } }, 'params.filter'],
    ['query', { collection: 'posts', params: { appends: 'category' } }, 'params.appends'],
    ['query', { collection: 'posts', params: { appends: ['nope'] } }, 'params.appends'],
    ['query', { collection: 'posts', params: { appends: ['title'] } }, 'params.appends'],
    ['query', { collection: 'posts', params: { appends: ['comments.nope'] } }, 'params.appends'],
    ['query', { collection: 'posts', params: { fields: ['nope'] } }, 'params.fields'],
    ['query', { collection: 'posts', params: { sort: 'title' } }, 'params.sort'],
    ['query', { collection: 'posts', params: { sort: [{ field: 'nope' }] } }, 'params.sort'],
    ['query', { collection: 'posts', params: { page: {} } }, 'params.page'],
    ['query', { collection: 'posts', params: { pageSize: true } }, 'params.pageSize'],
    ['create', {}, 'collection'],
    ['create', { collection: 'posts', params: { values: 'x' } }, 'params.values'],
    ['create', { collection: 'posts', params: { values: { nope: 1 } } }, 'params.values'],
    ['create', { collection: 'posts', params: { values: { comments: [{ nope: 1 }] } } }, 'params.values'],
    ['create', { collection: 'posts', params: { appends: [5] } }, 'params.appends.0'],
    ['create', { collection: 'posts', usingAssignFormSchema: 'x' }, 'usingAssignFormSchema'],
    ['update', { collection: 'posts', params: { filter: [] } }, 'params.filter'],
    ['update', { collection: 'posts', params: { values: { nope: 1 } } }, 'params.values'],
    ['update', { collection: 'posts', params: { individualHooks: 'no' } }, 'params.individualHooks'],
    ['destroy', { collection: 'posts', params: { filter: { nope: 1 } } }, 'params.filter'],
    ['destroy', { collection: 'posts', params: { filter: 1 } }, 'params.filter'],
  ])('%s %j', (type, config, field) => {
    expect(fields(type, config)).toContain(field);
  });

  test('the messages of the contract', () => {
    const message = (collection: unknown) => world.instruction('query').validateConfig({ collection })?.collection;
    expect(message(undefined)).toBe('Collection is not configured');
    expect(message(':posts')).toBe('"collection" must be in the format "dataSourceName:collectionName"');
    expect(message('crm:posts')).toBe('Data source "crm" does not exist');
    expect(message('nope')).toBe('Collection "nope" does not exist in data source "main"');
    expect(world.instruction('query').validateConfig({ collection: 'posts', params: { filter: { 'category.nope': 1 } } })).toEqual({
      'params.filter': 'Field "category.nope" does not exist in collection "posts"',
    });
  });

  test('long input is refused in short words', () => {
    const long = 'x'.repeat(10_000);
    const problems = world.instruction('condition').validateConfig({ rejectOnFalse: true, calculation: { calculator: long, operands: [1] } });
    expect(problems?.['calculation.calculator']?.length).toBeLessThan(300);
  });
});

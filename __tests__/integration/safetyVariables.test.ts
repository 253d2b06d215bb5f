import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollectionOptions } from '@nocobase/database';
import { JOB_STATUS } from '../../src/common/status';
import type { Id } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { ApiWorld } from './api/world';

const { RESOLVED, ERROR } = JOB_STATUS;

/** A field of every type that users can make, with a value. */
const TYPES: Array<[type: string, value: unknown, options?: object]> = [
  ['string', 'a "quoted" \\ text\nwith lines, {{$context.data.id}} and 🙂'],
  ['text', "'; DROP TABLE samples; -- <b>"],
  ['integer', -2147483648],
  ['bigInt', 9007199254740991],
  ['float', 1.5],
  ['double', 0.1],
  ['decimal', 12345678.25, { precision: 14, scale: 2 }],
  ['boolean', false],
  ['date', '2026-02-28T23:59:59.123Z'],
  ['dateOnly', '2026-02-28'],
  ['time', '23:59:58'],
  ['json', { a: [1, null, { b: '{{x}}' }], $ne: 0 }],
  ['uid', 'abc123'],
  ['uuid', '7f9c24e8-3b12-4fef-91e0-56a2d5a0c001'],
  ['nanoid', 'V1StGXR8'],
];

const nameOf = (type: string) => `f${type}`;

const collections: CollectionOptions[] = [
  {
    name: 'samples',
    fields: [
      ...TYPES.map(([type, , options]) => ({ type, name: nameOf(type), ...options })),
      { type: 'password', name: 'pin', hidden: true },
      { type: 'belongsTo', name: 'parent', target: 'samples', foreignKey: 'parentId' },
      { type: 'hasMany', name: 'children', target: 'samples', foreignKey: 'parentId' },
      { type: 'hasMany', name: 'posts', target: 'posts', foreignKey: 'sampleId' },
    ],
  },
  {
    name: 'posts',
    fields: [
      { type: 'string', name: 'title' },
      { type: 'hasMany', name: 'tags', target: 'tags', foreignKey: 'postId' },
    ],
  },
  { name: 'tags', fields: [{ type: 'string', name: 'name' }] },
];

/** Requirements §5 V1–V12, and what a record of any shape looks like to a workflow. */
describe.each(DIALECTS)('variables on %s', (dialect) => {
  let world: ApiWorld;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect, collections });
  });

  afterAll(() => world?.host.close());

  /** Adds nodes one after the other. */
  async function chain(workflowId: Id, nodes: object[]): Promise<void> {
    let upstreamId: Id | null = null;
    for (const node of nodes) upstreamId = (await world.node(workflowId, { ...node, upstreamId })).id;
  }

  /** Runs nodes one after the other. @returns their jobs, and the output */
  async function run(nodes: object[], context: object = { data: {} }) {
    const workflow = await world.workflow();
    await chain(workflow.id, nodes);
    await world.trigger(workflow.id, context);
    const { jobs, output, status } = await world.execution(workflow.id);
    jobs.sort((a: any, b: any) => Number(a.id) - Number(b.id));
    return { jobs, output, status };
  }

  const output = (value: unknown) => ({ type: 'output', config: { value } });

  /** What templates become, given the data of the trigger. */
  const resolve = async (value: unknown, data: unknown) => (await run([output(value)], { data })).output;

  it('V1, V2: a leaf under arrays is a flat list', async () => {
    const posts = [{ tags: [{ name: 'a' }, { name: 'b' }] }, { tags: [] }, { tags: [{ name: 'c' }] }];
    expect(await resolve(['{{$context.data.posts.tags.name}}', '{{$context.data.posts.title}}'], { posts })).toEqual([
      ['a', 'b', 'c'],
      [null, null, null],
    ]);
    await world.repository('posts').create({ values: { title: 'v1' } });
    await world.repository('posts').create({ values: { title: 'v2' } });
    const query = { type: 'query', key: 'q1', config: { collection: 'posts', multiple: true, params: { sort: [{ field: 'title' }] } } };
    expect((await run([query, output('{{$jobsMapByNodeKey.q1.title}}')])).output).toEqual(['v1', 'v2']);
  });

  it('V4, V5: a template alone keeps the type, a template in a text becomes text', async () => {
    const data = { n: 5, b: false, nil: null, list: [1, 'a'], o: { a: 1 } };
    const value = { n: '{{$context.data.n}}', text: 'n={{$context.data.n}}', b: '{{ $context.data.b }}', nil: '{{$context.data.nil}}', list: '{{$context.data.list}}', o: '{{$context.data.o}}' };
    expect(await resolve(value, data)).toEqual({ n: 5, text: 'n=5', b: false, nil: null, list: [1, 'a'], o: { a: 1 } });
  });

  it('V6: a missing path is an error in an expression that needs it, nothing anywhere else', async () => {
    const path = '{{$context.data.nope.deeper}}';
    const calculation = await run([{ type: 'calculation', config: { engine: 'math.js', expression: `${path} + 1` } }]);
    expect(calculation.jobs[0].status).toBe(ERROR);
    expect(await resolve({ alone: path, text: `<${path}>`, other: path.replace('}}', ':none}}') }, {})).toEqual({
      text: '<>',
      other: 'none',
    });
    const condition = { calculator: 'equal', operands: [path, null] };
    const { jobs } = await run([{ type: 'condition', config: { rejectOnFalse: true, calculation: condition } }]);
    expect(jobs[0]).toMatchObject({ status: RESOLVED, result: true });
  });

  it('V7: values are never read as templates, JSON, SQL or code', async () => {
    const texts = TYPES.flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
    texts.push('{{$env.SECRET}}', '{"$ne":0}', '${process.exit()}', '</script>', '"); process.exit(); ("', '%', '\\');
    const data = { texts };
    const paths = texts.map((_, index) => `{{$context.data.texts.${index}}}`);
    expect(await resolve({ paths, inText: paths.map((path) => `${path}!`) }, data)).toEqual({
      paths: texts,
      inText: texts.map((text) => `${text}!`),
    });
    const nodes = texts.flatMap((_, index) => [
      { type: 'calculation', config: { engine: 'formula.js', expression: `CONCATENATE({{$context.data.texts.${index}}}, "")` } },
      { type: 'calculation', config: { engine: 'math.js', expression: paths[index] } },
      { type: 'calculation', config: { engine: 'string', expression: paths[index] } },
      { type: 'query', config: { collection: 'posts', params: { filter: { title: paths[index] } } } },
    ]);
    const { jobs, status } = await run(nodes, { data });
    expect(status).toBe(RESOLVED);
    expect(jobs.map(({ result }: any) => result)).toEqual(texts.flatMap((text) => [text, text, text, null]));
  });

  it('V9: trigger data are as they were, a query reads them as they are', async () => {
    const post = await world.repository('posts').create({ values: { title: 'before' } });
    const filter = { id: '{{$context.data.id}}' };
    const nodes = [
      { type: 'update', config: { collection: 'posts', params: { filter, values: { title: 'after' }, individualHooks: false } } },
      { type: 'query', key: 'live', config: { collection: 'posts', params: { filter } } },
      output(['{{$context.data.title}}', '{{$jobsMapByNodeKey.live.title}}']),
    ];
    const { output: seen } = await run(nodes, { data: post.toJSON() });
    expect(seen).toEqual(['before', 'after']);
  });

  it('V11: numbers and dates keep their precision', async () => {
    const data = { id: '10267424896650241', safe: 9007199254740991, decimal: '0.1000000000000000055', at: new Date(Date.UTC(2026, 1, 28, 23, 59, 59, 123)) };
    const names = Object.keys(data);
    expect(await resolve(names.map((name) => `{{$context.data.${name}}}`), data)).toEqual(JSON.parse(JSON.stringify(Object.values(data))));
  });

  it('V12: dates are compared as points in time, whatever form they have', async () => {
    const iso = '2026-02-28T12:00:00.000Z';
    const cases: Array<[calculator: string, left: unknown, right: unknown, result: boolean]> = [
      ['equal', '{{$context.data.at}}', iso, true],
      ['lt', '{{$context.data.at}}', '{{$system.now}}', true],
      ['gt', '{{$system.now}}', '2020-01-01', true],
      ['notEqual', '{{$system.now}}', null, true],
      ['lt', '{{$system.now}}', 'no date', false],
    ];
    const nodes = cases.map(([calculator, left, right]) => ({
      type: 'condition',
      config: { rejectOnFalse: false, calculation: { calculator, operands: [left, right] } },
    }));
    const { jobs } = await run(nodes, { data: { at: new Date(iso) } });
    expect(jobs.map(({ result }: any) => result)).toEqual(cases.map(([, , , result]) => result));
  });

  describe('T-15: a record of every field type', () => {
    let id: number;
    let stored: any;

    beforeAll(async () => {
      const values = Object.fromEntries(TYPES.map(([type, value]) => [nameOf(type), value]));
      const record = await world.repository('samples').create({ values: { ...values, pin: 'secret-pin-1' } });
      id = record.id;
      await world.repository('samples').update({ filterByTk: id, values: { parentId: id, posts: [{ title: 'p', tags: [{ name: 't' }] }] } });
      stored = await world.api.find('samples', { filterByTk: id });
    });

    /** Executes a workflow of the collection trigger on the record. */
    async function onRecord(nodes: object[], config: object = {}) {
      const workflow = await world.workflow({ type: 'collection', sync: true, config: { collection: 'samples', mode: 2, ...config } });
      await chain(workflow.id, nodes);
      await world.api.post(`workflows:execute?filterByTk=${workflow.id}`, { data: id });
      const executions = await world.executions(workflow.id);
      await world.api.update('workflows', workflow.id, { enabled: false });
      return executions.at(-1);
    }

    it.each(TYPES)('%s is the same for variables, queries and writes', async (type) => {
      const name = nameOf(type);
      const path = `{{$context.data.${name}}}`;
      const isComparable = !['json', 'float', 'double'].includes(type);
      const nodes = [
        { type: 'create', key: 'made', config: { collection: 'samples', params: { values: { [name]: path } } } },
        ...(isComparable
          ? [{ type: 'query', key: 'found', config: { collection: 'samples', multiple: true, params: { filter: { id: '{{$context.data.id}}', [name]: path } } } }]
          : []),
        output({ value: path, made: `{{$jobsMapByNodeKey.made.${name}}}`, found: '{{$jobsMapByNodeKey.found.id}}' }),
      ];
      const execution = await onRecord(nodes);
      expect(execution.status, JSON.stringify(execution.jobs)).toBe(RESOLVED);
      expect(execution.output.value).toEqual(stored[name]);
      expect(execution.output.made).toEqual(stored[name]);
      if (isComparable) expect(execution.output.found).toEqual([id]);
      const copy = await world.repository('samples').findOne({ sort: '-id' });
      expect(JSON.parse(JSON.stringify(copy))[name]).toEqual(stored[name]);
    });

    it('hidden fields are not there', async () => {
      const execution = await onRecord([output(['{{$context.data.pin}}'])], { appends: ['parent', 'children'] });
      expect(execution.output).toEqual([null]);
      expect(JSON.stringify(execution.context)).not.toMatch(/pin/);
    });

    it('associations that lead in a circle end where the configuration says', async () => {
      const paths = ['parent.parent.id', 'parent.children.id', 'children.id', 'posts.tags.name', 'parent.parent.parent.id'];
      const execution = await onRecord([output(paths.map((path) => `{{$context.data.${path}}}`))], {
        appends: ['parent.parent', 'parent.children', 'children', 'posts.tags'],
      });
      expect(execution.output).toEqual([id, [id], [id], ['t'], null]);
    });
  });

  // SQLite gives integers as numbers.
  if (dialect !== 'sqlite') {
    it('T-14: keys above 2^53 select their own record alone', async () => {
      const ids = ['10267424896650241', '10267424896650243', '9223372036854775807'];
      for (const id of ids) await world.host.db.getModel('posts').create({ id, title: `big ${id}` });
      const filter = { id: '{{$context.data.id}}' };
      const byKey = await world.workflow({ type: 'collection', sync: true, config: { collection: 'posts', mode: 1 } });
      await chain(byKey.id, [
        { type: 'query', key: 'big', config: { collection: 'posts', params: { filter } } },
        { type: 'query', config: { collection: 'posts', params: { filterByTk: '{{$context.data.id}}' } } },
        { type: 'create', config: { collection: 'tags', params: { values: { name: 'of big', postId: '{{$context.data.id}}' } } } },
        { type: 'update', config: { collection: 'posts', params: { filter, values: { title: 'changed' } } } },
        output('{{$jobsMapByNodeKey.big.id}}'),
      ]);
      const executed = await world.api.post(`workflows:execute?filterByTk=${byKey.id}`, { data: ids[0] });
      expect(executed.data.execution.status).toBe(RESOLVED);
      const [execution] = await world.executions(byKey.id);
      expect([execution.context.data.id, execution.output].map(String)).toEqual([ids[0], ids[0]]);
      const posts = await world.repository('posts').find({ filter: { id: ids }, sort: 'id' });
      expect(posts.map(({ title }: { title: string }) => title)).toEqual(['changed', `big ${ids[1]}`, `big ${ids[2]}`]);
      const tag = await world.repository('tags').findOne({ filter: { name: 'of big' } });
      expect(String(tag.postId)).toBe(ids[0]);
      const removal = await run([{ type: 'destroy', config: { collection: 'posts', params: { filter } } }], { data: { id: ids[1] } });
      expect(removal.jobs[0].result).toBe(1);
      expect(await world.count('posts', { id: ids })).toBe(2);
    });
  }
});

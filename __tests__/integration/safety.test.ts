import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { JOB_STATUS } from '../../src/common/status';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { MatrixWorld, type NodeValues, type TestWorkflow } from './matrixWorld';

const { RESOLVED, ERROR } = JOB_STATUS;

/** What a user may submit as the value of a JSON field, in the hope that a filter takes it for an operator. */
const OBJECTS = [
  { $ne: 0 },
  { $exists: true },
  { $not: null },
  { $or: [{ id: { $gt: 0 } }] },
  { $and: [] },
  { id: { $ne: 0 } },
  { a: { b: { $ne: 0 } } },
  { name: 'anything' },
  {},
  [{ $ne: 0 }],
  [1, { $ne: 0 }],
  [[{ $ne: 0 }]],
];

const VALUE = '{{$context.data.payload}}';

/** Places of a variable in a filter, with the path that the error has to name. */
const FILTERS: Array<[path: string, filter: object]> = [
  ['filter.id', { id: VALUE }],
  ['filter.id.$eq', { id: { $eq: VALUE } }],
  ['filter.id.$in', { id: { $in: VALUE } }],
  ['filter.id.$in.1', { id: { $in: [0, VALUE] } }],
  ['filter.$and.0.title.$includes', { $and: [{ title: { $includes: VALUE } }] }],
  ['filter.$or.1.category.title', { $or: [{ id: 0 }, { category: { title: VALUE } }] }],
];

const TYPES: Array<[type: string, params: object]> = [
  ['query', {}],
  ['update', { values: { title: 'changed' } }],
  ['destroy', {}],
];

/** Paths that lead from data to code. */
const LEAVING_PATHS = [
  '$context.constructor',
  '$context.constructor.name',
  '$context.__proto__',
  '$context.data.__proto__',
  '$context.data.__proto__.constructor',
  '$context.data.constructor.constructor',
  '$context.data.toString',
  '$context.data.hasOwnProperty',
  '$context.data.payload.constructor.name',
  '$context.data.payload.list.constructor',
  '$context.data.payload.list.map',
  '$context.data.payload.text.constructor.name',
  '$context.data.payload.text.toUpperCase',
  '$context.user.constructor',
  '$jobsMapByNodeKey.__proto__',
  '$jobsMapByNodeKey.constructor.name',
  '$system.now.constructor',
  '$system.now.name',
  '$system.constructor.name',
  '$scopes.constructor.name',
  '$env.constructor.name',
  'ctx.constructor.name',
  'ctx.$context.__proto__',
  'constructor.name',
  '__proto__',
];

/** Refused before anything is saved. */
const CODE = [
  "constructor.constructor('return process')()",
  "SUM.constructor('return process')()",
  "(() => 0).constructor('return process')()",
  "[]['constructor']['constructor']('return process')()",
  "'a'.__proto__.polluted = 1",
  '{{$context.data}}.__proto__.polluted = 1',
  'Object.getPrototypeOf({{$context.data}})',
  'Reflect.ownKeys({{$context.data}})',
];

/** Names put together at run time: they can be saved, and must lead nowhere. */
const HIDDEN_CODE = [
  "[]['con' + 'structor']['con' + 'structor']('return process.env.APP_KEY')()",
  "SUM['con' + 'structor']('return process.env.APP_KEY')()",
  "{{$context.data}}['con' + 'structor']['con' + 'structor']('return process.env.APP_KEY')()",
  "Object.assign({{$context.data}}['__pro' + 'to__'], { polluted: 1 }).missing.member",
  "Function('return process.env.APP_KEY')()",
  "eval('process.env.APP_KEY')",
  "globalThis['pro' + 'cess'].env.APP_KEY",
  'process.env.APP_KEY',
  "require('node:fs').readdirSync('/')",
  "import('node:fs')",
];

const MATH_CODE = [
  'createUnit("inch", "2 cm", { override: true })',
  'import({ sin: 5 }, { override: true })',
  'parse("1").constructor',
  'parser().evaluate("createUnit(\\"x\\")")',
  'evaluate("createUnit(\\"y\\")")',
  'chain(1)["create" + "Unit"]',
  'cos.constructor("return process")',
  'typed("f", {})',
  'reviver("a", { mathjs: "Unit" })',
];

/** What users send is data, never an operator and never code. */
describe.each(DIALECTS)('safety on %s', (dialect) => {
  let world: MatrixWorld;

  beforeAll(async () => {
    world = await MatrixWorld.create(await startHost({ dialect }));
    const payload = { name: 'payload', type: 'json', interface: 'json' };
    await world.root.create('collections', { name: 'submissions', fields: [payload] });
    const category = await world.root.create('categories', { title: 'c1' });
    for (const title of ['a', 'b', 'c']) {
      await world.root.create('posts', { title, category: category.id });
    }
  });

  afterEach(() => world.disableAll());

  afterAll(() => world?.host.close());

  /** A synchronous post-action workflow on submissions. */
  const workflow = (nodes: NodeValues[]) =>
    world.workflow({ sync: true, config: { collection: 'submissions' }, nodes, probe: false });

  /** A person sends a value; all the workflows have ended with the answer. */
  async function submit(payload: unknown, workflows: TestWorkflow[]): Promise<void> {
    const keys = workflows.map(({ key }) => key).join(',');
    const { status } = await world.post(`submissions:create?triggerWorkflows=${keys}`, { payload });
    expect(status).toBe(200);
  }

  /** The jobs of the only node, one per run, oldest first. */
  async function jobsOf(item: TestWorkflow, count: number): Promise<any[]> {
    const executions = await world.expectRuns(item, count);
    return executions.map(({ jobs }) => jobs[0]);
  }

  const posts = () => world.root.list('posts', { sort: 'id' });

  describe('submitted objects do not become operators', () => {
    it.each(TYPES)('in the filter of a %s node', async (type, params) => {
      const before = await posts();
      const workflows = await Promise.all(
        FILTERS.map(([, filter]) => workflow([{ type, config: { collection: 'posts', params: { ...params, filter } } }])),
      );
      for (const object of OBJECTS) {
        await submit(object, workflows);
      }
      for (const [index, [path]] of FILTERS.entries()) {
        const jobs = await jobsOf(workflows[index]!, OBJECTS.length);
        expect(jobs.map(({ status }) => status)).toEqual(OBJECTS.map(() => ERROR));
        for (const { result } of jobs) expect(JSON.stringify(result)).toContain(`\\"${path}`);
      }
      expect(await posts()).toEqual(before);
    });

    it.each(TYPES)('in the key of a %s node', async (type, params) => {
      const before = await posts();
      const item = await workflow([{ type, config: { collection: 'posts', params: { ...params, filterByTk: VALUE } } }]);
      for (const object of OBJECTS) {
        await submit(object, [item]);
      }
      for (const { status, result } of await jobsOf(item, OBJECTS.length)) {
        expect(status).toBe(ERROR);
        expect(JSON.stringify(result)).toContain('filterByTk');
      }
      expect(await posts()).toEqual(before);
    });

    it.each(TYPES)('in the names of a filter of a %s node', async (type, params) => {
      const before = await posts();
      const filter = { '{{$context.data.payload.name}}': [{ id: { $gt: 0 } }], id: { '{{$context.data.payload.name}}': 0 } };
      const item = await workflow([{ type, config: { collection: 'posts', params: { ...params, filter } } }]);
      const names = ['$or', '$and', '$ne', 'id.$ne', '__proto__'];
      for (const name of names) {
        await submit({ name }, [item]);
      }
      for (const { status, result } of await jobsOf(item, names.length)) {
        expect(status).toBe(ERROR);
        expect(JSON.stringify(result)).toContain('filter');
      }
      expect(await posts()).toEqual(before);
    });

    it.each([
      ['update', { values: { title: 'changed' } }],
      ['destroy', {}],
    ])('nothing submitted means nothing selected in a %s node', async (type, params) => {
      const before = await posts();
      const workflows = await Promise.all(
        [{ filter: { id: VALUE } }, { filter: { $and: [{ id: { $eq: VALUE } }] } }, { filterByTk: VALUE }].map((selection) =>
          workflow([{ type, config: { collection: 'posts', params: { ...params, ...selection } } }]),
        ),
      );
      for (const empty of [null, undefined]) {
        await submit(empty, workflows);
      }
      for (const item of workflows) await jobsOf(item, 2);
      expect(await posts()).toEqual(before);
    });

    it('texts, numbers and lists of them are compared with', async () => {
      const [post] = await posts();
      const query = (filter: object) => workflow([{ type: 'query', config: { collection: 'posts', params: { filter } } }]);
      const byId = await query({ id: VALUE });
      const byTitle = await query({ title: VALUE });
      const byList = await query({ id: { $in: VALUE } });
      await submit(post.id, [byId]);
      await submit('{"$ne":0}', [byTitle]);
      await submit([0, post.id], [byList]);
      expect((await jobsOf(byId, 1))[0]).toMatchObject({ status: RESOLVED, result: { id: post.id } });
      expect((await jobsOf(byTitle, 1))[0]).toMatchObject({ status: RESOLVED, result: null });
      expect((await jobsOf(byList, 1))[0]).toMatchObject({ status: RESOLVED, result: { id: post.id } });
    });

    it('the parameters of a node come from its config alone', async () => {
      for (const params of [VALUE, { filter: VALUE }, { values: VALUE, filter: { id: 1 } }]) {
        const item = await workflow([]);
        for (const type of ['update', 'query', 'destroy']) {
          const response = await world.root.post(`workflows/${item.id}/nodes:create`, {
            type,
            config: { collection: 'posts', params },
          });
          const isValues = typeof params === 'object' && 'values' in params;
          if (type === 'update' || !isValues) expect(response.status).toBe(400);
        }
      }
    });
  });

  describe('templates and expressions reach own members only', () => {
    const payload = { list: [{ a: 1 }], text: 'abc' };

    it('in templates', async () => {
      const values = LEAVING_PATHS.map((path) => ({ path, alone: `{{${path}}}`, text: `<{{${path}}}>` }));
      const item = await workflow([
        { type: 'output', config: { value: { values, own: '{{$context.data.payload.text}}' } } },
      ]);
      await submit(payload, [item]);
      const [{ output }] = await world.expectRuns(item, 1);
      // a member that no item of a list has is a list of nothing
      const nothing = (path: string) => (path.endsWith('list.map') ? { alone: [null] } : {});
      expect(output).toEqual({
        own: 'abc',
        values: LEAVING_PATHS.map((path) => ({ path, text: '<>', ...nothing(path) })),
      });
    });

    it('in conditions', async () => {
      const calculations = LEAVING_PATHS.filter((path) => !path.endsWith('.map')).map((path) => ({
        calculator: 'equal',
        operands: [`{{${path}}}`, null],
      }));
      const item = await workflow([
        {
          type: 'condition',
          config: { rejectOnFalse: true, engine: 'basic', calculation: { group: { type: 'and', calculations } } },
        },
      ]);
      await submit(payload, [item]);
      expect((await jobsOf(item, 1))[0]).toMatchObject({ status: RESOLVED, result: true });
    });

    it.each([
      ['math.js', (path: string) => `{{${path}}} == null`, true],
      ['formula.js', (path: string) => `{{${path}}} === null`, true],
      ['string', (path: string) => `<{{${path}}}>`, '<>'],
    ])('in expressions of %s', async (engine, toExpression, result) => {
      const paths = LEAVING_PATHS.filter((path) => !path.endsWith('.map'));
      const item = await workflow(
        paths.map((path) => ({ type: 'calculation', config: { engine, expression: toExpression(path) } })),
      );
      await submit(payload, [item]);
      const [{ jobs }] = await world.expectRuns(item, 1);
      expect(jobs.map((job: any) => job.result)).toEqual(paths.map(() => result));
    });

    it.each([
      ['formula.js', CODE],
      ['math.js', MATH_CODE],
    ])('code in expressions of %s is not saved', async (engine, expressions) => {
      const item = await workflow([]);
      for (const expression of expressions) {
        for (const [type, config] of [
          ['calculation', { engine, expression }],
          ['condition', { engine, expression, rejectOnFalse: false }],
          ['multi-conditions', { conditions: [{ engine, expression }] }],
        ] as const) {
          const { status, body } = await world.root.post(`workflows/${item.id}/nodes:create`, { type, config });
          expect([expression, type, status]).toEqual([expression, type, 400]);
          expect(body.errors[0].message).toContain('expression');
        }
      }
      expect(await world.count('flow_nodes', { workflowId: item.id })).toBe(0);
    });

    it('code put together at run time leads nowhere and leaves nothing behind', async () => {
      const workflows: TestWorkflow[] = [];
      for (const expression of HIDDEN_CODE) {
        const item = await world.workflow({ sync: true, config: { collection: 'submissions' }, probe: false });
        const { status } = await world.root.post(`workflows/${item.id}/nodes:create`, {
          type: 'calculation',
          config: { engine: 'formula.js', expression },
        });
        if (status === 200) workflows.push(item);
      }
      expect(workflows.length).toBeGreaterThan(0);
      await submit(payload, workflows);
      for (const item of workflows) {
        const [job] = await jobsOf(item, 1);
        expect(job.status === ERROR || job.result === null, JSON.stringify(job)).toBe(true);
        expect(JSON.stringify(job)).not.toContain('development-only-key');
      }
      const after = await workflow([
        { type: 'calculation', config: { engine: 'formula.js', expression: '({}).polluted === undefined && SUM(1, 2) === 3' } },
        { type: 'output', config: { value: '{{$context.data.polluted}}' } },
      ]);
      await submit(payload, [after]);
      const [{ jobs, output }] = await world.expectRuns(after, 1);
      expect(jobs[0].result).toBe(true);
      expect(output ?? null).toBeNull();
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import { EXTENSION_DIALECTS, ExtensionWorld, outcomes, resolvedNode, type NodeDefinition } from './world';

const { RESOLVED, FAILED, ERROR } = JOB_STATUS;

const node = (type: string, config: object): NodeDefinition => ({ key: 'n', type, config });

describe.each(EXTENSION_DIALECTS)('nodes that calculate, on %s', (dialect) => {
  let world: ExtensionWorld;

  beforeAll(async () => {
    world = await ExtensionWorld.create({ dialect });
    const response = await world.api.post('pm:enable?filterByTk=workflow-dynamic-calculation');
    expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
    await world.host.ready();
  });

  afterAll(() => world?.close());

  /** Status of the execution, and what the node left. */
  async function resultOf(type: string, config: object, data: object = {}): Promise<[number | null, number, any]> {
    const execution = await world.run([node(type, config)], data);
    const [[status, result]] = outcomes(execution, 'n') as [[number, any]];
    return [execution.status, status, result];
  }

  const resolved = (result: unknown) => [EXECUTION_STATUS.RESOLVED, RESOLVED, result];

  describe('date-calculation', () => {
    const input = '{{$context.data.at}}';
    const at = '2026-03-31T10:20:30.000Z';

    it('adds, and formats', async () => {
      const steps = [
        { function: 'add', arguments: { number: 1, unit: 'month' } },
        { function: 'format', arguments: { format: 'YYYY-MM-DD' } },
      ];
      expect(await resultOf('dateCalculation', { inputType: 'date', input, steps }, { at })).toEqual(resolved('2026-04-30'));
    });

    it('without a format the result is an instant', async () => {
      const steps = [{ function: 'subtract', arguments: { number: 2, unit: 'day' } }];
      expect(await resultOf('dateCalculation', { inputType: 'date', input, steps }, { at })).toEqual(resolved('2026-03-29T10:20:30.000Z'));
    });

    it('the difference to another date, as a number', async () => {
      const steps = [{ function: 'diff', arguments: { date: '2026-03-01T10:20:30.000Z', unit: 'day', isAbs: true, round: 0 } }];
      expect(await resultOf('dateCalculation', { inputType: 'date', input, steps }, { at })).toEqual(resolved(30));
    });

    it('an input that is no date is an error', async () => {
      expect(await resultOf('dateCalculation', { inputType: 'date', input, steps: [] }, { at: 'never' })).toEqual([
        EXECUTION_STATUS.ERROR,
        ERROR,
        'Invalid input',
      ]);
    });

    it('is tested, and refuses settings', async () => {
      const config = { inputType: 'number', input: 5, steps: [] };
      expect(await world.test('dateCalculation', config)).toEqual({ status: RESOLVED, result: 5 });
      expect((await world.refusal('dateCalculation', { inputType: 'text' })).status).toBe(400);
    });
  });

  describe('dynamic-calculation', () => {
    it.each([
      ['math.js', '{{a}} * 2', 6],
      ['formula.js', 'SUM({{a}}, 4)', 7],
      ['string', 'a is {{a}}', 'a is 3'],
    ])('with %s', async (engine, expression, result) => {
      const config = { expression: '{{$context.data.rule}}', scope: '{{$context.data}}' };
      expect(await resultOf('dynamic-calculation', config, { a: 3, rule: { engine, expression } })).toEqual(resolved(result));
    });

    it('without an expression there is no result; a broken one is an error', async () => {
      const config = { expression: '{{$context.data.rule}}', scope: '{{$context.data}}' };
      expect(await resultOf('dynamic-calculation', config, { rule: null })).toEqual(resolved(null));
      const [execution, job, result] = await resultOf('dynamic-calculation', config, { rule: { engine: 'math.js', expression: '1 +' } });
      expect([execution, job]).toEqual([EXECUTION_STATUS.ERROR, ERROR]);
      expect(result).toMatch(/^SyntaxError: /);
    });
  });

  describe('json-query', () => {
    const people = [
      { name: 'a', age: 1, tags: ['x'] },
      { name: 'b', age: 2, tags: ['y', 'z'] },
    ];

    it.each([
      ['jmespath', '[?age > `1`].name', ['b']],
      ['jsonpathplus', '$[*].name', ['a', 'b']],
      ['jsonata', '$sum(age)', 3],
    ])('with %s', async (engine, expression, result) => {
      expect(await resultOf('json-query', { engine, expression, source: '{{$context.data.people}}' }, { people })).toEqual(resolved(result));
    });

    it('maps the result', async () => {
      const config = {
        engine: 'jmespath',
        expression: '[*]',
        source: '{{$context.data.people}}',
        model: [{ path: 'name', alias: 'title' }, { path: 'tags.0' }],
      };
      expect(await resultOf('json-query', config, { people })).toEqual(
        resolved([
          { title: 'a', tags_0: 'x' },
          { title: 'b', tags_0: 'y' },
        ]),
      );
    });

    it('a broken expression is an error, with the reason in the log', async () => {
      const execution = await world.run([node('json-query', { engine: 'jsonata', expression: '(', source: '{{$context.data}}' })]);
      expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
      expect(outcomes(execution, 'n')).toEqual([[ERROR, null]]);
      expect(execution.jobs[0]?.log).toEqual(expect.any(String));
    });

    it('is tested', async () => {
      expect(await world.test('json-query', { engine: 'jmespath', expression: 'a', source: { a: 7 } })).toEqual({ status: RESOLVED, result: 7 });
    });
  });

  describe('json-variable-mapping', () => {
    const variables = [
      { key: 'first', path: ['a'], paths: ['a'] },
      { key: 'second', path: ['b', 'c'], paths: ['b', 'c'] },
    ];

    it('picks values, for the nodes behind it', async () => {
      const mapping = node('json-variable-mapping', { dataSource: '{{$context.data}}', variables });
      const reader = { key: 'r', type: 'variable', config: { value: '{{$jobsMapByNodeKey.n.second}}!' } };
      const execution = await world.run([mapping, reader], { a: 1, b: { c: 'deep' } });
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, { first: 1, second: 'deep' }]]);
      expect(outcomes(execution, 'r')).toEqual([[RESOLVED, 'deep!']]);
    });

    it('fails when there is no object', async () => {
      expect(await resultOf('json-variable-mapping', { dataSource: '{{$context.data.a}}', variables }, { a: 1 })).toEqual([
        EXECUTION_STATUS.FAILED,
        FAILED,
        'The input data is not an object nor an array',
      ]);
    });
  });

  describe('variable', () => {
    it('keeps the type of what it is given', async () => {
      for (const value of [1, 'text', true, null, [1, { a: 2 }], { a: [1] }]) {
        expect(await resultOf('variable', { value: '{{$context.data.value}}' }, { value })).toEqual(resolved(value));
      }
    });

    it('assigns to a variable before it: readers see the new value, both jobs are kept', async () => {
      const declare = { key: 'v', type: 'variable', config: { value: 1 } };
      const assign = { key: 'a', type: 'variable', config: { target: 'v', value: '{{$jobsMapByNodeKey.v}}+1' } };
      const read = { key: 'r', type: 'variable', config: { value: '{{$jobsMapByNodeKey.v}}' } };
      const execution = await world.run([declare, assign, read]);
      expect(outcomes(execution, 'v')).toEqual([[RESOLVED, 1], [RESOLVED, '1+1']]);
      expect(outcomes(execution, 'r')).toEqual([[RESOLVED, '1+1']]);
    });

    it('sums up in a loop', async () => {
      const declare = { key: 'v', type: 'variable', config: { value: 0 } };
      const sum = { key: 's', type: 'calculation', config: { engine: 'math.js', expression: '{{$jobsMapByNodeKey.v}} + {{$scopes.l.item}}' } };
      const assign = { key: 'a', type: 'variable', config: { target: 'v', value: '{{$jobsMapByNodeKey.s}}' } };
      const loop = { key: 'l', type: 'loop', config: { target: '{{$context.data.list}}' }, branches: { 0: [sum, assign] } };
      const read = { key: 'r', type: 'variable', config: { value: '{{$jobsMapByNodeKey.v}}' } };
      const execution = await world.run([declare, loop, read], { list: [1, 2, 3] });
      expect(outcomes(execution, 'r')).toEqual([[RESOLVED, 6]]);
    });

    it('a target that does not exist is an error', async () => {
      expect(await resultOf('variable', { target: 'gone', value: 1 })).toEqual([
        EXECUTION_STATUS.ERROR,
        ERROR,
        { message: 'target node by key "gone" is not found' },
      ]);
    });
  });

  describe('javascript', () => {
    const script = (content: string, more: object = {}) => ({ content, ...more });
    const twice = script('return a * 2', { arguments: [{ name: 'a', value: '{{$context.data.a}}' }] });

    it('runs in the background: its arguments stand in the job', async () => {
      const execution = await world.run([node('script', twice), resolvedNode('after')], { a: 21 });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, 42]]);
      expect(execution.jobs[0]?.meta).toEqual({ args: { a: 21 } });
    });

    it('inside a request', async () => {
      const workflow = await world.workflow([node('script', twice)], { sync: true });
      await world.trigger(workflow, { a: 4 });
      expect(outcomes((await world.executions(workflow))[0]!, 'n')).toEqual([[RESOLVED, 8]]);
    });

    it.each([
      ['ends the execution', false, EXECUTION_STATUS.ERROR, ERROR],
      ['is its result, when it is to go on', true, EXECUTION_STATUS.RESOLVED, RESOLVED],
    ])('what the script throws %s', async (_, goOn, executionStatus, jobStatus) => {
      const [execution, job, result] = await resultOf('script', script('throw new Error("broken")', { continue: goOn }));
      expect([execution, job]).toEqual([executionStatus, jobStatus]);
      expect(result).toMatch(/broken/);
    });

    it('a script that takes too long is stopped', async () => {
      const [execution, job] = await resultOf('script', script('while (true) {}', { timeout: 200 }));
      expect([execution, job]).toEqual([EXECUTION_STATUS.ERROR, ERROR]);
    });

    it('the time limit of the workflow stops it', async () => {
      const execution = await world.run([node('script', script('while (true) {}'))], {}, { options: { timeout: 1_000 } });
      expect([execution.status, execution.reason]).toEqual([EXECUTION_STATUS.ABORTED, 'timeout']);
      expect(execution.jobs.map(({ status }) => status)).toEqual([JOB_STATUS.ABORTED]);
    });

    it('in a loop, one after the other', async () => {
      const config = script('return i', { arguments: [{ name: 'i', value: '{{$scopes.l.index}}' }] });
      const loop = { key: 'l', type: 'loop', config: { target: 3 }, branches: { 0: [node('script', config)] } };
      const execution = await world.run([loop]);
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, 0], [RESOLVED, 1], [RESOLVED, 2]]);
    });

    it('is tested', async () => {
      expect(await world.test('script', script('console.log("said"); return 1'))).toMatchObject({ status: RESOLVED, result: 1 });
    });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JOB_STATUS } from '../../../common/status';
import { isBranchResult, type JobModel } from '../../contract';
import { BRANCH_INDEX, coreInstructions } from '..';
import { createWorld, type World } from './world';

const { RESOLVED, FAILED, ERROR, PENDING } = JOB_STATUS;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.db.close());

test('the core has nine node types and says what a crash may do to each', () => {
  const kinds = Object.keys(coreInstructions).map((type) => {
    const { kind } = world.instruction(type);
    return [type, typeof kind === 'function' ? kind(world.createNode({ collection: 'posts' })) : kind];
  });
  expect(Object.fromEntries(kinds)).toEqual({
    calculation: 'pure',
    condition: 'pure',
    'multi-conditions': 'pure',
    end: 'pure',
    output: 'pure',
    query: 'pure',
    create: 'database',
    update: 'database',
    destroy: 'database',
  });
  const { kind } = world.instruction('create');
  expect(typeof kind === 'function' && kind(world.createNode({ collection: 'crm:posts' }))).toBe('effect');
  expect(BRANCH_INDEX).toEqual({ DEFAULT: null, ON_TRUE: 1, ON_FALSE: 0 });
});

describe('calculation', () => {
  test.each<[unknown, unknown, number]>([
    [{ engine: 'math.js', expression: '{{$context.data.n}} + 1' }, 4, RESOLVED],
    [{ expression: '1 + 1' }, 2, RESOLVED],
    [{ engine: 'string', expression: 'n{{$context.data.n}}' }, 'n3', RESOLVED],
    [{ engine: 'nope', expression: '1' }, null, RESOLVED],
    [{ engine: 'math.js', expression: '' }, null, RESOLVED],
    [{}, null, RESOLVED],
    [null, null, RESOLVED],
    [{ engine: 'math.js', expression: '1 +' }, expect.stringMatching(/^SyntaxError: /), ERROR],
    [{ engine: 'formula.js', expression: 'SUM(' }, expect.stringMatching(/^SyntaxError: /), ERROR],
  ])('%j', async (config, result, status) => {
    expect(await world.run('calculation', config, { context: { data: { n: 3 } } })).toEqual({ status, result });
  });

  test('test() knows no variables', () => {
    const calculation = world.instruction('calculation');
    expect(calculation.test?.({ engine: 'string', expression: 'a{{$context.x}}' })).toEqual({ status: RESOLVED, result: 'a' });
    expect(calculation.test?.({ expression: '(' })).toMatchObject({ status: ERROR });
  });
});

describe('condition', () => {
  const yes = { id: 11, branchIndex: 1 } as const;
  const no = { id: 10, branchIndex: 0 } as const;
  const equal = (left: unknown, right: unknown) => ({ calculator: 'equal', operands: [left, right] });

  test.each<[string, unknown, unknown, number]>([
    ['nothing to compare', {}, true, RESOLVED],
    ['no config', null, true, RESOLVED],
    ['basic', { calculation: equal('{{$context.data.n}}', 3) }, true, RESOLVED],
    ['basic, false', { engine: 'basic', calculation: equal(1, 2) }, false, RESOLVED],
    ['basic, false, rejected', { rejectOnFalse: true, calculation: equal(1, 2) }, false, FAILED],
    ['math.js', { engine: 'math.js', expression: '{{$context.data.n}} == 3' }, true, RESOLVED],
    ['math.js, zero, rejected', { rejectOnFalse: true, engine: 'math.js', expression: '0' }, 0, FAILED],
    ['formula.js', { engine: 'formula.js', expression: '{{$context.data.n}} > 3' }, false, RESOLVED],
    ['syntax error', { engine: 'math.js', expression: '1 +' }, expect.stringMatching(/^SyntaxError: /), ERROR],
    ['unknown calculator', { calculation: { calculator: 'x', operands: [1] } }, expect.stringContaining('no calculator function'), ERROR],
  ])('%s', async (_title, config, result, status) => {
    expect(await world.run('condition', config, { context: { data: { n: 3 } } })).toMatchObject({ status, result });
  });

  test.each<[string, unknown, unknown]>([
    ['true', { calculation: equal(1, 1) }, yes],
    ['false', { calculation: equal(1, 2) }, no],
    ['a number is no boolean: no branch', { engine: 'math.js', expression: '1' }, undefined],
    ['rejected', { rejectOnFalse: true, calculation: equal(1, 2) }, undefined],
  ])('branches: %s', async (_title, config, head) => {
    const result = await world.run('condition', config, {
      branches: [no, yes, { id: 12, branchIndex: null }],
      input: { id: 5 },
    });
    expect(isBranchResult(result)).toBe(head !== undefined);
    if (head) {
      expect(result.head).toBe(head);
      expect(result.job).toMatchObject({ status: RESOLVED, nodeId: 1, nodeKey: 'n1', upstreamId: 5 });
    }
  });

  test('after the branch: its own job, or the failure of the branch, or waiting', async () => {
    const own = { id: 1, status: RESOLVED, result: true } as JobModel;
    const { processor, recorded } = world.createProcessor({ jobs: { n1: own } });
    const { resume } = world.instruction('condition');
    const node = world.createNode({});
    const failed = { id: 2, status: FAILED } as JobModel;
    expect(await resume?.(node, { id: 2, status: RESOLVED }, processor)).toBe(own);
    expect(await resume?.(node, failed, processor)).toBe(failed);
    expect(await resume?.(node, { id: 2, status: PENDING }, processor)).toBeNull();
    expect(recorded.exits).toEqual([PENDING]);
  });

  test('test() never fails with a status of its own', () => {
    const condition = world.instruction('condition');
    expect(condition.test?.({ rejectOnFalse: true, calculation: equal(1, 2) })).toEqual({ status: RESOLVED, result: false });
    expect(condition.test?.({ engine: 'math.js', expression: '(' })).toMatchObject({ status: ERROR });
  });
});

describe('multi-conditions', () => {
  const is = (expression: string) => ({ engine: 'math.js', expression });
  const branches = [0, 1, 2].map((branchIndex) => ({ id: 10 + branchIndex, branchIndex }));

  test.each<[string, unknown, number, unknown, unknown[], number | undefined]>([
    ['first', { conditions: [is('1 == 1'), is('1 == 1')] }, RESOLVED, true, [true], 1],
    ['second', { conditions: [is('1 == 2'), is('1 == 1')] }, RESOLVED, true, [false, true], 2],
    ['none', { conditions: [is('1 == 2')] }, FAILED, false, [false], 0],
    ['none, goes on', { conditions: [is('1 == 2')], continueOnNoMatch: true }, RESOLVED, false, [false], 0],
    ['no conditions', {}, FAILED, null, [], 0],
    ['no config', null, FAILED, null, [], 0],
    ['a number is no match', { conditions: [is('1')], continueOnNoMatch: true }, RESOLVED, 1, [1], 0],
    ['a text is an error', { conditions: [is('"abc"'), is('1 == 1')] }, ERROR, 'abc', ['abc'], undefined],
    ['basic by default', { conditions: [{ calculation: { calculator: 'equal', operands: [1, 1] } }] }, RESOLVED, true, [true], 1],
  ])('%s', async (_title, config, status, result, conditions, branch) => {
    const returned = await world.run('multi-conditions', config, { branches, input: { id: 5 } });
    const job = branch === undefined ? returned : returned.job;
    expect(job).toEqual({ status, result, meta: { conditions }, nodeId: 1, nodeKey: 'n1', upstreamId: 5 });
    expect(returned.head?.branchIndex).toBe(branch);
    // the same without branches
    expect(await world.run('multi-conditions', config)).toMatchObject({ status, result });
  });

  test('a condition that throws ends with its message', async () => {
    const job = await world.run('multi-conditions', { conditions: [is('1 +'), is('1 == 1')] }, { branches });
    expect(job).toMatchObject({ status: ERROR, meta: { conditions: [expect.any(String)] } });
    expect(job.result).not.toMatch(/^SyntaxError/);
  });

  test('after the branch: its own job as it is, or the end of the whole execution', async () => {
    const own = { id: 1, status: FAILED, result: false } as JobModel;
    const { processor, recorded } = world.createProcessor({ jobs: { n1: own } });
    const { resume } = world.instruction('multi-conditions');
    const node = world.createNode({});
    expect(await resume?.(node, { status: RESOLVED }, processor)).toBe(own);
    expect(await resume?.(node, { status: ERROR }, processor)).toBeNull();
    expect(await resume?.(node, { status: PENDING }, processor)).toBeNull();
    expect(recorded.exits).toEqual([ERROR, PENDING]);
    await expect(resume?.({ ...node, key: 'other' } as typeof node, { status: RESOLVED }, processor)).rejects.toThrow('Parent job not found');
  });
});

describe('end and output', () => {
  test.each([
    [{}, RESOLVED],
    [{ endStatus: 1 }, RESOLVED],
    [{ endStatus: -1 }, FAILED],
  ])('end %j', async (config, status) => {
    const { processor, recorded } = world.createProcessor();
    expect(await world.instruction('end').run(world.createNode(config), { id: 5 }, processor)).toBeNull();
    expect(recorded.saved).toEqual([{ status, result: null, nodeId: 1, nodeKey: 'n1', upstreamId: 5 }]);
    expect(recorded.exits).toEqual([status]);
  });

  test('output', async () => {
    const { processor, recorded } = world.createProcessor({ context: { data: { title: 'm' } } });
    const config = { value: { a: '{{$context.data.title}}', b: '{{$context.data.none}}', c: 'x{{$context.data.none}}' } };
    const output = world.instruction('output');
    const job = await output.run(world.createNode(config), null, processor);
    expect(job).toEqual({ status: RESOLVED, result: { a: 'm', b: undefined, c: 'x' } });
    expect(JSON.stringify(recorded.outputs)).toBe('[{"a":"m","c":"x"}]');
    expect(await output.resume?.(world.createNode(config), 'job', processor)).toBe('job');
  });
});

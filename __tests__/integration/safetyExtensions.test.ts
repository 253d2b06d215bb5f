import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import type { InstructionInterface } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';
import { ApiWorld } from './api/world';

const circular: Record<string, unknown> = { a: 1 };
circular.self = circular;

/** What a broken extension may throw or hand back. */
const THROWN: Array<[name: string, value: unknown]> = [
  ['an error', new Error('broken')],
  ['a text', 'broken'],
  ['undefined', undefined],
  ['null', null],
  ['a number', 5],
  ['a circular error', Object.assign(new Error('round'), { circular })],
  ['an error with a huge message', new Error('x'.repeat(1_000_000))],
  ['an error with a NUL character', new Error('a\u0000b')],
  ['an error without prototype', Object.assign(Object.create(null), { message: 'bare' })],
];
const RETURNED: Array<[name: string, value: unknown]> = [
  ['a number', 5],
  ['a text', 'done'],
  ['true', true],
  ['a list', [1, 2]],
  ['an object without status', {}],
  ['a status that is a text', { status: 'done' }],
  ['a status that is NaN', { status: NaN }],
  ['a status that is null', { status: null }],
  ['a status with a fraction', { status: 1.5 }],
  ['a huge status', { status: 1e300 }],
  ['a circular result', { status: 1, result: circular }],
  ['a big integer', { status: 1, result: 2n ** 70n }],
  ['a function', { status: 1, result: () => 1 }],
  ['a symbol', { status: 1, result: Symbol('a') }],
  ['NUL characters', { status: 1, result: { 'a\u0000': 'b\u0000' }, log: 'c\u0000' }],
  ['half a surrogate pair', { status: 1, result: '\uD800' }],
  ['a log that is an object', { status: 1, log: { a: 1 } }],
  ['a date that is none', { status: 1, result: new Date(NaN) }],
  ['a result that cannot be read', { status: 1, result: { get a() { throw new Error('unreadable'); } } }],
  ['a result whose toJSON throws', { status: 1, result: { toJSON() { throw new Error('no JSON'); } } }],
  ['an id of another job', { id: 7, executionId: 7, status: 1 }],
  ['a promise of garbage', Promise.resolve('later')],
];

const byName = (list: Array<[string, unknown]>, name: string) => list.find(([other]) => other === name)![1];
const never = new Promise<never>(() => {});

const instructions: Record<string, InstructionInterface> = {
  throws: {
    run: ({ config }) => {
      throw byName(THROWN, config.what);
    },
  },
  rejects: {
    run: async ({ config }) => {
      await Promise.resolve();
      throw byName(THROWN, config.what);
    },
  },
  returns: { run: ({ config }) => byName(RETURNED, config.what) as never },
  throwsWhenResumed: {
    run: () => ({ status: JOB_STATUS.PENDING }),
    resume: ({ config }) => {
      throw byName(THROWN, config.what);
    },
  },
  /** when its trigger says so */
  neverSettles: { run: (_node, _input, { execution }) => (execution.context.data.stuck ? never : { status: JOB_STATUS.RESOLVED }) },
  saysNothing: { run: () => undefined },
};

/** T-30: a node of an extension may do anything; only its own run suffers. */
describe.each(DIALECTS)('broken nodes of extensions on %s', (dialect) => {
  let world: ApiWorld;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect, instructions });
  });

  afterAll(() => world?.host.close());

  /** A run of the broken node and one that comes after it. */
  async function run(type: string, what?: string, values: object = {}) {
    const workflow = await world.workflow({ type: 'asyncTrigger', ...values });
    const node = await world.node(workflow.id, { type, config: { what } });
    await world.node(workflow.id, { type: 'echo', upstreamId: node.id });
    await world.trigger(workflow.id);
    return workflow;
  }

  const ended = ({ status }: { status: number | null }) => status !== null && status !== EXECUTION_STATUS.STARTED;

  /** Other workflows run as if nothing had happened. */
  async function expectOthersRun(): Promise<void> {
    const other = await run('echo');
    expect((await world.execution(other.id, ended)).status).toBe(EXECUTION_STATUS.RESOLVED);
  }

  describe.each(['throws', 'rejects'])('%s', (type) => {
    it.each(THROWN)('%s: its job and its execution end as errors', async (what) => {
      const workflow = await run(type, what);
      const execution = await world.execution(workflow.id, ended);
      expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
      expect(execution.jobs.map(({ status }: any) => status)).toEqual([JOB_STATUS.ERROR]);
    });
  });

  it.each(RETURNED)('returns %s: the execution ends', async (what) => {
    const workflow = await run('returns', what);
    const execution = await world.execution(workflow.id, ended);
    const [job] = execution.jobs.sort((a: any, b: any) => Number(a.id) - Number(b.id));
    expect(Number.isInteger(job.status)).toBe(true);
    // what was done stays done; what says nothing is an error
    expect(execution.jobs).toHaveLength(execution.status === EXECUTION_STATUS.RESOLVED ? 2 : 1);
    expect(execution.status).toBe(job.status);
    expect(String(job.executionId)).toBe(String(execution.id));
  });

  it.each(THROWN)('throws %s when it is resumed', async (what) => {
    const workflow = await run('throwsWhenResumed', what);
    const { jobs } = await world.execution(workflow.id, (execution) => (execution).jobs.length > 0);
    expect((await world.api.post(`jobs:resume?filterByTk=${jobs[0].id}`, { status: 1 })).status).toBe(202);
    const execution = await world.execution(workflow.id, ended);
    expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
    expect(execution.jobs.map(({ status }: any) => status)).toEqual([JOB_STATUS.ERROR]);
  });

  it('never settles: others run, the timeout ends it, and the next run of its workflow begins', async () => {
    const workflow = await world.workflow({ type: 'asyncTrigger', options: { timeout: 1_000 } });
    await world.node(workflow.id, { type: 'neverSettles' });
    await world.trigger(workflow.id, { data: { stuck: true } });
    await world.trigger(workflow.id, { data: { stuck: false } });
    await expectOthersRun();
    const [stuck, next] = await waitFor(
      async () => {
        const executions = await world.executions(workflow.id);
        return executions.every(ended) && executions;
      },
      { what: 'both runs to end', timeoutMs: 60_000 },
    );
    expect([stuck.status, stuck.reason]).toEqual([EXECUTION_STATUS.ABORTED, 'timeout']);
    expect(next.status).toBe(EXECUTION_STATUS.RESOLVED);
  });

  it('says nothing: the execution stays as it is, until it is cancelled', async () => {
    const workflow = await run('saysNothing');
    const { id } = await world.execution(workflow.id, ({ status }) => status === EXECUTION_STATUS.STARTED);
    await expectOthersRun();
    const cancel = await world.api.post(`executions:cancel?filterByTk=${id}`);
    expect(cancel.status).toBe(200);
    expect((await world.execution(workflow.id, ended)).status).toBe(EXECUTION_STATUS.ABORTED);
  });

  it('after all of this, others run', () => expectOthersRun());
});

import { describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import { ENGINE_REASON } from '../reasons';
import { item } from './flow';
import type { NodeResult } from './TestInvoker';
import { World } from './World';

const { PENDING, RESOLVED, ABORTED } = JOB_STATUS;

const jobsOf = (world: World) => world.history().jobs;
const nodesOf = (world: World) => jobsOf(world).map(({ node }) => node);
const statusOf = (world: World) => world.history().execution.status;
const messages = (world: World, level: string) => world.logged.filter((entry) => entry.level === level).map(({ message }) => message);

describe('branches that a node starts itself', () => {
  it('run in turn, even when it does not wait for them one by one', async () => {
    const world = new World([item('both', {}, { 0: [item('pure1')], 1: [item('pure2')] })], {
      types: {
        both: {
          run: ({ save }) => save({ status: PENDING }),
          resume: async (call) => {
            const job = call.ownJob()!;
            if (call.input !== job) {
              return null;
            }
            await Promise.all(call.heads.map((head) => call.runBranch(head, job)));
            call.update(job, { status: RESOLVED });
            return job;
          },
        },
      },
    });
    await world.work();
    world.store.answer(world.store.jobsOf(world.executionId)[0]!.id, { status: PENDING });
    await expect(world.work()).resolves.toBe(false);
    expect(nodesOf(world)).toEqual(['both', 'pure1', 'pure2']);
    expect(statusOf(world)).toBe(RESOLVED);
  });

  it.each<[string, () => NodeResult]>([
    ['what a repeated call returns', () => ({ exit: JOB_STATUS.FAILED })],
    [
      'what a repeated call throws',
      () => {
        throw new Error('changed its mind');
      },
    ],
  ])('%s does not count', async (_name, secondTime) => {
    let calls = 0;
    const world = new World([item('fickle', {}, { 0: [item('effect1'), item('wait1')] }), item('record1')], {
      types: {
        fickle: {
          run: async (call) => {
            calls += 1;
            if (calls > 1) {
              return secondTime();
            }
            await call.runBranch(call.heads[0]!, call.save({ status: PENDING }));
          },
          resume: (call) => {
            const job = call.ownJob()!;
            if (call.input!.status === PENDING) {
              return null;
            }
            call.update(job, { status: RESOLVED });
            return job;
          },
        },
      },
    });
    await world.finish([{ what: 'commit', n: 1, side: 'after' }]);
    expect(calls).toBe(2);
    expect(statusOf(world)).toBe(RESOLVED);
    expect(nodesOf(world)).toEqual(['fickle', 'effect1', 'wait1', 'record1']);
    expect(messages(world, 'warn').some((message) => message.includes('decided otherwise'))).toBe(true);
  });
});

describe('a node that goes on in the background', () => {
  it('whose answer came before the crash is not called again', async () => {
    const world = new World([item('background1'), item('pure1')]);
    // the job is stored with the second commit; the process dies, the answer comes, another process takes over
    await world.work({ what: 'commit', n: 2, side: 'after' });
    world.answerAll();
    await world.finish();
    expect(world.called.filter((key) => key === 'background1')).toHaveLength(2);
    expect(jobsOf(world)).toMatchObject([{ result: 'answer to background1' }, { node: 'pure1' }]);
    expect(world.effects).toEqual([]);
  });

  it('may store what it saves after the run has come to rest', async () => {
    let later: (() => Promise<void>) | undefined;
    const world = new World([item('late')], {
      types: {
        late: {
          run: ({ save, update, flush }) => {
            const job = save({ status: PENDING });
            later = async () => {
              update(job, { status: PENDING, result: 'half way' });
              await flush();
            };
            return job;
          },
        },
      },
    });
    await world.work();
    await later!();
    expect(jobsOf(world)).toMatchObject([{ result: 'half way' }]);
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.STARTED, leaseOwner: null, cursor: null });
  });

  it('cannot change a run that somebody else has taken up meanwhile', async () => {
    let later: (() => Promise<void>) | undefined;
    const world = new World([item('late')], {
      types: {
        late: {
          run: ({ save, update, flush }) => {
            const job = save({ status: PENDING });
            later = async () => {
              update(job, { status: RESOLVED, result: 'too late' });
              await flush();
            };
            return job;
          },
        },
      },
    });
    await world.work();
    world.store.execution(world.executionId).epoch += 1;
    await expect(later!()).resolves.toBeUndefined();
    expect(jobsOf(world)).toMatchObject([{ status: PENDING, result: null }]);
  });
});

describe('runs that cannot go on', () => {
  const claimAgain = async (world: World) => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const isKilled = await world.work({ what: 'node', n: 1, side: 'before' });
      if (!isKilled) {
        return attempt;
      }
    }
    throw new Error('still tried');
  };

  it('are given up after five interruptions at the same place', async () => {
    const world = new World([item('parallel1', {}, { 0: [item('wait1')], 1: [item('effect1')] })]);
    await world.work({ what: 'node', n: 4, side: 'before' });
    expect(await claimAgain(world)).toBe(4);
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.ERROR, reason: ENGINE_REASON.INTERRUPTED });
    expect(jobsOf(world)).toMatchObject([{ node: 'parallel1', status: ABORTED }, { node: 'wait1', status: ABORTED }]);
    expect(world.effects).toEqual([]);
  });

  it('are not given up as long as they get on', async () => {
    const world = new World(Array.from({ length: 8 }, (_, i) => item(`record${i}`)));
    for (let i = 0; i < 8; i += 1) {
      await world.work({ what: 'commit', n: 1, side: 'after' });
    }
    await world.work();
    expect(statusOf(world)).toBe(RESOLVED);
    expect(world.store.records).toHaveLength(8);
  });

  it('of a workflow that is gone end in an error', async () => {
    const world = new World([item('wait1')]);
    await world.work();
    world.answerAll();
    Object.assign(world.version, { id: 'another' });
    await world.work();
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.ERROR, reason: ENGINE_REASON.WORKFLOW_GONE });
    expect(world.settled).toHaveLength(2);
  });

  it('bound to a transaction that died with its process are aborted', async () => {
    const world = new World([item('effect1')]);
    world.store.execution(world.executionId).cursor = { frames: [], step: { type: 'rest' }, bound: true };
    await world.work();
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: ENGINE_REASON.TRANSACTION_LOST });
    expect(world.effects).toEqual([]);
  });
});

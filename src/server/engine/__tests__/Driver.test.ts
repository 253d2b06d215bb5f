import { describe, expect, it, vi } from 'vitest';
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import type { Driver } from '../Driver';
import { item } from './flow';
import type { NodeType } from './TestInvoker';
import { World } from './World';

const { PENDING, RESOLVED, ABORTED, ERROR } = JOB_STATUS;

const jobsOf = (world: World) => world.history().jobs;
const nodesOf = (world: World) => jobsOf(world).map(({ node }) => node);
const statusOf = (world: World) => world.history().execution.status;
const messages = (world: World, level: string) => world.logged.filter((entry) => entry.level === level).map(({ message }) => message);

/** Fails the first `times` times with a message, then resolves. */
function failing(message: string, times: number, values: Partial<NodeType> = {}): NodeType & { calls: number } {
  return {
    calls: 0,
    run() {
      this.calls += 1;
      if (this.calls <= times) {
        throw new Error(message);
      }
      return { status: RESOLVED, result: `call ${this.calls}` };
    },
    ...values,
  };
}

describe('commit budget', () => {
  it('five pure nodes cost one commit beside the claim', async () => {
    const world = new World(Array.from({ length: 5 }, (_, i) => item(`pure${i}`)));
    await world.finish();
    expect(world.store.commits).toHaveLength(1);
    expect(jobsOf(world)).toHaveLength(5);
  });

  it('a database node costs the commit of its own transaction', async () => {
    const world = new World([item('pure1'), item('record1'), item('pure2')]);
    await world.finish();
    expect(world.store.commits.map(({ inserts }) => inserts.map(({ nodeKey }) => nodeKey))).toEqual([['pure1', 'record1'], ['pure2']]);
  });

  it('a database node at the end ends the run with it', async () => {
    const world = new World([item('pure1'), item('record1')]);
    await world.finish();
    expect(world.store.commits).toMatchObject([{ status: RESOLVED, release: true }]);
  });

  it('an effect costs one before it and one after', async () => {
    const world = new World([item('pure1'), item('effect1'), item('pure2'), item('pure3')]);
    await world.finish();
    expect(world.store.commits.map(({ inserts }) => inserts.map(({ nodeKey }) => nodeKey))).toEqual([['pure1'], ['effect1'], ['pure2', 'pure3']]);
  });

  it('an effect right behind a database node needs no commit in between', async () => {
    const world = new World([item('record1'), item('effect1')]);
    await world.finish();
    expect(world.store.commits).toHaveLength(2);
  });

  it('an effect of a branch is stored before anything that follows, even when nobody is told of it', async () => {
    const stored: string[][] = [];
    const world: World = new World([item('inline1', {}, { 0: [item('silent')] }), item('look')], {
      types: {
        silent: {
          kind: 'effect',
          run: ({ save }) => {
            save({ status: RESOLVED });
            return null;
          },
        },
        look: {
          run: () => {
            stored.push(nodesOf(world));
            return { status: RESOLVED };
          },
        },
      },
    });
    await world.finish();
    expect(stored).toEqual([['inline1', 'silent']]);
  });

  it('stores progress after 50 jobs, and after a second', async () => {
    const long = new World(Array.from({ length: 120 }, (_, i) => item(`tick${i}`)), {
      types: { tick: { run: () => ({ status: RESOLVED }) } },
    });
    await long.finish();
    expect(long.store.commits.map(({ inserts }) => inserts.length)).toEqual([50, 50, 20]);

    const slow: World = new World([item('slow1'), item('slow2'), item('slow3')], {
      types: { slow: { run: () => ({ status: RESOLVED, result: (slow.nowMs += 700) }) } },
    });
    await slow.finish();
    expect(slow.store.commits.map(({ inserts }) => inserts.length)).toEqual([2, 1]);
  });

  it('a loop of a thousand pure iterations needs no more commits than its jobs do', async () => {
    const world = new World([item('loop1', { times: 1000 }, { 0: [item('pure1')] })]);
    await world.finish();
    expect(jobsOf(world)).toHaveLength(1001);
    expect(world.store.commits.length).toBeLessThanOrEqual(1001 / 50 + 2);
  });
});

describe('idempotency keys', () => {
  it('are another one for every iteration and every node', async () => {
    const world = new World([item('loop1', { times: 3 }, { 0: [item('effect1'), item('effect2')] }), item('effect3')]);
    await world.finish();
    expect(new Set(world.effects).size).toBe(7);
    expect(world.effects.every((key) => key.startsWith(`${world.executionId}:effect`))).toBe(true);
  });
});

describe('what a node throws', () => {
  it('becomes its job and ends the run', async () => {
    const world = new World([item('pure1'), item('fail1'), item('pure2')]);
    await world.finish();
    expect(statusOf(world)).toBe(ERROR);
    expect(jobsOf(world)[1]).toMatchObject({ node: 'fail1', status: ERROR, result: { message: 'fail1 failed' } });
  });

  it('when it is resumed becomes the waiting job', async () => {
    const world = new World([item('asks')], {
      types: { asks: { run: () => ({ status: PENDING }), resume: () => Promise.reject(new Error('wrong answer')) } },
    });
    await world.work();
    const [job] = world.store.jobsOf(world.executionId);
    world.store.answer(job!.id, { status: RESOLVED });
    await world.work();
    expect(jobsOf(world)).toMatchObject([{ status: ERROR, result: { message: 'wrong answer' } }]);
    expect(statusOf(world)).toBe(ERROR);
  });

  it('in a database node takes its write back', async () => {
    const world: World = new World([item('half')], {
      types: {
        half: {
          kind: 'database',
          run: ({ tx, save }) => {
            world.store.record(tx!, 'half');
            save({ status: RESOLVED });
            throw new Error('no');
          },
        },
      },
    });
    await world.finish();
    expect(world.store.records).toEqual([]);
    expect(jobsOf(world)).toMatchObject([{ node: 'half', status: ERROR }]);
  });
});

describe('conflicts of transactions', () => {
  it('are tried again, and leave nothing of the attempts before', async () => {
    const type = failing('conflict', 3, { kind: 'database' });
    const world = new World([item('pure1'), item('busy')], { types: { busy: type } });
    await world.finish();
    expect(type.calls).toBe(4);
    expect(jobsOf(world)).toMatchObject([{ node: 'pure1' }, { node: 'busy', status: RESOLVED, result: 'call 4' }]);
  });

  it('that never end become the node’s error', async () => {
    const type = failing('conflict', 99, { kind: 'database' });
    const world = new World([item('busy')], { types: { busy: type } });
    await world.finish();
    expect(type.calls).toBe(5);
    expect(jobsOf(world)).toMatchObject([{ status: ERROR, result: { message: 'conflict' } }]);
  });
});

describe('a database that goes away', () => {
  it('under a pure node: the node is tried again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const type = failing('connection gone', 2);
      const world = new World([item('look')], { types: { look: type } });
      const work = world.finish();
      await vi.runAllTimersAsync();
      await work;
      expect(type.calls).toBe(3);
      expect(statusOf(world)).toBe(RESOLVED);
    } finally {
      vi.useRealTimers();
    }
  });

  it('for good, but not for the engine: it is the node’s error, because it was another database', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const type = failing('connection gone', 99);
      const world = new World([item('look')], { types: { look: type } });
      const work = world.finish();
      await vi.runAllTimersAsync();
      await work;
      expect(type.calls).toBe(3);
      expect(jobsOf(world)).toMatchObject([{ status: ERROR, result: { message: 'connection gone' } }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('under an effect: it is not repeated, because it may have happened', async () => {
    const type = failing('connection gone', 1, { kind: 'effect' });
    const world = new World([item('act')], { types: { act: type } });
    await world.finish();
    expect(type.calls).toBe(1);
    expect(statusOf(world)).toBe(ERROR);
  });

  it('under a database node: the run is interrupted and continued from what is stored', async () => {
    const type = failing('connection gone', 1, { kind: 'database' });
    const world = new World([item('pure1'), item('write'), item('pure2')], { types: { write: type } });
    await expect(world.work()).rejects.toThrow('connection gone');
    expect(world.history().execution.status).toBeNull();
    await world.finish();
    expect(nodesOf(world)).toEqual(['pure1', 'write', 'pure2']);
    expect(statusOf(world)).toBe(RESOLVED);
  });

  it('under a commit: nothing more is stored, even when the node does not care', async () => {
    const world = new World([item('stubborn'), item('pure1')], {
      types: {
        stubborn: {
          kind: 'effect',
          run: async ({ save, flush }) => {
            save({ status: PENDING });
            world.store.onCommit = () => {
              world.store.onCommit = () => {};
              throw new Error('connection gone');
            };
            await flush().catch(() => undefined);
            return { status: RESOLVED, result: 'whatever' };
          },
        },
      },
    });
    await expect(world.work()).rejects.toThrow('interrupted');
    expect(jobsOf(world)).toEqual([]);
  });
});

describe('losing the lease', () => {
  it('stops before the next effect', async () => {
    const world: World = new World([item('steal'), item('effect1')], {
      types: {
        steal: {
          run: () => {
            world.store.execution(world.executionId).epoch += 1;
            return { status: RESOLVED };
          },
        },
      },
    });
    const dispatcher = world.startProcess();
    const [claim] = await world.store.claim({ owner: 'p1', leaseMs: 8000, limit: 1, exceptKeys: [] });
    const run = await dispatcher.executeHeld(claim!);
    expect(run?.lost).toBe(true);
    expect(world.effects).toEqual([]);
    expect(jobsOf(world)).toEqual([]);
    expect(world.settled).toEqual([]);
    expect(messages(world, 'warn')).toEqual([`execution ${world.executionId} is no longer held by this process`]);
  });

  it('takes the write of a database node back', async () => {
    const world: World = new World([item('record1')], {
      types: {
        record: {
          kind: 'database',
          run: ({ tx }) => {
            world.store.record(tx!, 'never');
            world.store.execution(world.executionId).status = EXECUTION_STATUS.ABORTED;
            return { status: RESOLVED };
          },
        },
      },
    });
    await world.work();
    expect(world.store.records).toEqual([]);
    expect(world.history()).toMatchObject({ jobs: [], execution: { status: EXECUTION_STATUS.ABORTED } });
  });

  it('while a database node is working takes its write back too', async () => {
    const world: World = new World([item('record1'), item('effect1')], {
      types: {
        record: {
          kind: 'database',
          run: ({ tx, run }) => {
            world.store.record(tx!, 'never');
            run.lost = true;
            return { status: RESOLVED };
          },
        },
      },
    });
    const dispatcher = world.startProcess();
    const [claim] = await world.store.claim({ owner: 'p1', leaseMs: 8000, limit: 1, exceptKeys: [] });
    await dispatcher.executeHeld(claim!);
    expect(world.store.records).toEqual([]);
    expect(world.effects).toEqual([]);
    expect(messages(world, 'warn')).toEqual([`execution ${world.executionId} is no longer held by this process`]);
  });
});

describe('an abort from outside', () => {
  it('while a node is working stops the run; what the node did is kept as a record', async () => {
    const world: World = new World([item('pure1'), item('act'), item('effect1')], {
      types: {
        act: {
          kind: 'effect',
          run: ({ run, save }) => {
            Object.assign(world.store.execution(run.id), { status: EXECUTION_STATUS.ABORTED, reason: 'manual_cancel' });
            run.abortedOutside('manual_cancel');
            save({ status: PENDING });
            return { status: RESOLVED, result: 'done anyway' };
          },
        },
      },
    });
    const dispatcher = world.startProcess();
    const [claim] = await world.store.claim({ owner: 'p1', leaseMs: 8000, limit: 1, exceptKeys: [] });
    const run = await dispatcher.executeHeld(claim!);
    expect(run).toMatchObject({ endStatus: EXECUTION_STATUS.ABORTED, reason: 'manual_cancel' });
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: 'manual_cancel' });
    expect(jobsOf(world)).toMatchObject([
      { node: 'pure1', status: RESOLVED },
      { node: 'act', status: ABORTED },
      { node: 'act', status: RESOLVED, result: 'done anyway' },
    ]);
    expect(world.effects).toEqual([]);
    expect(world.settled).toEqual([]);
  });
});

describe('timeouts', () => {
  it('end a run between two nodes, and abort what waits', async () => {
    const world: World = new World(
      [item('parallel1', {}, { 0: [item('wait1')], 1: [item('slow')] }), item('effect1')],
      {
        version: { timeoutMs: 1000 },
        types: { slow: { run: () => ({ status: RESOLVED, result: (world.nowMs += 2000) }) } },
      },
    );
    await world.work();
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: EXECUTION_REASON.TIMEOUT });
    expect(jobsOf(world)).toMatchObject([
      { node: 'parallel1', status: ABORTED },
      { node: 'wait1', status: ABORTED },
      { node: 'slow', status: RESOLVED },
    ]);
    expect(world.effects).toEqual([]);
  });

  it('count from the first process that entered the run', async () => {
    const world = new World([item('wait1'), item('effect1')], { version: { timeoutMs: 1000 } });
    await world.work();
    world.nowMs += 5000;
    world.answerAll();
    await world.work();
    expect(world.history().execution).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: EXECUTION_REASON.TIMEOUT });
    expect(world.effects).toEqual([]);
  });
});

describe('graphs', () => {
  it('without nodes are done', async () => {
    const world = new World([]);
    await world.finish();
    expect(world.history()).toMatchObject({ execution: { status: RESOLVED }, jobs: [] });
  });

  it('with a node that is gone end in an error', async () => {
    const world = new World([item('wait1'), item('pure1')]);
    await world.work();
    const { get } = world.version.graph;
    Object.assign(world.version.graph, { get: (id: string) => (id === '2' ? undefined : get(id)) });
    world.answerAll();
    await world.work();
    expect(statusOf(world)).toBe(ERROR);
  });
});

describe('leaving the lane', () => {
  it.each([
    ['pure nodes are left to be stored', [item('pure1')], 0],
    ['an effect is left to be stored', [item('effect1')], 2],
  ])('happens before the last write only while %s', async (_name, items, storedAtLeaving) => {
    const world = new World(items);
    const dispatcher = world.startProcess();
    const { driver } = (dispatcher as unknown as { deps: { driver: Driver } }).deps;
    const left: number[] = [];
    const execute = driver.execute.bind(driver);
    driver.execute = (run) => execute(run, () => left.push(world.store.commits.length));
    const [claim] = await world.store.claim({ owner: 'p1', leaseMs: 8000, limit: 1, exceptKeys: [] });
    await dispatcher.executeHeld(claim!);
    expect(left).toEqual(storedAtLeaving === 0 ? [0] : []);
    expect(world.store.commits.length).toBe(storedAtLeaving || 1);
  });
});

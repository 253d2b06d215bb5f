import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JOB_STATUS } from '../../../common/status';
import { DispatcherWorld } from './DispatcherWorld';

const { RESOLVED } = JOB_STATUS;
let world: DispatcherWorld;

beforeEach(() => {
  world = new DispatcherWorld();
});

afterEach(() => world.close());

describe('order', () => {
  it('runs of one workflow are executed one after the other', async () => {
    world.addWorkflow('a');
    const ids = world.add('a', 3);
    world.createDispatcher().start();
    for (const [i, id] of ids.entries()) {
      await world.until(() => world.entered.length === i + 1);
      expect(world.entered.at(-1)).toBe(id);
      await world.pass(2_000);
      expect(world.entered).toHaveLength(i + 1);
      world.open(id);
    }
    await world.until(() => ids.every((id) => world.statusOf(id) === RESOLVED));
    expect(world.settled.map(({ id }) => id)).toEqual(ids);
  });

  it('several at once when the workflow allows it, from its first run on', async () => {
    world.addWorkflow('a', { concurrency: 3 });
    const ids = world.add('a', 5);
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 3);
    await world.pass(100);
    expect(world.entered).toEqual(ids.slice(0, 3));
    world.open(ids[1]!);
    await world.until(() => world.entered.length === 4);
  });

  it('different workflows side by side, up to the limit of the process', async () => {
    for (const key of ['a', 'b', 'c']) {
      world.addWorkflow(key);
      world.add(key, 2);
    }
    world.createDispatcher({ parallel: 2 }).start();
    await world.until(() => world.entered.length === 2);
    await world.pass(100);
    expect(world.entered).toEqual(['1', '3']);
    world.open('3');
    await world.until(() => world.entered.length === 3);
  });

  it('a run that waits blocks nobody', async () => {
    world.addWorkflow('a', { keys: ['wait', 'pass'] });
    const [first, second] = world.add('a', 2);
    world.createDispatcher().start();
    await world.until(() => world.settled.length === 2);
    expect([first, second].map((id) => world.statusOf(id!))).toEqual([0, 0]);
    world.store.answer(world.store.jobsOf(second!)[0]!.id, { status: RESOLVED });
    await world.until(() => world.statusOf(second!) === RESOLVED);
    expect(world.statusOf(first!)).toBe(0);
  });

  it('a workflow with a long queue does not crowd out the others', async () => {
    world.addWorkflow('slow');
    world.addWorkflow('other');
    world.add('slow', 300);
    const [other] = world.add('other');
    world.createDispatcher().start();
    await world.until(() => world.entered.includes(other!));
    expect(world.entered).toEqual(['1', other]);
  });

  it('a backlog is worked off without pauses', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const ids = world.add('a', 200);
    world.createDispatcher().start();
    const startedAt = Date.now();
    await world.until(() => ids.every((id) => world.statusOf(id) === RESOLVED));
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(world.entered).toEqual(ids);
  });
});

describe('looking for work', () => {
  it('happens once per second while there is none', async () => {
    world.createDispatcher().start();
    await world.pass(10_000);
    expect(world.claims.length).toBeGreaterThanOrEqual(9);
    expect(world.claims.length).toBeLessThanOrEqual(12);
  });

  it('happens at once when there may be work, and once for many who say so', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.claims.length === 1);
    await world.pass(500);
    const [id] = world.add('a');
    for (let i = 0; i < 100; i += 1) {
      dispatcher.kick();
    }
    await world.pass(20);
    expect(world.claims).toHaveLength(2);
    expect(world.statusOf(id!)).toBe(RESOLVED);
  });

  it('happens again when somebody says so while it is happening', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const dispatcher = world.createDispatcher();
    const claim = world.store.claim.bind(world.store);
    let answer = () => {};
    world.store.claim = async (request) => {
      const found = await claim(request);
      await new Promise<void>((resolve) => (answer = resolve));
      return found;
    };
    dispatcher.start();
    await world.pass(10);
    world.store.claim = claim;
    const [id] = world.add('a');
    dispatcher.kick();
    answer();
    await world.pass(60);
    expect(world.statusOf(id!)).toBe(RESOLVED);
  });

  it('does not happen in a process that does not serve', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const [id] = world.add('a');
    world.serving = false;
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.pass(3_000);
    expect(world.claims).toEqual([]);
    world.serving = true;
    await world.until(() => world.statusOf(id!) === RESOLVED);
  });

  it('goes on after the storage failed', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const [id] = world.add('a');
    let failures = 3;
    world.store.onClaim = () => {
      failures -= 1;
      if (failures >= 0) {
        throw new Error('connection gone');
      }
    };
    world.createDispatcher().start();
    await world.until(() => world.statusOf(id!) === RESOLVED);
    expect(world.logged.filter((message) => message.includes('could not be claimed'))).toHaveLength(3);
  });

  it('happens at once for an answer that came while the run was still being executed', async () => {
    world.addWorkflow('a', { keys: ['wait', 'gate'] });
    const [id] = world.add('a');
    const dispatcher = world.createDispatcher();
    world.store.onCommit = (side) => {
      if (side === 'after') {
        world.store.onCommit = () => {};
        world.store.answer(world.store.jobsOf(id!)[0]!.id, { status: RESOLVED });
      }
    };
    dispatcher.start();
    await world.pass(150);
    expect(world.entered).toEqual([id]);
  });
});

describe('stopping', () => {
  it('lets current runs end, and gives the others back', async () => {
    world.addWorkflow('a');
    const [first, second] = world.add('a', 2);
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.entered.length === 1);
    let hasStopped = false;
    const stopped = dispatcher.stop().then(() => (hasStopped = true));
    await world.pass(1_000);
    expect(hasStopped).toBe(false);
    expect(world.store.execution(second!)).toMatchObject({ status: null, leaseOwner: null, leaseUntil: null });
    world.open(first!);
    await world.until(() => hasStopped);
    await stopped;
    expect(world.statusOf(first!)).toBe(RESOLVED);
    expect(world.entered).toEqual([first]);
  });

  it('does not wait for ever', async () => {
    world.addWorkflow('a');
    world.add('a');
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.entered.length === 1);
    let hasStopped = false;
    void dispatcher.stop(5_000).then(() => (hasStopped = true));
    await world.pass(4_900);
    expect(hasStopped).toBe(false);
    await world.pass(200);
    expect(hasStopped).toBe(true);
  });

  it('gives back what a claim under way brings', async () => {
    world.addWorkflow('a');
    const [id] = world.add('a');
    const dispatcher = world.createDispatcher();
    let endClaim = () => {};
    world.store.onClaim = () => new Promise((resolve) => (endClaim = resolve));
    dispatcher.start();
    await world.pass(10);
    const stopped = dispatcher.stop();
    endClaim();
    await stopped;
    await world.pass(100);
    expect(world.entered).toEqual([]);
    expect(world.store.execution(id!)).toMatchObject({ status: null, leaseOwner: null });
  });

  it('leaves runs that had begun before due', async () => {
    world.addWorkflow('a');
    const [first] = world.add('a');
    const begun = world.store.addExecution({ key: 'a', workflowId: 'a', status: 0, leaseUntil: 1, startedAt: new Date(), cursor: { frames: [], step: { type: 'run', nodeId: '1', inputId: null } } });
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.entered.length === 1);
    const stopped = dispatcher.stop();
    world.open(first!);
    await world.until(() => world.statusOf(first!) === RESOLVED);
    await stopped;
    expect(world.entered).toEqual([first]);
    world.createDispatcher({ owner: 'next' }).start();
    await world.until(() => world.entered.length === 2);
    world.open(begun);
    await world.until(() => world.statusOf(begun) === RESOLVED);
  });

  it('and starting again works', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    dispatcher.start();
    await dispatcher.stop();
    await dispatcher.stop();
    const [id] = world.add('a');
    dispatcher.kick();
    await world.pass(3_000);
    expect(world.statusOf(id!)).toBeNull();
    dispatcher.start();
    await world.until(() => world.statusOf(id!) === RESOLVED);
  });
});

/** Executions inside a gate node, by who executes them. */
const heldBy = (owner: string) => world.entered.filter((id) => world.store.execution(id).leaseOwner === owner).map((id) => world.store.execution(id).key).sort();

const ownOf = (key: string) => world.entered.filter((id) => world.store.execution(id).key === key).map(Number);
const ascending = (ids: number[]) => [...ids].sort((a, b) => a - b);

describe('two processes', () => {
  it('share the workflows, and keep the order of each', async () => {
    for (const key of ['a', 'b', 'c', 'd']) {
      world.addWorkflow(key, { keys: ['pass'] });
    }
    const ids = Array.from({ length: 40 }, (_, i) => world.add('abcd'[i % 4]!)[0]!);
    world.createDispatcher({ owner: 'p1', batch: 4 }).start();
    world.createDispatcher({ owner: 'p2', batch: 4 }).start();
    await world.until(() => ids.every((id) => world.statusOf(id) === RESOLVED));
    expect(world.entered).toHaveLength(40);
    for (const key of ['a', 'b', 'c', 'd']) {
      expect(ownOf(key)).toEqual(ascending(ownOf(key)));
    }
  });

  it('that know of each other both execute a backlog, although one was there first', async () => {
    const keys = [...'abcdef'];
    keys.forEach((key) => world.addWorkflow(key));
    for (let i = 0; i < 10; i += 1) keys.forEach((key) => world.add(key));
    world.createDispatcher({ owner: 'p1', parallel: 3, neighbours: { foreignKeys: ['b', 'd', 'f'] } }).start();
    await world.until(() => world.entered.length === 3);
    await world.pass(3_000);
    expect(heldBy('p1')).toEqual(['a', 'c', 'e']);
    world.createDispatcher({ owner: 'p2', parallel: 3, neighbours: { foreignKeys: ['a', 'c', 'e'] } }).start();
    await world.until(() => world.entered.length === 6);
    expect(heldBy('p2')).toEqual(['b', 'd', 'f']);
  });

  it('take what belongs to the other for places that they have free, and no more', async () => {
    world.addWorkflow('a');
    const ids = world.add('a', 20);
    world.createDispatcher({ owner: 'p1', parallel: 3, neighbours: { foreignKeys: ['a'] } }).start();
    await world.until(() => world.entered.length === 1);
    await world.pass(5_000);
    expect(ids.filter((id) => world.store.execution(id).leaseOwner === 'p1')).toEqual(ids.slice(0, 3));
    world.open(ids[0]!);
    await world.until(() => world.entered.length === 2);
    expect(world.entered).toEqual(ids.slice(0, 2));
  });

  it('go on at once with a workflow of the other that came to rest here, when nobody else does', async () => {
    world.addWorkflow('a');
    const [first] = world.add('a');
    world.createDispatcher({ owner: 'p1', idlePollMs: 60_000, leaseMs: 600_000, neighbours: { foreignKeys: ['a'] } }).start();
    await world.until(() => world.entered.length === 1);
    const [second] = world.add('a');
    await world.pass(1_000);
    expect(world.store.execution(second!).leaseOwner).toBeNull();
    world.open(first!);
    await world.until(() => world.entered.length === 2);
    expect(world.entered).toEqual([first, second]);
  });

  it('execute what is their own first, although the other is older', async () => {
    world.addWorkflow('foreign');
    world.addWorkflow('own');
    world.add('foreign', 2);
    const [first, second] = world.add('own', 2);
    world.createDispatcher({ owner: 'p1', parallel: 1, neighbours: { foreignKeys: ['foreign'] } }).start();
    await world.until(() => world.entered.length === 1);
    world.open(first!);
    await world.until(() => world.entered.length === 2);
    world.open(second!);
    await world.until(() => world.entered.length === 3);
    expect(world.entered.map((id) => world.store.execution(id).key)).toEqual(['own', 'own', 'foreign']);
  });

  it('keep the order of each workflow while workflows change hands', async () => {
    const keys = [...'abcdef'];
    keys.forEach((key) => world.addWorkflow(key, { keys: ['pass'] }));
    const [p1, p2] = [{ foreignKeys: ['b', 'd', 'f'] }, { foreignKeys: ['a', 'c', 'e'] }];
    world.createDispatcher({ owner: 'p1', batch: 4, neighbours: p1 }).start();
    world.createDispatcher({ owner: 'p2', batch: 4, neighbours: p2 }).start();
    const ids: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      keys.forEach((key) => ids.push(...world.add(key, 3)));
      await world.pass(50);
      [p1.foreignKeys, p2.foreignKeys] = [p2.foreignKeys, p1.foreignKeys];
    }
    await world.until(() => ids.every((id) => world.statusOf(id) === RESOLVED));
    expect(world.entered).toHaveLength(ids.length);
    for (const key of keys) {
      expect(ownOf(key)).toEqual(ascending(ownOf(key)));
    }
  });
});

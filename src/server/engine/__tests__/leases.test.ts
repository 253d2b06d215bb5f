import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../common/status';
import { DispatcherWorld } from './DispatcherWorld';

const { RESOLVED } = JOB_STATUS;
let world: DispatcherWorld;

beforeEach(() => {
  world = new DispatcherWorld();
});

afterEach(() => world.close());

describe('leases', () => {
  it('are prolonged as long as a node takes', async () => {
    world.addWorkflow('a');
    const [id] = world.add('a');
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 1);
    for (let i = 0; i < 10; i += 1) {
      await world.pass(6_000);
      expect(world.store.execution(id!).leaseUntil).toBeGreaterThan(Date.now());
    }
    world.open(id!);
    await world.until(() => world.statusOf(id!) === RESOLVED);
  });

  it('that are lost stop the run, and those behind it wait for whoever has it now', async () => {
    world.addWorkflow('a', { keys: ['gate', 'gate2'] });
    const [first, second] = world.add('a', 2);
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.entered.length === 1);
    world.store.execution(first!).leaseOwner = 'somebody else';
    await world.until(() => dispatcher.runningRun(first!)?.lost === true);
    await world.until(() => world.store.execution(second!).leaseOwner === null);
    world.store.execution(first!).leaseUntil = Date.now() + 20_000;
    await world.pass(15_000);
    expect(world.entered).toEqual([first]);
    Object.assign(world.store.execution(first!), { status: RESOLVED, leaseOwner: null, leaseUntil: null });
    await world.until(() => world.entered.length === 2);
    expect(world.entered).toEqual([first, second]);
    world.open(first!);
    await world.until(() => dispatcher.runningRun(first!) === undefined);
    expect(world.entered).toEqual([first, second]);
  });

  it('of a run that is cancelled do not keep the lane, however long its node takes', async () => {
    world.addWorkflow('a', { keys: ['gate', 'gate2'] });
    const [first, second] = world.add('a', 2);
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 1);
    Object.assign(world.store.execution(first!), { status: EXECUTION_STATUS.CANCELED, leaseOwner: null, leaseUntil: null });
    await world.until(() => world.entered.length === 2);
    expect(world.entered).toEqual([first, second]);
  });

  it('of runs that wait in their lane are dropped when somebody else has them, and what is behind them waits', async () => {
    world.addWorkflow('a');
    const [first, second, third] = world.add('a', 3);
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 1);
    world.store.execution(second!).leaseOwner = 'somebody else';
    await world.until(() => world.store.execution(third!).leaseOwner === null);
    world.store.execution(second!).leaseUntil = Date.now() + 20_000;
    world.open(first!);
    await world.until(() => world.statusOf(first!) === RESOLVED);
    await world.pass(10_000);
    expect(world.entered).toEqual([first]);
    Object.assign(world.store.execution(second!), { status: RESOLVED, leaseOwner: null, leaseUntil: null });
    await world.until(() => world.entered.length === 2);
    expect(world.entered).toEqual([first, third]);
  });

  it('that ran out are not executed a second time while the first is still at it', async () => {
    world.addWorkflow('a', { concurrency: 2 });
    const [id] = world.add('a');
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.entered.length === 1);
    // the process was blocked for longer than its lease, and claims before it renews
    world.store.execution(id!).leaseUntil = Date.now() - 1;
    dispatcher.kick();
    await world.pass(1_500);
    expect(world.entered).toEqual([id]);
    world.open(id!);
    // what it did cannot be stored, because the claim has made it another holder's: it is done again, with a claim that holds
    await world.until(() => world.entered.length === 2);
    world.open(id!);
    await world.until(() => world.statusOf(id!) === RESOLVED);
  });

  it('renewals that fail are tried again', async () => {
    world.addWorkflow('a');
    const [id] = world.add('a');
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 1);
    const renew = world.store.renew.bind(world.store);
    world.store.renew = () => {
      world.store.renew = renew;
      return Promise.reject(new Error('connection gone'));
    };
    await world.pass(7_000);
    world.open(id!);
    await world.until(() => world.statusOf(id!) === RESOLVED);
    expect(world.logged).toContain('leases could not be renewed; trying again');
  });
});

describe('runs that are interrupted', () => {
  it('go on before those behind them', async () => {
    world.addWorkflow('a', { keys: ['gate', 'pass'] });
    const ids = world.add('a', 3);
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 1);
    world.store.onCommit = () => {
      world.store.onCommit = () => {};
      throw new Error('connection gone');
    };
    world.open(ids[0]!);
    await world.until(() => world.entered.length === 2);
    expect(world.entered).toEqual([ids[0], ids[0]]);
    ids.forEach((id) => world.open(id));
    await world.until(() => world.entered.filter((id) => id === ids[1]).length === 1);
    world.open(ids[1]!);
    await world.until(() => world.entered.includes(ids[2]!));
    world.open(ids[2]!);
    await world.until(() => ids.every((id) => world.statusOf(id) === RESOLVED));
    expect(world.settled.map(({ id }) => id)).toEqual(ids);
  });

  it('wait a moment before the next attempt', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const [id] = world.add('a');
    let failedAt = 0;
    world.store.onCommit = () => {
      failedAt ||= Date.now();
      throw new Error('connection gone');
    };
    world.createDispatcher().start();
    await world.until(() => failedAt > 0);
    world.store.onCommit = () => {};
    await world.until(() => world.statusOf(id!) === RESOLVED);
    expect(Date.now() - failedAt).toBeGreaterThanOrEqual(1_000);
  });

  it('often are tried one by one, so that the one that kills the process is found', async () => {
    for (const key of ['a', 'b', 'c']) {
      world.addWorkflow(key);
    }
    const suspects = ['a', 'b'].map((key) =>
      world.store.addExecution({ key, workflowId: key, status: 0, attempts: 2, leaseUntil: 1, startedAt: new Date(), cursor: { frames: [], step: { type: 'run', nodeId: '1', inputId: null } } }),
    );
    const [fresh] = world.add('c');
    world.createDispatcher().start();
    await world.until(() => world.entered.length === 2);
    await world.pass(500);
    expect(world.entered).toEqual([suspects[0], fresh]);
    // only the attempt that was begun is counted
    expect(suspects.map((id) => world.store.execution(id).attempts)).toEqual([3, 2]);
    world.open(suspects[0]!);
    await world.until(() => world.entered.length === 3);
    expect(world.entered[2]).toBe(suspects[1]);
  });
});

describe('runs executed in the flow of control of a request', () => {
  async function held() {
    const [id] = world.add('a');
    const [claim] = await world.store.claim({ owner: 'me', leaseMs: 9_000, limit: 1, exceptKeys: [] });
    return { id: id!, claim: claim! };
  }

  it('do not wait for their lane', async () => {
    world.addWorkflow('a', { keys: ['gate'] });
    const [background] = world.add('a');
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    await world.until(() => world.entered.length === 1);
    const { id, claim } = await held();
    const run = dispatcher.executeHeld(claim);
    await world.until(() => world.entered.length === 2);
    expect(dispatcher.runningRun(id)).toBeDefined();
    world.open(id);
    expect((await run)?.endStatus).toBe(RESOLVED);
    expect(dispatcher.runningRun(id)).toBeUndefined();
    expect(world.statusOf(background!)).toBe(EXECUTION_STATUS.STARTED);
  });

  it('work in a process that does not look for work', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const { id, claim } = await held();
    await world.createDispatcher().executeHeld(claim);
    expect(world.statusOf(id)).toBe(RESOLVED);
  });

  it('that break off are finished in the background', async () => {
    world.addWorkflow('a', { keys: ['pass'] });
    const { id, claim } = await held();
    const dispatcher = world.createDispatcher();
    dispatcher.start();
    world.store.onCommit = () => {
      throw new Error('connection gone');
    };
    await expect(dispatcher.executeHeld(claim)).rejects.toThrow('interrupted');
    world.store.onCommit = () => {};
    await world.until(() => world.statusOf(id) === RESOLVED);
  });

  it('of a workflow that is gone end', async () => {
    world.addWorkflow('a');
    const { id, claim } = await held();
    world.versions.clear();
    expect(await world.createDispatcher().executeHeld(claim)).toBeUndefined();
    expect(world.statusOf(id)).toBe(EXECUTION_STATUS.ERROR);
  });
});

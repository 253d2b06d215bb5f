import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { HeldRuns } from '../HeldRuns';
import type { ClaimedRun } from '../types';

const LEASE_MS = 6_000;
const run = (id: string, key: string) => ({ id, key }) as ClaimedRun;
const ids = (claims: ClaimedRun[]) => claims.map(({ id }) => id);

/**
 * What was asked of the store, and what it answers to a renewal: by default that all of it is still held.
 * @param now what the process's clock shows; that of the machine by default
 */
function setUp(now?: number) {
  const world = {
    renewed: [] as string[][],
    released: [] as string[][],
    abandoned: [] as string[][],
    gone: [] as ClaimedRun[],
    lost: new Set<string>(),
    failures: 0,
    now,
    onRenew: () => {},
  };
  const work = (list: string[][]) => async (_owner: string, some: string[]) => {
    if (world.failures > 0) {
      world.failures -= 1;
      throw new Error('connection gone');
    }
    list.push(some);
  };
  const renew = async (owner: string, some: string[]) => {
    await work(world.renewed)(owner, some);
    world.onRenew();
    return new Set(some.filter((id) => !world.lost.has(id)));
  };
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const held = new HeldRuns(
    {
      store: { release: work(world.released), abandon: work(world.abandoned), renew },
      clock: { now: () => world.now ?? Date.now() },
      log,
      onGone: (claim) => world.gone.push(claim),
    },
    { owner: 'me', leaseMs: LEASE_MS },
  );
  return Object.assign(world, { held });
}

describe('what a claim has found', () => {
  it('may be executed and is held', () => {
    const { held } = setUp(0);
    expect(ids(held.take([run('1', 'a'), run('2', 'b')], 0))).toEqual(['1', '2']);
    expect(held.size).toBe(2);
  });

  it('may not when it is still being executed here', () => {
    const { held } = setUp(0);
    held.add(run('1', 'a'), 0);
    expect(held.take([run('1', 'a')], 0)).toEqual([]);
  });

  it.each([
    ['broke off', (held: HeldRuns) => held.breakOff(run('1', 'a'))],
    ['was put off', (held: HeldRuns) => held.keepForLater([run('1', 'a')])],
  ])('waits when an earlier run of its workflow %s meanwhile, until that is given back', async (_, happen) => {
    const { held, released } = setUp(0);
    held.add(run('1', 'a'), 0);
    happen(held);
    held.forget('1');
    expect(ids(held.take([run('2', 'a'), run('3', 'b')], 0))).toEqual(['3']);
    await held.giveBack();
    expect(released.flat()).toContain('2');
    expect(ids(held.take([run('1', 'a'), run('2', 'a')], 0))).toEqual(['1', '2']);
  });

  it("goes back when the answer took so long that it may be somebody else's by now", async () => {
    const world = setUp(0);
    world.now = LEASE_MS;
    expect(world.held.take([run('1', 'a')], 0)).toEqual([]);
    await world.held.giveBack();
    expect(world.released).toEqual([['1']]);
  });

  it('may be all that waits for each other, in order', () => {
    const { held } = setUp(0);
    held.breakOff(run('5', 'a'));
    expect(ids(held.take([run('3', 'a'), run('5', 'a')], 0))).toEqual(['3', '5']);
  });

  it('may be the run that broke off itself, whose lease had run out', async () => {
    const { held, abandoned } = setUp(0);
    held.breakOff(run('1', 'a'));
    expect(ids(held.take([run('1', 'a'), run('2', 'a')], 0))).toEqual(['1', '2']);
    await held.giveBack();
    expect(abandoned).toEqual([]);
  });
});

describe('what has to be given back', () => {
  it('is, once: runs that were not begun without a mark, others as broken off', async () => {
    const { held, released, abandoned } = setUp();
    held.keepForLater([run('2', 'a')]);
    held.breakOff(run('1', 'a'));
    await held.giveBack();
    await held.giveBack();
    expect([released, abandoned]).toEqual([[['2']], [['1']]]);
  });

  it('is tried again after the storage failed', async () => {
    const world = setUp();
    world.held.keepForLater([run('2', 'a')]);
    world.failures = 1;
    await expect(world.held.giveBack()).rejects.toThrow('connection gone');
    await world.held.giveBack();
    expect(world.released).toEqual([['2']]);
  });
});

describe('leases', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const third = async () => vi.advanceTimersByTimeAsync(LEASE_MS / 3);

  it('are renewed every third of their length', async () => {
    const world = setUp();
    world.held.add(run('1', 'a'), Date.now());
    world.held.start();
    await third();
    await third();
    world.held.stop();
    await third();
    expect(world.renewed).toEqual([['1'], ['1']]);
  });

  it.each([
    ['were taken nobody knows when', (held: HeldRuns) => held.add(run('1', 'a'), 0)],
    ['seem to come from the future, because the clock was set back', (held: HeldRuns) => held.add(run('1', 'a'), Date.now() + 60_000)],
  ])('are due at once when they %s', async (_, add) => {
    const world = setUp();
    world.held.start();
    await vi.advanceTimersByTimeAsync(LEASE_MS / 3 - 1);
    add(world.held);
    await vi.advanceTimersByTimeAsync(1);
    expect(world.renewed).toEqual([['1']]);
    world.held.stop();
  });

  it('that have just been taken are left for the next time, and never come near their end', async () => {
    const world = setUp();
    world.held.start();
    await vi.advanceTimersByTimeAsync(LEASE_MS / 3 - 1);
    world.held.take([run('1', 'a')], Date.now());
    await vi.advanceTimersByTimeAsync(1);
    expect(world.renewed).toEqual([]);
    await third();
    expect(world.renewed).toEqual([['1']]);
    world.held.stop();
  });

  it('count from when the claim was sent, however long its answer took', async () => {
    const world = setUp();
    const since = Date.now();
    world.held.start();
    await vi.advanceTimersByTimeAsync(LEASE_MS / 3 - 1);
    world.held.take([run('1', 'a')], since);
    await vi.advanceTimersByTimeAsync(1);
    expect(world.renewed).toEqual([['1']]);
    world.held.stop();
  });

  it('that are gone are told of, but not those of runs that ended meanwhile', async () => {
    const world = setUp();
    world.held.add(run('1', 'a'), 0);
    world.held.add(run('2', 'a'), 0);
    world.lost = new Set(['1', '2']);
    world.onRenew = () => world.held.forget('2');
    world.held.start();
    await third();
    expect(world.renewed).toEqual([['1', '2']]);
    expect(ids(world.gone)).toEqual(['1']);
    world.held.stop();
  });

  it('that could not be renewed are due the next time', async () => {
    const world = setUp();
    world.held.add(run('1', 'a'), 0);
    world.failures = 1;
    world.held.start();
    await third();
    expect(world.renewed).toEqual([]);
    await third();
    expect(world.renewed).toEqual([['1']]);
    world.held.stop();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Neighbours, type NeighboursDeps, type Present } from '../Neighbours';

const EVERY_MS = 3_000;
const KEYS = ['a', 'b', 'c', 'd'];

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The process q, and what it is told. */
function setUp(deps: Partial<NeighboursDeps> = {}) {
  const world = { owners: ['p', 'q'], keys: KEYS, serving: true, announced: [] as number[], said: [] as string[] };
  const say = (message: string) => world.said.push(message);
  const neighbours = new Neighbours(
    {
      announce: async () => {
        world.announced.push(Date.now());
        return { owners: world.owners, keys: world.keys };
      },
      withdraw: async () => void say('withdraw'),
      serving: () => world.serving,
      isDead: () => false,
      log: { debug: say, info: say, warn: say, error: say },
      ...deps,
    },
    'q',
    EVERY_MS,
  );
  return Object.assign(world, { neighbours });
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Announcements that the test answers, in the order in which they were made. */
function answeredByHand() {
  const waiting: Array<(owners: string[]) => void> = [];
  const announce = () => new Promise<Present>((resolve) => waiting.push((owners) => resolve({ owners, keys: KEYS })));
  return { waiting, announce };
}

describe('a process', () => {
  it('announces itself when it starts and at every interval', async () => {
    const world = setUp();
    const startedAt = Date.now();
    world.neighbours.start();
    await pass(2 * EVERY_MS);
    expect(world.announced.map((at) => at - startedAt)).toEqual([0, EVERY_MS, 2 * EVERY_MS]);
  });

  it('does so no more often when it is started twice', async () => {
    const world = setUp();
    world.neighbours.start();
    await pass(0);
    world.neighbours.start();
    await pass(EVERY_MS);
    expect(world.announced).toHaveLength(3);
    await world.neighbours.stop();
    await pass(2 * EVERY_MS);
    expect(world.announced).toHaveLength(3);
  });

  it('learns which workflows belong to others, and of those who come and go', async () => {
    const world = setUp();
    expect(world.neighbours.foreignKeys).toEqual([]);
    world.neighbours.start();
    await pass(0);
    expect(world.neighbours.foreignKeys).toEqual(['a', 'c']);
    world.owners = ['p', 'q', 'r'];
    await pass(EVERY_MS);
    expect(world.neighbours.foreignKeys).toEqual(['a', 'c', 'd']);
    world.owners = ['q'];
    await pass(EVERY_MS);
    expect(world.neighbours.foreignKeys).toEqual([]);
  });

  it('leaves out who is dead, but never itself', async () => {
    const world = setUp({ isDead: (owner) => owner !== 'r' });
    world.owners = ['p', 'q', 'r'];
    world.neighbours.start();
    await pass(0);
    expect(world.neighbours.foreignKeys).toEqual(['b', 'd']);
  });

  it('that only answers requests never announces itself; it does once it executes', async () => {
    const world = setUp();
    world.serving = false;
    world.neighbours.start();
    await pass(3 * EVERY_MS);
    expect(world.announced).toEqual([]);
    expect(world.neighbours.foreignKeys).toEqual([]);
    world.serving = true;
    await pass(EVERY_MS);
    expect(world.announced).toHaveLength(1);
  });

  it('that cannot reach the others keeps to what it saw last, and tries again', async () => {
    const answers: Array<() => string[]> = [
      () => ['p', 'q'],
      () => {
        throw new Error('connection gone');
      },
      () => ['q'],
    ];
    const world = setUp({ announce: async () => ({ owners: answers.shift()!(), keys: KEYS }) });
    world.neighbours.start();
    await pass(EVERY_MS);
    expect(world.said).toHaveLength(1);
    expect(world.neighbours.foreignKeys).toEqual(['a', 'c']);
    await pass(EVERY_MS);
    expect(world.neighbours.foreignKeys).toEqual([]);
  });

  it('looks once at a time', async () => {
    const { waiting, announce } = answeredByHand();
    const world = setUp({ announce });
    world.neighbours.start();
    await pass(2 * EVERY_MS);
    expect(waiting).toHaveLength(1);
    waiting[0]!(['p', 'q']);
    await pass(EVERY_MS);
    expect(waiting).toHaveLength(2);
  });
});

describe('a process that stops', () => {
  it('withdraws, forgets the others and announces itself no more', async () => {
    const world = setUp();
    world.neighbours.start();
    await pass(0);
    await world.neighbours.stop();
    expect(world.said).toEqual(['withdraw']);
    expect(world.neighbours.foreignKeys).toEqual([]);
    await pass(3 * EVERY_MS);
    expect(world.announced).toHaveLength(1);
  });

  it('stops although it cannot withdraw', async () => {
    const world = setUp({ withdraw: () => Promise.reject(new Error('connection gone')) });
    world.neighbours.start();
    await pass(0);
    await world.neighbours.stop();
    expect(world.said).toHaveLength(1);
    expect(world.neighbours.foreignKeys).toEqual([]);
  });

  it('withdraws after a look that is under way, which leaves nothing behind', async () => {
    const { waiting, announce } = answeredByHand();
    const world = setUp({ announce });
    world.neighbours.start();
    const stopped = world.neighbours.stop();
    await pass(EVERY_MS);
    expect(world.said).toEqual([]);
    waiting[0]!(['p', 'q']);
    await stopped;
    expect(world.said).toEqual(['withdraw']);
    expect(world.neighbours.foreignKeys).toEqual([]);
    expect(waiting).toHaveLength(1);
  });

  it('has nothing to withdraw when it never announced itself, or has withdrawn', async () => {
    const world = setUp();
    await world.neighbours.stop();
    world.serving = false;
    world.neighbours.start();
    await world.neighbours.stop();
    expect(world.said).toEqual([]);
    world.serving = true;
    world.neighbours.start();
    await world.neighbours.stop();
    await world.neighbours.stop();
    expect(world.said).toEqual(['withdraw']);
  });

  it('stays where it is when it is started again before it has stopped', async () => {
    const { waiting, announce } = answeredByHand();
    const world = setUp({ announce });
    world.neighbours.start();
    const stopped = world.neighbours.stop();
    world.neighbours.start();
    waiting[0]!(['p', 'q']);
    await stopped;
    expect(world.said).toEqual([]);
    expect(world.neighbours.foreignKeys).toEqual(['a', 'c']);
  });

  it('begins anew when it is started again', async () => {
    const world = setUp();
    world.neighbours.start();
    await pass(0);
    await world.neighbours.stop();
    world.neighbours.start();
    await pass(0);
    expect(world.neighbours.foreignKeys).toEqual(['a', 'c']);
  });
});

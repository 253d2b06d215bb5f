import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClaimRequest } from '../ports';
import { keysOfOthers, SharedClaims, type Room } from '../share';
import type { ClaimedRun } from '../types';

const names = { minLength: 1, maxLength: 6 };
const keys = fc.uniqueArray(fc.string(names), { maxLength: 30 });
const owners = fc.uniqueArray(fc.string(names), { minLength: 1, maxLength: 6 });

/** What belongs to each owner, as it sees it. */
const dealt = (all: string[], everyone: string[]) =>
  everyone.map((owner) => {
    const foreign = new Set(keysOfOthers(all, everyone, owner));
    return all.filter((key) => !foreign.has(key));
  });

describe('the workflows', () => {
  it('each belong to one process', () => {
    fc.assert(
      fc.property(keys, owners, (all, everyone) => {
        expect(dealt(all, everyone).flat().sort()).toEqual([...all].sort());
      }),
    );
  });

  it('are as many for every process, give or take one', () => {
    fc.assert(
      fc.property(keys, owners, (all, everyone) => {
        const counts = dealt(all, everyone).map((own) => own.length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are dealt out in the same way whatever the order in which keys and processes are known, and how often', () => {
    const shuffled = (values: string[]) => fc.shuffledSubarray(values, { minLength: values.length });
    const both = fc.tuple(keys, owners).chain(([all, everyone]) => fc.tuple(fc.constant(all), fc.constant(everyone), shuffled(all), shuffled(everyone)));
    fc.assert(
      fc.property(both, ([all, everyone, otherKeys, otherOwners]) => {
        const self = everyone[0]!;
        expect(keysOfOthers([...otherKeys, ...all], [...otherOwners, ...everyone], self)).toEqual(keysOfOthers(all, everyone, self));
      }),
    );
  });

  it('are dealt out in turn', () => {
    expect(keysOfOthers(['c', 'a', 'b'], ['q', 'p'], 'p')).toEqual(['b']);
    expect(keysOfOthers(['c', 'a', 'b'], ['q', 'p'], 'q')).toEqual(['a', 'c']);
  });

  it.each([
    ['that is alone', ['p']],
    ['that the others do not know of', ['q', 'r']],
    ['that knows of nobody, not even of itself', []],
  ])('are all its own for a process %s', (_, everyone) => {
    expect(keysOfOthers(['a', 'b', 'c'], everyone, 'p')).toEqual([]);
  });

  it('may be fewer than the processes', () => {
    expect(dealt(['a'], ['p', 'q', 'r'])).toEqual([['a'], [], []]);
  });
});

describe('a claim', () => {
  const request: ClaimRequest = { owner: 'p', leaseMs: 9_000, limit: 100, exceptKeys: ['crowded'] };
  const own: ClaimRequest = { ...request, exceptKeys: ['crowded', 'a', 'b'] };
  const runs = (key: string, ...ids: string[]) => ids.map((id) => ({ id, key }) as ClaimedRun);

  /** A process to which a and b do not belong, with lanes, and a store that finds this, one claim after the other. */
  function setUp(...found: Array<ClaimedRun[] | Error>) {
    const world = {
      asked: [] as ClaimRequest[],
      taken: [] as ClaimedRun[],
      foreignKeys: ['a', 'b'],
      places: 20,
      lanes: [] as string[],
      claim: () => claims.claim(request, room, take),
      hasRoomAgain: () => claims.hasRoomAgain(room),
    };
    const room: Room = {
      get places() {
        return world.places;
      },
      crowded: (length) => (length === 0 ? world.lanes : []),
    };
    const take = (claimed: ClaimedRun[]) => {
      world.taken.push(...claimed);
      world.places -= claimed.length;
    };
    const claim = async (one: ClaimRequest) => {
      world.asked.push(one);
      const answer = found.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const claims = new SharedClaims({ claim }, () => world.foreignKeys);
    return world;
  }

  it('is one like any other when nothing belongs to others', async () => {
    const world = setUp(runs('a', '1'));
    world.foreignKeys = [];
    expect(await world.claim()).toBe(1);
    expect(world.asked).toEqual([request]);
    expect(world.taken).toEqual(runs('a', '1'));
  });

  it('takes what is its own first, and what belongs to others for the places that are left', async () => {
    const world = setUp(runs('mine', '5', '6'), runs('a', '1', '2'));
    expect(await world.claim()).toBe(4);
    expect(world.asked).toEqual([own, { ...request, limit: 18, exceptKeys: ['crowded', 'mine'] }]);
    expect(world.taken).toEqual([...runs('mine', '5', '6'), ...runs('a', '1', '2')]);
  });

  it('never takes more than it was asked for', async () => {
    const world = setUp();
    world.places = 500;
    await world.claim();
    expect(world.asked.map(({ limit }) => limit)).toEqual([100, 100]);
  });

  it.each([
    ['fills all places', 3, runs('mine', '1', '2', '3')],
    ['does not, and there are none', 0, []],
  ])('leaves others alone when its own %s', async (_, places, found) => {
    const world = setUp(found);
    world.places = places;
    expect(await world.claim()).toBe(found.length);
    expect(world.asked).toEqual([own]);
  });

  it('leaves others alone when it found so much of its own that it looks again at once', async () => {
    const world = setUp(runs('mine', ...Array.from({ length: 50 }, (_, i) => `${i}`)));
    world.places = 500;
    expect(await world.claim()).toBe(50);
    expect(world.asked).toEqual([own]);
    expect(world.hasRoomAgain()).toBe(false);
  });

  it('takes no more of a workflow of others that is being executed here already', async () => {
    const world = setUp();
    world.lanes = ['b', 'mine'];
    await world.claim();
    expect(world.asked[1]!.exceptKeys).toEqual(['crowded', 'b']);
  });

  it('hands on what is its own before it looks at others, and fails when those cannot be looked at', async () => {
    const world = setUp(runs('mine', '5'), new Error('connection gone'));
    await expect(world.claim()).rejects.toThrow('connection gone');
    expect(world.taken).toEqual(runs('mine', '5'));
  });

  it('is worth repeating as soon as there is a place again, once, when it found nothing for want of one', async () => {
    const world = setUp();
    world.places = 0;
    await world.claim();
    expect(world.hasRoomAgain()).toBe(false);
    world.places = 1;
    expect([world.hasRoomAgain(), world.hasRoomAgain()]).toEqual([true, false]);
  });

  it('is worth repeating, once, when a workflow of others has come to rest here, of which it took no more', async () => {
    const world = setUp();
    world.lanes = ['a', 'b', 'mine'];
    await world.claim();
    expect(world.hasRoomAgain()).toBe(false);
    world.lanes = ['a', 'b'];
    expect(world.hasRoomAgain()).toBe(false);
    world.lanes = ['b'];
    expect([world.hasRoomAgain(), world.hasRoomAgain()]).toEqual([true, false]);
  });

  it('is not when it found something, or had places', async () => {
    const world = setUp(runs('mine', '5'));
    world.places = 1;
    await world.claim();
    world.places = 1;
    expect(world.hasRoomAgain()).toBe(false);
    await world.claim();
    expect(world.hasRoomAgain()).toBe(false);
  });
});

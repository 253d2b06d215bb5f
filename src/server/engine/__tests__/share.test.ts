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
  const PATIENCE_MS = 1_000;
  const request: ClaimRequest = { owner: 'p', leaseMs: 9_000, limit: 100, exceptKeys: ['crowded'] };
  const own: ClaimRequest = { ...request, exceptKeys: ['crowded', 'a', 'b'] };
  const runs = (...ids: string[]) => ids.map((id) => ({ id }) as ClaimedRun);

  /** A process to which a and b do not belong, and a store that finds this, one claim after the other. */
  function setUp(...found: Array<ClaimedRun[] | Error>) {
    const world = {
      asked: [] as ClaimRequest[],
      foreignKeys: ['a', 'b'],
      now: PATIENCE_MS,
      room: { places: 20, lanes: [] as string[] },
      claim: () => claims.claim(request, roomOf(world.room)),
      hasRoomAgain: () => claims.hasRoomAgain(roomOf(world.room)),
    };
    const roomOf = ({ places, lanes }: typeof world.room): Room => ({ places, crowded: (length) => (length === 0 ? lanes : []) });
    const claim = async (one: ClaimRequest) => {
      world.asked.push(one);
      const answer = found.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const claims = new SharedClaims({ claim }, { now: () => world.now }, () => world.foreignKeys, PATIENCE_MS);
    return world;
  }

  /** One that has just looked at what belongs to others. */
  async function setUpLooked(...found: Array<ClaimedRun[] | Error>) {
    const world = setUp([], [], ...found);
    await world.claim();
    world.asked.length = 0;
    return world;
  }

  it('is one like any other when nothing belongs to others', async () => {
    const world = setUp(runs('1'));
    world.foreignKeys = [];
    expect(await world.claim()).toEqual(runs('1'));
    expect(world.asked).toEqual([request]);
  });

  it('takes what is its own first, and what belongs to others for the places that are left', async () => {
    const world = setUp(runs('5', '6'), runs('1', '2'));
    expect(await world.claim()).toEqual(runs('5', '6', '1', '2'));
    expect(world.asked).toEqual([own, { ...request, limit: 18 }]);
  });

  it('never takes more than it was asked for', async () => {
    const world = setUp();
    world.room.places = 500;
    await world.claim();
    expect(world.asked.map(({ limit }) => limit)).toEqual([100, 100]);
  });

  it.each([
    ['fills all places', 20, runs('1', '2', '3')],
    ['does not, and there are none', 0, []],
  ])('leaves others alone when its own %s', async (_, places, found) => {
    const world = await setUpLooked(found);
    world.room.places = Math.min(places, found.length);
    expect(await world.claim()).toEqual(found);
    expect(world.asked).toEqual([own]);
  });

  it('takes no more of a workflow of others that is being executed here already', async () => {
    const world = setUp();
    world.room.lanes = ['b', 'mine'];
    await world.claim();
    expect(world.asked[1]!.exceptKeys).toEqual(['crowded', 'b']);
  });

  it('takes one of others now and then without a place for it', async () => {
    const world = await setUpLooked(runs('5'), runs('6'), runs('1'), runs('7'));
    world.room.places = 0;
    world.now += PATIENCE_MS - 1;
    await world.claim();
    expect(world.asked).toEqual([own]);
    world.now += 1;
    expect(await world.claim()).toEqual(runs('6', '1'));
    expect(world.asked.slice(1)).toEqual([own, { ...request, limit: 1 }]);
    await world.claim();
    expect(world.asked).toHaveLength(4);
  });

  it('keeps what is its own when others cannot be looked at', async () => {
    const world = setUp(runs('5'), new Error('connection gone'));
    expect(await world.claim()).toEqual(runs('5'));
  });

  it('fails when nothing is its own and others cannot be looked at', async () => {
    await expect(setUp([], new Error('connection gone')).claim()).rejects.toThrow('connection gone');
  });

  it('is worth repeating as soon as there is a place again, once, when it found nothing for want of one', async () => {
    const world = await setUpLooked();
    world.room.places = 0;
    await world.claim();
    expect(world.hasRoomAgain()).toBe(false);
    world.room.places = 1;
    expect([world.hasRoomAgain(), world.hasRoomAgain()]).toEqual([true, false]);
  });

  it('is worth repeating, once, when a workflow of others has come to rest here, of which it took no more', async () => {
    const world = setUp();
    world.room.lanes = ['a', 'b', 'mine'];
    await world.claim();
    expect(world.hasRoomAgain()).toBe(false);
    world.room.lanes = ['a', 'b'];
    expect(world.hasRoomAgain()).toBe(false);
    world.room.lanes = ['b'];
    expect([world.hasRoomAgain(), world.hasRoomAgain()]).toEqual([true, false]);
  });

  it('is not when it found something, or had places', async () => {
    const world = await setUpLooked(runs('5'));
    expect(world.hasRoomAgain()).toBe(false);
    world.room.places = 0;
    await world.claim();
    world.room.places = 1;
    expect(world.hasRoomAgain()).toBe(false);
  });
});

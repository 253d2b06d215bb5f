import { describe, expect, it } from 'vitest';
import { Lanes, type Place } from '../Lanes';
import type { ClaimedRun } from '../types';

function setUp(parallel = 10) {
  const places = new Map<string, Place>();
  const started: string[] = [];
  const lanes = new Lanes(parallel, ({ id }, place) => {
    started.push(id);
    places.set(id, place);
  });
  return { lanes, started, leave: (id: string) => places.get(id)!.leave(), allow: (id: string, n: number) => places.get(id)!.allow(n) };
}

const claims = (...ids: string[]) => ids.map((id) => ({ id, key: id[0] }) as ClaimedRun);

describe('lanes', () => {
  it('start the runs of one workflow one after the other, in order', () => {
    const { lanes, started, leave } = setUp();
    lanes.add(claims('a1', 'a2'));
    lanes.add(claims('a3'));
    expect(started).toEqual(['a1']);
    leave('a1');
    leave('a1');
    expect(started).toEqual(['a1', 'a2']);
    leave('a2');
    leave('a3');
    expect(started).toEqual(['a1', 'a2', 'a3']);
  });

  it('move side by side', () => {
    const { lanes, started, leave } = setUp();
    lanes.add(claims('a1', 'a2', 'b1', 'c1', 'b2'));
    expect(started).toEqual(['a1', 'b1', 'c1']);
    leave('b1');
    expect(started).toEqual(['a1', 'b1', 'c1', 'b2']);
  });

  it('are wider as soon as it is known that the workflow allows it', () => {
    const { lanes, started, leave, allow } = setUp();
    lanes.add(claims('a1', 'a2', 'a3', 'a4'));
    allow('a1', 3);
    expect(started).toEqual(['a1', 'a2', 'a3']);
    leave('a2');
    expect(started).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('stay below the limit of the process', () => {
    const { lanes, started, leave, allow } = setUp(2);
    lanes.add(claims('a1', 'b1', 'c1', 'a2'));
    allow('a1', 9);
    expect(started).toEqual(['a1', 'b1']);
    leave('b1');
    expect(started).toHaveLength(3);
  });

  it('know how many wait', () => {
    const { lanes } = setUp();
    lanes.add(claims('a1', 'a2', 'a3', 'b1', 'b2'));
    expect(lanes.waiting('a')).toBe(2);
    expect(lanes.waiting('z')).toBe(0);
    expect(lanes.crowded(2)).toEqual(['a']);
    expect(lanes.crowded(1)).toEqual(['a', 'b']);
  });

  it('give back who waits', () => {
    const { lanes, started, leave } = setUp();
    lanes.add(claims('a1', 'a2', 'a3', 'b1', 'b2'));
    lanes.remove({ id: 'a2', key: 'a' } as ClaimedRun);
    lanes.remove({ id: 'a1', key: 'a' } as ClaimedRun);
    lanes.remove({ id: 'z1', key: 'z' } as ClaimedRun);
    expect(lanes.takeWaiting('a').map(({ id }) => id)).toEqual(['a3']);
    expect(lanes.takeWaiting('z')).toEqual([]);
    expect(lanes.takeWaiting().map(({ id }) => id)).toEqual(['b2']);
    leave('a1');
    leave('b1');
    expect(started).toEqual(['a1', 'b1']);
    lanes.add(claims('a4'));
    expect(started).toEqual(['a1', 'b1', 'a4']);
  });
});

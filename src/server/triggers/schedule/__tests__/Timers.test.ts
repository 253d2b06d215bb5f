import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Timers } from '../Timers';

const START = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;

describe('Timers', () => {
  let timers: Timers;
  let called: string[];
  const note = (name: string) => () => called.push(name);

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    timers = new Timers();
    called = [];
  });

  afterEach(() => {
    timers.clear();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test('calls at the instant, not before', () => {
    timers.set('a', START + 5000, note('a'));
    vi.advanceTimersByTime(4999);
    expect(called).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(called).toEqual(['a']);
    expect(timers.nextAt).toBeNull();
  });

  test('waits longer than the longest possible timeout', () => {
    timers.set('a', START + 60 * DAY_MS, note('a'));
    vi.advanceTimersByTime(60 * DAY_MS - 1);
    expect(called).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(called).toEqual(['a']);
  });

  test('never arms the same instant of a group twice', () => {
    timers.set('a', START + 5000, note('first'));
    timers.set('a', START + 5000, note('second'));
    timers.set('b', START + 5000, note('other'));
    vi.advanceTimersByTime(5000);
    expect(called).toEqual(['first', 'other']);
  });

  test('calls what has passed', () => {
    timers.set('a', START - 5000, note('late'));
    vi.advanceTimersByTime(0);
    expect(called).toEqual(['late']);
  });

  test('notices a clock that was put forward', () => {
    timers.set('a', START + DAY_MS, note('a'));
    vi.setSystemTime(START + DAY_MS);
    vi.advanceTimersByTime(60_000);
    expect(called).toEqual(['a']);
  });

  test('goes on waiting when the clock was put back', () => {
    timers.set('a', START + 1000, note('a'));
    vi.setSystemTime(START - DAY_MS);
    vi.advanceTimersByTime(1000);
    expect(called).toEqual([]);
    vi.advanceTimersByTime(DAY_MS);
    expect(called).toEqual(['a']);
  });

  test('clears what is to come, keeps what is due', () => {
    timers.set('a', START - 1, note('due'));
    timers.set('a', START + 1000, note('future'));
    timers.set('b', START + 1000, note('other'));
    timers.clearFuture('a');
    vi.advanceTimersByTime(1000);
    expect(called).toEqual(['due', 'other']);
  });

  test('tells the earliest instant', () => {
    timers.set('a', START + 3000, note('a'));
    timers.set('b', START + 2000, note('b'));
    expect(timers.nextAt).toBe(START + 2000);
    timers.clear();
    expect(timers.nextAt).toBeNull();
  });
});

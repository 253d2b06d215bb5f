import { expect, test } from 'vitest';
import { retryDelay } from '../retryDelay';

test('waits twice as long after each failure, a minute at most', () => {
  const lost = new Error('connection lost');
  expect([0, 1, 2, 5, 6, 50].map((failures) => retryDelay(lost, failures))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
});

test('does not repeat what was refused', () => {
  expect(retryDelay(new Error('event is not valid'), 0)).toBeNull();
});

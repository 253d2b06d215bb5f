import { expect, it } from 'vitest';
import { pauseAfter } from '../Retention';

it('pauses after each transaction, and for three times as long as it took while somebody waits for an answer', () => {
  expect(pauseAfter(50, false)).toBe(20);
  expect(pauseAfter(50, true)).toBe(150);
  expect(pauseAfter(1, true)).toBe(20);
  expect(pauseAfter(20_000, true)).toBe(1_000);
});

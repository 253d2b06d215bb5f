import { expect, test } from 'vitest';
import { toSubject } from '../recordSubject';

test.each([
  [7, '7'],
  ['abc', 'abc'],
  [{ postId: 1, tagId: 2 }, '1,2'],
])('%j becomes %s', (key, expected) => {
  expect(toSubject(key)).toBe(expected);
});

test('long keys become short ones that still differ', () => {
  const [first, second] = [toSubject('x'.repeat(200)), toSubject(`${'x'.repeat(199)}y`)];
  expect(first).toHaveLength(64);
  expect(first).not.toBe(second);
});

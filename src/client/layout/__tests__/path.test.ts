import { expect, it } from 'vitest';
import { roundedPath } from '../path';

it.each<[string, [number, number][], string]>([
  ['a straight line', [[0, 0], [0, 10]], 'M0 0L0 10'],
  ['a corner', [[0, 0], [0, 50], [50, 50]], 'M0 0L0 42Q0 50 8 50L50 50'],
  ['a corner with little room', [[0, 0], [0, 6], [50, 6]], 'M0 0L0 3Q0 6 3 6L50 6'],
  ['points on one line', [[0, 0], [0, 20], [0, 20], [0, 40]], 'M0 0L0 40'],
  ['nothing', [], ''],
])('roundedPath draws %s', (_, points, path) => {
  expect(roundedPath(points)).toBe(path);
});

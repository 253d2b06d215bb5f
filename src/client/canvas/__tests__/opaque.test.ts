import { expect, it } from 'vitest';
import { opaque } from '../styles/opaque';

it.each([
  ['rgba(0, 0, 0, 0.25)', '#f5f5f5', 'rgb(184, 184, 184)'],
  ['rgba(255,255,255,0.25)', '#000000', 'rgb(64, 64, 64)'],
  ['rgb(10, 20, 30)', '#ffffff', 'rgb(10, 20, 30)'],
  ['#0a141e', 'rgba(0,0,0,1)', 'rgb(10, 20, 30)'],
  ['hsl(1 2% 3%)', '#ffffff', 'hsl(1 2% 3%)'],
])('%s on %s', (color, background, result) => {
  expect(opaque(color, background)).toBe(result);
});

import { describe, expect, it } from 'vitest';
import { durationText, relativeTime, toMs } from '../time';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [-30_000, '30 seconds ago'],
    [-119 * MINUTE, '1 hour ago'],
    [-25 * 60 * MINUTE, 'yesterday'],
    [-400 * 24 * 60 * MINUTE, 'last year'],
    [5 * MINUTE, 'in 5 minutes'],
  ])('tells %i ms as "%s"', (distance, text) => {
    expect(relativeTime(NOW + distance, NOW, 'en-US')).toBe(text);
  });

  it('does not tell the future for a clock that runs ahead by a moment', () => {
    expect(relativeTime(NOW + 900, NOW, 'en-US')).toBe('now');
    expect(relativeTime(NOW + 3000, NOW, 'en-US')).toBe('now');
  });

  it('speaks the language of the user', () => {
    expect(relativeTime(NOW - 2 * 60 * MINUTE, NOW, 'fr-FR')).toBe('il y a 2 heures');
  });
});

describe('durationText', () => {
  it.each([
    [-5, '0 ms'],
    [12, '12 ms'],
    [999, '999 ms'],
    [1250, '1.2 sec'],
    [59_999, '59.9 sec'],
    [MINUTE, '1 min'],
    [61 * MINUTE, '1 hr 1 min'],
    [50 * 60 * MINUTE, '2 days 2 hr'],
  ])('shows %i ms as "%s"', (ms, text) => {
    expect(durationText(ms, 'en-US')).toBe(text);
  });
});

it('reads instants, and no instant as none', () => {
  expect(toMs('2026-01-15T12:00:00Z')).toBe(NOW);
  expect([null, undefined, '', 'soon'].map(toMs)).toEqual([undefined, undefined, undefined, undefined]);
});

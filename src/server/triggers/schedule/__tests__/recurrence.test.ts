import { describe, expect, test } from 'vitest';
import { parseConfig, type StaticConfig } from '../config';
import { previewOccurrences } from '../previewOccurrences';
import { isOccurrence, nextOccurrence, occurrencesBetween, type Recurrence } from '../recurrence';

const at = (text: string): number => Date.parse(`2026-01-01T${text}Z`);
const clock = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().slice(11, 23).replace('.000', '');

function recurrence(config: Record<string, unknown>): Recurrence {
  return (parseConfig({ mode: 0, timezone: 'UTC', ...config }) as StaticConfig).recurrence!;
}

describe('nextOccurrence', () => {
  test.each([
    ['once, in the future', { startsOn: '2026-01-01T12:00:00Z' }, '11:00:00', '12:00:00'],
    ['once, now', { startsOn: '2026-01-01T12:00:00Z' }, '12:00:00', null],
    ['once, after the end', { startsOn: '2026-01-01T12:00:00Z', endsOn: '2026-01-01T11:00:00Z' }, '10:00:00', null],
    ['interval, first', { startsOn: '2026-01-01T12:00:00Z', repeat: 2000 }, '11:00:00', '12:00:00'],
    ['interval, running', { startsOn: '2026-01-01T12:00:00Z', repeat: 2000 }, '12:00:03', '12:00:04'],
    ['interval, between seconds', { startsOn: '2026-01-01T12:00:00Z', repeat: 1500 }, '12:00:01', '12:00:01.500'],
    ['interval, end included', { startsOn: '2026-01-01T12:00:00Z', repeat: 2000, endsOn: '2026-01-01T12:00:04Z' }, '12:00:02', '12:00:04'],
    ['interval, over', { startsOn: '2026-01-01T12:00:00Z', repeat: 2000, endsOn: '2026-01-01T12:00:04Z' }, '12:00:04', null],
    ['half an hour after an odd start', { startsOn: '2026-01-01T12:01:23Z', repeat: 1_800_000 }, '12:01:23', '12:31:23'],
    ['cron that the start does not match', { startsOn: '2026-01-01T12:00:01Z', repeat: '*/10 * * * * *' }, '11:00:00', '12:00:10'],
    ['cron that the start matches', { startsOn: '2026-01-01T12:00:10Z', repeat: '*/10 * * * * *' }, '11:00:00', '12:00:10'],
    ['cron, running', { startsOn: '2026-01-01T00:00:00Z', repeat: '1,31 * * * *' }, '12:01:00', '12:31:00'],
    ['cron, over', { startsOn: '2026-01-01T00:00:00Z', repeat: '0 13 * * *', endsOn: '2026-01-01T12:59:59Z' }, '12:00:00', null],
  ])('%s', (_, config, after, expected) => {
    expect(clock(nextOccurrence(recurrence(config), at(after)))).toBe(expected);
  });

  test('a record fires at its start and then by its cron expression', () => {
    const record = { ...recurrence({ startsOn: '2026-01-01T12:00:01Z', repeat: '0 * * * * *' }), includesStart: true };
    expect(clock(nextOccurrence(record, at('11:00:00')))).toBe('12:00:01');
    expect(clock(nextOccurrence(record, at('12:00:01')))).toBe('12:01:00');
  });
});

describe('occurrencesBetween', () => {
  const HOURLY = { startsOn: '2026-01-01T10:00:00Z', repeat: 3_600_000 };
  test.each([
    ['once, inside', { startsOn: '2026-01-01T12:00:00Z' }, ['11:00:00', '12:00:00', 5], ['12:00:00']],
    ['once, at the open end', { startsOn: '2026-01-01T12:00:00Z' }, ['12:00:00', '13:00:00', 5], []],
    ['interval', HOURLY, ['11:00:00', '14:00:00', 5], ['12:00:00', '13:00:00', '14:00:00']],
    ['interval, from before the start', HOURLY, ['08:00:00', '11:30:00', 5], ['10:00:00', '11:00:00']],
    ['interval, latest only', HOURLY, ['08:00:00', '20:00:00', 2], ['19:00:00', '20:00:00']],
    ['interval, up to its end', { ...HOURLY, endsOn: '2026-01-01T12:30:00Z' }, ['08:00:00', '20:00:00', 2], ['11:00:00', '12:00:00']],
    ['interval, before its start', HOURLY, ['08:00:00', '09:59:59', 5], []],
    ['cron', { startsOn: '2026-01-01T10:15:00Z', repeat: '0 * * * *' }, ['08:00:00', '12:30:00', 5], ['11:00:00', '12:00:00']],
    ['cron, latest only', { startsOn: '2026-01-01T10:15:00Z', repeat: '0 * * * *' }, ['08:00:00', '12:30:00', 1], ['12:00:00']],
  ] as Array<[string, Record<string, unknown>, [string, string, number], string[]]>)('%s', (_, config, [from, to, max], expected) => {
    const found = occurrencesBetween(recurrence(config), { from: at(from), to: at(to), max });
    expect(found.map(clock)).toEqual(expected);
    expect(found.every((instant) => isOccurrence(recurrence(config), instant))).toBe(true);
  });

  test('the start of a record counts next to its cron expression', () => {
    const record = { ...recurrence({ startsOn: '2026-01-01T10:15:00Z', repeat: '0 * * * *' }), includesStart: true };
    const window = { from: at('10:00:00'), to: at('12:00:00') };
    expect(occurrencesBetween(record, { ...window, max: 9 }).map(clock)).toEqual(['10:15:00', '11:00:00', '12:00:00']);
    expect(occurrencesBetween(record, { ...window, max: 2 }).map(clock)).toEqual(['11:00:00', '12:00:00']);
  });
});

describe('previewOccurrences', () => {
  const config = { mode: 0, startsOn: '2026-03-01T00:00:00', repeat: '30 2 * * *', timezone: 'Europe/Berlin' };

  test('shows the coming firings in the zone of the schedule', () => {
    expect(previewOccurrences(config, Date.parse('2026-03-28T12:00:00Z'), 2).map((date) => date.toISOString())).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  test.each([
    [undefined, 3, 5],
    [4, 3, 1],
    [3, 3, 0],
    [2, 3, 0],
  ])('limit %s with %s executions leaves %s of five', (limit, executed, expected) => {
    expect(previewOccurrences({ ...config, limit }, Date.parse('2026-03-28T12:00:00Z'), 5, executed)).toHaveLength(expected);
  });

  test.each([{}, { mode: 1, startsOn: { field: 'createdAt' } }, { mode: 0 }, { mode: 0, startsOn: 'nonsense' }])(
    'has nothing to show for %j',
    (other) => {
      expect(previewOccurrences(other, 0, 5)).toEqual([]);
    },
  );
});

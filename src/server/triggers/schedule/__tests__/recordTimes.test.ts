import { describe, expect, test } from 'vitest';
import { parseConfig, type DateFieldConfig } from '../config';
import { getRecordRecurrence } from '../recordTimes';

const RECORD: Record<string, unknown> = {
  createdAt: new Date('2026-01-01T12:00:00.750Z'),
  local: '2026-03-29 02:30:00',
  day: '2026-06-01',
  closedAt: '2026-01-02T00:00:00.000Z',
  empty: null,
};

function times(config: Record<string, unknown>): [string | null, string | null] | null {
  const found = getRecordRecurrence(parseConfig({ mode: 1, ...config }) as DateFieldConfig, (field) => RECORD[field]);
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return found && [iso(found.startAt), iso(found.endAt)];
}

describe('getRecordRecurrence', () => {
  test.each<[string, Record<string, unknown>, [string | null, string | null] | null]>([
    ['cuts off milliseconds', { startsOn: { field: 'createdAt' } }, ['2026-01-01T12:00:00.000Z', null]],
    ['moves by days unless told', { startsOn: { field: 'createdAt', offset: 1 } }, ['2026-01-02T12:00:00.000Z', null]],
    ['moves back', { startsOn: { field: 'createdAt', offset: -2, unit: 1000 } }, ['2026-01-01T11:59:58.000Z', null]],
    ['reads local times in the zone', { startsOn: { field: 'local' }, timezone: 'Europe/Berlin' }, ['2026-03-29T01:00:00.000Z', null]],
    ['reads days in the zone', { startsOn: { field: 'day' }, timezone: 'Asia/Tokyo' }, ['2026-05-31T15:00:00.000Z', null]],
    [
      'ends at a field',
      { startsOn: { field: 'createdAt' }, endsOn: { field: 'closedAt', offset: 1, unit: 3_600_000 } },
      ['2026-01-01T12:00:00.000Z', '2026-01-02T01:00:00.000Z'],
    ],
    ['ends at a time', { startsOn: { field: 'createdAt' }, endsOn: '2026-02-01T00:00:00Z' }, ['2026-01-01T12:00:00.000Z', '2026-02-01T00:00:00.000Z']],
    ['an empty end is no end', { startsOn: { field: 'createdAt' }, endsOn: {} }, ['2026-01-01T12:00:00.000Z', null]],
    ['an empty end field is no end', { startsOn: { field: 'createdAt' }, endsOn: { field: 'empty' } }, ['2026-01-01T12:00:00.000Z', null]],
    ['an empty start is no schedule', { startsOn: { field: 'empty' } }, null],
    ['a missing start is no schedule', { startsOn: {} }, null],
  ])('%s', (_, config, expected) => {
    expect(times(config)).toEqual(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { describeRepeat, splitInterval } from '../../kinds/repeat';
import { curlLine } from '../CallExample';
import { repeatProblem } from '../RepeatInput';
import { readTime, writeTime } from '../zonedTime';

const t = (key: string, values: Record<string, unknown> = {}) => key.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name]));
const shown = (value: unknown, zone?: string) => readTime(value, zone)?.format('YYYY-MM-DD HH:mm:ss') ?? null;

describe('times of a zone', () => {
  test('an instant is shown as the clocks of the zone show it', () => {
    expect(shown('2026-01-01T00:00:00.000Z', 'Asia/Tokyo')).toBe('2026-01-01 09:00:00');
    expect(shown('2026-07-01T00:00:00+02:00', 'America/New_York')).toBe('2026-06-30 18:00:00');
  });
  test('a local time stays as it is', () => {
    expect(shown('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29 02:30:00');
    expect(writeTime(readTime('2026-03-29T02:30:00', 'Asia/Tokyo'), 'Asia/Tokyo')).toBe('2026-03-29T02:30:00');
  });
  test('without a zone, instants', () => {
    expect(writeTime(readTime('2026-01-01T00:00:00.123Z'))).toBe('2026-01-01T00:00:00.000Z');
    expect(writeTime(null)).toBeUndefined();
    expect([shown(''), shown('x'), shown({ field: 'a' }), shown('nonsenseZ', 'Asia/Tokyo')]).toEqual([null, null, null, null]);
  });
});

describe('repetition', () => {
  test.each([
    [86_400_000, { count: 1, unit: 'day' }],
    [5_400_000, { count: 90, unit: 'minute' }],
    [1500, { count: 1.5, unit: 'second' }],
  ])('%d ms', (ms, parts) => expect(splitInterval(ms)).toEqual(parts));

  test.each<[unknown, string]>([
    [null, 'Once'], ['', 'Once'], [60_000, 'Every minute'], [7_200_000, 'Every 2 hours'], ['*/5 * * * *', 'Cron: */5 * * * *'],
  ])('%j in words', (repeat, words) => expect(describeRepeat(repeat, t)).toBe(words));

  test.each<[unknown, boolean]>([
    [null, true], [1000, true], [999, false], ['* * * * *', true], ['0 * * * * *', true], ['@daily', true], ['* * *', false], [' ', false],
  ])('%j may be saved: %s', (repeat, isFine) => expect(repeatProblem(repeat, t) === null).toBe(isFine));
});

test('a request names the data source and, for local workflows, the key', () => {
  const local = curlLine('http://host/api/', { workflowKey: 'k 1', collection: 'crm:tickets', isGlobal: false });
  expect(local).toContain("'http://host/api/tickets:create?triggerWorkflows=k%201'");
  expect(local).toContain("-H 'X-Data-Source: crm'");
  expect(curlLine('http://host/api', { workflowKey: 'k', collection: 'orders', isGlobal: true })).toContain("'http://host/api/orders:create'");
});

import { describe, expect, test } from 'vitest';
import { cronBetween, cronProblem, nextCron } from '../cron';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

function following(expression: string, zone: string, { from, count }: { from: string; count: number }): string[] {
  const found: string[] = [];
  for (let next = nextCron(expression, zone, at(from)); next !== null && found.length < count; ) {
    found.push(iso(next));
    next = nextCron(expression, zone, next);
  }
  return found;
}

describe('cronProblem', () => {
  test.each(['* * * * *', '*/2 * * * * *', '0 0 29 2 *', '0 9 * * 1-5', '@daily', '0 0 L * *'])('%s is fine', (text) => {
    expect(cronProblem(text)).toBeNull();
  });

  test.each(['abc', '61 * * * *', '* * *', '* * * * * * *', '0 0 31 2 *', '@never', '* * * * mon-'])('%s is not', (text) => {
    expect(cronProblem(text)).toEqual(expect.any(String));
  });
});

/** zone, expression, from, expected firings */
const CASES: Array<[string, string, string, { from: string; expected: string[] }]> = [
  [
    'an hour that New York skips',
    'America/New_York',
    '0 2 * * *',
    { from: '2026-03-07T00:00:00Z', expected: ['2026-03-07T07:00:00Z', '2026-03-08T07:00:00Z', '2026-03-09T06:00:00Z'] },
  ],
  [
    'half past an hour that Berlin skips',
    'Europe/Berlin',
    '30 2 * * *',
    { from: '2026-03-28T00:00:00Z', expected: ['2026-03-28T01:30:00Z', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'] },
  ],
  [
    'several times within a skipped hour happen once',
    'Europe/London',
    '*/20 1 * * *',
    {
      from: '2026-03-29T00:00:00Z',
      expected: ['2026-03-29T01:00:00Z', '2026-03-30T00:00:00Z', '2026-03-30T00:20:00Z', '2026-03-30T00:40:00Z'],
    },
  ],
  [
    'midnight that Santiago skips',
    'America/Santiago',
    '0 0 * * *',
    { from: '2026-09-05T00:00:00Z', expected: ['2026-09-05T04:00:00Z', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'] },
  ],
  [
    'a half hour that Lord Howe skips',
    'Australia/Lord_Howe',
    '15 2 * * *',
    { from: '2026-10-02T00:00:00Z', expected: ['2026-10-02T15:45:00Z', '2026-10-03T15:30:00Z', '2026-10-04T15:15:00Z'] },
  ],
  [
    'an hour that New York doubles',
    'America/New_York',
    '30 1 * * *',
    { from: '2026-10-31T00:00:00Z', expected: ['2026-10-31T05:30:00Z', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'] },
  ],
  [
    'a doubled hour from within its second pass',
    'America/New_York',
    '*/30 1 * * *',
    { from: '2026-11-01T06:10:00Z', expected: ['2026-11-02T06:00:00Z', '2026-11-02T06:30:00Z'] },
  ],
  [
    'the last hour of a day that Santiago doubles',
    'America/Santiago',
    '30 23 * * *',
    { from: '2026-04-04T00:00:00Z', expected: ['2026-04-04T02:30:00Z', '2026-04-05T02:30:00Z', '2026-04-06T03:30:00Z'] },
  ],
  [
    'a half hour that Lord Howe doubles',
    'Australia/Lord_Howe',
    '45 1 * * *',
    { from: '2026-04-03T00:00:00Z', expected: ['2026-04-03T14:45:00Z', '2026-04-04T14:45:00Z', '2026-04-05T15:15:00Z'] },
  ],
  [
    'every hour keeps its pace over a gap',
    'Europe/Berlin',
    '30 * * * *',
    { from: '2026-03-29T00:00:00Z', expected: ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-03-29T02:30:00Z'] },
  ],
  [
    'every hour keeps its pace over a doubled hour',
    'Europe/Berlin',
    '0 * * * *',
    {
      from: '2026-10-24T23:30:00Z',
      expected: ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z', '2026-10-25T03:00:00Z'],
    },
  ],
  [
    'every twenty minutes keeps its pace over a doubled hour that begins at midnight',
    'America/Havana',
    '*/20 * 1 11 *',
    {
      from: '2026-10-20T00:00:00Z',
      expected: [
        '2026-11-01T04:00:00Z',
        '2026-11-01T04:20:00Z',
        '2026-11-01T04:40:00Z',
        '2026-11-01T05:00:00Z',
        '2026-11-01T05:20:00Z',
        '2026-11-01T05:40:00Z',
        '2026-11-01T06:00:00Z',
      ],
    },
  ],
  [
    'a leap day',
    'Asia/Tokyo',
    '0 9 29 2 *',
    { from: '2026-01-01T00:00:00Z', expected: ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z'] },
  ],
  [
    'seconds',
    'UTC',
    '*/2 * * * * *',
    { from: '2026-01-01T00:00:00.500Z', expected: ['2026-01-01T00:00:02Z', '2026-01-01T00:00:04Z'] },
  ],
];

describe('nextCron', () => {
  test.each(CASES)('%s', (_, zone, expression, { from, expected }) => {
    expect(following(expression, zone, { from, count: expected.length })).toEqual(expected);
  });

  test('what does not parse never happens', () => {
    expect(nextCron('nonsense', 'UTC', 0)).toBeNull();
  });
});

describe('cronBetween', () => {
  test.each(CASES)('%s', (_, zone, expression, { from, expected }) => {
    const window = { from: at(from), to: at(expected.at(-1)!) };
    expect(cronBetween(expression, zone, { ...window, max: 1000 }).map(iso)).toEqual(expected);
    expect(cronBetween(expression, zone, { ...window, max: 2 }).map(iso)).toEqual(expected.slice(-2));
    expect(cronBetween(expression, zone, { from: at(from), to: at(expected[0]!) - 1, max: 5 })).toEqual([]);
  });

  test('the latest of many, without counting all of them', () => {
    const window = { from: 0, to: at('2026-01-01T00:00:00Z'), max: 3 };
    expect(cronBetween('* * * * * *', 'UTC', window).map(iso)).toEqual([
      '2025-12-31T23:59:58Z',
      '2025-12-31T23:59:59Z',
      '2026-01-01T00:00:00Z',
    ]);
  });
});

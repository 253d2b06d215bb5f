import { describe, expect, test } from 'vitest';
import { isTimeZone, localToInstant, localToInstants, parseTime, zoneOffset } from '../zone';

const utc = (text: string): number => Date.parse(`${text}Z`);
const iso = (instant: number): string => new Date(instant).toISOString();

describe('isTimeZone', () => {
  test.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
  ])('%s', (zone, expected) => {
    expect(isTimeZone(zone)).toBe(expected);
  });
});

describe('zoneOffset', () => {
  test.each([
    ['America/New_York', '2026-01-15T12:00:00', -300],
    ['America/New_York', '2026-07-15T12:00:00', -240],
    ['Asia/Kathmandu', '2026-07-15T12:00:00', 345],
    ['Australia/Lord_Howe', '2026-01-15T12:00:00', 660],
    ['Australia/Lord_Howe', '2026-07-15T12:00:00', 630],
    ['Pacific/Kiritimati', '2026-07-15T12:00:00', 840],
  ])('%s at %s', (zone, at, minutes) => {
    expect(zoneOffset(zone, utc(at)) / 60_000).toBe(minutes);
  });
});

describe('localToInstants', () => {
  test.each([
    ['an ordinary time', 'Europe/Berlin', '2026-06-01T12:00:00', ['2026-06-01T10:00:00.000Z']],
    ['a skipped time', 'Europe/Berlin', '2026-03-29T02:30:00', []],
    ['the first time after a gap', 'Europe/Berlin', '2026-03-29T03:00:00', ['2026-03-29T01:00:00.000Z']],
    [
      'a doubled time',
      'Europe/Berlin',
      '2026-10-25T02:30:00',
      ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
    ],
    ['the last time before a doubled hour', 'Europe/Berlin', '2026-10-25T01:59:59', ['2026-10-24T23:59:59.000Z']],
    ['the first time after a doubled hour', 'Europe/Berlin', '2026-10-25T03:00:00', ['2026-10-25T02:00:00.000Z']],
    ['a skipped half hour', 'Australia/Lord_Howe', '2026-10-04T02:15:00', []],
    [
      'a doubled half hour',
      'Australia/Lord_Howe',
      '2026-04-05T01:45:00',
      ['2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
    ],
  ])('%s', (_, zone, local, expected) => {
    expect(localToInstants(zone, utc(local)).map(iso)).toEqual(expected);
  });
});

describe('localToInstant', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08T02:00:00', '2026-03-08T07:00:00.000Z'],
    ['America/Santiago', '2026-09-06T00:30:00', '2026-09-06T04:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:30:00.000Z'],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T10:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ])('%s %s', (zone, local, expected) => {
    expect(iso(localToInstant(zone, utc(local)))).toBe(expected);
  });
});

describe('parseTime', () => {
  test.each([
    ['text with an offset, whatever the zone', '2026-06-01T12:00:00+02:00', 'Asia/Tokyo', '2026-06-01T10:00:00.000Z'],
    ['text in UTC', '2026-06-01T12:00:00.999Z', 'Asia/Tokyo', '2026-06-01T12:00:00.000Z'],
    ['local text', '2026-06-01T12:00:00', 'Asia/Tokyo', '2026-06-01T03:00:00.000Z'],
    ['local text with a space and milliseconds', '2026-06-01 12:00:00.500', 'Asia/Tokyo', '2026-06-01T03:00:00.000Z'],
    ['a date', '2026-06-01', 'Asia/Tokyo', '2026-05-31T15:00:00.000Z'],
    ['a Date', new Date('2026-06-01T12:00:00.700Z'), undefined, '2026-06-01T12:00:00.000Z'],
    ['a number', Date.parse('2026-06-01T12:00:00.700Z'), undefined, '2026-06-01T12:00:00.000Z'],
  ])('%s', (_, value, zone, expected) => {
    expect(iso(parseTime(value, zone)!)).toBe(expected);
  });

  test.each(['', 'soon', null, undefined, {}, [], true, Number.NaN])('%j is no time', (value) => {
    expect(parseTime(value)).toBeNull();
  });
});

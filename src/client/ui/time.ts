const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Instant = string | number | Date | null | undefined;

/** Milliseconds since 1970; undefined for no or an unreadable instant. */
export function toMs(instant: Instant): number | undefined {
  if (instant == null || instant === '') return undefined;
  const ms = new Date(instant).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/**
 * How far an instant lies from now, in words.
 * @example relativeTime(now - 7_200_000, now, 'en-US') // "2 hours ago"
 */
export function relativeTime(ms: number, now: number, language: string): string {
  const distance = ms - now;
  const [unit, length] = STEPS.find(([, step]) => Math.abs(distance) >= step) ?? ['second', SECOND];
  const count = Math.trunc(distance / length);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  // A clock that runs ahead of ours by a moment shall not say "in 1 second".
  return format.format(unit === 'second' && count > 0 ? 0 : count, unit);
}

/** Date and time to the second in the user's zone and language. */
export function exactTime(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms);
}

const amount = (value: number, unit: string, language: string, digits = 0) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value);

/**
 * A length of time in at most two units.
 * @param ms milliseconds; below zero counts as zero
 * @example durationText(1234, 'en-US') // "1.2 sec"
 */
export function durationText(ms: number, language: string): string {
  const length = Math.max(0, ms);
  if (length < SECOND) return amount(Math.round(length), 'millisecond', language);
  if (length < MINUTE) return amount(Math.floor(length / 100) / 10, 'second', language, 1);
  const pairs: [string, number, string, number][] = [
    ['day', DAY, 'hour', HOUR],
    ['hour', HOUR, 'minute', MINUTE],
    ['minute', MINUTE, 'second', SECOND],
  ];
  const [unit, size, rest, restSize] = pairs.find(([, step]) => length >= step)!;
  const whole = Math.floor(length / size);
  const left = Math.floor((length - whole * size) / restSize);
  return left ? `${amount(whole, unit, language)} ${amount(left, rest, language)}` : amount(whole, unit, language);
}

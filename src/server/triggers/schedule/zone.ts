const DAY_MS = 86_400_000;
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** True for an IANA time zone that this process knows, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    return Boolean(formatOf(zone));
  } catch {
    return false;
  }
}

/**
 * How far local time is ahead of UTC at an instant, in milliseconds.
 * @param zone IANA name; undefined = zone of the server
 */
export function zoneOffset(zone: string | undefined, instant: number): number {
  if (!zone) {
    return -new Date(instant).getTimezoneOffset() * 60_000;
  }
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) {
    part[type] = value;
  }
  const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year);
  const local = Date.UTC(
    year,
    Number(part.month) - 1,
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/** First instant after `low`, up to `high`, with another offset than `low`; both offsets must differ. */
export function findTransition(zone: string | undefined, low: number, high: number): number {
  const before = zoneOffset(zone, low);
  let from = Math.floor(low / 1000);
  let to = Math.ceil(high / 1000);
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (zoneOffset(zone, middle * 1000) === before) {
      from = middle;
    } else {
      to = middle;
    }
  }
  return to * 1000;
}

/**
 * The instants at which a wall clock in `zone` shows `local`.
 * @param local the wall-clock time written as if it were UTC, in milliseconds
 * @returns one instant; two in a doubled hour, earlier first; none in a skipped hour
 */
export function localToInstants(zone: string | undefined, local: number): number[] {
  const offsets = new Set([zoneOffset(zone, local - DAY_MS), zoneOffset(zone, local + DAY_MS)]);
  return [...offsets]
    .filter((offset) => zoneOffset(zone, local - offset) === offset)
    .map((offset) => local - offset)
    .sort((a, b) => a - b);
}

/** As {@link localToInstants}, but always one instant: the first of two, the end of the gap when there is none. */
export function localToInstant(zone: string | undefined, local: number): number {
  const [first] = localToInstants(zone, local);
  if (first !== undefined) {
    return first;
  }
  const low = local - zoneOffset(zone, local + DAY_MS) - 1000;
  const high = local - zoneOffset(zone, local - DAY_MS) + 1000;
  return findTransition(zone, low, high);
}

/**
 * Reads a configured time. Text without an offset is local time: of `zone` when given, else as `Date.parse` has it.
 * Milliseconds are cut off.
 * @example parseTime('2026-03-29T02:30:00', 'Europe/Berlin') // 01:00 UTC, the end of the skipped hour
 * @returns milliseconds since 1970, or null when it is not a time
 */
export function parseTime(value: unknown, zone?: string): number | null {
  let instant: number;
  if (value instanceof Date) {
    instant = value.getTime();
  } else if (typeof value === 'number') {
    instant = value;
  } else if (typeof value === 'string') {
    const match = zone ? LOCAL_TIME.exec(value.trim()) : null;
    if (match) {
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map((n) => Number(n ?? 0));
      instant = localToInstant(zone, Date.UTC(year, month - 1, day, hour, minute, second));
    } else {
      instant = Date.parse(value);
    }
  } else {
    return null;
  }
  return Number.isFinite(instant) ? Math.floor(instant / 1000) * 1000 : null;
}

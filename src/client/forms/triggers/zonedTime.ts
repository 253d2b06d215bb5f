import dayjs, { type Dayjs } from 'dayjs';

const WALL_CLOCK = 'YYYY-MM-DDTHH:mm:ss';
const HAS_OFFSET = /(Z|[+-]\d\d:?\d\d)$/i;

/** Zone of the browser, IANA name. */
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the clocks of a zone show at an instant, as if it were local time. */
function wallClock(instant: Date, zone: string): Dayjs {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return dayjs(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`);
}

/** A stored time for a picker: an instant as the zone's clocks show it, a local time as it is. */
export function readTime(value: unknown, zone?: string): Dayjs | null {
  if (typeof value !== 'string' || !value) return null;
  if (!HAS_OFFSET.test(value) || !zone) {
    const time = dayjs(value);
    return time.isValid() ? time : null;
  }
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : wallClock(instant, zone);
}

/** What is picked: local time of the zone, or an instant where the workflow has no zone. */
export function writeTime(time: Dayjs | null, zone?: string): string | undefined {
  if (!time) return undefined;
  return zone ? time.format(WALL_CLOCK) : time.millisecond(0).toISOString();
}

/** IANA names that the browser knows. */
export const timeZones = (): string[] => (typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [browserZone()]);

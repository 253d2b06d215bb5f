import { cronBetween, nextCron } from './cron';

/** The occurrences of one schedule, or of one record in date-field mode. All instants are milliseconds since 1970. */
export interface Recurrence {
  startAt: number;
  /** interval in milliseconds, cron expression, or null = once */
  repeat: number | string | null;
  /** last instant at which it may happen; null = no end */
  endAt: number | null;
  /** with a cron expression: whether it happens at `startAt` too, matching or not */
  includesStart: boolean;
  /** IANA zone of the cron expression; undefined = zone of the server */
  zone?: string;
}

function withinEnd(recurrence: Recurrence, instant: number | null): number | null {
  return instant !== null && (recurrence.endAt === null || instant <= recurrence.endAt) ? instant : null;
}

/** First occurrence strictly after an instant, or null. */
export function nextOccurrence(recurrence: Recurrence, after: number): number | null {
  const { startAt, repeat, includesStart, zone } = recurrence;
  const startIsNext = startAt > after;
  if (repeat === null) {
    return startIsNext ? withinEnd(recurrence, startAt) : null;
  }
  if (typeof repeat === 'number') {
    const next = startIsNext ? startAt : after + repeat - ((after - startAt) % repeat);
    return withinEnd(recurrence, next);
  }
  if (startIsNext && includesStart) {
    return withinEnd(recurrence, startAt);
  }
  return withinEnd(recurrence, nextCron(repeat, zone, startIsNext ? startAt - 1 : after));
}

/** Occurrences in `(from, to]`, ascending; the latest `max` of them when there are more. */
export function occurrencesBetween(
  recurrence: Recurrence,
  { from, to, max }: { from: number; to: number; max: number },
): number[] {
  const { startAt, repeat, endAt, includesStart, zone } = recurrence;
  const last = endAt === null ? to : Math.min(to, endAt);
  const first = Math.max(from, startAt - 1);
  const found: number[] = [];
  if (last < startAt) {
    return found;
  }
  if (typeof repeat === 'number') {
    for (let at = last - ((last - startAt) % repeat); at > first && found.length < max; at -= repeat) {
      found.unshift(at);
    }
    return found;
  }
  if (repeat !== null) {
    found.push(...cronBetween(repeat, zone, { from: first, to: last, max }));
  }
  if ((repeat === null || includesStart) && startAt > from && startAt <= last && found[0] !== startAt) {
    found.unshift(startAt);
  }
  return found.slice(-max);
}

/** Whether something is due at exactly this instant. */
export function isOccurrence(recurrence: Recurrence, at: number): boolean {
  return nextOccurrence(recurrence, at - 1) === at;
}

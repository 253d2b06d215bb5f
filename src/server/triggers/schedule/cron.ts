import { CronExpressionParser, type CronExpression } from 'cron-parser';
import { findTransition, localToInstant, localToInstants, zoneOffset } from './zone';

const DAY_MS = 86_400_000;
/** after as many skipped local times the expression is taken as never matching again */
const SEARCH_LIMIT = 100_000;

/**
 * cron-parser is only asked for wall-clock times (the zone is UTC for it): its own handling of clock changes loses
 * occurrences in gaps of less than an hour. The mapping to instants is done here.
 */
function parse(expression: string, local: number): CronExpression {
  return CronExpressionParser.parse(expression, { currentDate: new Date(local), tz: 'UTC', hashSeed: expression });
}

/**
 * Why an expression cannot be used, or null.
 * @example cronProblem('61 * * * *') // 'Constraint error, got value 61 expected range 0-59'
 */
export function cronProblem(expression: string): string | null {
  const text = expression.trim();
  const fields = text.split(/\s+/).length;
  if (!text.startsWith('@') && fields !== 5 && fields !== 6) {
    return 'a cron expression has 5 or 6 fields';
  }
  try {
    parse(text, Date.now()).next();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Expressions that match in every hour go by elapsed time: nothing is made up for a gap, a doubled hour counts twice. */
function isHourly(cron: CronExpression): boolean {
  return cron.fields.hour.values.length === 24;
}

function instantsOf(hourly: boolean, zone: string | undefined, local: number): number[] {
  return hourly ? localToInstants(zone, local) : [localToInstant(zone, local)];
}

/** The next local time of the iterator, or null when there is none. */
function step(cron: CronExpression, direction: 'next' | 'prev'): number | null {
  try {
    return cron[direction]().getTime();
  } catch {
    return null;
  }
}

/** First match in the second pass of a doubled hour that begins within a day after `after`. */
function nextInSecondPass(expression: string, zone: string | undefined, after: number): number | null {
  const before = zoneOffset(zone, after);
  const later = zoneOffset(zone, after + DAY_MS);
  if (later >= before) {
    return null;
  }
  const transition = findTransition(zone, after, after + DAY_MS);
  const local = step(parse(expression, transition + later - 1000), 'next');
  return local !== null && local < transition + before ? local - later : null;
}

/**
 * First occurrence of a cron expression strictly after an instant, in the wall-clock time of `zone` (default: server's).
 * An occurrence in a skipped hour happens once, at the end of the gap; one in a doubled hour happens in its first pass.
 * Expressions that match in every hour keep their pace instead.
 * @returns milliseconds since 1970; null when the expression never matches again or does not parse
 */
export function nextCron(expression: string, zone: string | undefined, after: number): number | null {
  let cron: CronExpression;
  try {
    cron = parse(expression, after + zoneOffset(zone, after));
  } catch {
    return null;
  }
  const hourly = isHourly(cron);
  const secondPass = hourly ? nextInSecondPass(expression, zone, after) : null;
  for (let i = 0; i < SEARCH_LIMIT; i += 1) {
    const local = step(cron, 'next');
    if (local === null) {
      return secondPass;
    }
    const found = instantsOf(hourly, zone, local).find((instant) => instant > after);
    if (found !== undefined) {
      return secondPass === null ? found : Math.min(found, secondPass);
    }
  }
  return secondPass;
}

/**
 * Occurrences in `(from, to]`, ascending; the latest `max` of them when there are more.
 * @see nextCron
 */
export function cronBetween(
  expression: string,
  zone: string | undefined,
  { from, to, max }: { from: number; to: number; max: number },
): number[] {
  // A local time within the doubled hour may belong to an instant before `to` although it reads later.
  const offsets = [zoneOffset(zone, to - DAY_MS), zoneOffset(zone, to), zoneOffset(zone, to + DAY_MS)];
  let cron: CronExpression;
  try {
    cron = parse(expression, to + Math.max(...offsets) + 1000);
  } catch {
    return [];
  }
  const hourly = isHourly(cron);
  const found = new Set<number>();
  const latest = () => [...found].sort((a, b) => b - a).slice(0, max);
  for (let local = step(cron, 'prev'); local !== null; local = step(cron, 'prev')) {
    const reach = local - Math.min(zoneOffset(zone, local - DAY_MS), zoneOffset(zone, local + DAY_MS));
    // no earlier local time can yield an instant after `reach`
    const enough = found.size >= max && (latest().at(-1) ?? 0) > reach;
    if (reach <= from || enough) {
      break;
    }
    for (const instant of instantsOf(hourly, zone, local)) {
      if (instant > from && instant <= to) {
        found.add(instant);
      }
    }
  }
  return latest().reverse();
}

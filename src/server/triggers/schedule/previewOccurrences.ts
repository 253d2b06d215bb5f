import { SCHEDULE_MODE } from '../../../common/constants';
import { parseConfig } from './config';
import { nextOccurrence } from './recurrence';

/**
 * The next firings of a schedule with times of its own.
 *
 * @param config stored or edited config of the trigger
 * @param now milliseconds since 1970
 * @param count how many at most
 * @param executed executions of the workflow so far, counted against `limit`
 * @returns ascending; empty when it never fires again, and for schedules that go by a date field
 * @example previewOccurrences({ mode: 0, startsOn: '2026-01-01T00:00:00Z', repeat: '0 9 * * *', timezone: 'Asia/Tokyo' }, Date.now(), 5)
 */
export function previewOccurrences(config: Record<string, unknown>, now: number, count: number, executed = 0): Date[] {
  const parsed = parseConfig(config);
  if (parsed?.mode !== SCHEDULE_MODE.STATIC || !parsed.recurrence) {
    return [];
  }
  const most = parsed.limit ? Math.min(count, parsed.limit - executed) : count;
  const found: Date[] = [];
  let at = nextOccurrence(parsed.recurrence, now);
  while (at !== null && found.length < most) {
    found.push(new Date(at));
    at = nextOccurrence(parsed.recurrence, at);
  }
  return found;
}

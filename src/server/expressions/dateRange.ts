import { getDateVars } from '@nocobase/utils';
import dayjs from 'dayjs';

const NAMES = [
  'yesterday',
  'today',
  'tomorrow',
  'lastWeek',
  'thisWeek',
  'nextWeek',
  'lastMonth',
  'thisMonth',
  'nextMonth',
  'lastQuarter',
  'thisQuarter',
  'nextQuarter',
  'lastYear',
  'thisYear',
  'nextYear',
  'last7Days',
  'next7Days',
  'last30Days',
  'next30Days',
  'last90Days',
  'next90Days',
] as const;

export type DateRangeName = (typeof NAMES)[number];

/** A value for the `$dateOn` family of operators: `"2026-11-19+00:00"` or `["2026-11-14", "2026-11-21", "[)", "+00:00"]`. */
export type DateRange = string | string[];

type RangeFunction = (options: { now: Date; timezone: string }) => DateRange;

function createDateRange(name: DateRangeName): () => DateRange {
  return () => {
    const range = (getDateVars() as unknown as Record<DateRangeName, RangeFunction>)[name];
    const now = new Date();
    return range({ now, timezone: dayjs(now).format('Z') });
  };
}

/** Ranges relative to now, in the time zone of the server. */
export const dateRangeFns = Object.fromEntries(NAMES.map((name) => [name, createDateRange(name)])) as Record<
  DateRangeName,
  () => DateRange
>;

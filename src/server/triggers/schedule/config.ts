import { SCHEDULE_MODE } from '../../../common/constants';
import type { Recurrence } from './recurrence';
import { isTimeZone, parseTime } from './zone';

const DAY_MS = 86_400_000;
/** shortest interval between two firings */
export const MIN_REPEAT_MS = 1000;
/** how many missed occurrences the policy `all` makes up for unless `missed.max` says otherwise */
export const DEFAULT_MAX_MISSED = 100;
/** upper limit of `missed.max` */
export const MAX_MISSED = 1000;

/** What happens with occurrences that came due while no process was up. */
export type MissedPolicy = 'skip' | 'once' | 'all';

interface CommonConfig {
  /** interval in milliseconds, or cron expression; null = once */
  repeat: number | string | null;
  /** executions of the workflow, over all versions, after which it stays quiet; 0 = no limit */
  limit: number;
  /** zone of cron expressions and local times; undefined = zone of the server */
  zone?: string;
  /** how many missed occurrences are made up for, the latest ones; 0 = none */
  maxMissed: number;
}

/** Fires at times of its own. */
export interface StaticConfig extends CommonConfig {
  mode: typeof SCHEDULE_MODE.STATIC;
  recurrence: Recurrence | null;
}

/** A date field of a record, moved by some time. */
export interface FieldTime {
  field: string;
  offsetMs: number;
}

/** Fires at times that records carry. */
export interface DateFieldConfig extends CommonConfig {
  mode: typeof SCHEDULE_MODE.DATE_FIELD;
  collection: string;
  start: FieldTime | null;
  /** milliseconds since 1970, or a field; null = no end */
  end: number | FieldTime | null;
  appends: string[];
}

export type ScheduleConfig = StaticConfig | DateFieldConfig;

function parseRepeat(value: unknown): number | string | null {
  if (typeof value === 'string') {
    return value.trim() || null;
  }
  return typeof value === 'number' && value > 0 ? Math.max(MIN_REPEAT_MS, Math.floor(value)) : null;
}

function parseMaxMissed(value: unknown): number {
  const { policy, max } = Object(value) as { policy?: MissedPolicy; max?: number };
  if (policy === 'once') {
    return 1;
  }
  return policy === 'all' ? Math.min(MAX_MISSED, Math.max(1, Number(max) || DEFAULT_MAX_MISSED)) : 0;
}

function parseFieldTime(value: unknown): FieldTime | null {
  const { field, offset, unit } = Object(value) as { field?: unknown; offset?: unknown; unit?: unknown };
  if (typeof field !== 'string' || !field) {
    return null;
  }
  return { field, offsetMs: (Number(offset) || 0) * (Number(unit) || DAY_MS) };
}

/**
 * Reads the stored config of a schedule trigger. Rows may hold anything, so what makes no sense counts as absent.
 * @returns null when the mode is unknown
 */
export function parseConfig(config: Record<string, unknown> | null | undefined): ScheduleConfig | null {
  const { mode, startsOn, endsOn, repeat, limit, timezone, missed } = config ?? {};
  const common: CommonConfig = {
    repeat: parseRepeat(repeat),
    limit: Math.max(0, Number(limit) || 0),
    zone: typeof timezone === 'string' && isTimeZone(timezone) ? timezone : undefined,
    maxMissed: parseMaxMissed(missed),
  };
  const kind = typeof mode === 'string' && mode ? Number(mode) : mode;
  if (kind === SCHEDULE_MODE.STATIC) {
    const startAt = parseTime(startsOn, common.zone);
    const recurrence =
      startAt === null
        ? null
        : {
            startAt,
            repeat: common.repeat,
            endAt: parseTime(endsOn, common.zone),
            includesStart: typeof common.repeat !== 'string',
            zone: common.zone,
          };
    return { ...common, mode: SCHEDULE_MODE.STATIC, recurrence };
  }
  if (kind !== SCHEDULE_MODE.DATE_FIELD) {
    return null;
  }
  return {
    ...common,
    mode: SCHEDULE_MODE.DATE_FIELD,
    collection: typeof config?.collection === 'string' ? config.collection : '',
    start: parseFieldTime(startsOn),
    end: parseTime(endsOn, common.zone) ?? parseFieldTime(endsOn),
    appends: Array.isArray(config?.appends) ? config.appends : [],
  };
}

/** Units in which a timeout may be given, largest first, with their length in milliseconds. */
export const TIMEOUT_UNITS = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 } as const;

export type TimeoutUnit = keyof typeof TIMEOUT_UNITS;

/** The server takes no more than 180 days. */
export const MAX_TIMEOUT_MS = 180 * TIMEOUT_UNITS.day;

/**
 * The largest unit in which a timeout is a whole number.
 * @param ms milliseconds; 0: none
 * @example splitTimeout(7_200_000) // { count: 2, unit: 'hour' }
 */
export function splitTimeout(ms: number | null | undefined): { count: number; unit: TimeoutUnit } {
  if (!ms) return { count: 0, unit: 'minute' };
  const units = Object.keys(TIMEOUT_UNITS) as TimeoutUnit[];
  const unit = units.find((name) => ms % TIMEOUT_UNITS[name] === 0) ?? 'second';
  return { count: ms / TIMEOUT_UNITS[unit], unit };
}

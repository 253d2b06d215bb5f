import type { Translate } from './types';

/** Units of an interval in milliseconds, the largest first. */
export const UNITS_MS = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 } as const;

export type Unit = keyof typeof UNITS_MS;

/** @example splitInterval(7_200_000) // { count: 2, unit: 'hour' } */
export function splitInterval(ms: number): { count: number; unit: Unit } {
  const units = Object.entries(UNITS_MS) as [Unit, number][];
  const [unit, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['second', UNITS_MS.second];
  return { count: ms / size, unit };
}

/** One line for a schedule's `repeat`: nothing, milliseconds or a cron expression. */
export function describeRepeat(repeat: unknown, t: Translate): string {
  if (typeof repeat === 'string' && repeat.trim()) return t('Cron: {{expression}}', { expression: repeat });
  if (typeof repeat !== 'number' || repeat <= 0) return t('Once');
  const { count, unit } = splitInterval(repeat);
  const labels: Record<Unit, string> = {
    day: count === 1 ? t('Every day') : t('Every {{count}} days', { count }),
    hour: count === 1 ? t('Every hour') : t('Every {{count}} hours', { count }),
    minute: count === 1 ? t('Every minute') : t('Every {{count}} minutes', { count }),
    second: count === 1 ? t('Every second') : t('Every {{count}} seconds', { count }),
  };
  return labels[unit];
}

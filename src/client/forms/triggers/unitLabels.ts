import { useT } from '../../port/HostPort';
import type { Unit } from '../kinds/repeat';

/** Names of units of time. */
export function useUnitLabels(): Record<Unit, string> {
  const t = useT();
  return { day: t('Days'), hour: t('Hours'), minute: t('Minutes'), second: t('Seconds') };
}

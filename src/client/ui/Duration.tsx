import { usePort } from '../port/HostPort';
import { durationText, toMs, type Instant } from './time';
import { useNow } from './useNow';

interface DurationProps {
  from: Instant;
  /** absent: it still goes on */
  to?: Instant;
  /** goes on: counts up while shown */
  isRunning?: boolean;
}

/** Time between two instants; a dash when it has not begun, or when nobody recorded its end. */
export function Duration({ from, to, isRunning = false }: DurationProps) {
  const { language } = usePort();
  const now = useNow(isRunning ? 1000 : null);
  const start = toMs(from);
  const end = isRunning ? now : toMs(to);
  if (start === undefined || end === undefined) return <>–</>;
  return <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{durationText(end - start, language)}</span>;
}

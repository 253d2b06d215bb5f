import { Tooltip } from 'antd';
import { usePort } from '../port/HostPort';
import { exactTime, relativeTime, toMs, type Instant } from './time';
import { useNow } from './useNow';

/** "2 hours ago", with the exact time on hover and focus; a dash when there was none. */
export function TimeAgo({ at }: { at: Instant }) {
  const { language } = usePort();
  const now = useNow(30_000);
  const ms = toMs(at);
  if (ms === undefined) return <>–</>;
  return (
    <Tooltip title={exactTime(ms, language)}>
      <time dateTime={new Date(ms).toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(ms, now, language)}
      </time>
    </Tooltip>
  );
}

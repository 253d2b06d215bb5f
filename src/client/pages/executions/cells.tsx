import { Flex, Typography } from 'antd';
import { EXECUTION_STATUS, isLive } from '../../../common/status';
import { paths } from '../../api/paths';
import type { ExecutionLine } from '../../api/types';
import { usePort, useT } from '../../port/HostPort';
import { Duration } from '../../ui/Duration';
import { Link } from '../../ui/Link';

export const userName = ({ user }: ExecutionLine): string => user?.nickname || user?.username || (user ? `#${user.id}` : '–');

/** How long it ran, from its start to its end; queued ones have not begun. */
export function ExecutionDuration({ execution }: { execution: ExecutionLine }) {
  const { status, startedAt, endedAt, createdAt } = execution;
  return (
    <Duration
      from={status === EXECUTION_STATUS.QUEUEING ? null : (startedAt ?? createdAt)}
      to={endedAt}
      isRunning={isLive(status) && status !== EXECUTION_STATUS.QUEUEING}
    />
  );
}

/** The version that was executed, with its canvas behind it. */
export function VersionLink({ execution }: { execution: ExecutionLine }) {
  const t = useT();
  const { versionNumber, workflowId } = execution;
  return (
    <Link to={paths.workflow(workflowId)} aria-label={t('Version {{number}}', { number: versionNumber ?? `#${workflowId}` })}>
      {versionNumber ? t('Version {{number}}', { number: versionNumber }) : `#${workflowId}`}
    </Link>
  );
}

/** The record that the trigger was about. */
export function RecordText({ execution }: { execution: ExecutionLine }) {
  const { collections } = usePort();
  const { record } = execution;
  if (!record) return <>–</>;
  return (
    <Flex align="baseline" gap={4} style={{ whiteSpace: 'nowrap' }}>
      {collections.find(record.collection)?.title ?? record.collection}
      <Typography.Text code>{String(record.id)}</Typography.Text>
    </Flex>
  );
}

import { Flex, Skeleton, Typography, theme } from 'antd';
import { paths } from '../../api/paths';
import { useT } from '../../port/HostPort';
import { Link } from '../../ui/Link';
import { ExecutionStatusTag } from '../../ui/StatusTag';
import { TimeAgo } from '../../ui/TimeAgo';
import { ExecutionDuration, RecordText, VersionLink, userName } from './cells';
import { ExecutionMenu } from './ExecutionMenu';
import type { ExecutionViewProps } from './ExecutionTable';
import { sourceText } from './sourceText';
import { Secondary } from '../../ui/Secondary';

/** stays at the end of a line when the text wraps */
const DOT = '\u00a0· ';

/** Executions as cards, for narrow screens and drawers. */
export function ExecutionCards({ rows, loading, registry, withWorkflow, empty, onRerun, onCancel, onRemove }: ExecutionViewProps) {
  const t = useT();
  const { token } = theme.useToken();
  if (!rows) return loading ? <Skeleton active /> : null;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <Flex vertical gap="small" component="ul" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {rows.map((execution) => (
        <li
          key={String(execution.id)}
          style={{ border: `1px solid ${token.colorBorderSecondary}`, borderRadius: token.borderRadiusLG, padding: token.paddingSM }}
        >
          <Flex justify="space-between" align="flex-start" gap="small">
            <Flex vertical gap={4} style={{ minWidth: 0 }}>
              {withWorkflow && <Typography.Text strong>{execution.workflow?.title || execution.key}</Typography.Text>}
              <Flex wrap gap="small" align="center">
                <ExecutionStatusTag status={execution.status} reason={execution.reason} />
                <Link to={paths.execution(execution.id)} aria-label={`view-${execution.id}`}>
                  {t('View')}
                </Link>
              </Flex>
              <Secondary>
                <TimeAgo at={execution.createdAt} />
                {DOT}
                <ExecutionDuration execution={execution} />
                {DOT}
                {sourceText(execution, registry, t)}
                {execution.user && `${DOT}${userName(execution)}`}
              </Secondary>
              <Flex wrap gap="small">
                <VersionLink execution={execution} />
                {execution.record && <RecordText execution={execution} />}
              </Flex>
            </Flex>
            <ExecutionMenu execution={execution} onRerun={onRerun} onCancel={onCancel} onRemove={onRemove} />
          </Flex>
        </li>
      ))}
    </Flex>
  );
}

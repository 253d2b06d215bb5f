import { LeftOutlined, RedoOutlined, ReloadOutlined, RightOutlined, StopOutlined } from '@ant-design/icons';
import { Breadcrumb, Button, Flex, Segmented, theme } from 'antd';
import { isLive } from '../../../common/status';
import { paths } from '../../api/paths';
import type { ExecutionDetail, Id } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { Link } from '../../ui/Link';
import { ExecutionStatusTag } from '../../ui/StatusTag';
import { reasonText } from '../../ui/statuses';
import { TimeAgo } from '../../ui/TimeAgo';
import { useLoad } from '../../ui/useLoad';
import { useNarrow } from '../../ui/useNarrow';
import { ExecutionDuration, RecordText, VersionLink, userName } from '../executions/cells';
import { sourceText } from '../executions/sourceText';

export type RunView = 'canvas' | 'list';

interface ExecutionHeaderProps {
  execution: ExecutionDetail;
  registry: KindRegistry;
  view: RunView;
  onView(view: RunView): void;
  loading: boolean;
  onReload(): void;
  onCancel(): void;
  onRerun(): void;
}

/** What was executed, how it stands, and what can be done about it. */
export function ExecutionHeader({ execution, registry, view, onView, loading, onReload, onCancel, onRerun }: ExecutionHeaderProps) {
  const { t } = usePort();
  const { token } = theme.useToken();
  const isNarrow = useNarrow();
  const reason = reasonText(execution.reason, t);
  const neighbours = <Neighbours id={execution.id} workflowKey={execution.key} />;
  return (
    <Flex vertical gap="small" style={{ padding: `${token.paddingSM}px ${token.padding}px`, borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
      <Flex wrap justify="space-between" align="center" gap="small">
        <Flex wrap align="center" gap="small" style={{ minWidth: 0 }}>
          <Breadcrumb
            items={[
              { title: <Link quiet to={paths.workflows()}>{t('Workflow')}</Link> },
              {
                title: execution.version ? (
                  <Link quiet to={paths.workflow(execution.workflowId)}>{execution.version.title || execution.key}</Link>
                ) : (
                  t('Deleted ({{key}})', { key: execution.key })
                ),
              },
              { title: `#${execution.id}` },
            ]}
          />
          {!isNarrow && neighbours}
        </Flex>
        <Flex wrap align="center" gap="small">
          {isNarrow && neighbours}
          <Segmented<RunView>
            value={view}
            onChange={onView}
            options={[
              { value: 'canvas', label: t('Canvas'), disabled: !execution.version },
              { value: 'list', label: t('List') },
            ]}
          />
          <Button icon={<ReloadOutlined />} aria-label={t('Refresh')} title={t('Refresh')} loading={loading} onClick={onReload} />
          <Button icon={<RedoOutlined />} onClick={onRerun}>
            {t('Run again')}
          </Button>
          {isLive(execution.status) && (
            <Button danger icon={<StopOutlined />} onClick={onCancel}>
              {t('Cancel the execution')}
            </Button>
          )}
        </Flex>
      </Flex>
      <Flex wrap align="baseline" style={{ columnGap: token.margin, rowGap: token.marginXXS }} role="group" aria-label={t('About the execution')}>
        <Flex align="baseline" gap="small">
          <span role="status">
            <ExecutionStatusTag status={execution.status} reason={execution.reason} />
          </span>
          {reason}
        </Flex>
        <Fact label={t('Triggered')}>
          <TimeAgo at={execution.createdAt} />
        </Fact>
        <Fact label={t('Duration')}>
          <ExecutionDuration execution={execution} />
        </Fact>
        <Fact label={t('Started by')}>
          {sourceText({ ...execution, workflow: execution.workflow ?? null }, registry, t)}
          {execution.user && ` (${userName(execution)})`}
        </Fact>
        {execution.record && (
          <Fact label={t('Record')}>
            <RecordText execution={execution} />
          </Fact>
        )}
        {execution.version && (
          <Fact label={t('Version')}>
            <VersionLink execution={execution} />
          </Fact>
        )}
      </Flex>
    </Flex>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  const { token } = theme.useToken();
  return (
    <span style={{ display: 'inline-flex', alignItems: 'baseline', gap: 6, fontSize: token.fontSizeSM }}>
      <span style={{ color: token.colorTextSecondary }}>{label}</span>
      {children}
    </span>
  );
}

/** Links to the executions of the workflow before and after this one. */
function Neighbours({ id, workflowKey }: { id: Id; workflowKey: string }) {
  const port = usePort();
  const { t } = port;
  const api = useWorkflowApi();
  const { data } = useLoad((signal) => api.neighbours(id, workflowKey, signal).catch(() => ({ older: undefined, newer: undefined })), [api, id, workflowKey]);
  const go = (to: Id | undefined) => to !== undefined && port.navigate(paths.execution(to));
  return (
    <Flex>
      <Button
        type="text"
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('Older execution')}
        title={t('Older execution')}
        disabled={data?.older === undefined}
        onClick={() => go(data?.older)}
      />
      <Button
        type="text"
        size="small"
        icon={<RightOutlined />}
        aria-label={t('Newer execution')}
        title={t('Newer execution')}
        disabled={data?.newer === undefined}
        onClick={() => go(data?.newer)}
      />
    </Flex>
  );
}

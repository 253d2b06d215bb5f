import { ThunderboltOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Flex, Tooltip, theme } from 'antd';
import type { WorkflowActivity, WorkflowLine } from '../../api/types';
import { paths } from '../../api/paths';
import { usePort, useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { ColorDot } from '../../ui/ColorDot';
import { Link } from '../../ui/Link';
import { ExecutionStatusTag } from '../../ui/StatusTag';
import { TimeAgo } from '../../ui/TimeAgo';
import { Secondary } from '../../ui/Secondary';

/**
 * Name with its link to the canvas and, below, what it is for.
 * @param lines how many the description may take, where there is more height than width
 */
export function NameCell({ workflow, lines = 1 }: { workflow: WorkflowLine; lines?: number }) {
  return (
    <Flex vertical style={{ minWidth: 0 }}>
      <Link to={paths.workflow(workflow.id)} strong>
        {workflow.title || workflow.key}
      </Link>
      {workflow.description && (
        // A clamped text must not be an item of the flex box itself.
        <div style={{ maxWidth: '22em' }}>
          <Secondary
            title={workflow.description}
            style={{ display: '-webkit-box', overflow: 'hidden', WebkitBoxOrient: 'vertical', WebkitLineClamp: lines }}
          >
            {workflow.description}
          </Secondary>
        </div>
      )}
    </Flex>
  );
}

export function TriggerCell({ workflow, registry }: { workflow: WorkflowLine; registry: KindRegistry }) {
  const t = useT();
  const { token } = theme.useToken();
  const kind = registry.trigger(workflow.type);
  return (
    <Flex vertical>
      <Flex gap={token.marginXS} align="center">
        <span aria-hidden style={{ color: kind ? token.colorTextSecondary : token.colorError }}>
          {kind ? (kind.icon ?? <ThunderboltOutlined />) : <WarningOutlined />}
        </span>
        {kind?.title ?? t('Unknown trigger: {{type}}', { type: workflow.type })}
      </Flex>
      <Secondary style={{ fontSize: token.fontSizeSM }}>
        {(kind?.sync ?? workflow.sync) ? t('Synchronously') : t('Asynchronously')}
      </Secondary>
    </Flex>
  );
}

export function CategoriesCell({ workflow }: { workflow: WorkflowLine }) {
  return (
    <Flex vertical>
      {workflow.categories?.map(({ id, title, color }) => (
        <Flex key={String(id)} gap={6} align="center" style={{ whiteSpace: 'nowrap' }}>
          <ColorDot color={color} /> {title}
        </Flex>
      ))}
    </Flex>
  );
}

interface RunsCellProps {
  workflow: WorkflowLine;
  activity: WorkflowActivity | undefined;
  onShow(workflow: WorkflowLine): void;
}

/** How often it was executed, and how much of that went wrong in the last day. */
export function RunsCell({ workflow, activity, onShow }: RunsCellProps) {
  const t = useT();
  const { language } = usePort();
  const { token } = theme.useToken();
  const executed = Number(workflow.stats?.executed ?? 0);
  const share = activity?.lastDay ? activity.failedLastDay / activity.lastDay : 0;
  return (
    <Flex wrap align="center" gap={token.marginXS}>
      <Tooltip title={t('Execution history')}>
        <Button
          type="link"
          size="small"
          aria-label={`executed-${workflow.title ?? workflow.key}`}
          onClick={() => onShow(workflow)}
          // In line with the head of the column, however large the target.
          style={{ paddingInline: 4, marginInlineStart: -5, fontVariantNumeric: 'tabular-nums' }}
        >
          {new Intl.NumberFormat(language).format(executed)}
        </Button>
      </Tooltip>
      {share > 0 && activity && (
        <Tooltip
          title={t('{{failed}} of {{all}} executions of the last 24 hours failed', { failed: activity.failedLastDay, all: activity.lastDay })}
        >
          <span style={{ fontSize: token.fontSizeSM, whiteSpace: 'nowrap' }}>
            <WarningOutlined aria-hidden style={{ color: share > 0.2 ? token.colorError : token.colorWarning }} />{' '}
            {t('{{percent}} failed', {
              percent: new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: share < 0.01 ? 1 : 0 }).format(share),
            })}
          </span>
        </Tooltip>
      )}
    </Flex>
  );
}

/** The newest execution: when it began and how it stands, with a link. */
export function LastRunCell({ activity }: { activity: WorkflowActivity | undefined }) {
  const run = activity?.lastRun;
  const { token } = theme.useToken();
  if (!run) return <>–</>;
  return (
    <Flex wrap gap={token.marginXS} align="center">
      <ExecutionStatusTag status={run.status} />
      <Link to={paths.execution(run.id)}>
        <TimeAgo at={run.at} />
      </Link>
    </Flex>
  );
}

import { ThunderboltOutlined } from '@ant-design/icons';
import { Flex, Typography, theme } from 'antd';
import type { CSSProperties, ReactNode } from 'react';
import { isLive } from '../../../common/status';
import type { ExecutionDetail, JobRow } from '../../api/types';
import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, FlowNode } from '../../document/types';
import { usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { EmptyState } from '../../ui/EmptyState';
import { JobStatusTag } from '../../ui/StatusTag';
import { toMs, durationText } from '../../ui/time';
import { TimeAgo } from '../../ui/TimeAgo';
import { jobDuration } from './jobRows';
import { Secondary } from '../../ui/Secondary';

interface TimelineProps {
  execution: ExecutionDetail;
  document: FlowDocument | undefined;
  registry: KindRegistry;
  /** `trigger`, the id of a job, or nothing */
  opened: string | undefined;
  onTrigger(): void;
  onJob(job: JobRow): void;
}

function depthOf(document: FlowDocument | undefined, node: FlowNode | undefined): number {
  if (!document || !node) return 0;
  const index = indexOf(document);
  let depth = 0;
  for (let owner = index.owner(node.key); owner; owner = index.owner(owner.key)) depth += 1;
  return depth;
}

/** The jobs of a run one after the other, with the time that each took: what the canvas shows, as a list. */
export function Timeline({ execution, document, registry, opened, onTrigger, onJob }: TimelineProps) {
  const { t, language } = usePort();
  const { token } = theme.useToken();
  const nodes = new Map([...(document?.nodes.values() ?? [])].map((node) => [node.id, node]));
  const times = execution.jobs.flatMap(({ startedAt, createdAt, updatedAt }) => [toMs(startedAt ?? createdAt), toMs(updatedAt)]);
  const known = times.filter((time): time is number => time !== undefined);
  const begin = Math.min(...known);
  const length = Math.max(1, Math.max(...known) - begin);

  return (
    <ol aria-label={t('Timeline')} style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      <Row isOpen={opened === 'trigger'} onOpen={onTrigger} depth={0}>
        <Flex align="center" gap="small">
          <ThunderboltOutlined aria-hidden style={{ color: token.colorPrimary }} />
          <Typography.Text strong>{document?.trigger.title || t('Trigger')}</Typography.Text>
        </Flex>
        <Secondary>
          <TimeAgo at={execution.createdAt} />
        </Secondary>
      </Row>
      {execution.jobs.map((job) => {
        const node = nodes.get(String(job.nodeId));
        const kind = node && registry.node(node.type);
        const duration = jobDuration(job);
        const start = toMs(job.startedAt ?? job.createdAt);
        const bar = start !== undefined && (
          <Bar
            from={(start - begin) / length}
            share={(duration ?? length - (start - begin)) / length}
            color={job.status < 0 ? token.colorError : isLive(job.status) ? token.colorPrimary : token.colorSuccess}
          />
        );
        return (
          <Row key={String(job.id)} isOpen={opened === String(job.id)} onOpen={() => onJob(job)} depth={depthOf(document, node)} bar={bar}>
            <Flex vertical style={{ minWidth: 0, flex: 1 }}>
              <Typography.Text strong ellipsis>
                {node?.title || kind?.title || node?.type || job.nodeKey}
              </Typography.Text>
              <Secondary style={{ fontSize: token.fontSizeSM }}>{kind?.title ?? node?.type ?? t('Deleted node')}</Secondary>
            </Flex>
            <Flex align="center" gap="small">
              {duration !== undefined && (
                <Secondary style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>{durationText(duration, language)}</Secondary>
              )}
              <JobStatusTag status={job.status} />
            </Flex>
          </Row>
        );
      })}
      {execution.jobs.length === 0 && (
        <li style={{ padding: token.paddingLG }}>
          <EmptyState title={t('No node was executed yet')} />
        </li>
      )}
    </ol>
  );
}

/** When a job ran, on the time of the whole run: all bars begin and end at the same places, however deep their nodes are. */
function Bar({ from, share, color }: { from: number; share: number; color: string }) {
  const { token } = theme.useToken();
  return (
    <span aria-hidden style={{ position: 'relative', display: 'block', height: 3, marginTop: 6, borderRadius: 2, background: token.colorFillSecondary }}>
      <span
        style={{
          position: 'absolute',
          insetBlock: 0,
          insetInlineStart: `min(${from * 100}%, 100% - 3px)`,
          width: `${share * 100}%`,
          minWidth: 3,
          borderRadius: 2,
          background: color,
        }}
      />
    </span>
  );
}

interface RowProps {
  isOpen: boolean;
  onOpen(): void;
  depth: number;
  bar?: ReactNode;
  children: ReactNode;
}

function Row({ isOpen, onOpen, depth, bar, children }: RowProps) {
  const { token } = theme.useToken();
  const style: CSSProperties = {
    display: 'block',
    width: '100%',
    padding: `${token.paddingXS}px ${token.padding}px`,
    border: 0,
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
    background: isOpen ? token.controlItemBgActive : 'none',
    color: token.colorText,
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
  };
  return (
    <li>
      <button type="button" aria-pressed={isOpen} onClick={onOpen} style={style}>
        <Flex align="center" justify="space-between" gap="middle" style={{ paddingInlineStart: Math.min(depth, 6) * 20 }}>
          {children}
        </Flex>
        {bar}
      </button>
    </li>
  );
}

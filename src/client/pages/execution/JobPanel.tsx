import { CloseOutlined, RedoOutlined } from '@ant-design/icons';
import { Alert, Button, Collapse, Flex, Skeleton, Typography, theme } from 'antd';
import type { ReactNode } from 'react';
import { isLive } from '../../../common/status';
import type { Id, JobRow } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import type { FlowNode } from '../../document/types';
import { usePort } from '../../port/HostPort';
import type { NodeKind } from '../../registry/kinds';
import { JsonView } from '../../ui/JsonView';
import { KeyTag } from '../../ui/KeyTag';
import { LoadError } from '../../ui/LoadError';
import { JobStatusTag } from '../../ui/StatusTag';
import { durationText } from '../../ui/time';
import { TimeAgo } from '../../ui/TimeAgo';
import { useLoad } from '../../ui/useLoad';
import { jobDuration } from './jobRows';
import { errorOf } from './jobError';
import { Secondary } from '../../ui/Secondary';

interface JobPanelProps {
  job: JobRow;
  node: FlowNode | undefined;
  kind: NodeKind | undefined;
  /** absent: the run cannot begin here */
  onRerun?(nodeId: Id): void;
}

/** One job: what it got, what it made of it, and why it failed. */
export function JobPanel({ job, node, kind, onRerun }: JobPanelProps) {
  const { t, language } = usePort();
  const { token } = theme.useToken();
  const api = useWorkflowApi();
  const { data, error, reload } = useLoad((signal) => api.explainJob(job.id, signal), [api, job.id, job.status, job.updatedAt]);
  const duration = jobDuration(job);
  const failure = data && errorOf(data);
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center">
        <JobStatusTag status={job.status} />
        <Secondary>
          <TimeAgo at={job.startedAt ?? job.createdAt} />
          {duration !== undefined && ` · ${durationText(duration, language)}`}
        </Secondary>
      </Flex>
      <Flex wrap gap="small" align="center">
        <Secondary>{kind?.title ?? node?.type}</Secondary>
        {node && <KeyTag value={node.key} />}
      </Flex>
      <LoadError error={error} onRetry={reload} />
      {!data && !error && <Skeleton active />}
      {data && (
        <>
          {failure && (
            <Alert
              type="error"
              showIcon
              message={failure.message}
              description={
                (failure.cause || failure.stack) && (
                  <Flex vertical gap="small">
                    {failure.cause && <span>{t('Cause: {{cause}}', { cause: failure.cause })}</span>}
                    {failure.stack && (
                      <Collapse
                        ghost
                        size="small"
                        items={[{ key: 'stack', label: t('Details'), children: <Log text={failure.stack} /> }]}
                      />
                    )}
                  </Flex>
                )
              }
            />
          )}
          {data.input !== undefined && (
            <Section title={t('Input')}>
              <JsonView value={data.input} label={t('Input')} />
            </Section>
          )}
          <Section title={t('Result')}>
            {data.result === undefined || data.result === null ? (
              <Secondary>{isLive(job.status) ? t('There is no result yet') : t('No result')}</Secondary>
            ) : (
              <JsonView value={data.result} label={t('Result')} />
            )}
          </Section>
          {data.log && (
            <Section title={t('Log')}>
              <Log text={data.log} />
            </Section>
          )}
        </>
      )}
      {onRerun && job.nodeId !== null && (
        <div style={{ borderTop: `1px solid ${token.colorBorderSecondary}`, paddingTop: token.padding }}>
          <Button icon={<RedoOutlined />} onClick={() => onRerun(job.nodeId!)}>
            {t('Run again from this node')}
          </Button>
        </div>
      )}
    </Flex>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Typography.Title level={5} style={{ marginTop: 0 }}>
        {title}
      </Typography.Title>
      {children}
    </section>
  );
}

function Log({ text }: { text: string }) {
  const { token } = theme.useToken();
  return (
    <pre
      tabIndex={0}
      style={{
        margin: 0,
        padding: token.paddingSM,
        maxHeight: '20em',
        overflow: 'auto',
        whiteSpace: 'pre-wrap',
        fontFamily: token.fontFamilyCode,
        fontSize: token.fontSizeSM,
        background: token.colorFillQuaternary,
        borderRadius: token.borderRadius,
      }}
    >
      {text}
    </pre>
  );
}

/** The head of the panel: whose it is, and how it is closed. */
export function PanelHead({ title, onClose }: { title: string; onClose(): void }) {
  const { t } = usePort();
  return (
    <Flex justify="space-between" align="center" gap="small">
      <Typography.Title level={4} ellipsis style={{ margin: 0 }}>
        {title}
      </Typography.Title>
      <Button type="text" icon={<CloseOutlined />} aria-label={t('Close')} onClick={onClose} />
    </Flex>
  );
}


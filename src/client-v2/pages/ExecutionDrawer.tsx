import { App, Button, Descriptions, Drawer, Empty, Flex, Popconfirm, Skeleton, Typography } from 'antd';
import { EXECUTION_STATUS } from '../../common/status';
import { useCompiledText, useT } from '../host/translation';
import type { ClientExecution, Id } from '../registry/types';
import { ExecutionReasonOptionsMap, ExecutionStatusOptionsMap } from '../status/options';
import { JobList } from './JobList';
import { JsonView } from './JsonView';
import { LoadError } from './LoadError';
import { StatusTag } from './StatusTag';
import { errorMessage, type WorkflowApi } from './WorkflowApi';
import { formatTime } from './formatTime';
import { useLoad } from './useLoad';

interface ExecutionDrawerProps {
  api: WorkflowApi;
  /** undefined = closed */
  id: Id | undefined;
  onChanged(): void;
  onClose(): void;
}

const isLive = ({ status }: ClientExecution) =>
  status === EXECUTION_STATUS.QUEUEING || status === EXECUTION_STATUS.STARTED;

/** One execution: what triggered it, what its nodes did and what came out. */
export function ExecutionDrawer({ api, id, onChanged, onClose }: ExecutionDrawerProps) {
  const t = useT();
  const compile = useCompiledText();
  const { message } = App.useApp();
  const { data, error, loading, reload } = useLoad(
    async () => (id === undefined ? undefined : api.getExecution(id)),
    [api, id],
  );
  const execution = data?.id === id ? data : undefined;

  async function cancel(executionId: Id) {
    try {
      await api.cancel(executionId);
    } catch (failure) {
      void message.error(errorMessage(failure));
    }
    reload();
    onChanged();
  }

  const actions = execution && (
    <Flex gap="small">
      <Button onClick={reload} loading={loading}>
        {t('Refresh')}
      </Button>
      {isLive(execution) && (
        <Popconfirm title={t('Are you sure you want to cancel the execution?')} onConfirm={() => cancel(execution.id)}>
          <Button danger>{t('Cancel the execution')}</Button>
        </Popconfirm>
      )}
    </Flex>
  );

  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      width="50%"
      title={`${execution?.workflow?.title ?? t('Execution')} · #${id}`}
      extra={actions}
    >
      <LoadError error={error} onRetry={reload} />
      {!execution && !error && <Skeleton active />}
      {execution && (
        <Flex vertical gap="large">
          <Descriptions size="small" bordered column={1}>
            <Descriptions.Item label={t('Status')}>
              <StatusTag status={execution.status} options={ExecutionStatusOptionsMap} />
              {execution.reason &&
                compile(ExecutionReasonOptionsMap[execution.reason]?.label ?? execution.reason)}
            </Descriptions.Item>
            <Descriptions.Item label={t('Triggered at')}>{formatTime(execution.createdAt)}</Descriptions.Item>
            <Descriptions.Item label={t('Version')}>#{execution.workflowId}</Descriptions.Item>
          </Descriptions>
          <section>
            <Typography.Title level={5}>{t('Nodes')}</Typography.Title>
            {execution.jobs?.length ? (
              <JobList jobs={execution.jobs} nodes={execution.workflow?.nodes ?? []} />
            ) : (
              <Empty description={t('No node was executed yet')} />
            )}
          </section>
          <section>
            <Typography.Title level={5}>{t('Trigger variables')}</Typography.Title>
            <JsonView value={execution.context} />
          </section>
          {execution.output != null && (
            <section>
              <Typography.Title level={5}>{t('Workflow output')}</Typography.Title>
              <JsonView value={execution.output} />
            </section>
          )}
        </Flex>
      )}
    </Drawer>
  );
}

import { App, Button, Flex, Space, Switch, Table, Tag, Typography } from 'antd';
import type { TableColumnsType } from 'antd';
import { useState } from 'react';
import { useCompiledText, useT } from '../host/translation';
import type { Trigger } from '../registry/Trigger';
import type { ClientWorkflow } from '../registry/types';
import { LoadError } from './LoadError';
import { errorMessage, type WorkflowApi } from './WorkflowApi';
import { useLoad } from './useLoad';

interface WorkflowTableProps {
  api: WorkflowApi;
  getTrigger(type: string): Trigger | undefined;
  revision: number;
  onShowExecutions(workflow: ClientWorkflow): void;
  onExecute(workflow: ClientWorkflow): void;
}

/** All workflows with their switch and their number of executions. */
export function WorkflowTable({ api, getTrigger, revision, onShowExecutions, onExecute }: WorkflowTableProps) {
  const t = useT();
  const compile = useCompiledText();
  const { message } = App.useApp();
  const [page, setPage] = useState({ page: 1, pageSize: 20 });
  const { data, error, loading, reload } = useLoad(() => api.listWorkflows(page), [api, page, revision]);
  const [switching, setSwitching] = useState<ClientWorkflow['id']>();

  async function toggle(workflow: ClientWorkflow, enabled: boolean) {
    setSwitching(workflow.id);
    try {
      await api.setEnabled(workflow, enabled);
      reload();
    } catch (failure) {
      void message.error(errorMessage(failure));
    } finally {
      setSwitching(undefined);
    }
  }

  const columns: TableColumnsType<ClientWorkflow> = [
    { title: t('Title'), dataIndex: 'title', ellipsis: true },
    {
      title: t('Trigger type'),
      dataIndex: 'type',
      render: (type: string) => <Tag color="gold">{compile(getTrigger(type)?.title ?? type)}</Tag>,
    },
    {
      title: t('Key'),
      dataIndex: 'key',
      render: (key: string) => (
        <Typography.Text code copyable={{ text: key, tooltips: [t('Copy key'), t('Copied')] }}>
          {key}
        </Typography.Text>
      ),
    },
    {
      title: t('Execute mode'),
      render: (_, workflow) =>
        getTrigger(workflow.type)?.sync ?? workflow.sync ? (
          <Tag color="orange">{t('Synchronously')}</Tag>
        ) : (
          <Tag color="cyan">{t('Asynchronously')}</Tag>
        ),
    },
    {
      title: t('Enabled'),
      dataIndex: 'enabled',
      render: (enabled: boolean, workflow) => (
        <Switch
          size="small"
          aria-label={`${t('Enabled')}-${workflow.title}`}
          checked={enabled}
          loading={switching === workflow.id}
          onChange={(checked) => void toggle(workflow, checked)}
        />
      ),
    },
    {
      title: t('Executed'),
      render: (_, workflow) => (
        <Button
          type="link"
          size="small"
          aria-label={`executed-${workflow.title}`}
          onClick={() => onShowExecutions(workflow)}
        >
          {String(workflow.stats?.executed ?? 0)}
        </Button>
      ),
    },
    {
      title: t('Actions'),
      render: (_, workflow) => (
        <Space>
          <Button type="link" size="small" onClick={() => onShowExecutions(workflow)}>
            {t('Execution history')}
          </Button>
          <Button type="link" size="small" onClick={() => onExecute(workflow)}>
            {t('Execute manually')}
          </Button>
        </Space>
      ),
    },
  ];

  return (
    <Flex vertical gap="middle">
      <Flex justify="flex-end">
        <Button aria-label="refresh-workflows" onClick={reload} loading={loading}>
          {t('Refresh')}
        </Button>
      </Flex>
      <LoadError error={error} onRetry={reload} />
      <Table
        rowKey="id"
        columns={columns}
        dataSource={data?.rows}
        loading={loading && !data}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: error ? t('Could not be loaded') : t('No workflows yet') }}
        pagination={{ current: page.page, pageSize: page.pageSize, total: data?.total, hideOnSinglePage: true }}
        onChange={({ current = 1, pageSize = 20 }) => setPage({ page: current, pageSize })}
      />
    </Flex>
  );
}

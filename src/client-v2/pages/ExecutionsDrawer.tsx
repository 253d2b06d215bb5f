import { Button, Drawer, Flex, Select, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { useCompiledText, useT } from '../host/translation';
import type { ClientExecution, ClientWorkflow, Id } from '../registry/types';
import { ExecutionStatusOptions, ExecutionStatusOptionsMap } from '../status/options';
import { LoadError } from './LoadError';
import { StatusTag } from './StatusTag';
import type { WorkflowApi } from './WorkflowApi';
import { formatTime } from './formatTime';
import { useLoad } from './useLoad';

interface ExecutionsDrawerProps {
  api: WorkflowApi;
  /** undefined = closed */
  workflow: ClientWorkflow | undefined;
  revision: number;
  onShow(executionId: Id): void;
  onClose(): void;
}

const FIRST_PAGE = { page: 1, pageSize: 20 };
const ANY = 'any';

/** The executions of one workflow, in all its versions, filtered by status. */
export function ExecutionsDrawer({ api, workflow, revision, onShow, onClose }: ExecutionsDrawerProps) {
  const t = useT();
  const compile = useCompiledText();
  const [page, setPage] = useState(FIRST_PAGE);
  // antd's Select takes no null for a value, which is a status here.
  const [status, setStatus] = useState(ANY);
  const key = workflow?.key;
  useEffect(() => {
    setPage(FIRST_PAGE);
    setStatus(ANY);
  }, [key]);
  const { data, error, loading, reload } = useLoad(
    async () =>
      key ? api.listExecutions(key, status === ANY ? undefined : JSON.parse(status), page) : { rows: [], total: 0 },
    [api, key, page, status, revision],
  );

  const columns: TableColumnsType<ClientExecution> = [
    { title: 'ID', dataIndex: 'id' },
    { title: t('Triggered at'), dataIndex: 'createdAt', render: formatTime },
    { title: t('Version'), dataIndex: 'workflowId', render: (id: Id) => `#${id}` },
    {
      title: t('Status'),
      dataIndex: 'status',
      render: (value: number | null) => <StatusTag status={value} options={ExecutionStatusOptionsMap} />,
    },
    {
      title: t('Actions'),
      render: (_, { id }) => (
        <Button type="link" size="small" aria-label={`view-${id}`} onClick={() => onShow(id)}>
          {t('View')}
        </Button>
      ),
    },
  ];

  return (
    <Drawer open={Boolean(workflow)} onClose={onClose} width="60%" title={`${workflow?.title ?? ''} · ${t('Execution history')}`}>
      <Flex vertical gap="middle">
        <Flex justify="space-between">
          <Select
            aria-label={t('Status')}
            style={{ minWidth: '12em' }}
            value={status}
            onChange={(value) => {
              setStatus(value);
              setPage(FIRST_PAGE);
            }}
            options={[
              { value: ANY, label: t('Any status') },
              ...ExecutionStatusOptions.map(({ value, label }) => ({ value: JSON.stringify(value), label: compile(label) })),
            ]}
          />
          <Button onClick={reload} loading={loading}>
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
          locale={{ emptyText: error ? t('Could not be loaded') : t('No executions yet') }}
          pagination={{ current: page.page, pageSize: page.pageSize, total: data?.total, hideOnSinglePage: true }}
          onChange={({ current = 1, pageSize = 20 }) => setPage({ page: current, pageSize })}
        />
      </Flex>
    </Drawer>
  );
}

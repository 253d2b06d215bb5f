import { Flex, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { paths } from '../../api/paths';
import type { ExecutionLine, Id } from '../../api/types';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { Link } from '../../ui/Link';
import { ExecutionStatusTag } from '../../ui/StatusTag';
import { TimeAgo } from '../../ui/TimeAgo';
import { ExecutionDuration, RecordText, VersionLink, userName } from './cells';
import { ExecutionMenu, type ExecutionMenuActions } from './ExecutionMenu';
import { sourceText } from './sourceText';

export interface ExecutionViewProps extends ExecutionMenuActions {
  rows: ExecutionLine[] | undefined;
  loading: boolean;
  registry: KindRegistry;
  withWorkflow: boolean;
  selection: readonly Id[];
  onSelect(ids: Id[]): void;
  empty: ReactNode;
}

/** Executions as a table, for screens that are wide enough. */
export function ExecutionTable({ rows, loading, registry, withWorkflow, selection, onSelect, empty, ...menu }: ExecutionViewProps) {
  const t = useT();
  const has = (test: (row: ExecutionLine) => unknown) => rows?.some((row) => Boolean(test(row))) ?? false;
  const columns: TableColumnsType<ExecutionLine> = [
    {
      title: t('Status'),
      key: 'status',
      render: (_, { status, reason }) => <ExecutionStatusTag status={status} reason={reason} />,
    },
    ...(withWorkflow
      ? [
          {
            title: t('Workflow'),
            key: 'workflow',
            render: (_: unknown, { workflow, workflowId, key }: ExecutionLine) =>
              workflow ? <Link to={paths.workflow(workflowId)}>{workflow.title || key}</Link> : t('Deleted ({{key}})', { key }),
          },
        ]
      : []),
    { title: t('Triggered'), key: 'createdAt', render: (_, { createdAt }) => <TimeAgo at={createdAt} /> },
    { title: t('Duration'), key: 'duration', render: (_, execution) => <ExecutionDuration execution={execution} /> },
    { title: t('Started by'), key: 'source', render: (_, execution) => sourceText(execution, registry, t) },
    ...(has(({ user }) => user) ? [{ title: t('User'), key: 'user', render: (_: unknown, execution: ExecutionLine) => userName(execution) }] : []),
    ...(has(({ record }) => record)
      ? [{ title: t('Record'), key: 'record', render: (_: unknown, execution: ExecutionLine) => <RecordText execution={execution} /> }]
      : []),
    { title: t('Version'), key: 'version', render: (_, execution) => <VersionLink execution={execution} /> },
    {
      title: t('Actions'),
      key: 'actions',
      render: (_, execution) => (
        <Flex gap="small" align="center">
          <Link to={paths.execution(execution.id)} aria-label={`view-${execution.id}`}>
            {t('View')}
          </Link>
          <ExecutionMenu execution={execution} {...menu} />
        </Flex>
      ),
    },
  ];
  return (
    <Table<ExecutionLine>
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={rows}
      loading={loading && !rows}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: empty }}
      rowSelection={{
        selectedRowKeys: [...selection],
        onChange: (keys) => onSelect(keys as Id[]),
        getCheckboxProps: ({ id }) => ({ 'aria-label': t('Select {{title}}', { title: `#${id}` }) }) as object,
      }}
      pagination={false}
    />
  );
}

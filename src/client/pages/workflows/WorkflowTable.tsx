import { Flex, Switch, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { paths } from '../../api/paths';
import type { Id, WorkflowLine } from '../../api/types';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { Link } from '../../ui/Link';
import { CategoriesCell, LastRunCell, NameCell, RunsCell, TriggerCell } from './cells';
import { WorkflowMenu, type WorkflowMenuActions } from './WorkflowMenu';
import type { WorkflowListState } from './useWorkflows';

export interface WorkflowViewProps extends WorkflowMenuActions {
  list: WorkflowListState;
  registry: KindRegistry;
  selection: readonly Id[];
  onSelect(ids: Id[]): void;
  onToggle(workflow: WorkflowLine, enabled: boolean): void;
  onShowExecutions(workflow: WorkflowLine): void;
  empty: ReactNode;
}

export const switchLabel = (t: (key: string) => string, workflow: WorkflowLine) => `${t('Enabled')}-${workflow.title ?? workflow.key}`;

/** Workflows as a table, for screens that are wide enough. */
export function WorkflowTable({ list, registry, selection, onSelect, onToggle, onShowExecutions, empty, ...menu }: WorkflowViewProps) {
  const t = useT();
  const hasCategories = list.rows?.some(({ categories }) => categories?.length) ?? false;
  const columns: TableColumnsType<WorkflowLine> = [
    { title: t('Name'), key: 'title', render: (_, workflow) => <NameCell workflow={workflow} /> },
    { title: t('Trigger'), key: 'type', render: (_, workflow) => <TriggerCell workflow={workflow} registry={registry} /> },
    ...(hasCategories
      ? [{ title: t('Category'), key: 'categories', render: (_: unknown, workflow: WorkflowLine) => <CategoriesCell workflow={workflow} /> }]
      : []),
    {
      title: t('Executed'),
      key: 'executed',
      render: (_, workflow) => <RunsCell workflow={workflow} activity={list.activity[workflow.key]} onShow={onShowExecutions} />,
    },
    { title: t('Last execution'), key: 'last', render: (_, workflow) => <LastRunCell activity={list.activity[workflow.key]} /> },
    {
      title: t('Enabled'),
      key: 'enabled',
      render: (_, workflow) => (
        <Switch
          size="small"
          aria-label={switchLabel(t, workflow)}
          checked={workflow.enabled}
          onChange={(checked) => onToggle(workflow, checked)}
        />
      ),
    },
    {
      title: t('Actions'),
      key: 'actions',
      fixed: 'right',
      render: (_, workflow) => (
        <Flex gap="small" align="center" style={{ whiteSpace: 'nowrap' }}>
          <Link to={paths.workflow(workflow.id)}>{t('Configure')}</Link>
          <WorkflowMenu workflow={workflow} onShowExecutions={onShowExecutions} {...menu} />
        </Flex>
      ),
    },
  ];
  return (
    <Table<WorkflowLine>
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={list.rows}
      loading={list.loading && !list.rows}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: empty }}
      rowSelection={{
        selectedRowKeys: [...selection],
        onChange: (keys) => onSelect(keys as Id[]),
        getCheckboxProps: (workflow) => ({ 'aria-label': t('Select {{title}}', { title: workflow.title ?? workflow.key }) }) as object,
      }}
      pagination={false}
    />
  );
}

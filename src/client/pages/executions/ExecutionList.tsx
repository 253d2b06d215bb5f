import { ClearOutlined, DeleteOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import type { Id } from '../../api/types';
import { useT } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { EmptyState } from '../../ui/EmptyState';
import { LoadError } from '../../ui/LoadError';
import { useNarrow } from '../../ui/useNarrow';
import { ExecutionCards } from './ExecutionCards';
import { ExecutionFilters } from './ExecutionFilters';
import { ExecutionTable } from './ExecutionTable';
import { Pager } from './Pager';
import { useExecutionActions } from './useExecutionActions';
import { useExecutions } from './useExecutions';

interface ExecutionListProps {
  registry: KindRegistry;
  /** executions of this workflow only, in all its versions */
  workflowKey?: string;
}

/** Executions, newest first, with filters and what can be done to them. */
export function ExecutionList({ registry, workflowKey }: ExecutionListProps) {
  const t = useT();
  const { list, page, filter, isFiltered, setFilter } = useExecutions(workflowKey);
  const { cancel, rerun, remove, clear } = useExecutionActions(list.reload);
  const isNarrow = useNarrow();
  const [selection, setSelection] = useState<Id[]>([]);
  const rows = list.data?.rows;
  const selected = rows?.filter(({ id }) => selection.includes(id)) ?? [];
  const mayClear = Boolean(rows?.length) && (workflowKey !== undefined || isFiltered);

  const View = isNarrow ? ExecutionCards : ExecutionTable;
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" justify="space-between">
        <ExecutionFilters filter={filter} onChange={setFilter} withWorkflow={workflowKey === undefined} />
        <Flex gap="small">
          {selected.length > 0 && (
            <Button
              danger
              icon={<DeleteOutlined />}
              onClick={() => void remove(selected).then((done) => done && setSelection([]))}
            >
              {t('Delete {{count}} selected', { count: selected.length })}
            </Button>
          )}
          {mayClear && (
            <Button icon={<ClearOutlined />} onClick={() => void clear(filter, isFiltered)}>
              {t('Clear')}
            </Button>
          )}
          <Button icon={<ReloadOutlined />} aria-label={t('Refresh')} title={t('Refresh')} loading={list.loading} onClick={list.reload} />
        </Flex>
      </Flex>
      <LoadError error={list.error} onRetry={list.reload} />
      <View
        rows={rows}
        loading={list.loading}
        registry={registry}
        withWorkflow={workflowKey === undefined}
        selection={selection}
        onSelect={setSelection}
        onRerun={(execution) => rerun(execution)}
        onCancel={({ id }) => void cancel(id)}
        onRemove={(execution) => void remove([execution])}
        empty={
          list.error ? (
            t('Could not be loaded')
          ) : isFiltered ? (
            <EmptyState title={t('No execution fits')} hint={t('Other words or fewer filters may find it.')} />
          ) : (
            <EmptyState title={t('No executions yet')} hint={t('They appear here as soon as the trigger fires.')} />
          )
        }
      />
      {rows && <Pager page={page} shown={rows.length} total={list.data?.total} isEstimate={list.data?.isEstimate} />}
    </Flex>
  );
}

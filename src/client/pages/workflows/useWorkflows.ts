import { useCallback, useMemo, useState } from 'react';
import type { Id, WorkflowActivity, WorkflowLine } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useDebounced } from '../../ui/useDebounced';
import { useLoad } from '../../ui/useLoad';
import { usePage, type PageState } from '../../ui/usePage';

export interface WorkflowFilter {
  search: string;
  type?: string;
  enabled?: boolean;
  category?: Id;
}

export const NO_FILTER: WorkflowFilter = { search: '' };

export interface WorkflowListState {
  rows: WorkflowLine[] | undefined;
  total: number;
  /** by key; empty until it is known or when the server cannot tell */
  activity: Readonly<Record<string, WorkflowActivity>>;
  error: string | undefined;
  loading: boolean;
  filter: WorkflowFilter;
  isFiltered: boolean;
  page: PageState;
  setFilter(change: Partial<WorkflowFilter>): void;
  reload(): void;
  /** shows a change of one line before the server has confirmed it */
  patch(id: Id, change: Partial<WorkflowLine>): void;
}

/** The list of workflows with its filter and page. */
export function useWorkflows(): WorkflowListState {
  const api = useWorkflowApi();
  const page = usePage();
  const [filter, replaceFilter] = useState<WorkflowFilter>(NO_FILTER);
  const search = useDebounced(filter.search.trim());
  const { type, enabled, category } = filter;

  const list = useLoad(
    (signal) => api.listWorkflows({ page: page.page, pageSize: page.pageSize, search, type, enabled, category }, signal),
    [api, page.page, page.pageSize, search, type, enabled, category],
  );
  const keys = list.data?.rows.map(({ key }) => key).join() ?? '';
  // Figures are an extra: when they cannot be had, the list does without them.
  const activity = useLoad((signal) => api.activity(keys ? keys.split(',') : [], signal).catch(() => ({})), [api, keys, list.data]);

  const { first } = page;
  const setFilter = useCallback(
    (change: Partial<WorkflowFilter>) => {
      first();
      replaceFilter((last) => ({ ...last, ...change }));
    },
    [first],
  );
  const { change } = list;
  const patch = useCallback(
    (id: Id, values: Partial<WorkflowLine>) =>
      change((data) => ({ ...data, rows: data.rows.map((row) => (row.id === id ? { ...row, ...values } : row)) })),
    [change],
  );

  return useMemo(
    () => ({
      rows: list.data?.rows,
      total: list.data?.total ?? 0,
      activity: activity.data ?? {},
      error: list.error,
      loading: list.loading,
      filter,
      isFiltered: Boolean(search || type || enabled !== undefined || category !== undefined),
      page,
      setFilter,
      reload: list.reload,
      patch,
    }),
    [list, activity.data, filter, search, type, enabled, category, page, setFilter, patch],
  );
}

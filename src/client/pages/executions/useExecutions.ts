import { useEffect, useMemo, useState } from 'react';
import type { ExecutionFilter, ExecutionLine, Page } from '../../api/types';
import { useExecutionChanges } from '../../api/useExecutionChanges';
import { useWatch } from '../../api/useWatch';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useDebounced } from '../../ui/useDebounced';
import { useLoad, type Loaded } from '../../ui/useLoad';
import { usePage, type PageState } from '../../ui/usePage';

export interface ExecutionListState {
  list: Loaded<Page<ExecutionLine>>;
  page: PageState;
  filter: ExecutionFilter;
  isFiltered: boolean;
  setFilter(change: ExecutionFilter): void;
}

/**
 * The list of executions with its filter and page; what the server tells of executions on display shows at once.
 * @param key of the only workflow that counts
 */
export function useExecutions(key: string | undefined): ExecutionListState {
  const api = useWorkflowApi();
  const page = usePage();
  const [chosen, setChosen] = useState<ExecutionFilter>({});
  const filter = useMemo(() => ({ ...chosen, ...(key === undefined ? {} : { key }) }), [chosen, key]);
  const asked = useDebounced(filter);
  const { first } = page;
  useEffect(() => {
    setChosen({});
    first();
  }, [key, first]);

  const list = useLoad((signal) => api.listExecutions({ ...asked, page: page.page, pageSize: page.pageSize }, signal), [api, asked, page.page, page.pageSize]);

  useWatch(asked.key === undefined ? {} : { key: asked.key });
  useExecutionChanges((changed) => {
    const known = list.data?.rows.some(({ id }) => String(id) === changed.executionId);
    if (known) {
      list.change((data) => ({
        ...data,
        rows: data.rows.map((row) => (String(row.id) === changed.executionId ? { ...row, status: changed.status } : row)),
      }));
    } else if (page.page === 1 && (asked.key === undefined || asked.key === changed.key)) {
      list.reload();
    }
  });

  const isFiltered = Object.entries(chosen).some(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
  return {
    list,
    page,
    filter,
    isFiltered,
    setFilter: (change) => {
      first();
      setChosen((last) => ({ ...last, ...change }));
    },
  };
}

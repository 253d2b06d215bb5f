import { useEffect, useState } from 'react';
import { usePort } from '../../client/port/HostPort';
import { useWorkflowTaskCounts, type TaskStats } from './tasks';

/** A workflow that has given the current user to-dos of one kind. */
export interface TaskWorkflow {
  workflowKey: string;
  title: string;
  stats?: TaskStats;
}

interface StatsRow {
  workflowKey: string;
  workflow?: { title?: string };
  workflowTitle?: string;
  stats?: TaskStats;
}

const NONE: TaskWorkflow[] = [];

/** Hook. Workflows to filter a list by; loaded again when the number of to-dos changes. */
export function useTaskWorkflows(type: string | undefined): TaskWorkflow[] {
  const port = usePort();
  const all = useWorkflowTaskCounts().counts[type ?? '']?.all;
  const [workflows, setWorkflows] = useState(NONE);
  useEffect(() => {
    if (!type) return undefined;
    const controller = new AbortController();
    port
      .request<StatsRow[]>({
        action: 'userWorkflowTaskStats:listMine',
        params: { type, page: 1, pageSize: 200 },
        signal: controller.signal,
      })
      .then(({ data }) =>
        setWorkflows((data ?? []).map((row) => ({
          workflowKey: row.workflowKey,
          title: row.workflow?.title ?? row.workflowTitle ?? row.workflowKey,
          stats: row.stats,
        }))),
      )
      // The filter is a convenience: without it all to-dos are listed.
      .catch(() => controller.signal.aborted || setWorkflows(NONE));
    return () => controller.abort();
  }, [port, type, all]);
  return workflows;
}

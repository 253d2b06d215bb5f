import type { ApiClient } from '@nocobase/client-v2';
import { useContext, useSyncExternalStore } from 'react';
import { PLUGIN_NAME } from '../../common/constants';
import { WorkflowTaskRecordContext } from '../contexts/shared';
import { currentLane } from '../host/lane';
import type { Id } from '../registry/types';
import type { TaskTypeOptions } from '../registry/withRegistries';

/** Filters of the task centre. */
export const TASK_STATUS = { ALL: 'all', PENDING: 'pending', COMPLETED: 'completed' } as const;
export const TASK_STATUS_VALUES = Object.values(TASK_STATUS);
export type TaskStatus = (typeof TASK_STATUS_VALUES)[number];

export interface TaskStats {
  pending: number;
  all: number;
}

type TaskRegistry = { getKeys(): Iterable<string>; get(key: string): TaskTypeOptions | undefined };

/** What is used of a FlowModel's context, or of the application itself. */
interface HostContext {
  app?: HostContext;
  api?: ApiClient;
  apiClient?: ApiClient;
  pm?: { get(name: string): { taskTypes?: TaskRegistry } | undefined };
}

/** The task types of the workflow plugin of an application. */
export function getWorkflowTaskRegistry(context?: HostContext): TaskRegistry | undefined {
  return (context?.app ?? context)?.pm?.get(PLUGIN_NAME)?.taskTypes;
}

export const getWorkflowTaskTypeKeys = (registry?: TaskRegistry): string[] => [...(registry?.getKeys() ?? [])];

/** The types that have to-dos or are always shown. */
export function getAvailableWorkflowTaskTypeKeys(
  registry: TaskRegistry | undefined,
  counts: Record<string, TaskStats> = {},
): string[] {
  return getWorkflowTaskTypeKeys(registry).filter((key) => registry?.get(key)?.alwaysShow || counts[key]?.all);
}

export const getWorkflowTaskRecordKey = (record?: { id?: Id; key?: string } | null): string =>
  String(record?.id ?? record?.key ?? '');

export function normalizeWorkflowTaskStatus(status: unknown): TaskStatus {
  return TASK_STATUS_VALUES.find((value) => value === status) ?? TASK_STATUS.PENDING;
}

/** An answer of the API client, its body, or the data itself. */
interface TaskResponse {
  data?: { data?: unknown; meta?: { count?: number } };
}

function payload(response: unknown): unknown {
  const { data } = (response ?? {}) as TaskResponse;
  return data?.data ?? data ?? response;
}

const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function normalizeWorkflowTaskCountsResponse(response: unknown): Record<string, TaskStats> {
  const rows = asArray(payload(response)) as { type: string; stats: TaskStats }[];
  return Object.fromEntries(rows.map(({ type, stats }) => [type, stats]));
}

export const normalizeWorkflowTaskRecordResponse = (response: unknown): unknown => payload(response) ?? null;

export function normalizeWorkflowTaskRecordsResponse(response: unknown): { records: unknown[]; total: number } {
  const records = asArray(payload(response));
  return { records, total: (response as TaskResponse | undefined)?.data?.meta?.count ?? records.length };
}

const NO_COUNTS: Record<string, TaskStats> = {};

/** Hook. The to-do counts of the current user by task type, as they are at the moment. */
export function useWorkflowTaskCounts(_context?: HostContext, _registry?: TaskRegistry) {
  const { taskCounts } = currentLane();
  const counts: Record<string, TaskStats> = useSyncExternalStore(taskCounts.subscribe, taskCounts.get, () => NO_COUNTS);
  const total = Object.values(counts).reduce((sum, { pending }) => sum + pending, 0);
  return { counts, total, reload: taskCounts.reload };
}

/** Hook. The record of the to-do that is shown. */
export const useWorkflowTaskRecord = () => useContext(WorkflowTaskRecordContext);

import { useEffect, useRef } from 'react';
import type { ExecutionStatus } from '../../common/status';
import { usePort } from '../port/HostPort';

/** Message of the server when an execution or its jobs have changed. */
export const EXECUTION_CHANGED = 'workflow:execution:changed';

export interface ExecutionChange {
  executionId: string;
  workflowId: string;
  /** of the workflow */
  key: string;
  status: ExecutionStatus;
  jobs: { id: string; nodeKey: string; nodeId: string; status: number; updatedAt?: string }[];
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A message as this page understands it; null when it is none. */
export function readChange(payload: unknown): ExecutionChange | null {
  const { executionId, workflowId, key, status, jobs } = Object(payload) as Record<string, unknown>;
  if (!text(executionId)) return null;
  return {
    executionId: text(executionId),
    workflowId: text(workflowId),
    key: text(key),
    status: typeof status === 'number' ? status : null,
    jobs: (Array.isArray(jobs) ? (jobs as Record<string, unknown>[]) : []).map((job) => ({
      id: text(job.id),
      nodeKey: text(job.nodeKey),
      nodeId: text(job.nodeId),
      status: Number(job.status),
      ...(typeof job.updatedAt === 'string' ? { updatedAt: job.updatedAt } : {}),
    })),
  };
}

/** Hears of every execution that changes while the component shows. */
export function useExecutionChanges(listener: (change: ExecutionChange) => void): void {
  const port = usePort();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(
    () =>
      port.subscribe(EXECUTION_CHANGED, (payload) => {
        const change = readChange(payload);
        if (change) latest.current(change);
      }),
    [port],
  );
}

import { EXECUTION_STATUS, type ExecutionStatus } from '../../common/status';
import type { Id, ProcessorContract, WorkflowModel } from '../contract';

/** Key of the host lock that stands for an execution. */
export function getExecutionLockKey(id: Id): string {
  return `workflow:execution:${id}`;
}

/** Key of the host lock that stands for a job; taken while a person's answer is stored. */
export function getJobLockKey(id: Id): string {
  return `workflow:job:${id}`;
}

/** True for "somebody else holds the lock". By class name: several copies of the class may exist. */
export function isLockAcquireError(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'LockAcquireError';
}

/**
 * Name of an execution status for logs.
 * @example getExecutionStatusName(-1) // 'FAILED'
 */
export function getExecutionStatusName(status: ExecutionStatus | undefined): string {
  if (status === undefined) {
    return 'UNKNOWN';
  }
  return Object.entries(EXECUTION_STATUS).find(([, value]) => value === status)?.[0] ?? String(status);
}

/** Ids and states of a run as fields of a log line; `null` for what is not there. */
export function getWorkflowExecutionLogMeta(
  workflow: Partial<WorkflowModel> | null | undefined,
  processor?: ProcessorContract | null,
): Record<string, unknown> {
  const execution = processor?.execution;
  const job = processor?.lastSavedJob;
  return {
    workflowId: workflow?.id ?? null,
    workflowKey: workflow?.key ?? null,
    workflowTitle: workflow?.title ?? null,
    executionId: execution?.id ?? null,
    executionStatus: execution?.status ?? null,
    executionStatusName: execution ? getExecutionStatusName(execution.status) : null,
    lastNodeId: job?.nodeId ?? null,
    lastNodeType: job ? processor?.nodesMap.get(job.nodeId)?.type ?? null : null,
    lastJobId: job?.id ?? null,
    lastJobStatus: job?.status ?? null,
  };
}

/**
 * Statuses of executions and jobs: the only definition, shared by server and browser.
 * The numbers are stored in the database and are part of the public API.
 */
export const EXECUTION_STATUS = {
  /** created, waits for a worker */
  QUEUEING: null,
  /** entered by a worker: running, or waiting for an outside event */
  STARTED: 0,
  /** finished successfully */
  RESOLVED: 1,
  /** the flow itself decided to fail (condition not met, end node) */
  FAILED: -1,
  /** a node threw */
  ERROR: -2,
  /** ended from outside: timeout, cancel, aborted parent */
  ABORTED: -3,
  /** reserved for "cancelled by a person" */
  CANCELED: -4,
  /** a person rejected the task */
  REJECTED: -5,
  /** failed and asks for a retry */
  RETRY_NEEDED: -6,
} as const;

/** Status of one job: below zero = ended without success, 0 = waiting, above zero = fine. */
export const JOB_STATUS = {
  PENDING: 0,
  RESOLVED: 1,
  FAILED: -1,
  ERROR: -2,
  ABORTED: -3,
  CANCELED: -4,
  REJECTED: -5,
  RETRY_NEEDED: -6,
} as const;

/** Why an execution was aborted. */
export const EXECUTION_REASON = {
  TIMEOUT: 'timeout',
  MANUAL_CANCEL: 'manual_cancel',
  PARENT_ABORTED: 'parent_aborted',
} as const;

export type ExecutionStatus = number | null;
export type ExecutionReason = (typeof EXECUTION_REASON)[keyof typeof EXECUTION_REASON];

/**
 * The execution status a job status stands for.
 * @example toExecutionStatus(100) // 1: unknown numbers count by their sign
 */
export function toExecutionStatus(jobStatus: number): number {
  return jobStatus >= -6 && jobStatus <= 1 ? jobStatus : Math.sign(jobStatus);
}

/** True when an execution with this status can still change. */
export function isLive(status: ExecutionStatus | undefined): boolean {
  return status == null || status === EXECUTION_STATUS.STARTED;
}

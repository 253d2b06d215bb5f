import { EXECUTION_REASON } from '../../common/status';
import type { BackgroundAbortHandle } from '../contract';

/** The run took longer than the workflow allows. Recognised by `code` or `name`: several copies of the class may exist. */
export class WorkflowTimeoutError extends Error {
  readonly code = 'WORKFLOW_TIMEOUT';

  constructor(message = 'Workflow execution timed out') {
    super(message);
    this.name = 'WorkflowTimeoutError';
  }
}

export function isWorkflowTimeoutError(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return error instanceof WorkflowTimeoutError || name === 'WorkflowTimeoutError' || code === 'WORKFLOW_TIMEOUT';
}

/** What an abort signal carries for a reason. */
export function timeoutError(reason: string): Error {
  const message = 'Workflow execution has been aborted';
  return reason === EXECUTION_REASON.TIMEOUT ? new WorkflowTimeoutError(message) : new Error(message);
}

const MAX_TIMER_MS = 2_147_483_647;

/** Calls back at an instant, however far away; returns the cancel function. */
export function atInstant(at: Date, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = () => {
    const restMs = at.getTime() - Date.now();
    timer = setTimeout(restMs > MAX_TIMER_MS ? arm : callback, Math.max(0, Math.min(restMs, MAX_TIMER_MS)));
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}

/** Abort handle for work that goes on after the run has rested: follows the run's signal and its deadline. */
export function createAbortHandle(parent: AbortSignal, expiresAt: Date | null, onDispose?: () => void): BackgroundAbortHandle {
  const controller = new AbortController();
  const abort = () => controller.abort(new WorkflowTimeoutError('Workflow execution has been aborted'));
  let cancelTimer = () => {};
  const dispose = () => {
    parent.removeEventListener('abort', abort);
    cancelTimer();
    onDispose?.();
  };
  if (parent.aborted || (expiresAt && expiresAt.getTime() <= Date.now())) {
    abort();
  } else {
    parent.addEventListener('abort', abort, { once: true });
    if (expiresAt) {
      cancelTimer = atInstant(expiresAt, abort);
    }
  }
  return {
    signal: controller.signal,
    dispose,
    throwIfAborted: () => controller.signal.throwIfAborted(),
  };
}

import { JOB_STATUS } from '../../common/status';
import type { EngineLog } from './ports';
import type { Run } from './Run';
import { afterJob, firstStep } from './transition';
import type { Attempt, JobState, Signal, Step } from './types';

/** Work in the background that was cut off so often may be what kills its process. */
const MAX_TRIES = 5;

/** The signal only says that a living process works in the background: nothing to do. */
export function isInProgress(run: Run, signal: Signal): boolean {
  return signal.kind === 'retry' && !signal.due && !run.ended && isOpen(run, signal);
}

/** The job of the attempt has got no answer yet. */
function isOpen(run: Run, { jobId }: Attempt): boolean {
  const job = run.job(jobId);
  const isAnswered = run.claim.signals.some((signal) => signal.kind === 'resume' && signal.jobId === jobId);
  return job?.waiting === true && job.status === JOB_STATUS.PENDING && !isAnswered;
}

/** The waiting job a signal answers, or null for the other kinds and for jobs that are gone. */
export function jobToAnswer(run: Run, signal: Signal): JobState | null {
  return signal.kind === 'resume' ? run.job(signal.jobId) ?? null : null;
}

/** What a stored request from outside means for the flow. A request that makes no sense is logged and dropped. */
export function stepsOfSignal(run: Run, signal: Signal, log: EngineLog): Step[] {
  switch (signal.kind) {
    case 'start':
      return [];
    case 'resume': {
      const job = run.job(signal.jobId);
      if (!job) {
        log.warn(`job ${signal.jobId} does not belong to execution ${run.id}`, { executionId: run.id });
        return [];
      }
      return [{ type: 'resume', nodeId: job.nodeId, jobId: job.id }];
    }
    case 'retry':
      run.forgetAttempt(signal.jobId);
      return isOpen(run, signal) ? retrySteps(run, signal, log) : [];
    case 'rerun':
      return rerunSteps(run, signal.nodeId, signal.overwrite, log);
  }
}

function rerunSteps(run: Run, nodeId: string | null, overwrite: boolean, log: EngineLog): Step[] {
  const { graph } = run.version;
  const node = nodeId === null ? graph.head : graph.get(nodeId);
  if (!node) {
    if (nodeId === null) {
      return [firstStep(graph)];
    }
    log.error(`node ${nodeId} does not exist`, { executionId: run.id });
    return [];
  }
  const job = run.latestJob(node.id);
  if (!job && (nodeId !== null || overwrite)) {
    log.error(`node ${node.id} has no job to rerun`, { executionId: run.id });
    return [];
  }
  const inputId = node.upstreamId === null ? null : run.latestJob(node.upstreamId)?.id ?? null;
  return [{ type: 'run', nodeId: node.id, inputId, rerun: true, ...(overwrite && job ? { overwrite: job.id } : {}) }];
}

/** Calls the node again, as if its call had been interrupted: it gets the job and the key that it had. */
function retrySteps(run: Run, { jobId, idempotencyKey, tries }: Attempt, log: EngineLog): Step[] {
  const job = run.job(jobId) as JobState;
  if (tries >= MAX_TRIES) {
    log.error(`node ${job.nodeId} was interrupted ${tries} times and is given up`, { executionId: run.id, jobId });
    run.updateJob(job, { status: JOB_STATUS.ERROR, result: { message: 'interrupted' } });
    return [afterJob(run.version.graph, job.nodeId, job)];
  }
  const { nodeId, upstreamId: inputId } = job;
  const replay = { nodeId, inputId, calls: 0, jobId, idempotencyKey, tries };
  return [{ type: 'run', nodeId, inputId, replay }];
}

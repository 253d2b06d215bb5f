import type { EngineLog } from './ports';
import type { Run } from './Run';
import { firstStep } from './transition';
import type { JobState, Signal, Step } from './types';

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

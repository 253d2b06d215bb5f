import { JOB_STATUS } from '../../common/status';
import type { Graph } from './graph';
import type { Outcome } from './ports';
import type { Step } from './types';

/** The part of a job that decides the way. */
export interface Ended {
  id: string;
  status: number;
}

/**
 * Where the flow goes when a node is done. Pure: same graph, node and job, same answer.
 *
 * - resolved with a node after it on the chain → run that node
 * - otherwise the chain has ended: the node that owns the branch is recalled (for waiting and failed jobs too,
 *   because only the owner knows what a branch means to it)
 * - on the main chain a waiting job rests, anything else finishes the execution with the job's status
 *
 * @param nodeId the node that was executed; `job` may belong to another node (a branch job that bubbles up)
 */
export function afterJob(graph: Graph, nodeId: string, job: Ended): Step {
  const next = job.status === JOB_STATUS.RESOLVED ? graph.next(nodeId) : null;
  if (next) {
    return { type: 'run', nodeId: next.id, inputId: job.id };
  }
  const owner = graph.owner(nodeId);
  if (owner) {
    return { type: 'recall', nodeId: owner.id, jobId: job.id };
  }
  return job.status === JOB_STATUS.PENDING ? { type: 'rest' } : { type: 'finish', status: job.status };
}

/** The step that follows what a node's code handed back. */
export function afterOutcome(graph: Graph, nodeId: string, outcome: Outcome, statusOf: (jobId: string) => number): Step {
  switch (outcome.type) {
    case 'job':
      return afterJob(graph, nodeId, { id: outcome.jobId, status: statusOf(outcome.jobId) });
    case 'branch':
      return { type: 'run', nodeId: outcome.headId, inputId: outcome.jobId };
    case 'leave':
      return { type: 'rest' };
    case 'exit':
      return { type: 'finish', status: outcome.status };
  }
}

/** The first step of an execution. Without nodes it is already done; nodes without a head are a broken graph. */
export function firstStep(graph: Graph): Step {
  if (graph.nodes.length === 0) {
    return { type: 'finish', status: JOB_STATUS.RESOLVED };
  }
  return graph.head
    ? { type: 'run', nodeId: graph.head.id, inputId: null }
    : { type: 'finish', status: JOB_STATUS.ERROR };
}

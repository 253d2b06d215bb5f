import { compileGraph } from './graph';
import type { Version } from './ports';
import type { ClaimedRun } from './types';

/** Enough of a version to end a run whose workflow no longer exists. */
export function missingVersion({ workflowId, key }: ClaimedRun): Version {
  return { id: workflowId, key, graph: compileGraph([]), timeoutMs: 0, deleteOnStatus: [], concurrency: 1 };
}

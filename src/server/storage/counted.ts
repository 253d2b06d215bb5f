import type { ClaimedRun, RunCommit } from '../engine/types';
import type { Counted } from './commit';

export type FirstWrite = Counted & { executionId: string };

/** Claims of executions that nobody has executed before. */
export function newlyCounted(claims: ClaimedRun[]): Counted[] {
  return merge(claims.filter(({ epoch }) => epoch === 1).map(({ workflowId, key }) => ({ workflowId, key, count: 1 })));
}

/** Commits of executions that were never claimed: inline runs. */
export function firstWrites(commits: RunCommit[]): FirstWrite[] {
  return commits
    .filter(({ epoch, nextEpoch }) => epoch === 0 && nextEpoch === 1)
    .map(({ id, workflowId, key }) => ({ executionId: id, workflowId, key, count: 1 }));
}

/** One entry per version. */
export function merge(counted: Counted[]): Counted[] {
  const byVersion = new Map<string, Counted>();
  for (const { workflowId, key, count } of counted) {
    const entry = byVersion.get(workflowId);
    if (entry) {
      entry.count += count;
    } else {
      byVersion.set(workflowId, { workflowId, key, count });
    }
  }
  return [...byVersion.values()];
}

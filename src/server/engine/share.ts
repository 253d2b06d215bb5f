import type { ClaimRequest, RunStore } from './ports';
import type { ClaimedRun } from './types';

/**
 * Which workflows are another process's to execute first. Each workflow belongs to one process, and every process gets as
 * many of them: without that, whoever was first would hold the leases of all workflows of a backlog and take more of each
 * before the last run has ended, and the processes beside it would find nothing that they may take.
 *
 * It is a preference and no rule: whoever has nothing to do takes what belongs to others. So nothing is lost when processes
 * do not agree for a moment who is there, and nothing waits for one that is gone.
 *
 * @param keys of the workflows, in any order
 * @param owners the processes that execute, this one included, in any order
 * @example keysOfOthers(['a', 'b', 'c'], ['p', 'q'], 'q') // ['a', 'c']
 */
export function keysOfOthers(keys: Iterable<string>, owners: Iterable<string>, self: string): string[] {
  const sorted = [...new Set(owners)].sort();
  const mine = sorted.indexOf(self);
  if (mine < 0 || sorted.length < 2) {
    return [];
  }
  return [...new Set(keys)].sort().filter((_, i) => i % sorted.length !== mine);
}

/**
 * Claims runs of this process's workflows; when there are none, as many of others as it has places for, so that it gives
 * them back soon.
 */
export async function claimOwnFirst(
  store: Pick<RunStore, 'claim'>,
  request: ClaimRequest,
  foreignKeys: readonly string[],
  places: number,
): Promise<ClaimedRun[]> {
  const { exceptKeys } = request;
  const own = await store.claim(foreignKeys.length > 0 ? { ...request, exceptKeys: [...exceptKeys, ...foreignKeys] } : request);
  const isDone = own.length > 0 || foreignKeys.length === 0 || places <= 0;
  return isDone ? own : store.claim({ ...request, limit: Math.min(request.limit, places) });
}

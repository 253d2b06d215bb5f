import type { ExecutionChange } from '../../api/useExecutionChanges';
import type { JobRow } from '../../api/types';
import { isLive } from '../../../common/status';

/** Ids may be numbers or decimal strings of any length; they rise with time. */
export const compareIds = (a: number | string, b: number | string): number => {
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

export const inOrder = (jobs: readonly JobRow[]): JobRow[] => [...jobs].sort((a, b) => compareIds(a.id, b.id));

/** The jobs after a message of the server: known ones get their status, new ones are added. */
export function mergeJobs(jobs: readonly JobRow[], changed: ExecutionChange['jobs'], now: string): JobRow[] {
  if (changed.length === 0) return jobs as JobRow[];
  const byId = new Map(jobs.map((job) => [String(job.id), job]));
  for (const { id, nodeKey, nodeId, status, updatedAt = now } of changed) {
    const known = byId.get(id);
    byId.set(id, known ? { ...known, status, updatedAt } : { id, nodeId, nodeKey, status, startedAt: updatedAt, createdAt: updatedAt, updatedAt });
  }
  return inOrder([...byId.values()]);
}

/** Milliseconds that a job took; undefined while it goes on or when its times are unknown. */
export function jobDuration({ status, startedAt, createdAt, updatedAt }: JobRow): number | undefined {
  if (isLive(status)) return undefined;
  const from = Date.parse(startedAt ?? createdAt ?? '');
  const to = Date.parse(updatedAt ?? '');
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : Math.max(0, to - from);
}

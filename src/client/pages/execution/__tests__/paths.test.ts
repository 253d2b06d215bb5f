import { describe, expect, it } from 'vitest';
import { coreNodeKinds } from '../../../forms/kinds';
import type { KindRegistry } from '../../../registry/kinds';
import { runPaths } from '../paths';
import { jobsByNode } from '../rounds';
import { flowOf, jobsOf } from './flow';

const kinds = coreNodeKinds((key) => key);
const registry = { node: (type: string) => kinds.find((kind) => kind.type === type) } as KindRegistry;

const FLOW = flowOf([
  { key: 'enough', type: 'condition', config: { rejectOnFalse: false } },
  { key: 'deduct', after: 'enough', branch: 1 },
  { key: 'confirm', after: 'deduct' },
  { key: 'reject', after: 'enough', branch: 0 },
  { key: 'mail', after: 'enough' },
]);

function ways(flow: ReturnType<typeof flowOf>, rows: Parameters<typeof jobsOf>[1], status: number) {
  const { skipped, takenBranches } = runPaths(flow, jobsByNode(flow, jobsOf(flow, rows)), status, registry);
  return { skipped: [...skipped].sort(), taken: Object.fromEntries([...takenBranches].map(([key, set]) => [key, [...set]])) };
}

describe('the way of a run', () => {
  it('leaves the other branch of a condition out while the run goes on, and nothing that may still come', () => {
    expect(ways(FLOW, [[1, 'enough', 0], [2, 'deduct', 0]], 0)).toEqual({ skipped: ['reject'], taken: { enough: [1] } });
  });

  it('leaves everything out that has no job when the run has ended', () => {
    expect(ways(FLOW, [[1, 'enough'], [2, 'deduct', -2]], -2).skipped).toEqual(['confirm', 'mail', 'reject']);
  });

  it('leaves nothing out before a condition was decided', () => {
    expect(ways(FLOW, [[1, 'enough', 0]], 0)).toEqual({ skipped: [], taken: {} });
  });

  it('knows the branch that was taken although nothing stands in it', () => {
    const oneSided = flowOf([{ key: 'large', type: 'condition', config: { rejectOnFalse: false } }, { key: 'review', after: 'large', branch: 1 }, { key: 'approve', after: 'large' }]);
    expect(ways(oneSided, [[1, 'large'], [2, 'approve', 0]], 0)).toEqual({ skipped: ['review'], taken: { large: [0] } });
  });

  it('takes every branch of a node that does not choose', () => {
    const parallel = flowOf([{ key: 'both', type: 'parallel' }, { key: 'a', after: 'both', branch: 1 }, { key: 'b', after: 'both', branch: 2 }]);
    expect(ways(parallel, [[1, 'both', 0], [2, 'a']], 0)).toEqual({ skipped: [], taken: { both: [1] } });
  });
});

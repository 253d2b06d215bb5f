import { describe, expect, it } from 'vitest';
import { jobsByNode, roundsOfJob, showRounds } from '../rounds';
import { flowOf, jobsOf } from './flow';

const LOOP = flowOf([
  { key: 'each', type: 'loop' },
  { key: 'square', after: 'each', branch: 0 },
  { key: 'store', after: 'square' },
  { key: 'done', after: 'each' },
]);
/** three rounds; the third has got no further than its first node */
const JOBS = jobsOf(LOOP, [[1, 'each', 0], [2, 'square'], [3, 'store'], [4, 'square'], [5, 'store', -2], [6, 'square', 0]]);

const ids = (jobs: ReadonlyMap<string, readonly { id: unknown }[]>, key: string) => (jobs.get(key) ?? []).map(({ id }) => id);

describe('rounds of a loop', () => {
  const all = jobsByNode(LOOP, JOBS);

  it('shows the last round where nothing was chosen', () => {
    const { jobs, repeated } = showRounds(LOOP, all, new Map());
    expect(repeated).toEqual([{ key: 'each', rounds: 3, shown: 2 }]);
    expect([ids(jobs, 'each'), ids(jobs, 'square'), ids(jobs, 'store')]).toEqual([[1], [6], []]);
  });

  it.each([
    [0, [2], [3]],
    [1, [4], [5]],
  ])('shows round %i and nothing of the others', (round, square, store) => {
    const { jobs } = showRounds(LOOP, all, new Map([['each', round]]));
    expect([ids(jobs, 'square'), ids(jobs, 'store')]).toEqual([square, store]);
  });

  it('finds the round of a job', () => {
    expect(roundsOfJob(LOOP, all, 'store', JOBS[4]!)).toEqual(new Map([['each', 1]]));
  });

  it('cuts loops inside of loops twice', () => {
    const nested = flowOf([
      { key: 'outer', type: 'loop' },
      { key: 'inner', type: 'loop', after: 'outer', branch: 0 },
      { key: 'step', after: 'inner', branch: 0 },
    ]);
    const jobs = jobsByNode(nested, jobsOf(nested, [
      [1, 'outer'], [2, 'inner'], [3, 'step'], [4, 'step'], [5, 'inner'], [6, 'step'], [7, 'step'], [8, 'step'],
    ]));
    const first = showRounds(nested, jobs, new Map([['outer', 0], ['inner', 1]]));
    expect(first.repeated).toEqual([{ key: 'outer', rounds: 2, shown: 0 }, { key: 'inner', rounds: 2, shown: 1 }]);
    expect([ids(first.jobs, 'inner'), ids(first.jobs, 'step')]).toEqual([[2], [4]]);
    const second = showRounds(nested, jobs, new Map([['outer', 1], ['inner', 0]]));
    expect(second.repeated).toEqual([{ key: 'outer', rounds: 2, shown: 1 }, { key: 'inner', rounds: 3, shown: 0 }]);
    expect(ids(second.jobs, 'step')).toEqual([6]);
    expect(roundsOfJob(nested, jobs, 'step', jobs.get('step')![3]!)).toEqual(new Map([['outer', 1], ['inner', 1]]));
  });

  it('orders ids that no number can hold', () => {
    const big = jobsByNode(LOOP, [
      { id: '9007199254740995', nodeId: '2', nodeKey: 'square', status: 1 },
      { id: '9007199254740993', nodeId: '2', nodeKey: 'square', status: 1 },
    ]);
    expect(ids(big, 'square')).toEqual(['9007199254740993', '9007199254740995']);
  });
});

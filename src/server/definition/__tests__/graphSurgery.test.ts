import { describe, expect, it } from 'vitest';
import { insertNode, moveNode, removeBranch, removeNode, setBranchIndex } from '../graphSurgery';
import { validateGraph } from '../validateGraph';
import type { GraphChanges, NodeLinks } from '../GraphDraft';

type Branches = { [index: number]: Chain };
type Chain = Array<number | [number, Branches]>;

/** Rows of a nested notation: `[1, [2, { 0: [3], 1: [4, 5] }], 6]`. */
function rowsOf(chain: Chain, upstreamId: number | null = null, branchIndex: number | null = null): NodeLinks[] {
  const ids = chain.map((item) => (Array.isArray(item) ? item[0] : item));
  return chain.flatMap((item, index) => {
    const id = ids[index]!;
    const row: NodeLinks = {
      id,
      upstreamId: index > 0 ? ids[index - 1]! : upstreamId,
      downstreamId: ids[index + 1] ?? null,
      branchIndex: index > 0 ? null : branchIndex,
    };
    const branches = Array.isArray(item) ? Object.entries(item[1]) : [];
    return [row, ...branches.flatMap(([key, branch]) => rowsOf(branch, id, Number(key)))];
  });
}

function apply(rows: NodeLinks[], { updated, removed }: GraphChanges): NodeLinks[] {
  const result = new Map(rows.map((row) => [row.id, row]));
  updated.forEach((row) => result.set(row.id, row));
  removed.forEach((id) => result.delete(id));
  return [...result.values()];
}

const sorted = (rows: NodeLinks[]) => [...rows].sort((a, b) => Number(a.id) - Number(b.id));

function expectResult(rows: NodeLinks[], changes: GraphChanges, expected: Chain) {
  const result = apply(rows, changes);
  expect(sorted(result)).toEqual(sorted(rowsOf(expected)));
  expect(validateGraph(result)).toEqual([]);
}

describe('insertNode', () => {
  it.each<[string, Chain, { upstreamId: number | null; branchIndex: number | null }, Chain]>([
    ['first node', [], { upstreamId: null, branchIndex: null }, [9]],
    ['a second head pushes the first down (N4)', [1, 2], { upstreamId: null, branchIndex: null }, [9, 1, 2]],
    ['a branch index without upstream means nothing', [1], { upstreamId: null, branchIndex: 3 }, [9, 1]],
    ['after a node with downstream (N5, N11)', [1, 2], { upstreamId: 1, branchIndex: null }, [1, 9, 2]],
    ['at the tail', [1], { upstreamId: 1, branchIndex: null }, [1, 9]],
    ['head of an empty branch (N6)', [1, 2], { upstreamId: 1, branchIndex: 0 }, [[1, { 0: [9] }], 2]],
    [
      'head of a branch (N12, N13)',
      [[1, { 1: [2, 3] }], 4],
      { upstreamId: 1, branchIndex: 1 },
      [[1, { 1: [9, 2, 3] }], 4],
    ],
    ['middle of a branch (N14)', [[1, { 1: [2, 3] }]], { upstreamId: 2, branchIndex: null }, [[1, { 1: [2, 9, 3] }]]],
    ['tail of a branch (N15)', [[1, { 1: [2] }], 4], { upstreamId: 2, branchIndex: null }, [[1, { 1: [2, 9] }], 4]],
  ])('%s', (_title, before, place, after) => {
    const rows = rowsOf(before);
    expectResult(rows, insertNode(rows, 9, place), after);
  });

  it('refuses an upstream of another workflow', () => {
    expect(() => insertNode(rowsOf([1]), 9, { upstreamId: 5, branchIndex: null })).toThrow(/same workflow/);
  });

  it('takes ids as strings for the same ids', () => {
    const rows = rowsOf([1, 2]);
    expect(insertNode(rows, '9', { upstreamId: '1', branchIndex: null }).updated).toContainEqual({
      id: '9',
      upstreamId: 1,
      downstreamId: 2,
      branchIndex: null,
    });
  });
});

describe('moveNode', () => {
  it.each<[string, Chain, { upstreamId: number | null; branchIndex: number | null }, Chain]>([
    ['to the head (N33)', [1, 2, 3], { upstreamId: null, branchIndex: null }, [3, 1, 2]],
    ['into a branch (N34)', [[1, { 0: [2] }], 3, 4], { upstreamId: 1, branchIndex: 0 }, [[1, { 0: [3, 2] }], 4]],
    [
      'out of a branch: the next becomes its head (N40)',
      [[1, { 1: [3, 2] }], 4],
      { upstreamId: 4, branchIndex: null },
      [[1, { 1: [2] }], 4, 3],
    ],
    ['behind its own downstream', [1, 3, 2], { upstreamId: 2, branchIndex: null }, [1, 2, 3]],
    ['with its branches', [[3, { 0: [5, 6] }], 1, 2], { upstreamId: 2, branchIndex: null }, [1, 2, [3, { 0: [5, 6] }]]],
    [
      'from branch to branch',
      [[1, { 0: [3, 4], 1: [2] }]],
      { upstreamId: 1, branchIndex: 1 },
      [[1, { 0: [4], 1: [3, 2] }]],
    ],
  ])('%s', (_title, before, place, after) => {
    const rows = rowsOf(before);
    expectResult(rows, moveNode(rows, 3, place), after);
  });

  it.each<[string, Chain, { upstreamId: number | null; branchIndex: number | null }, RegExp]>([
    ['the same place (N35)', [1, 3], { upstreamId: 1, branchIndex: null }, /need to be moved/],
    ['the head to the head', [3, 1], { upstreamId: null, branchIndex: 2 }, /need to be moved/],
    ['itself (N36)', [1, 3], { upstreamId: 3, branchIndex: null }, /Invalid upstream/],
    ['its own branch', [[3, { 0: [[4, { 1: [5] }]] }]], { upstreamId: 5, branchIndex: null }, /Invalid upstream/],
    ['another workflow (N38)', [1, 3], { upstreamId: 7, branchIndex: null }, /same workflow/],
  ])('refuses %s', (_title, before, place, message) => {
    expect(() => moveNode(rowsOf(before), 3, place)).toThrow(message);
  });
});

describe('removeNode', () => {
  it.each<[string, Chain, number | undefined, Chain]>([
    ['joins the neighbours', [1, 2, 3], undefined, [1, 3]],
    ['the head', [2, 3], undefined, [3]],
    ['the only one', [2], undefined, []],
    ['with nested branches (N17)', [1, [2, { 0: [4, [5, { 1: [6] }]], 1: [7] }], 3], undefined, [1, 3]],
    ['a branch head: its downstream inherits the index', [[1, { 1: [2, 3] }], 4], undefined, [[1, { 1: [3] }], 4]],
    ['keeping branch 0 (N20)', [1, [2, { 0: [4, 5], 1: [6] }], 3], 0, [1, 4, 5, 3]],
    ['keeping branch 1 (N21)', [1, [2, { 0: [4, 5], 1: [6] }], 3], 1, [1, 6, 3]],
    ['keeping a branch of the head', [[2, { 1: [6] }], 3], 1, [6, 3]],
    ['keeping a branch without downstream', [1, [2, { 1: [6, 7] }]], 1, [1, 6, 7]],
    ['keeping a branch with branches', [[2, { 0: [4, [5, { 1: [6] }]] }], 3], 0, [4, [5, { 1: [6] }], 3]],
    [
      'inside a branch: the kept head inherits its index (N26)',
      [[1, { 0: [[2, { 1: [6] }], 8] }], 3],
      1,
      [[1, { 0: [6, 8] }], 3],
    ],
    ['inside a branch, in the middle', [[1, { 0: [7, [2, { 1: [6] }]] }], 3], 1, [[1, { 0: [7, 6] }], 3]],
  ])('%s', (_title, before, keep, after) => {
    const rows = rowsOf(before);
    expectResult(rows, removeNode(rows, 2, keep), after);
  });

  it.each([1, NaN])('refuses to keep branch %s, which is not there (N18, N19)', (keep) => {
    expect(() => removeNode(rowsOf([1, [2, { 0: [3] }]]), 2, keep)).toThrow(`Branch ${keep} not found`);
  });
});

describe('removeBranch', () => {
  it.each<[string, Chain, number, boolean, Chain, number | null]>([
    ['recursively (N29)', [[1, { 0: [2, [3, { 1: [4] }]], 1: [5] }], 6], 0, false, [[1, { 1: [5] }], 6], 2],
    ['with a shift (N30)', [[1, { 0: [2], 1: [3], 2: [4] }], 6], 0, true, [[1, { 0: [3], 1: [4] }], 6], 2],
    ['with a shift, from the middle', [[1, { 0: [2], 1: [3], 2: [4] }]], 1, true, [[1, { 0: [2], 1: [4] }]], 3],
    ['with a shift over an empty branch (N31)', [[1, { 2: [4] }]], 1, true, [[1, { 1: [4] }]], null],
    ['without a shift by default (N32)', [[1, { 0: [2], 2: [4] }]], 0, false, [[1, { 2: [4] }]], 2],
    ['an empty branch', [[1, { 0: [2] }], 3], 1, false, [[1, { 0: [2] }], 3], null],
  ])('%s', (_title, before, branchIndex, shift, after, head) => {
    const rows = rowsOf(before);
    const changes = removeBranch(rows, 1, branchIndex, shift);
    expectResult(rows, changes, after);
    expect(changes.head).toBe(head);
  });
});

describe('setBranchIndex', () => {
  it('takes what follows into a branch and back', () => {
    const rows = rowsOf([1, 2, 3]);
    const inside = setBranchIndex(rows, 2, 1);
    expectResult(rows, inside, [[1, { 1: [2, 3] }]]);
    const branched = apply(rows, inside);
    expectResult(branched, setBranchIndex(branched, 2, null), [1, 2, 3]);
  });

  it('refuses a taken place and the head of the workflow', () => {
    expect(() => setBranchIndex(rowsOf([[1, { 1: [3] }], 2]), 2, 1)).toThrow(/already/);
    expect(() => setBranchIndex(rowsOf([1, 2]), 1, 0)).toThrow(/head/);
  });
});

import { describe, expect, it } from 'vitest';
import type { NodeLinks } from '../GraphDraft';
import { validateGraph } from '../validateGraph';

const row = (
  id: number,
  upstreamId: number | null,
  downstreamId: number | null,
  branchIndex: number | null = null,
): NodeLinks => ({
  id,
  upstreamId,
  downstreamId,
  branchIndex,
});
const codes = (rows: NodeLinks[]) => validateGraph(rows).map(({ code, nodeId }) => `${code}:${nodeId ?? ''}`);

describe('validateGraph', () => {
  it.each<[string, NodeLinks[]]>([
    ['no nodes', []],
    ['a chain', [row(1, null, 2), row(2, 1, null)]],
    ['branches', [row(1, null, 4), row(2, 1, null, 0), row(3, 1, null, 1), row(4, 1, null)]],
  ])('accepts %s', (_title, rows) => {
    expect(codes(rows)).toEqual([]);
  });

  it.each<[string, NodeLinks[], string[]]>([
    ['two heads', [row(1, null, null), row(2, null, null)], ['several-heads:2', 'unreachable:2']],
    ['a cycle', [row(1, 2, 2), row(2, 1, 1)], ['no-head:', 'unreachable:1', 'unreachable:2']],
    ['a cycle beside a chain', [row(1, null, null), row(2, 3, 3), row(3, 2, 2)], ['unreachable:2', 'unreachable:3']],
    ['a missing upstream', [row(1, null, null), row(2, 9, null)], ['broken-link:2', 'unreachable:2']],
    ['a missing downstream', [row(1, null, 9)], ['broken-link:1']],
    ['links that disagree', [row(1, null, null), row(2, 1, null)], ['broken-link:2']],
    ['a branch head on the chain', [row(1, null, 2), row(2, 1, null, 0)], ['broken-link:1']],
    ['two heads of one branch', [row(1, null, null), row(2, 1, null, 0), row(3, 1, null, 0)], ['shared-place:3']],
  ])('reports %s', (_title, rows, expected) => {
    expect(codes(rows)).toEqual(expected);
  });
});

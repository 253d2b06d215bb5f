import { describe, expect, it } from 'vitest';
import { compileGraph } from '../graph';
import type { NodeSpec } from '../types';
import { flow, item } from './flow';

const { graph } = flow([
  item('a'),
  item('fork', {}, { 1: [item('left1'), item('inner', {}, { 0: [item('deep')] }), item('left2')], 0: [item('right')] }),
  item('z'),
]);

const node = (key: string) => graph.byKey(key)!;
const keyOf = (found: NodeSpec | null | undefined) => found?.key ?? null;

describe('compiled graph', () => {
  it('begins at the node without anything before it', () => {
    expect(keyOf(graph.head)).toBe('a');
    expect(compileGraph([]).head).toBeNull();
    expect(compileGraph([{ ...node('a'), upstreamId: '99' }]).head).toBeNull();
  });

  it('finds nodes by id and by key', () => {
    expect(graph.get(node('deep').id)).toBe(node('deep'));
    expect(graph.get('99')).toBeUndefined();
    expect(graph.byKey('nobody')).toBeUndefined();
  });

  it.each([
    ['a', 'fork'],
    ['fork', 'z'],
    ['left1', 'inner'],
    ['inner', 'left2'],
    ['left2', null],
    ['deep', null],
    ['z', null],
  ])('goes on from %s to %s', (from, to) => {
    expect(keyOf(graph.next(node(from).id))).toBe(to);
  });

  it('knows the heads of branches in the order of their index', () => {
    expect(graph.branches(node('fork').id).map(keyOf)).toEqual(['right', 'left1']);
    expect(graph.branches(node('a').id)).toEqual([]);
  });

  it.each([
    ['a', null],
    ['fork', null],
    ['z', null],
    ['left1', 'fork'],
    ['inner', 'fork'],
    ['left2', 'fork'],
    ['right', 'fork'],
    ['deep', 'inner'],
  ])('%s stands in a branch of %s', (key, owner) => {
    expect(keyOf(graph.owner(node(key).id))).toBe(owner);
  });

  it('ends a chain at a link that points nowhere', () => {
    const broken = compileGraph([
      { ...node('a'), downstreamId: '99' },
      { ...node('z'), id: '50', upstreamId: '98' },
    ]);
    expect(broken.next(node('a').id)).toBeNull();
    expect(broken.next('97')).toBeNull();
    expect(broken.owner('50')).toBeNull();
    expect(broken.owner('97')).toBeNull();
  });

  it('walks up a cycle only once', () => {
    const spec = (id: string, upstreamId: string, branchIndex: number | null = null): NodeSpec => ({
      id,
      key: id,
      type: 'pure',
      upstreamId,
      downstreamId: null,
      branchIndex,
    });
    const cyclic = compileGraph([spec('1', '3'), spec('2', '1'), spec('3', '2'), spec('4', '3', 0), spec('5', '4')]);
    expect(['1', '2', '3'].map((id) => cyclic.owner(id))).toEqual([null, null, null]);
    expect(keyOf(cyclic.owner('5'))).toBe('3');
  });
});

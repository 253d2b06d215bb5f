import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignIds, buildDocument, changeBetween, indexOf, insertNode, isUpstream, moveNodes, removeNode, renameNode, subtree, upstreamsOf, scopesOf, visibleAt, type NodeRow } from '..';
import { anyFlow } from './arbitrary';
import { assertConsistent, chainsOf, flow } from './flow';

const row = (id: number, upstreamId: number | null, downstreamId: number | null, branchIndex: number | null = null): NodeRow => ({
  id,
  key: `n${id}`,
  type: 'echo',
  title: `Node ${id}`,
  config: {},
  upstreamId,
  downstreamId,
  branchIndex,
});

const build = (nodes: NodeRow[]) => buildDocument({ id: 1, key: 'w', type: 'action', nodes });

describe('buildDocument', () => {
  it('makes links of ids', () => {
    const { document, faults } = build([row(1, null, 2), row(2, 1, 5), row(3, 2, 4, 1), row(4, 3, null), row(5, 2, null)]);
    expect(faults).toEqual([]);
    assertConsistent(document);
    expect(chainsOf(document)).toEqual(['n1', { n2: { 1: ['n3', 'n4'] } }, 'n5']);
  });

  it.each<[string, NodeRow[], string[], string[]]>([
    ['a link to nowhere', [row(1, null, 2), row(2, 9, null)], ['dangling-upstream'], ['n2']],
    ['two heads', [row(1, null, null), row(2, null, 3), row(3, 2, null)], ['shared-place'], ['n2', 'n3']],
    ['two nodes at one branch', [row(1, null, null), row(2, 1, null, 0), row(3, 1, null, 0)], ['shared-place'], ['n3']],
    ['a circle', [row(1, null, null), row(2, 3, 3), row(3, 2, 2)], ['circle'], ['n2', 'n3']],
    ['a circle of branches', [row(1, null, null), row(2, 3, null, 0), row(3, 2, null, 0)], ['circle'], ['n2', 'n3']],
    ['a follower that nothing leads to', [row(1, null, null), row(2, 1, null)], [], ['n2']],
    ['a node that hangs on itself', [row(1, null, null), row(2, 2, 2)], ['circle'], ['n2']],
    ['a key twice', [row(1, null, 2), { ...row(2, 1, null), key: 'n1' }], ['double-key'], []],
    ['a lost downstream', [row(1, null, 9)], ['dangling-downstream'], []],
  ])('keeps what is broken: %s', (_, rows, codes, lost) => {
    const { document, faults } = build(rows);
    expect(faults.map(({ code }) => code)).toEqual(codes);
    expect(document.nodes.size).toBe(rows.length);
    const index = indexOf(document);
    expect(index.order.filter(({ key }) => index.isLost(key)).map(({ key }) => key)).toEqual(lost);
    expect(index.order).toHaveLength(rows.length);
  });

  it('survives rows without sense', () => {
    const id = fc.option(fc.nat(6), { nil: null });
    const rows = fc.array(fc.record({ upstreamId: id, downstreamId: id, branchIndex: fc.option(fc.nat(2), { nil: null }) }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.nat(5), fc.nat(5), (links, a, b) => {
        const { document } = build(links.map((link, i) => ({ ...row(i, null, null), ...link })));
        expect(indexOf(document).order).toHaveLength(links.length);
        expect(changeBetween(document, document)).toBeNull();
        const node = { key: 'x', type: 'echo', title: '', config: {} };
        const [one, other] = [`n${a}`, `n${b}`];
        const head = insertNode(document, { place: { upstream: null, branch: null }, node });
        expect(indexOf(head).head?.key).toBe('x');
        if (!document.nodes.has(one)) return;
        expect(removeNode(document, { key: one }).nodes.has(one)).toBe(false);
        expect(document.nodes.size - removeNode(document, { key: one }).nodes.size).toBe(subtree(document, one).length);
        if (!document.nodes.has(other) || subtree(document, one).some(({ key }) => key === other)) return;
        const moved = moveNodes(document, { keys: [one], place: { upstream: other, branch: null } });
        expect(moved.nodes.size).toBe(document.nodes.size);
        expect(indexOf(moved).next(other)?.key).toBe(one);
        expect(indexOf(moved).isLost(one)).toBe(indexOf(moved).isLost(other));
      }),
      { numRuns: 500 },
    );
  });

  it('lets lost nodes be put back', () => {
    const { document } = build([row(1, null, null), row(2, 9, 3), row(3, 2, null)]);
    const moved = moveNodes(document, { keys: ['n2', 'n3'], place: { upstream: 'n1', branch: null } });
    assertConsistent(moved);
    expect(chainsOf(moved)).toEqual(['n1', 'n2', 'n3']);
  });
});

describe('changeBetween', () => {
  it('names what to store and what to remove', () => {
    const before = flow(['a', 'b', 'c']);
    const after = renameNode(removeNode(before, { key: 'b' }), { key: 'c', title: 'C' });
    expect(changeBetween(before, after)).toEqual({
      nodes: {
        put: [
          { key: 'a', type: 'echo', title: 'Node a', config: {}, upstream: null, branch: null, downstream: 'c' },
          { key: 'c', type: 'echo', title: 'C', config: {}, upstream: 'a', branch: null, downstream: null },
        ],
        remove: ['b'],
      },
    });
  });

  it('mends links to nodes that are gone', () => {
    const { document } = build([row(1, null, 9)]);
    expect(changeBetween(document, renameNode(document, { key: 'n1', title: 'New' }))?.nodes.put).toMatchObject([{ key: 'n1', downstream: null }]);
  });

  it('does not count ids', () => {
    const before = flow(['a']);
    expect(changeBetween(before, assignIds(before, { a: 7, z: 8 }))).toBeNull();
    expect(assignIds(before, { a: 'id-a' })).toBe(before);
  });
});

describe('walking', () => {
  const document = flow(['a', { b: { 0: ['c', { d: { 2: ['e'] } }], 1: ['f'] } }, 'g']);
  const keys = (nodes: { key: string }[]) => nodes.map(({ key }) => key);

  it('sees what ran before, the nearest first', () => {
    expect(keys(upstreamsOf(document, 'e'))).toEqual(['d', 'c', 'b', 'a']);
    expect(keys(upstreamsOf(document, 'g'))).toEqual(['b', 'a']);
  });

  it('tells without walking what ran before', () => {
    fc.assert(
      fc.property(anyFlow, (any) => {
        for (const key of any.nodes.keys()) {
          const before = new Set(keys(upstreamsOf(any, key)));
          for (const other of any.nodes.keys()) expect(isUpstream(any, other, key), `${other} before ${key}`).toBe(before.has(other));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('knows the branches around a node', () => {
    expect(keys(scopesOf(document, 'e'))).toEqual(['d', 'b']);
    expect(keys(scopesOf(document, 'g'))).toEqual([]);
  });

  it('takes branches with a node, not its followers', () => {
    expect(keys(subtree(document, 'b'))).toEqual(['b', 'c', 'd', 'e', 'f']);
    expect(keys(subtree(document, 'd'))).toEqual(['d', 'e']);
  });

  it('tells what an empty place sees as a node there would', () => {
    fc.assert(
      fc.property(anyFlow, fc.nat(), fc.option(fc.nat(3), { nil: null }), (any, at, index) => {
        const upstream = [null, ...any.nodes.keys()][at % (any.nodes.size + 1)]!;
        const place = { upstream, branch: upstream === null ? null : index };
        const inserted = insertNode(any, { place, node: { key: 'x', type: 'echo', title: '', config: {} } });
        const { results, scopes } = visibleAt(any, place);
        expect([...results]).toEqual(keys(upstreamsOf(inserted, 'x')));
        expect([...scopes]).toEqual(keys(scopesOf(inserted, 'x')));
      }),
    );
  });
});

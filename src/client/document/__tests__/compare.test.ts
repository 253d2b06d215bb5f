import { describe, expect, it } from 'vitest';
import { addNote, compareDocuments, compareValues, editNote, insertNode, moveNodes, removeNode, renameNode, setTrigger, updateConfig } from '..';
import { flow } from './flow';

const base = flow(['a', { b: { 0: ['c', 'd'], 1: [] } }, 'e', 'f'], { a: { params: { filter: { $and: [{ x: 1 }, { y: 2 }] } } } });

describe('compareDocuments', () => {
  it('finds nothing between equal documents', () => {
    expect(compareDocuments(base, structuredClone(base)).isEmpty).toBe(true);
  });

  it('names the fields that differ', () => {
    const config = { params: { filter: { $and: [{ x: 1 }, { y: 3 }] }, page: 2 } };
    const after = renameNode(updateConfig(base, { key: 'a', config }), { key: 'a', title: 'New' });
    expect(compareDocuments(base, after).changed.get('a')).toMatchObject({
      moved: false,
      fields: [
        { path: 'title', before: 'Node a', after: 'New' },
        { path: 'config.params.filter.$and.1.y', before: 2, after: 3 },
        { path: 'config.params.page', before: undefined, after: 2 },
      ],
    });
  });

  it('does not take new or missing neighbours for a move', () => {
    const node = { key: 'x', type: 'echo', title: '', config: {} };
    const after = removeNode(insertNode(base, { place: { upstream: 'a', branch: null }, node }), { key: 'c' });
    const difference = compareDocuments(base, after);
    expect(difference.added.map(({ key }) => key)).toEqual(['x']);
    expect(difference.removed.map(({ key }) => key)).toEqual(['c']);
    expect(difference.changed.size).toBe(0);
  });

  it.each<[string, string[], { upstream: string | null; branch: number | null }]>([
    ['inside a chain', ['a'], { upstream: 'e', branch: null }],
    ['into a branch', ['f'], { upstream: 'b', branch: 1 }],
    ['out of a branch', ['c'], { upstream: 'e', branch: null }],
  ])('tells which node moved %s', (_, keys, place) => {
    const { changed } = compareDocuments(base, moveNodes(base, { keys, place }));
    expect([...changed].map(([key, { moved }]) => [key, moved])).toEqual(keys.map((key) => [key, true]));
  });

  it('compares trigger and notes', () => {
    const noted = addNote(base, { id: 'n', at: null, text: 'one' });
    const after = setTrigger(editNote(noted, { id: 'n', text: 'two' }), { config: { collection: 'posts' } });
    const difference = compareDocuments(noted, after);
    expect(difference.trigger).toEqual([{ path: 'config.collection', before: undefined, after: 'posts' }]);
    expect(difference.notes.changed.map(({ text }) => text)).toEqual(['two']);
    expect(compareDocuments(base, noted).notes.added).toHaveLength(1);
    expect(difference.isEmpty).toBe(false);
  });
});

it.each<[unknown, unknown, unknown[]]>([
  [null, undefined, [{ path: '', before: null, after: undefined }]],
  [[1, 2], [1], [{ path: '1', before: 2, after: undefined }]],
  [[], {}, [{ path: '', before: [], after: {} }]],
  [{ a: null }, { a: {} }, [{ path: 'a', before: null, after: {} }]],
])('compareValues(%j, %j)', (before, after, changes) => {
  expect(compareValues(before, after)).toEqual(changes);
});

import { describe, expect, it } from 'vitest';
import { DocumentError } from '../DocumentError';
import { moveNodes, insertNode, removeBranch, removeNode, removeNodes, renumberBranches, updateConfig, renameNode, setTrigger, addNote, editNote, removeNote } from '..';
import type { FlowDocument, Place } from '../types';
import { assertConsistent, chainsOf, flow, type Chain } from './flow';

const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DocumentError) return error.code;
    throw error;
  }
  return 'no error';
};

/** The chains after a command, which must have left a consistent document. */
const after = (document: FlowDocument): Chain => {
  assertConsistent(document);
  return chainsOf(document);
};

const node = (key: string) => ({ key, type: 'echo', title: key, config: {} });
const place = (upstream: string | null, branch: number | null = null): Place => ({ upstream, branch });

describe('insertNode', () => {
  it.each<[string, Chain, Place, Chain]>([
    ['into an empty flow', [], place(null), ['x']],
    ['under the trigger', ['a'], place(null), ['x', 'a']],
    ['between two nodes', ['a', 'b'], place('a'), ['a', 'x', 'b']],
    ['at the end', ['a'], place('a'), ['a', 'x']],
    ['into an empty branch', ['a'], place('a', 2), [{ a: { 2: ['x'] } }]],
    ['at the head of a branch', [{ a: { 1: ['b'] } }, 'c'], place('a', 1), [{ a: { 1: ['x', 'b'] } }, 'c']],
  ])('%s', (_, before, at, expected) => {
    expect(after(insertNode(flow(before), { place: at, node: node('x') }))).toEqual(expected);
  });

  it('moves what follows into a branch', () => {
    const document = flow(['a', { b: { 0: ['c'] } }, 'd']);
    expect(after(insertNode(document, { place: place('a'), node: node('x'), moveDownstreamTo: 1 }))).toEqual([
      'a',
      { x: { 1: [{ b: { 0: ['c'] } }, 'd'] } },
    ]);
  });

  it('moves the whole flow into a branch of a new first node', () => {
    expect(after(insertNode(flow(['a', 'b']), { place: place(null), node: node('x'), moveDownstreamTo: 0 }))).toEqual([
      { x: { 0: ['a', 'b'] } },
    ]);
  });

  it('refuses a key that is taken and a place that does not exist', () => {
    expect(code(() => insertNode(flow(['a']), { place: place('a'), node: node('a') }))).toBe('key-taken');
    expect(code(() => insertNode(flow(['a']), { place: place('z'), node: node('x') }))).toBe('unknown-node');
  });
});

describe('removeNode', () => {
  it.each<[string, Chain, string, Chain]>([
    ['the only one', ['a'], 'a', []],
    ['the first one', ['a', 'b'], 'a', ['b']],
    ['one between two', ['a', 'b', 'c'], 'b', ['a', 'c']],
    ['the last one', ['a', 'b'], 'b', ['a']],
    ['with all its branches', ['a', { b: { 0: [{ c: { 1: ['d'] } }], 1: ['e'] } }, 'f'], 'b', ['a', 'f']],
    ['the head of a branch', [{ a: { 0: ['b', 'c'] } }], 'b', [{ a: { 0: ['c'] } }]],
    ['the only one of a branch', [{ a: { 0: ['b'], 1: ['c'] } }], 'b', [{ a: { 1: ['c'] } }]],
  ])('%s', (_, before, key, expected) => {
    expect(after(removeNode(flow(before), { key }))).toEqual(expected);
  });

  it.each<[string, Chain, Chain]>([
    ['between two', ['a', { b: { 0: ['c'], 1: ['d', { e: { 0: ['f'] } }] } }, 'g'], ['a', 'd', { e: { 0: ['f'] } }, 'g']],
    ['under the trigger', [{ b: { 0: ['c'], 1: ['d'] } }], ['d']],
    ['in a branch', [{ a: { 0: [{ b: { 1: ['c'] } }, 'd'] } }], [{ a: { 0: ['c', 'd'] } }]],
  ])('keeps a branch in its place, %s', (_, before, expected) => {
    expect(after(removeNode(flow(before), { key: 'b', keepBranch: 1 }))).toEqual(expected);
  });

  it('refuses to keep what is not there', () => {
    expect(code(() => removeNode(flow(['a']), { key: 'a', keepBranch: 1 }))).toBe('empty-branch');
    expect(code(() => removeNode(flow(['a']), { key: 'z' }))).toBe('unknown-node');
  });

  it('takes the notes beside removed nodes along', () => {
    const document = addNote(addNote(flow(['a', 'b']), { id: '1', at: 'a', text: 'A' }), { id: '2', at: null, text: 'T' });
    expect(removeNode(document, { key: 'a' }).notes.map(({ id }) => id)).toEqual(['2']);
  });

  it('removes a selection, also where one of them holds another', () => {
    const document = flow(['a', { b: { 0: ['c'] } }, 'd', 'e']);
    expect(after(removeNodes(document, { keys: ['c', 'e', 'b'] }))).toEqual(['a', 'd']);
    expect(code(() => removeNodes(document, { keys: [] }))).toBe('nothing-selected');
  });
});

describe('moveNodes', () => {
  const chain: Chain = ['a', { b: { 0: ['c', 'd'] } }, 'e', 'f'];

  it.each<[string, string[], Place, Chain]>([
    ['down its chain', ['a'], place('e'), [{ b: { 0: ['c', 'd'] } }, 'e', 'a', 'f']],
    ['up its chain', ['f'], place(null), ['f', 'a', { b: { 0: ['c', 'd'] } }, 'e']],
    ['into a branch', ['a'], place('b', 1), [{ b: { 0: ['c', 'd'], 1: ['a'] } }, 'e', 'f']],
    ['out of a branch', ['c'], place('e'), ['a', { b: { 0: ['d'] } }, 'e', 'c', 'f']],
    ['with its branches', ['b'], place('f'), ['a', 'e', 'f', { b: { 0: ['c', 'd'] } }]],
    ['between branches', ['d', 'c'], place('b', 1), ['a', { b: { 1: ['c', 'd'] } }, 'e', 'f']],
    ['several from several places, in reading order', ['f', 'd', 'a'], place('c'), [{ b: { 0: ['c', 'a', 'd', 'f'] } }, 'e']],
    ['a row behind one of its own', ['a', 'b', 'e'], place('b'), chain],
  ])('%s', (_, keys, to, expected) => {
    expect(after(moveNodes(flow(chain), { keys, place: to }))).toEqual(expected);
  });

  it('returns the same document where nothing moves', () => {
    const document = flow(chain);
    expect(moveNodes(document, { keys: ['e'], place: place('b') })).toBe(document);
    expect(moveNodes(document, { keys: ['e'], place: place('e') })).toBe(document);
    expect(moveNodes(document, { keys: ['c', 'd'], place: place('b', 0) })).toBe(document);
  });

  it('refuses to move a node into its own branches', () => {
    expect(code(() => moveNodes(flow(chain), { keys: ['b'], place: place('b', 1) }))).toBe('into-itself');
    expect(code(() => moveNodes(flow(chain), { keys: ['a', 'b'], place: place('c') }))).toBe('into-itself');
    expect(code(() => moveNodes(flow(chain), { keys: [], place: place('c') }))).toBe('nothing-selected');
    expect(code(() => moveNodes(flow(chain), { keys: ['z'], place: place('c') }))).toBe('unknown-node');
  });
});

describe('branches', () => {
  const document = flow([{ a: { 0: ['b'], 1: ['c', { d: { 0: ['e'] } }], 2: ['f'] } }, 'g']);

  it('go with their nodes', () => {
    expect(after(removeBranch(document, { key: 'a', branch: 1 }))).toEqual([{ a: { 0: ['b'], 2: ['f'] } }, 'g']);
  });

  it('close the gap when asked, together with the config', () => {
    const removed = removeBranch(document, { key: 'a', branch: 1, shift: true, config: { conditions: 1 } });
    expect(after(removed)).toEqual([{ a: { 0: ['b'], 1: ['f'] } }, 'g']);
    expect(removed.nodes.get('a')!.config).toEqual({ conditions: 1 });
  });

  it('change places', () => {
    const swapped = renumberBranches(document, { key: 'a', to: (index) => [0, 2, 1][index]! });
    expect(after(swapped)).toEqual([{ a: { 0: ['b'], 1: ['f'], 2: ['c', { d: { 0: ['e'] } }] } }, 'g']);
    expect(code(() => renumberBranches(document, { key: 'a', to: () => 0 }))).toBe('branch-taken');
  });
});

describe('edits', () => {
  it('share everything that they do not change', () => {
    const document = flow(['a', 'b', 'c']);
    const edited = updateConfig(document, { key: 'b', config: { x: 1 } });
    expect(edited.nodes.get('a')).toBe(document.nodes.get('a'));
    expect(edited.nodes.get('c')).toBe(document.nodes.get('c'));
    expect(edited.notes).toBe(document.notes);
    expect(edited.nodes.get('b')!.config).toEqual({ x: 1 });
    expect(document.nodes.get('b')!.config).toEqual({});
  });

  it('that change nothing return the same document', () => {
    const document = flow(['a']);
    expect(renameNode(document, { key: 'a', title: 'Node a' })).toBe(document);
    expect(setTrigger(document, { title: 'Trigger' })).toBe(document);
    expect(setTrigger(document, { config: { a: 1 } }).trigger).toEqual({ type: 'action', title: 'Trigger', config: { a: 1 } });
  });

  it('of notes', () => {
    const noted = addNote(flow(['a']), { id: 'n', at: 'a', text: 'one' });
    expect(editNote(noted, { id: 'n', text: 'two' }).notes).toEqual([{ id: 'n', at: 'a', text: 'two' }]);
    expect(editNote(noted, { id: 'n', text: 'one' })).toBe(noted);
    expect(removeNote(noted, { id: 'n' }).notes).toEqual([]);
    expect(code(() => removeNote(noted, { id: 'm' }))).toBe('unknown-note');
    expect(code(() => addNote(noted, { id: 'n', at: null, text: '' }))).toBe('key-taken');
    expect(code(() => addNote(noted, { id: 'm', at: 'z', text: '' }))).toBe('unknown-node');
  });
});

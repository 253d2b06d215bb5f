import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyNodes, pasteNodes, preparePaste, readClipboard, withoutBroken, writeClipboard, type Fragment } from '..';
import type { FlowDocument, Place } from '../types';
import { anyFlow } from './arbitrary';
import { assertConsistent, chainsOf, flow } from './flow';

const source = flow(['a', { b: { 0: ['c', 'd'], 1: ['e'] } }, 'f'], {
  c: { v: '{{$jobsMapByNodeKey.a.id}} {{$scopes.b.item}} {{$context.data.id}}' },
  d: { v: '{{$jobsMapByNodeKey.c.id}}' },
});

const newKeys = () => {
  let count = 0;
  return () => `p${++count}`;
};

const through = (fragment: Fragment): Fragment => readClipboard(writeClipboard(fragment))!;

const paste = (document: FlowDocument, fragment: Fragment, place: Place) => {
  const prepared = preparePaste(document, fragment, { place, newKey: newKeys() });
  const pasted = pasteNodes(document, { place, fragment: prepared.fragment });
  assertConsistent(pasted);
  return { ...prepared, pasted };
};

describe('copy and paste', () => {
  it('takes branches along and gives new keys', () => {
    const { pasted, broken } = paste(source, through(copyNodes(source, ['b'])), { upstream: 'f', branch: null });
    expect(chainsOf(pasted)).toEqual(['a', { b: { 0: ['c', 'd'], 1: ['e'] } }, 'f', { p1: { 0: ['p2', 'p3'], 1: ['p4'] } }]);
    expect(pasted.nodes.get('p2')).toMatchObject({ title: 'Node c', config: { v: '{{$jobsMapByNodeKey.a.id}} {{$scopes.p1.item}} {{$context.data.id}}' } });
    expect(pasted.nodes.get('p3')!.config).toEqual({ v: '{{$jobsMapByNodeKey.p2.id}}' });
    expect(pasted.nodes.get('p2')!.id).toBeUndefined();
    expect(broken).toEqual([]);
  });

  it('makes one chain of a selection from several places', () => {
    const { pasted } = paste(source, copyNodes(source, ['f', 'd', 'a']), { upstream: null, branch: null });
    expect(chainsOf(pasted).slice(0, 4)).toEqual(['p1', 'p2', 'p3', 'a']);
  });

  it('marks what does not resolve at the target, with the names of what it meant', () => {
    const { broken } = paste(source, through(copyNodes(source, ['c'])), { upstream: null, branch: null });
    expect(broken.map(({ key, reference, meant }) => [key, reference.raw, meant])).toEqual([
      ['p1', '{{$jobsMapByNodeKey.a.id}}', 'Node a'],
      ['p1', '{{$scopes.b.item}}', 'Node b'],
    ]);
  });

  it('keeps trigger variables where the trigger is alike', () => {
    const other = { ...flow(['x']), trigger: { type: 'collection', title: '', config: { collection: 'posts' } } };
    const fragment = through(copyNodes(source, ['c']));
    const place = { upstream: 'x', branch: null };
    expect(paste(other, fragment, place).broken.map(({ reference }) => reference.path[0])).toEqual(['$jobsMapByNodeKey', '$scopes', '$context']);
    const resolves = ([root]: readonly string[]) => root === '$context';
    const told = preparePaste(other, fragment, { place, newKey: newKeys(), resolves });
    expect(told.broken.map(({ reference }) => reference.path[0])).toEqual(['$jobsMapByNodeKey', '$scopes']);
  });

  it('can leave out what does not resolve', () => {
    const prepared = preparePaste(source, copyNodes(source, ['c']), { place: { upstream: null, branch: null }, newKey: newKeys() });
    const { fragment, broken } = withoutBroken(prepared);
    expect(fragment.nodes.get('p1')!.config).toEqual({ v: '  {{$context.data.id}}' });
    expect(broken).toEqual([]);
  });

  it('brings any part of any flow anywhere', () => {
    fc.assert(
      fc.property(anyFlow, anyFlow, fc.nat(), fc.nat(), (from, to, what, where) => {
        fc.pre(from.nodes.size > 0);
        const keys = [...from.nodes.keys()].filter((_, i) => i === what % from.nodes.size || (i + what) % 3 === 0);
        const fragment = copyNodes(from, keys);
        expect(through(fragment)).toEqual(fragment);
        const target = [null, ...to.nodes.keys()][where % (to.nodes.size + 1)]!;
        const place = { upstream: target, branch: target === null ? null : [null, 0, 5][where % 3]! };
        expect(paste(to, fragment, place).pasted.nodes.size).toBe(to.nodes.size + fragment.nodes.size);
      }),
    );
  });
});

describe('readClipboard', () => {
  const whole = JSON.parse(writeClipboard(copyNodes(source, ['b']))) as { nodes: Record<string, unknown>[] };
  const changed = (change: (data: typeof whole) => void): string => {
    const data = structuredClone(whole);
    change(data);
    return JSON.stringify(data);
  };

  it.each<[string, string]>([
    ['any text', 'nocobase-workflow'],
    ['other JSON', '{"app":"other"}'],
    ['a later version', changed((data) => Object.assign(data, { version: 2 }))],
    ['no nodes', changed((data) => (data.nodes = []))],
    ['a node twice', changed((data) => data.nodes.push(data.nodes[1]!))],
    ['a node without type', changed((data) => delete data.nodes[0]!.type)],
    ['a config that is no object', changed((data) => (data.nodes[0]!.config = []))],
    ['a link to nowhere', changed((data) => (data.nodes[1]!.upstream = 'z'))],
    ['a circle', changed((data) => (data.nodes[0]!.upstream = 'd'))],
    ['two chains', changed((data) => (data.nodes[1]!.upstream = null))],
    ['a branch that is no number', changed((data) => (data.nodes[1]!.branch = '0'))],
  ])('refuses %s', (_, text) => {
    expect(readClipboard(text)).toBeNull();
  });

  it('drops members that would become prototypes', () => {
    const text = changed((data) => (data.nodes[0]!.config = { x: 1 })).replace('{"x":1}', '{"x":1,"__proto__":{"y":2}}');
    const fragment = readClipboard(text)!;
    expect(fragment.nodes.get('b')!.config).toEqual({ x: 1 });
    expect((fragment.nodes.get('b')!.config as { y?: unknown }).y).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.json(), (json) => readClipboard(`{"app":"nocobase-workflow","kind":"nodes","version":1,"nodes":${json}}`) === null));
  });
});

import { describe, expect, it } from 'vitest';
import { brokenReferences, moveNodes, newlyBroken, referencesIn, rekeyReferences, removeNode, stripReferences, strippedConfigs, updateConfigs, usersOf } from '..';
import { flow } from './flow';

const uses = (...texts: string[]) => ({ values: texts });

describe('referencesIn', () => {
  it.each<[string, string[][]]>([
    ['{{$context.data.amount}}', [['$context', 'data', 'amount']]],
    ['{{ $jobsMapByNodeKey.a.id }}', [['$jobsMapByNodeKey', 'a', 'id']]],
    ['{{ctx.$scopes.l.item}}', [['$scopes', 'l', 'item']]],
    ['{{$env.TOKEN:none}}', [['$env', 'TOKEN']]],
    ['a {{$system.now}} and {{$context.user.id}}', [['$system', 'now'], ['$context', 'user', 'id']]],
    ['{{t("Loop", { ns: "workflow" })}}', []],
    ['{{$context', []],
    ['nothing', []],
  ])('%s', (text, paths) => {
    expect(referencesIn({ text }).map(({ path }) => path)).toEqual(paths);
  });

  it('knows where they stand, in keys too', () => {
    const config = { a: [{ '{{$context.x}}': '{{$jobsMapByNodeKey.k}}' }], n: 1, z: null };
    expect(referencesIn(config)).toEqual([
      { field: 'a.0', raw: '{{$context.x}}', path: ['$context', 'x'], key: null },
      { field: 'a.0.{{$context.x}}', raw: '{{$jobsMapByNodeKey.k}}', path: ['$jobsMapByNodeKey', 'k'], key: 'k' },
    ]);
    expect(referencesIn(config)).toBe(referencesIn(config));
  });
});

describe('references between nodes', () => {
  const configs = {
    b: uses('{{$jobsMapByNodeKey.a.id}}'),
    c: uses('{{$jobsMapByNodeKey.a.id}} {{$scopes.b.item}} {{$jobsMapByNodeKey.b}}'),
    d: uses('{{$jobsMapByNodeKey.c}} {{$scopes.b.item}} {{$context.x}}'),
  };
  const document = flow(['a', { b: { 0: ['c'] } }, 'd'], configs);

  it('reach nodes before and the branches around alone', () => {
    expect(brokenReferences(document, document.nodes.get('c')!)).toEqual([]);
    expect(brokenReferences(document, document.nodes.get('d')!).map(({ raw }) => raw)).toEqual(['{{$jobsMapByNodeKey.c}}', '{{$scopes.b.item}}']);
  });

  it('tell who uses a node', () => {
    expect(usersOf(document, new Set(['a'])).map(({ node }) => node.key)).toEqual(['b', 'c']);
    expect(usersOf(document, new Set(['b'])).map(({ node, references }) => [node.key, references.length])).toEqual([
      ['c', 2],
      ['d', 1],
    ]);
  });

  it('break when what they read moves behind them or goes, and only that is told', () => {
    const moved = moveNodes(document, { keys: ['a'], place: { upstream: 'd', branch: null } });
    expect(newlyBroken(document, moved).map(({ node, references }) => [node.key, references.map(({ raw }) => raw)])).toEqual([
      ['b', ['{{$jobsMapByNodeKey.a.id}}']],
      ['c', ['{{$jobsMapByNodeKey.a.id}}']],
    ]);
    const kept = removeNode(document, { key: 'b', keepBranch: 0 });
    expect(newlyBroken(document, kept).map(({ node, references }) => [node.key, references.map(({ raw }) => raw)])).toEqual([
      ['c', ['{{$scopes.b.item}}', '{{$jobsMapByNodeKey.b}}']],
    ]);
  });

  it('break when the node that reads moves out of a branch', () => {
    const moved = moveNodes(document, { keys: ['c'], place: { upstream: null, branch: null } });
    expect(newlyBroken(document, moved).map(({ node, references }) => [node.key, references.length])).toEqual([['c', 3]]);
    const repaired = updateConfigs(moved, strippedConfigs(newlyBroken(document, moved)));
    expect(repaired.nodes.get('c')!.config).toEqual({ values: [null] });
    expect(newlyBroken(document, repaired)).toEqual([]);
  });
});

describe('stripReferences', () => {
  it('keeps words, empties what was nothing else and shares the rest', () => {
    const config = { text: 'Dear {{$context.name}}', only: ' {{$context.id}} ', deep: { list: [1, 'x'] }, '{{$context.key}}': 1 };
    const stripped = stripReferences(config, ({ path }) => path[0] === '$context');
    expect(stripped).toEqual({ text: 'Dear ', only: null, deep: { list: [1, 'x'] } });
    expect(stripped.deep).toBe(config.deep);
  });

  it('returns the same config when nothing is unwanted', () => {
    const config = { a: '{{$env.X}}' };
    expect(stripReferences(config, () => false)).toBe(config);
  });
});

it('rekeyReferences follows new keys, however they are written', () => {
  const config = { a: '{{$jobsMapByNodeKey.k.k}} {{ ctx.$scopes.k.item }} {{$jobsMapByNodeKey.kk}} {{$context.k}}' };
  expect(rekeyReferences(config, new Map([['k', 'n']]))).toEqual({
    a: '{{$jobsMapByNodeKey.n.k}} {{ ctx.$scopes.n.item }} {{$jobsMapByNodeKey.kk}} {{$context.k}}',
  });
});

import { describe, expect, test } from 'vitest';
import { fromMetaTree, fromOption, toMetaTree, toOption, type VariableOption } from '../convert';
import { parseTemplate, templateOf, variablePath } from '../template';
import { sampleAt, sampleText } from '../resolve';
import type { VariableNode } from '../types';

const compile = (text: unknown) => String(text).replace(/^{{t\("(.+)"\)}}$/, '$1');

const tree: VariableNode = {
  name: '$context',
  label: 'Trigger',
  path: ['$context'],
  disabled: true,
  children: () => [{ name: 'data', label: 'Data', path: ['$context', 'data'], type: 'object', children: [{ name: 'id', label: 'ID', path: ['$context', 'data', 'id'], type: 'number' }] }],
};

describe('trees of variables', () => {
  test('as options of a cascader: children are loaded into the option', () => {
    const option = toOption(tree, { label: 'title' });
    expect(option).toMatchObject({ title: 'Trigger', value: '$context', isLeaf: false, disabled: false });
    expect(option.children).toBeUndefined();
    void option.loadChildren?.(option);
    expect(option.children).toMatchObject([{ title: 'Data', value: 'data', children: [{ value: 'id', isLeaf: true }] }]);
  });

  test('an empty group cannot be chosen, one with variables is opened', () => {
    expect(toOption({ ...tree, children: [] })).toMatchObject({ disabled: true });
    expect(toOption({ ...tree, children: [{ name: 'now', label: 'Now', path: ['$system', 'now'] }] })).toMatchObject({ disabled: false });
  });

  test('options that turn out to have nothing below them', () => {
    const option = toOption({ ...tree, children: () => [] });
    void option.loadChildren?.(option);
    expect(option).toMatchObject({ isLeaf: true, disabled: true });
  });

  test('one that fits itself may be chosen although nothing is below it', () => {
    const option = toOption({ ...tree, disabled: false, children: () => [] });
    void option.loadChildren?.(option);
    expect(option).toMatchObject({ isLeaf: true, disabled: false });
  });

  test('what options cannot say is known again when an extension hands them back', () => {
    const back = fromOption({ ...toOption(tree) }, [], compile);
    expect(back).toMatchObject({ disabled: true, path: ['$context'] });
    expect(typeof back.children === 'function' && back.children()).toMatchObject([{ path: ['$context', 'data'], type: 'object' }]);
  });

  test('as a tree of the flow engine, and back', async () => {
    const meta = toMetaTree(tree);
    expect(meta).toMatchObject({ name: '$context', title: 'Trigger', paths: ['$context'], parentTitles: [] });
    const children = typeof meta.children === 'function' ? await meta.children() : meta.children;
    expect(children).toMatchObject([{ paths: ['$context', 'data'], parentTitles: ['Trigger'] }]);
    const back = fromMetaTree(meta, compile);
    const again = typeof back.children === 'function' ? await back.children() : back.children;
    expect(again).toMatchObject([{ path: ['$context', 'data'], type: 'object', children: [{ path: ['$context', 'data', 'id'] }] }]);
  });

  test('options of extensions: templates, lazy children, sync and async', async () => {
    const lazy: VariableOption = { value: 'a', label: '{{t("Ay")}}', loadChildren: (option) => void (option.children = [{ value: 'b', label: 'B' }]) };
    const node = fromOption(lazy, ['$scopes', 'loop'], compile);
    expect(node).toMatchObject({ label: 'Ay', path: ['$scopes', 'loop', 'a'] });
    expect(typeof node.children === 'function' && node.children()).toMatchObject([{ label: 'B', path: ['$scopes', 'loop', 'a', 'b'] }]);
    const slow = fromOption({ value: 'a', loadChildren: async (option) => void (option.children = [{ value: 'b' }]) }, [], compile);
    expect(typeof slow.children === 'function' && (await slow.children())).toMatchObject([{ name: 'b' }]);
  });
});

describe('templates', () => {
  test.each<[string, string[]]>([
    ['a', ['a']],
    ['{{$context.id}}', ['$context/id']],
    ['n={{ ctx.$context.id }}!', ['n=', '$context/id', '!']],
    ['{{$context.a}}{{$context.b:none}}', ['$context/a', '$context/b']],
    ['{{}} {x} {{ }', ['{{}} {x} {{ }']],
  ])('%s', (text, parts) => {
    expect(parseTemplate(text).map((token) => (token.kind === 'text' ? token.text : token.path.join('/')))).toEqual(parts);
  });

  test('a value that is one variable', () => {
    expect(variablePath(' {{$context.id}} ')).toEqual(['$context', 'id']);
    expect(variablePath('{{a}}{{b}}')).toBeNull();
    expect(variablePath(5)).toBeNull();
    expect(templateOf(['$context', 'id'])).toBe('{{$context.id}}');
  });
});

describe('values of the last run', () => {
  const samples = { context: { data: { tags: [{ id: 1 }, { id: 2 }], amount: 0 } }, results: { sum: 'x'.repeat(80) } };
  test('by path, through lists', () => {
    expect(sampleAt(samples, ['$context', 'data', 'tags', 'id'])).toEqual([1, 2]);
    expect(sampleAt(samples, ['$context', 'data', 'amount'])).toBe(0);
    expect(sampleAt(samples, ['$context', 'data', 'constructor'])).toBeUndefined();
    expect(sampleAt(samples, ['$system', 'now'])).toBeUndefined();
    expect(sampleAt(undefined, ['$context'])).toBeUndefined();
  });
  test('as one short line', () => {
    expect(sampleText(samples.results.sum)).toHaveLength(61);
    expect(sampleText(undefined)).toBeNull();
    expect(sampleText(null)).toBe('null');
  });
});

import { describe, expect, it } from 'vitest';
import type { KindRegistry, NodeKind, TriggerKind } from '../../registry/kinds';
import { moveNodes, updateConfig, Validator, type FlowDocument } from '..';
import { flow } from './flow';

const kind = (type: string, more: Partial<NodeKind> = {}): NodeKind => ({
  type,
  title: type,
  group: 'control',
  async: false,
  testable: false,
  branches: () => [],
  ends: () => false,
  defaultConfig: () => ({}),
  unavailable: () => null,
  ...more,
});

const trigger: TriggerKind = { type: 'action', title: 'Action', defaultConfig: () => ({ collection: undefined }) };

const registryOf = (kinds: NodeKind[]): KindRegistry => ({
  node: (type) => kinds.find((item) => item.type === type),
  trigger: (type) => (type === 'action' ? trigger : undefined),
  nodes: () => kinds,
  triggers: () => [trigger],
  groups: () => [],
  systemVariables: () => [],
});

const t = (key: string, values: Record<string, unknown> = {}) => key.replace(/{{(\w+)}}/g, (_, name: string) => String(values[name]));

const validator = (kinds: NodeKind[], resolves?: (path: readonly string[]) => boolean) =>
  new Validator({
    registry: registryOf(kinds),
    context: { t, collectionTitle: (name) => (name === 'posts' ? 'Posts' : undefined), hasField: () => true },
    resolves,
  });

const withCollection = (document: FlowDocument): FlowDocument => ({ ...document, trigger: { ...document.trigger, config: { collection: 'posts' } } });

const messages = (document: FlowDocument, kinds: NodeKind[], resolves?: (path: readonly string[]) => boolean) =>
  validator(kinds, resolves).validate(withCollection(document)).list.map(({ key, message, field }) => [key, message, field]);

const echo = kind('echo');

describe('Validator', () => {
  it('finds nothing in a sound flow', () => {
    const result = validator([echo]).validate(withCollection(flow(['a', 'b'], { b: { v: '{{$jobsMapByNodeKey.a}}' } })));
    expect(result).toMatchObject({ list: [], hasErrors: false });
  });

  it('finds types that are not installed', () => {
    expect(messages(flow(['a']), [])).toEqual([['a', 'Unknown node type "echo"', undefined]]);
    const other = { ...flow([]), trigger: { type: 'gone', title: '', config: {} } };
    expect(validator([]).validate(other).trigger[0]!.message).toBe('Unknown trigger type "gone"');
  });

  it('finds nodes that are never reached', () => {
    const document = flow(['a', 'b']);
    const lost = { ...document, nodes: new Map(document.nodes).set('b', { ...document.nodes.get('b')!, upstream: '#7' }) };
    expect(messages(lost, [echo])).toEqual([['b', 'This node is never reached', undefined]]);
  });

  it('finds nodes behind one that ends the execution', () => {
    const stop = kind('stop', { ends: () => true });
    const document = flow(['a', 'b', 'c']);
    const behind = { ...document, nodes: new Map(document.nodes).set('a', { ...document.nodes.get('a')!, type: 'stop' }) };
    expect(messages(behind, [echo, stop])).toEqual([
      ['b', 'This node is never reached', undefined],
      ['c', 'This node is never reached', undefined],
    ]);
  });

  it('finds missing and unknown collections, of the trigger too', () => {
    const query = kind('echo', { defaultConfig: () => ({ collection: undefined }) });
    expect(messages(flow(['a', 'b', 'c'], { a: { collection: 'posts' }, b: { collection: 'gone' } }), [query])).toEqual([
      ['b', 'The collection "gone" does not exist', 'collection'],
      ['c', 'No collection is chosen', 'collection'],
    ]);
    expect(validator([echo]).validate(flow([])).trigger).toEqual([{ level: 'error', message: 'No collection is chosen', field: 'collection' }]);
  });

  it('leaves a field to the check of the type that speaks of it', () => {
    const query = kind('echo', { check: () => [{ level: 'error', message: 'Own words', field: 'collection' }], defaultConfig: () => ({ collection: '' }) });
    expect(messages(flow(['a']), [query])).toEqual([['a', 'Own words', 'collection']]);
  });

  it('finds variables that read what is not there', () => {
    const document = flow(['a', 'b'], { a: { v: ['{{$jobsMapByNodeKey.b}}', '{{$jobsMapByNodeKey.z}}', '{{$scopes.b.item}}', '{{$env.X}}', '{{$context.y}}'] } });
    expect(messages(document, [echo], (path) => path[0] === '$context')).toEqual([
      ['a', 'A variable reads the result of "Node b", which does not run before this node', 'v.0'],
      ['a', 'A variable reads a node that does not exist any more', 'v.1'],
      ['a', 'A variable reads the scope of "Node b", but the node stands outside of its branches', 'v.2'],
      ['a', 'The variable $env.X does not exist', 'v.3'],
    ]);
  });

  it('finds waiting nodes in synchronous workflows', () => {
    const document = flow(['a']);
    const sync = { ...document, workflow: { ...document.workflow, sync: true } };
    const wait = kind('echo', { async: true });
    expect(messages(sync, [wait])).toEqual([['a', 'This node waits, which a synchronous workflow cannot do', undefined]]);
    expect(messages(document, [wait])).toEqual([]);
  });

  it('says why a type cannot stand where it stands', () => {
    expect(messages(flow(['a']), [kind('echo', { unavailable: () => 'Not here' })])).toEqual([['a', 'Not here', undefined]]);
  });

  it('survives checks that throw', () => {
    const broken = kind('echo', {
      check: () => {
        throw new Error('boom');
      },
    });
    expect(messages(flow(['a']), [broken])).toEqual([['a', 'The configuration could not be checked: boom', undefined]]);
  });

  it('checks again only what an edit touched, and shares the rest', () => {
    const checked: string[] = [];
    const noting = kind('echo', {
      check: (_, { node }) => {
        checked.push(node!.key);
        return [{ level: 'warning', message: 'Careful' }];
      },
    });
    const subject = validator([noting]);
    const document = withCollection(flow(['a', 'b', 'c']));
    const before = subject.validate(document);
    expect(checked.splice(0)).toEqual(['a', 'b', 'c']);
    const after = subject.validate(updateConfig(document, { key: 'b', config: { x: 1 } }));
    expect(checked.splice(0)).toEqual(['b']);
    expect(after.nodes.get('a')).toBe(before.nodes.get('a'));
    expect(after.nodes.get('b')).toBe(before.nodes.get('b'));
  });

  it('sees that a variable breaks when another node moves', () => {
    const subject = validator([echo]);
    const document = withCollection(flow(['a', 'b', 'c'], { b: { v: '{{$jobsMapByNodeKey.a}}' } }));
    expect(subject.validate(document).hasErrors).toBe(false);
    const moved = moveNodes(document, { keys: ['a'], place: { upstream: 'c', branch: null } });
    expect([...subject.validate(moved).nodes.keys()]).toEqual(['b']);
  });
});

import { describe, expect, it } from 'vitest';
import { Registry } from '@nocobase/utils';
import type { CustomFunction, FlowNodeModel, InstructionInterface, Trigger, WorkflowModel } from '../../contract';
import { checkWorkflow } from '../checkWorkflow';
import { findVariables } from '../variableReferences';

function registryOf<T>(items: Record<string, T>): Registry<T> {
  const registry = new Registry<T>();
  Object.entries(items).forEach(([name, item]) => registry.register(name, item));
  return registry;
}

const run = () => ({ status: 1 });
const plugin = {
  triggers: registryOf<Trigger>({
    any: {} as Trigger,
    strict: {
      sync: true,
      validateConfig: ({ mode }: { mode?: number }) => (mode ? null : { mode: '"mode" is required' }),
    } as unknown as Trigger,
  }),
  instructions: registryOf<InstructionInterface>({
    echo: { run },
    delay: { run },
    loop: { run },
    never: { run, isAvailable: () => false },
    throws: {
      run,
      validateConfig: () => {
        throw new Error('unexpected');
      },
    },
  }),
  functions: registryOf<CustomFunction>({ now: () => 1, 'dateRange.today': () => 1 }),
  app: {
    dataSourceManager: {
      dataSources: new Map([['main', { collectionManager: { getCollection: (name: string) => name === 'posts' } }]]),
    },
  },
} as unknown as Parameters<typeof checkWorkflow>[2];

const node = (values: Partial<FlowNodeModel> & { id: number }) =>
  ({
    key: `n${values.id}`,
    type: 'echo',
    config: {},
    upstreamId: null,
    downstreamId: null,
    branchIndex: null,
    ...values,
  }) as FlowNodeModel;
const check = (workflow: Partial<WorkflowModel>, ...nodes: FlowNodeModel[]) =>
  checkWorkflow({ type: 'any', config: {}, sync: false, ...workflow } as WorkflowModel, nodes, plugin).map(
    ({ nodeKey, field, code }) => [nodeKey, field, code].filter(Boolean).join(' '),
  );

describe('checkWorkflow', () => {
  it('finds nothing in a good one', () => {
    const nodes = [
      node({
        id: 1,
        type: 'loop',
        config: { collection: 'posts', x: '{{$context.data.id}} {{ $system.dateRange.today }}' },
      }),
      node({
        id: 2,
        upstreamId: 1,
        branchIndex: 0,
        config: { a: ['{{$scopes.n1.item}}', '{{ctx.$jobsMapByNodeKey.n1.x}}'], b: '{{$system.now}}' },
      }),
    ];
    expect(check({}, ...nodes)).toEqual([]);
  });

  it.each<[string, Partial<WorkflowModel>, FlowNodeModel[], string[]]>([
    ['a trigger type', { type: 'gone' }, [], ['type unknown-type']],
    ['a trigger config', { type: 'strict' }, [], ['config.mode invalid-config']],
    ['a trigger collection', { config: { collection: 'gone' } }, [], ['config.collection unknown-collection']],
    ['a data source', { config: { collection: 'gone:posts' } }, [], ['config.collection unknown-collection']],
    ['a node type', {}, [node({ id: 1, type: 'gone' })], ['n1 type unknown-type']],
    ['a type not for this workflow', {}, [node({ id: 1, type: 'never' })], ['n1 type unavailable-type']],
    ['a validator that throws', {}, [node({ id: 1, type: 'throws' })], ['n1 config.config invalid-config']],
    [
      'a node collection',
      {},
      [node({ id: 1, config: { collection: 'a:' } })],
      ['n1 config.collection unknown-collection'],
    ],
    ['an unreachable node', {}, [node({ id: 1 }), node({ id: 2, upstreamId: 2, downstreamId: 2 })], ['n2 unreachable']],
    [
      'a job that is not there',
      {},
      [node({ id: 1, config: { a: { b: '{{$jobsMapByNodeKey.gone.x}}' } } })],
      ['n1 config.a.b unknown-variable'],
    ],
    [
      'a variable in a key',
      {},
      [node({ id: 1, config: { '{{$jobsMapByNodeKey.gone}}': 1 } })],
      ['n1 config unknown-variable'],
    ],
    [
      'a scope that is not around',
      {},
      [node({ id: 1, downstreamId: 2 }), node({ id: 2, upstreamId: 1, config: { a: '{{$scopes.n1.item}}' } })],
      ['n2 config.a unknown-variable'],
    ],
    ['a function', {}, [node({ id: 1, config: { a: '{{$system.nowhere}}' } })], ['n1 config.a unknown-variable']],
    ['waiting in a synchronous workflow', { sync: true }, [node({ id: 1, type: 'delay' })], ['n1 type waits-in-sync']],
    [
      'waiting below a synchronous trigger',
      { type: 'strict', config: { mode: 1 } },
      [node({ id: 1, type: 'delay' })],
      ['n1 type waits-in-sync'],
    ],
  ])('finds %s', (_title, workflow, nodes, expected) => {
    expect(check(workflow, ...nodes)).toEqual(expected);
  });

  it('ends on a cycle of branches', () => {
    expect(
      check({}, node({ id: 1, upstreamId: 2, branchIndex: 0 }), node({ id: 2, upstreamId: 1, branchIndex: 0 })),
    ).toEqual(['no-head', 'n1 unreachable', 'n2 unreachable']);
  });
});

it('findVariables finds them in any shape', () => {
  const found = findVariables({ a: 'x {{ $context.data.x }} {{ctx.$env.y}}', b: [{ c: '{{z}}' }], d: 5, e: null });
  expect(found).toEqual(
    expect.arrayContaining([
      { field: 'a', path: ['$context', 'data', 'x'] },
      { field: 'a', path: ['$env', 'y'] },
      { field: 'b.0.c', path: ['z'] },
    ]),
  );
  expect(found).toHaveLength(3);
});

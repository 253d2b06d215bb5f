import type { ApiClient } from '../helpers/api';

interface NodeDefinition {
  key: string;
  type: string;
  config: object;
  /** key of the node whose branch 1 this node begins */
  inBranchOf?: string;
}

interface WorkflowDefinition {
  sync?: boolean;
  nodes: NodeDefinition[];
  /** `step` of the ledger rows that one execution writes */
  steps: number[];
}

const calculation = (key: string, expression: string): NodeDefinition => ({
  key,
  type: 'calculation',
  config: { engine: 'math.js', expression },
});

/** One row in the ledger: proof that this step of the workflow happened for this record. */
const entry = (workflow: string, step: number, values: object = {}): NodeDefinition => ({
  key: `${workflow}${step}`,
  type: 'create',
  config: {
    collection: 'ledger',
    params: { values: { workflow, step, token: '{{$context.data.title}}', ...values }, appends: [] },
  },
});

const ofCounter = { filter: { $and: [{ name: { $eq: 'effects' } }] } };
const count = (length: number) => Array.from({ length }, (_, i) => i);

/**
 * Shapes that a process may die in:
 * - pure: nothing but pure nodes, stored once at the end
 * - effects: reads a counter, adds one and writes it back, all in a branch; any repetition or overlap leaves a gap
 * - sync: executed within the request
 * - waiting: rests in the database, continued by a timer of another plugin
 * - long: six transactions one after the other
 */
export const SHAPES: Record<string, WorkflowDefinition> = {
  pure: {
    nodes: count(5).map((i) => calculation(`pure${i}`, '{{$context.data.amount}} * 2 + 1')),
    steps: [],
  },
  effects: {
    nodes: [
      { key: 'check', type: 'condition', config: { engine: 'math.js', expression: '{{$context.data.amount}} >= 0', rejectOnFalse: true } },
      { key: 'counter', inBranchOf: 'check', type: 'query', config: { collection: 'counters', multiple: false, params: ofCounter } },
      calculation('next', '{{$jobsMapByNodeKey.counter.value}} + 1'),
      {
        key: 'write',
        type: 'update',
        config: {
          collection: 'counters',
          params: { individualHooks: false, ...ofCounter, values: { value: '{{$jobsMapByNodeKey.next}}' } },
        },
      },
      entry('effects', 1, { counter: '{{$jobsMapByNodeKey.next}}' }),
    ],
    steps: [1],
  },
  sync: {
    sync: true,
    nodes: [calculation('double', '{{$context.data.amount}} * 2'), entry('sync', 1), entry('sync', 2)],
    steps: [1, 2],
  },
  waiting: {
    nodes: [
      entry('waiting', 1),
      { key: 'delay', type: 'delay', config: { duration: 2, unit: 1000, endStatus: 1 } },
      entry('waiting', 2),
    ],
    steps: [1, 2],
  },
  long: {
    nodes: count(6).map((i) => entry('long', i)),
    steps: count(6),
  },
};

const integer = (name: string) => ({ name, type: 'integer', interface: 'integer' });
const string = (name: string) => ({ name, type: 'string', interface: 'input' });
const COLLECTIONS = {
  orders: [string('title'), integer('amount')],
  ledger: [string('workflow'), integer('step'), string('token'), integer('counter')],
  counters: [string('name'), integer('value')],
};

async function createCollections(api: ApiClient): Promise<void> {
  for (const [name, fields] of Object.entries(COLLECTIONS)) {
    const id = { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id' };
    await api.create('collections', { name, title: name, autoGenId: true, fields: [id, ...fields] });
  }
}

async function createNodes(api: ApiClient, workflowId: number, nodes: NodeDefinition[]): Promise<void> {
  let upstreamId: number | null = null;
  for (const { inBranchOf, ...node } of nodes) {
    const branchIndex = inBranchOf ? 1 : null;
    upstreamId = (await api.create(`workflows/${workflowId}/nodes`, { ...node, title: node.key, upstreamId, branchIndex })).id;
  }
}

/** Creates the collections and one enabled workflow per shape, whose key is the name of the shape. */
export async function createWorkflows(api: ApiClient): Promise<void> {
  await createCollections(api);
  await api.create('counters', { name: 'effects', value: 0 });
  for (const [key, { sync = false, nodes }] of Object.entries(SHAPES)) {
    const config = { collection: 'orders', appends: [] };
    const workflow = await api.create('workflows', { key, title: key, type: 'action', sync, current: true, config });
    await createNodes(api, workflow.id, nodes);
    await api.update('workflows', workflow.id, { enabled: true });
  }
}

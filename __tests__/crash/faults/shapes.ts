import type { ApiClient } from '../../helpers/api';
import { calculation, entry, type NodeDefinition } from '../../integration/extensions/world';

/** A program that a process dies in, and what it must have left behind in the end. */
export interface Shape {
  nodes(targetUrl: string): NodeDefinition[];
  /** `step` of the ledger rows that one run writes */
  steps: string[];
  /** jobs of one run */
  jobs: number;
  /** paths that the outside service is asked for, below the run's token */
  requests: string[];
  /** what happens to the run besides */
  then?: 'rerun' | 'cancel' | 'expire';
  /** of the workflow */
  options?: object;
}

export const write = (key: string, step: string): NodeDefinition => entry(key, step, '{{$context.data.title}}');
const delay = (key: string, seconds: number): NodeDefinition => ({
  key,
  type: 'delay',
  config: { duration: seconds, unit: 1000, endStatus: 1 },
});
const request = (key: string, url: string, path: string): NodeDefinition => ({
  key,
  type: 'request',
  config: { url: `${url}/{{$context.data.title}}/${path}`, method: 'POST', onlyData: true, timeout: 20_000 },
});
const yes: Omit<NodeDefinition, 'key'> = { type: 'condition', config: { engine: 'math.js', expression: '1 == 1', rejectOnFalse: false } };

export const SHAPES: Record<string, Shape> = {
  straight: {
    nodes: () => [calculation('begin', '1 + 1'), write('first', 'first'), calculation('between', '2 + 2'), write('second', 'second')],
    steps: ['first', 'second'],
    jobs: 4,
    requests: [],
  },
  branches: {
    nodes: () => [
      { key: 'check', ...yes, branches: { 1: [write('inner', 'inner'), { key: 'check2', ...yes, branches: { 1: [write('deep', 'deep')] } }] } },
      write('after', 'after'),
    ],
    steps: ['inner', 'deep', 'after'],
    jobs: 5,
    requests: [],
  },
  loop: {
    nodes: (url) => [
      {
        key: 'loop',
        type: 'loop',
        config: { target: 2 },
        branches: { 0: [request('ask', url, 'loop/{{$scopes.loop.index}}'), write('round', 'round {{$scopes.loop.index}}')] },
      },
      write('end', 'end'),
    ],
    steps: ['round 0', 'round 1', 'end'],
    jobs: 6,
    requests: ['loop/0', 'loop/1'],
  },
  waiting: {
    nodes: () => [write('before', 'before'), delay('pause', 1), write('after', 'after')],
    steps: ['before', 'after'],
    jobs: 3,
    requests: [],
  },
  rerun: {
    nodes: () => [write('only', 'only'), delay('rest', 3_600)],
    steps: ['only', 'only'],
    jobs: 4,
    requests: [],
    then: 'rerun',
  },
  cancelled: {
    nodes: () => [write('before', 'before'), delay('rest', 3_600), write('after', 'after')],
    steps: ['before'],
    jobs: 2,
    requests: [],
    then: 'cancel',
  },
  expired: {
    nodes: () => [write('before', 'before'), delay('rest', 3_600), write('after', 'after')],
    steps: ['before'],
    jobs: 2,
    requests: [],
    then: 'expire',
    options: { timeout: 3_000 },
  },
  long: {
    nodes: () => [
      { key: 'loop', type: 'loop', config: { target: 60 }, branches: { 0: [calculation('round', '{{$scopes.loop.index}} + 1')] } },
      write('end', 'end'),
    ],
    steps: ['end'],
    jobs: 62,
    requests: [],
  },
};

async function addNodes(api: ApiClient, workflowId: number, nodes: NodeDefinition[], parentId: number | null, branch: number | null): Promise<void> {
  let upstreamId = parentId;
  let branchIndex = branch;
  for (const { branches = {}, ...node } of nodes) {
    const { id } = await api.create(`workflows/${workflowId}/nodes`, { title: node.key, ...node, upstreamId, branchIndex });
    for (const [index, chain] of Object.entries(branches)) await addNodes(api, workflowId, chain, id, Number(index));
    upstreamId = id;
    branchIndex = null;
  }
}

/** Creates the collections and one enabled post-action workflow per shape, whose key is the name of the shape. */
export async function createShapes(api: ApiClient, targetUrl: string): Promise<void> {
  const text = (name: string) => ({ name, type: 'string', interface: 'input' });
  const id = { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id' };
  await api.create('collections', { name: 'orders', title: 'orders', autoGenId: true, fields: [id, text('title')] });
  await api.create('collections', { name: 'ledger', title: 'ledger', autoGenId: true, fields: [id, text('step'), text('token')] });
  for (const [key, { nodes, options }] of Object.entries(SHAPES)) await createWorkflow(api, key, nodes(targetUrl), { options });
}

/** Creates an enabled workflow, by default one that starts after the action that names it. @returns its id */
export async function createWorkflow(api: ApiClient, key: string, nodes: NodeDefinition[], values: object = {}): Promise<number> {
  const config = { collection: 'orders', appends: [] };
  const workflow = await api.create('workflows', { key, title: key, type: 'action', sync: false, current: true, config, ...values });
  await addNodes(api, workflow.id, nodes, null, null);
  await api.update('workflows', workflow.id, { enabled: true });
  return workflow.id;
}

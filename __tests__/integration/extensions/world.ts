import { expect } from 'vitest';
import { EXECUTION_STATUS, isLive } from '../../../src/common/status';
import type { ApiClient } from '../../helpers/api';
import { DIALECTS } from '../../helpers/dialects';
import { startHost, type StartHostOptions, type TestHost } from '../../helpers/host';
import { waitFor } from '../../helpers/waitFor';

/** MariaDB shares its SQL with MySQL and is covered by the tests of the store; the extensions do not speak to it. */
export const EXTENSION_DIALECTS = DIALECTS.filter((dialect) => dialect !== 'mariadb');

/** A node of a test workflow: it follows the one before it in its list. */
export interface NodeDefinition {
  key: string;
  type: string;
  config?: object;
  /** chains that begin at this node, by branch index */
  branches?: Record<number, NodeDefinition[]>;
}

export interface TestWorkflow {
  id: number;
  key: string;
}

export interface Job {
  id: number | string;
  nodeKey: string;
  status: number;
  result: any;
  meta: any;
  log: string | null;
  startedAt: string | null;
}

export interface Execution {
  id: number;
  status: number | null;
  reason: string | null;
  context: any;
  output: any;
  /** in the order of their ids */
  jobs: Job[];
}

/** `workflows:trigger` of the official custom action plugin: an event whose data is what the caller posts. */
const ANY_DATA = { type: 'custom-action', config: { type: 0 } };

export const calculation = (key: string, expression: string): NodeDefinition => ({
  key,
  type: 'calculation',
  config: { engine: 'math.js', expression },
});

export const resolvedNode = (key: string): NodeDefinition => calculation(key, '1');

export const failingNode = (key: string): NodeDefinition => ({
  key,
  type: 'condition',
  config: { rejectOnFalse: true, engine: 'math.js', expression: '1 == 2' },
});

export const erroneousNode = (key: string): NodeDefinition => calculation(key, 'nothing(1)');

/** A row in `ledger`: proof that a step happened, and how often. */
export const entry = (key: string, step: unknown, token: unknown = '{{$context.data.token}}'): NodeDefinition => ({
  key,
  type: 'create',
  config: { collection: 'ledger', params: { values: { step, token }, appends: [] } },
});

const text = (name: string) => ({ name, type: 'string', interface: 'input' });
const integer = (name: string) => ({ name, type: 'integer', interface: 'integer' });
const COLLECTIONS = [
  { name: 'ledger', fields: [text('step'), text('token')] },
  { name: 'items', fields: [text('title'), integer('amount'), integer('groupId')] },
  {
    name: 'groups',
    fields: [
      text('title'),
      {
        name: 'items',
        type: 'hasMany',
        interface: 'o2m',
        target: 'items',
        foreignKey: 'groupId',
        sourceKey: 'id',
        targetKey: 'id',
      },
    ],
  },
];

/** A real host with the published builds of the official extensions, and workflows that are triggered with any data. */
export class ExtensionWorld {
  private constructor(readonly host: TestHost) {}

  static async create(options: StartHostOptions): Promise<ExtensionWorld> {
    const world = new ExtensionWorld(await startHost(options));
    for (const collection of COLLECTIONS) {
      await world.api.create('collections', { autoGenId: true, createdAt: true, ...collection });
    }
    return world;
  }

  get api(): ApiClient {
    return this.host.api;
  }

  async workflow(nodes: NodeDefinition[], values: object = {}): Promise<TestWorkflow> {
    const workflow = await this.api.create('workflows', { title: 'w', ...ANY_DATA, ...values });
    await this.addNodes(workflow.id, nodes, null, null);
    await this.api.update('workflows', workflow.id, { enabled: true });
    return workflow;
  }

  private async addNodes(workflowId: number, nodes: NodeDefinition[], parentId: number | null, branch: number | null): Promise<void> {
    let upstreamId = parentId;
    let branchIndex = branch;
    for (const { branches = {}, ...node } of nodes) {
      const { id } = await this.api.create(`workflows/${workflowId}/nodes`, { title: node.key, ...node, upstreamId, branchIndex });
      for (const [index, chain] of Object.entries(branches)) {
        await this.addNodes(workflowId, chain, id, Number(index));
      }
      upstreamId = id;
      branchIndex = null;
    }
  }

  /** Sends the event; `data` becomes `$context.data`. */
  async trigger({ key }: TestWorkflow, data: object = {}): Promise<void> {
    const response = await this.api.post(`workflows:trigger?triggerWorkflows=${key}`, data);
    expect(response.status, JSON.stringify(response.body)).toBe(200);
  }

  /** Executes new workflows of these nodes asynchronously, waits for the end and returns the execution. */
  async run(nodes: NodeDefinition[], data: object = {}, values: object = {}): Promise<Execution> {
    const workflow = await this.workflow(nodes, values);
    await this.trigger(workflow, data);
    return this.ended(workflow);
  }

  async executions({ key }: TestWorkflow): Promise<Execution[]> {
    const rows = await this.api.list('executions', { filter: { key }, sort: 'id', appends: ['jobs'] });
    return rows.map((row) => ({ ...row, jobs: [...row.jobs].sort((a, b) => Number(BigInt(a.id) - BigInt(b.id))) }));
  }

  /** The first execution of a workflow, as soon as it is so. */
  until(workflow: TestWorkflow, what: string, isSo: (execution: Execution) => boolean): Promise<Execution> {
    return waitFor(
      async () => {
        const [execution] = await this.executions(workflow);
        return execution && isSo(execution) && execution;
      },
      { what: `${what} of workflow ${workflow.key}`, timeoutMs: 30_000 },
    );
  }

  ended(workflow: TestWorkflow): Promise<Execution> {
    return this.until(workflow, 'the end', ({ status }) => !isLive(status));
  }

  /** The execution rests with a pending job of this node. */
  waitingAt(workflow: TestWorkflow, nodeKey: string): Promise<Execution> {
    return this.until(
      workflow,
      `a pending job of ${nodeKey}`,
      ({ status, jobs }) => status === EXECUTION_STATUS.STARTED && jobs.some((job) => job.nodeKey === nodeKey && job.status === 0),
    );
  }

  /** Result of `flow_nodes:test`. */
  async test(type: string, config: object): Promise<{ status: number; result: any; log?: string }> {
    const response = await this.api.post('flow_nodes:test', { type, config });
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    return response.data;
  }

  /** How the host answers when a node with this setting is to be saved. */
  async refusal(type: string, config: object): Promise<{ status: number; messages: string[] }> {
    const workflow = await this.api.create('workflows', { title: 'w', ...ANY_DATA });
    const { status, body } = await this.api.post(`workflows/${workflow.id}/nodes:create`, { type, config });
    return { status, messages: (body.errors ?? []).map(({ message }: { message: string }) => message) };
  }

  /** Rows of the ledger as `step token`, sorted. */
  async ledger(token?: string): Promise<string[]> {
    const rows = await this.api.list('ledger', { filter: token === undefined ? {} : { token } });
    return rows.map((row) => `${row.step} ${row.token}`).sort();
  }

  close(): Promise<void> {
    return this.host.close();
  }
}

/** `[status, result]` of the jobs of a node, in order. */
export function outcomes({ jobs }: Execution, nodeKey: string): Array<[status: number, result: any]> {
  return jobs.filter((job) => job.nodeKey === nodeKey).map(({ status, result }) => [status, result]);
}

/** `key:status` of all jobs, in order. */
export const path = ({ jobs }: Execution): string[] => jobs.map(({ nodeKey, status }) => `${nodeKey}:${status}`);

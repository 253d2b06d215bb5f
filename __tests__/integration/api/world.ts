import { expect } from 'vitest';
import type { Filter } from '@nocobase/database';
import { JOB_STATUS } from '../../../src/common/status';
import type { FlowNodeModel, Id, WorkflowModel } from '../../../src/server/contract';
import { createApp, type CreateAppOptions, type TestApp } from '../../helpers/app';
import { type ApiClient, type ApiResponse } from '../../helpers/api';
import { waitFor } from '../../helpers/waitFor';

/** Titles of nodes in order; a branching node comes with its branches. `['a', ['b', { 0: ['c'] }], 'd']` */
export type Graph = Array<string | [string, { [branchIndex: number]: Graph }]>;

/** An application with short ways to make workflows, nodes and users. */
export class ApiWorld {
  private users = 0;

  private constructor(readonly host: TestApp) {}

  static async create(options: CreateAppOptions): Promise<ApiWorld> {
    return new ApiWorld(await createApp(options));
  }

  get api(): ApiClient {
    return this.host.api;
  }

  repository(name: string) {
    return this.host.db.getRepository(name);
  }

  /** Created over HTTP: enabled and synchronous unless told otherwise. */
  async workflow(values: object = {}): Promise<WorkflowModel> {
    return this.api.create('workflows', { title: 'w', type: 'syncTrigger', enabled: true, config: {}, ...values });
  }

  /** @throws Error when the host refuses */
  async node(workflowId: Id, values: object = {}): Promise<FlowNodeModel> {
    const response = await this.api.post(`workflows/${workflowId}/nodes:create`, { type: 'echo', ...values });
    expect(response.body).toHaveProperty('data');
    return response.data;
  }

  /** Creates a graph over HTTP. @returns the nodes by title */
  async graph(
    workflowId: Id,
    graph: Graph,
    upstreamId: Id | null = null,
    branchIndex: number | null = null,
  ): Promise<Record<string, FlowNodeModel>> {
    const nodes: Record<string, FlowNodeModel> = {};
    let place = { upstreamId, branchIndex };
    for (const item of graph) {
      const [title, branches] = Array.isArray(item) ? item : [item, {}];
      const node = await this.node(workflowId, { title, ...place });
      nodes[title] = node;
      for (const [index, branch] of Object.entries(branches)) {
        Object.assign(nodes, await this.graph(workflowId, branch, node.id, Number(index)));
      }
      place = { upstreamId: node.id, branchIndex: null };
    }
    return nodes;
  }

  /** The stored graph, read along the links. Fails when a node cannot be reached or a link has no counterpart. */
  async storedGraph(workflowId: Id): Promise<Graph> {
    const rows: FlowNodeModel[] = await this.repository('flow_nodes').find({ filter: { workflowId } });
    const reached = new Set<FlowNodeModel>();
    const chain = (head: FlowNodeModel | undefined): Graph => {
      const graph: Graph = [];
      for (let row = head; row;) {
        reached.add(row);
        const heads = rows.filter((other) => other.branchIndex !== null && other.upstreamId === row!.id);
        const branches = Object.fromEntries(heads.map((other) => [other.branchIndex!, chain(other)]));
        graph.push(heads.length ? [row.title!, branches] : row.title!);
        const next: FlowNodeModel | undefined = rows.find(({ id }) => id === row!.downstreamId);
        if (next) expect(next).toMatchObject({ upstreamId: row.id, branchIndex: null });
        row = next;
      }
      return graph;
    };
    const graph = chain(rows.find(({ upstreamId }) => upstreamId === null));
    expect(reached.size).toBe(rows.length);
    return graph;
  }

  /** Triggers a workflow in this process with its stored row. */
  async trigger(workflowId: Id, context: object = { data: {} }): Promise<any> {
    const workflow: WorkflowModel = await this.repository('workflows').findOne({ filterByTk: workflowId });
    return this.host.plugin.trigger(workflow, context);
  }

  async executions(workflowId: Id): Promise<any[]> {
    return this.repository('executions').find({ filter: { workflowId }, appends: ['jobs'], sort: 'id' });
  }

  /** The only execution of a workflow once it has got as far as `isThere` asks for. */
  execution(workflowId: Id, isThere: (execution: any) => boolean = ({ status }) => status !== null): Promise<any> {
    return waitFor(async () => (await this.executions(workflowId)).find(isThere), {
      what: `an execution of ${workflowId}`,
    });
  }

  /** A workflow with one waiting job. */
  async waiting(
    nodes: object[] = [{ type: 'pending' }],
  ): Promise<{ workflow: WorkflowModel; execution: any; job: any }> {
    const workflow = await this.workflow();
    let upstreamId: Id | null = null;
    for (const node of nodes) {
      upstreamId = (await this.node(workflow.id, { ...node, upstreamId })).id;
    }
    await this.trigger(workflow.id);
    const execution = await this.execution(workflow.id, ({ jobs }) => jobs.some(isPending));
    return { workflow, execution, job: execution.jobs.find(isPending) };
  }

  async count(name: string, filter: Filter): Promise<number> {
    return this.repository(name).count({ filter });
  }

  /** A new user, signed in. */
  async user(roles: string[]): Promise<ApiClient & { userId: number }> {
    const username = `user${++this.users}`;
    const user = await this.api.create('users', { username, nickname: username, password: 'secret-1', roles });
    return Object.assign(await this.api.signIn(username, 'secret-1'), { userId: user.id as number });
  }
}

function isPending({ status }: { status: number }): boolean {
  return status === JOB_STATUS.PENDING;
}

/** Messages of a refused request. */
export function messages({ body }: ApiResponse): string[] {
  return (body.errors ?? []).map(({ message }: { message: string }) => message);
}

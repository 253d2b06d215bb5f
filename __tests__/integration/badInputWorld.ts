import { expect } from 'vitest';
import type { ApiClient, ApiResponse } from '../helpers/api';
import type { TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import { MatrixWorld, type TestWorkflow } from './matrixWorld';

const TABLES = ['workflows', 'flow_nodes', 'executions', 'jobs', 'workflowCategories', 'posts', 'workflowManualTasks'];

export const HUGE = '9'.repeat(30);
export const NO_INDEXES = ['abc', 1.5, -1, 1e12, true, {}, [], [0], '1e400'];
export const NO_TEXTS = [5, true, {}, [], ['a'], 'x'.repeat(100_000), 'a\u0000b', '\uD800'];

export interface Case {
  /** called with POST and this body */
  path: string;
  body?: unknown;
  /** what the message has to say */
  names: string | RegExp;
}

type NodeName = 'first' | 'condition' | 'inYes' | 'last' | 'foreign';

/** A host with one of everything, and the ways to see that nothing of it changes. */
export class BadInputWorld {
  private constructor(
    readonly matrix: MatrixWorld,
    /** of type `action`, enabled, never executed */
    readonly workflow: TestWorkflow,
    /** `first` → `condition` (`inYes` in branch 1) → `last`; `foreign` belongs to another workflow */
    readonly nodes: Record<NodeName, any>,
    /** of a run that waits for emma */
    readonly waiting: { execution: any; job: any },
    readonly category: any,
  ) {}

  static async create(host: TestHost): Promise<BadInputWorld> {
    const matrix = await MatrixWorld.create(host);
    const { root } = matrix;
    const create = (type: string, config: object) => root.create('workflows', { type, config, enabled: true, options: {} });
    const workflow = await create('action', { collection: 'posts' });
    const other = await create('collection', { collection: 'posts', mode: 4 });
    const add = (id: number, type: string, values: object = {}) => root.create(`workflows/${id}/nodes`, { type, ...values });
    const first = await add(workflow.id, 'calculation', { title: 'first' });
    const condition = await add(workflow.id, 'condition', { upstreamId: first.id });
    const inYes = await add(workflow.id, 'calculation', { upstreamId: condition.id, branchIndex: 1 });
    const last = await add(workflow.id, 'end', { upstreamId: condition.id });
    const nodes = { first, condition, inYes, last, foreign: await add(other.id, 'end') };
    const category = await root.create('workflowCategories', { title: 'a' });
    return new BadInputWorld(matrix, workflow, nodes, await BadInputWorld.wait(matrix), category);
  }

  private static async wait(matrix: MatrixWorld): Promise<{ execution: any; job: any }> {
    const forms = { f: { type: 'custom', actions: [{ status: 1, key: 'ok' }] } };
    const asking = await matrix.workflow({
      nodes: [{ type: 'manual', config: { assignees: [matrix.emma.userId], forms } }],
      probe: false,
    });
    await matrix.post(`posts:create?triggerWorkflows=${asking.key}`);
    const execution = await waitFor(async () => (await matrix.executions(asking)).find(({ jobs }) => jobs.length > 0), {
      what: 'a waiting run',
    });
    return { execution, job: execution.jobs[0] };
  }

  get root(): ApiClient {
    return this.matrix.root;
  }

  /** Path that adds a node to the workflow. */
  get createNode(): string {
    return `workflows/${this.workflow.id}/nodes:create`;
  }

  /** All rows that requests could change, by table. */
  async everything(): Promise<Record<string, any[]>> {
    const rows = await Promise.all(TABLES.map((name) => this.root.list(name, { sort: 'id' })));
    return Object.fromEntries(TABLES.map((name, index) => [name, rows[index]!]));
  }

  /** Sends all of it: each answer has to be a 4xx with the words asked for, and no row may change. */
  async expectRefused(cases: Case[]): Promise<void> {
    const before = await this.everything();
    const mistakes: string[] = [];
    for (const { path, body, names } of cases) {
      const response = await this.root.post(path, body ?? {});
      const message = messageOf(response);
      const isRefused = response.status >= 400 && response.status < 500;
      const isNamed = typeof names === 'string' ? message.includes(names) : names.test(message);
      if (!isRefused || !isNamed) {
        mistakes.push(`${path} ${JSON.stringify(body)?.slice(0, 80)} → ${response.status} ${message.slice(0, 150)}`);
      }
    }
    expect(mistakes).toEqual([]);
    expect(await this.everything()).toEqual(before);
  }

  /** The host answers, nothing escaped it, and the run that waited all the time can go on. */
  async expectAlive(): Promise<void> {
    const { emma, host } = this.matrix;
    expect((await this.root.get('workflows:list')).status).toBe(200);
    expect(host.logs()).not.toMatch(/Unhandled|Uncaught/);
    const [task] = (await emma.get('workflowManualTasks:listMine')).data;
    const done = await emma.post(`workflowManualTasks:submit?filterByTk=${task.id}`, { result: { f: {}, _: 'ok' } });
    expect(done.status).toBe(202);
    const { id } = this.waiting.execution;
    await waitFor(async () => (await this.root.find('executions', { filterByTk: id })).status === 1, {
      what: 'the end of the run',
    });
  }
}

/** Each of the values in a field of the body, for each of the paths; the answer has to name the field. */
export function wrong(values: unknown[], field: string, paths: string[], base: object = {}): Case[] {
  return paths.flatMap((path) => values.map((value) => ({ path, body: { ...base, [field]: value }, names: field })));
}

/** Messages of a refused request, or its whole body. */
export function messageOf({ body }: ApiResponse): string {
  return Array.isArray(body?.errors) ? body.errors.map((error: any) => error.message).join('; ') : JSON.stringify(body);
}

/** Neighbours of a node that was added and removed again have another time of change. */
export function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === 'updatedAt' ? undefined : item)));
}

import { expect } from 'vitest';
import { isLive } from '../../src/common/status';
import type { ApiClient, ApiResponse } from '../helpers/api';
import type { TestHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';

export interface TestWorkflow {
  id: number;
  key: string;
}

export interface NodeValues {
  type: string;
  config?: object;
  /** position in the list of the node that this one follows, instead of the one before it */
  after?: number;
  branchIndex?: number;
}

export interface WorkflowValues {
  type?: string;
  sync?: boolean;
  enabled?: boolean;
  options?: object;
  config?: object;
  /** nodes in a chain, or branches with `after` and `branchIndex` */
  nodes?: NodeValues[];
  /**
   * adds a node that writes a row into `probe`; `extra` is what it stores besides key, record, user and role
   * @default true
   */
  probe?: boolean | { extra: string };
}

export interface ProbeRow {
  wf: string;
  ref: number | null;
  uid: number | null;
  role: string | null;
  extra: unknown;
}

const text = (name: string) => ({ name, type: 'string', interface: 'input' });
const bigInt = (name: string) => ({ name, type: 'bigInt', interface: 'integer' });
const belongsTo = (name: string, target: string) => ({
  name,
  type: 'belongsTo',
  interface: 'm2o',
  target,
  foreignKey: `${name}Id`,
  targetKey: 'id',
});

/** The collections of the matrix: posts with a to-one and a to-many association of either kind, and the probe. */
const COLLECTIONS = [
  { name: 'categories', fields: [text('title'), belongsTo('parent', 'categories')] },
  { name: 'covers', fields: [text('title')] },
  { name: 'tags', fields: [text('title')] },
  { name: 'comments', fields: [text('title')] },
  { name: 'orders', fields: [text('title')] },
  {
    name: 'posts',
    createdBy: true,
    updatedBy: true,
    fields: [
      text('title'),
      text('content'),
      { ...text('slug'), unique: true },
      belongsTo('category', 'categories'),
      belongsTo('author', 'users'),
      { name: 'cover', type: 'hasOne', interface: 'oho', target: 'covers', foreignKey: 'postId', sourceKey: 'id' },
      {
        name: 'comments',
        type: 'hasMany',
        interface: 'o2m',
        target: 'comments',
        foreignKey: 'postId',
        sourceKey: 'id',
        targetKey: 'id',
      },
      {
        name: 'tags',
        type: 'belongsToMany',
        interface: 'm2m',
        target: 'tags',
        through: 'postsTags',
        foreignKey: 'postId',
        otherKey: 'tagId',
        sourceKey: 'id',
        targetKey: 'id',
      },
    ],
  },
  {
    name: 'probe',
    fields: [
      text('wf'),
      bigInt('ref'),
      bigInt('uid'),
      text('role'),
      { name: 'extra', type: 'json', interface: 'json' },
    ],
  },
];

const SAMPLE = { title: 'Hello, world!', content: 'This is a test post.' };

/** Needs both collections. */
const CATEGORY_POSTS = {
  name: 'posts',
  type: 'hasMany',
  interface: 'o2m',
  target: 'posts',
  foreignKey: 'categoryId',
  sourceKey: 'id',
  targetKey: 'id',
};

/** A host with the collections, roles and users of the matrix, and the ways to look at what ran. */
export class MatrixWorld {
  private readonly enabled: TestWorkflow[] = [];

  private constructor(
    readonly host: TestHost,
    /** role `employee`, may create, view and update; also has the role `viewer`, which may only view */
    readonly emma: ApiClient & { userId: number },
  ) {}

  static async create(host: TestHost): Promise<MatrixWorld> {
    for (const collection of COLLECTIONS) {
      await host.api.create('collections', collection);
    }
    await host.api.create('collections/categories/fields', CATEGORY_POSTS);
    await createRole(host.api, 'employee', ['create', 'view', 'update'], ['pm.api-keys.configuration']);
    await createRole(host.api, 'viewer', ['view']);
    return new MatrixWorld(host, await host.signInAs('emma', ['employee', 'viewer']));
  }

  get root(): ApiClient {
    return this.host.api;
  }

  /** An enabled post-action workflow on `posts` in local mode, unless said otherwise. */
  async workflow(values: WorkflowValues = {}): Promise<TestWorkflow> {
    const { type = 'action', sync = false, enabled = true, options, config, nodes = [], probe = true } = values;
    const workflow = await this.root.create('workflows', {
      title: type,
      type,
      sync,
      options,
      config: { collection: 'posts', ...config },
    });
    const probes = probe ? [probeNode(workflow.key, probe === true ? null : probe.extra)] : [];
    await this.addNodes(workflow, [...nodes, ...probes]);
    if (enabled) {
      await this.enable(workflow);
    }
    return workflow;
  }

  async addNodes(workflow: TestWorkflow, nodes: NodeValues[]): Promise<void> {
    const ids: number[] = [];
    for (const { after, branchIndex, ...values } of nodes) {
      const upstreamId = after === undefined ? ids.at(-1) : ids[after];
      const node = await this.root.create(`workflows/${workflow.id}/nodes`, { ...values, upstreamId, branchIndex });
      ids.push(node.id);
    }
  }

  async enable(workflow: TestWorkflow): Promise<void> {
    await this.root.update('workflows', workflow.id, { enabled: true });
    this.enabled.push(workflow);
  }

  async disable(workflow: TestWorkflow): Promise<void> {
    await this.root.update('workflows', workflow.id, { enabled: false });
  }

  /** To be called after each test: the next one must not run the workflows of this one. */
  async disableAll(): Promise<void> {
    for (const workflow of this.enabled.splice(0)) {
      await this.disable(workflow);
    }
  }

  /**
   * Posts as emma, in the role `employee`. For anybody but root the host drops new associated records
   * that are not in `updateAssociationValues`.
   */
  post(path: string, body: unknown = SAMPLE): Promise<ApiResponse> {
    return this.emma.withRole('employee').post(path, body);
  }

  /** All executions of a workflow, all versions, oldest first. */
  executions(workflow: TestWorkflow): Promise<any[]> {
    return this.root.list('executions', { filter: { key: workflow.key }, sort: 'id', appends: ['jobs'] });
  }

  /**
   * Checks that there are exactly so many runs, and waits until they have ended.
   * There is no need to wait for them to appear: a run exists from the moment its request is answered.
   */
  async expectRuns(workflow: TestWorkflow, count: number): Promise<any[]> {
    expect(await this.executions(workflow), `runs of ${workflow.key}`).toHaveLength(count);
    return waitFor(
      async () => {
        const executions = await this.executions(workflow);
        return executions.every(({ status }) => !isLive(status)) && executions;
      },
      { what: `the end of the runs of ${workflow.key}` },
    );
  }

  /** The same for workflows with a probe node: all runs have to succeed and to leave one row each. */
  async expectProbes(workflow: TestWorkflow, count: number): Promise<ProbeRow[]> {
    const executions = await this.expectRuns(workflow, count);
    expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 1));
    const rows = await this.probes(workflow);
    expect(rows).toHaveLength(count);
    return rows;
  }

  probes({ key }: TestWorkflow): Promise<ProbeRow[]> {
    return this.root.list('probe', { filter: { wf: key }, sort: 'id' });
  }

  count(collection: string, filter: object = {}): Promise<number> {
    return this.root.list(collection, { filter, fields: ['id'] }).then(({ length }) => length);
  }
}

/**
 * @param actions what the role may do with every collection
 * @param snippets what it may do besides
 */
export async function createRole(
  api: ApiClient,
  name: string,
  actions: string[],
  snippets: string[] = [],
): Promise<void> {
  await api.create('roles', { name, title: name, snippets });
  const response = await api.post(`dataSources/main/roles:update?filterByTk=${name}`, {
    roleName: name,
    strategy: { actions },
  });
  expect(response.status).toBe(200);
}

/** Writes what it saw of the context: the evidence that a workflow ran, and with what. */
function probeNode(key: string, extra: string | null): NodeValues {
  return {
    type: 'create',
    config: {
      collection: 'probe',
      params: {
        values: {
          wf: key,
          ref: '{{$context.data.id}}',
          uid: '{{$context.user.id}}',
          role: '{{$context.roleName}}',
          extra,
        },
      },
    },
  };
}

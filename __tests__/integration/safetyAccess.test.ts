import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient, ApiResponse } from '../helpers/api';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import document from '../../src/swagger';
import { createRole, MatrixWorld, type TestWorkflow } from './matrixWorld';

/** For everybody who is signed in; they answer what is the user's own. */
const OWN = ['userWorkflowTasks:listMine', 'userWorkflowTaskStats:listMine'];

/** Actions of the snippet `pm.workflow.workflows`, as other plugins know it. */
const SNIPPET = [
  'workflows:*',
  'workflows.nodes:*',
  'executions:list',
  'executions:get',
  'executions:cancel',
  'executions:replay',
  'executions:watch',
  'executions:destroy',
  'flow_nodes:update',
  'flow_nodes:destroy',
  'flow_nodes:destroyBranch',
  'flow_nodes:duplicate',
  'flow_nodes:move',
  'flow_nodes:test',
  'jobs:get',
  'jobs:explain',
  'workflowCategories:*',
];

const ROOT_ONLY = [
  'executions:rerun',
  'executions:create',
  'executions:update',
  'jobs:resume',
  'jobs:list',
  'jobs:update',
  'jobs:destroy',
  'flow_nodes:get',
  'flow_nodes:list',
  'flow_nodes:create',
];

const TABLES = [
  'workflows',
  'flow_nodes',
  'executions',
  'jobs',
  'workflowCategories',
  'workflowStats',
  'workflowVersionStats',
  'userWorkflowTasks',
  'userWorkflowTaskStats',
];

const DEFAULT_ACTIONS = ['list', 'get', 'create', 'update', 'destroy', 'firstOrCreate', 'updateOrCreate', 'move', 'query'];
const ASSOCIATIONS = [
  'workflows/%/nodes',
  'workflows/%/executions',
  'workflows/%/stats',
  'workflows/%/versionStats',
  'workflows/%/categories',
  'executions/%/jobs',
  'executions/%/workflow',
  'flow_nodes/%/jobs',
  'flow_nodes/%/upstream',
];

describe.each(DIALECTS)('access on %s', (dialect) => {
  let world: MatrixWorld;
  let workflow: TestWorkflow;
  let node: any;
  let clerk: ApiClient;
  let member: ApiClient;
  let designer: ApiClient;
  let admin: ApiClient;

  beforeAll(async () => {
    const host = await startHost({ dialect });
    world = await MatrixWorld.create(host);
    await createRole(host.api, 'clerk', ['create', 'view', 'update', 'destroy', 'export']);
    await createRole(host.api, 'designer', [], ['pm.workflow.workflows']);
    clerk = await host.signInAs('clerk', ['clerk']);
    member = await host.signInAs('mem', ['member']);
    designer = await host.signInAs('des', ['designer']);
    admin = await host.signInAs('adm', ['admin']);
    await host.api.create('workflowCategories', { title: 'secret category' });
    workflow = await world.workflow({ sync: true });
    await world.post(`posts:create?triggerWorkflows=${workflow.key}`);
    [node] = await host.api.list('flow_nodes', {});
  });

  afterAll(() => world?.host.close());

  /** Every action of the OpenAPI document, as `resource:action` with a way to call it. */
  const documented = Object.entries(document.paths).map(([path, { get }]) => {
    const action = path.slice(1).replace(/\/\{\w+\}\//, '.');
    return {
      action,
      call: async (client: ApiClient, id: number | string): Promise<ApiResponse> => {
        const target = path.slice(1).replace(/\{\w+\}/, String(id));
        const params = `filterByTk=${id}&branchIndex=0&sourceId=${id}&targetId=${id}`;
        return get ? client.get(target, { filterByTk: id }) : client.post(`${target}?${params}`, { type: 'end', title: 'taken' });
      },
    };
  });

  /** All rows that the plugin keeps, as root sees them. */
  async function everything(): Promise<unknown> {
    const tables = await Promise.all(TABLES.map((name) => world.root.list(name, {})));
    return Object.fromEntries(TABLES.map((name, index) => [name, tables[index]]));
  }

  function expectNothingTold({ body }: ApiResponse): void {
    expect(Object.keys(body)).toEqual(['errors']);
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${workflow.key}|secret category|"count"|"total`));
  }

  it('the document has every action that the stock product has', () => {
    const actions = documented.map(({ action }) => action);
    for (const action of SNIPPET.filter((name) => !name.endsWith('*'))) expect(actions).toContain(action);
    for (const action of ['workflows:revision', 'workflows:sync', 'workflows:execute', 'workflows.nodes:create', ...OWN]) {
      expect(actions).toContain(action);
    }
  });

  describe('without the permission', () => {
    it.each(documented.filter(({ action }) => !OWN.includes(action)))('$action is 403 and tells nothing', async ({ call }) => {
      for (const client of [clerk, member, world.emma, clerk.withHeaders({ 'X-Role': 'clerk' })]) {
        for (const id of [workflow.id, node.id, 0, 'abc']) {
          const response = await call(client, id);
          expect(response.status).toBe(403);
          expectNothingTold(response);
        }
      }
    });

    it('the default actions and associations of every table are closed', async () => {
      const resources = [...TABLES, 'workflowSignals', 'workflowOccurrences', 'workflowProcesses', 'workflowTasks', 'workflowCategoryRelations'];
      for (const resource of [...resources, ...ASSOCIATIONS.map((path) => path.replace('%', String(workflow.id)))]) {
        for (const action of DEFAULT_ACTIONS) {
          const response = await clerk.post(`${resource}:${action}?filterByTk=${workflow.id}`, { title: 'taken' });
          expect([resource, action, response.status]).toEqual([resource, action, expect.toSatisfy(isRefused)]);
          expectNothingTold(response);
        }
      }
    });

    it('a role that the user does not have gives nothing', async () => {
      for (const role of ['root', 'admin', 'designer']) {
        const response = await clerk.withRole(role).get('workflows:list');
        expect(isRefused(response.status)).toBe(true);
        expectNothingTold(response);
      }
    });

    it('nobody is signed in: 401', async () => {
      for (const { call } of documented) {
        const response = await call(world.root.anonymous(), workflow.id);
        expect(response.status).toBe(401);
        expectNothingTold(response);
      }
    });

    it('nothing has changed', async () => {
      const before = await everything();
      for (const { action, call } of documented.filter((item) => !OWN.includes(item.action))) {
        await call(clerk, action.startsWith('flow_nodes') ? node.id : workflow.id);
      }
      expect(await everything()).toEqual(before);
    });
  });

  describe('with the snippet pm.workflow.workflows', () => {
    const isIn = (action: string) => SNIPPET.some((item) => item === action || item === `${action.split(':')[0]}:*`);

    it.each(documented.filter(({ action }) => isIn(action)))('$action is allowed', async ({ call }) => {
      for (const client of [designer, admin]) {
        const { status, body } = await call(client, 0);
        expect([401, 403]).not.toContain(status);
        expect(status, JSON.stringify(body)).toBeLessThan(500);
      }
    });

    it('what it does not name is root only', async () => {
      const actions = documented.map(({ action }) => action).filter((action) => !isIn(action) && !OWN.includes(action));
      for (const action of new Set([...actions, ...ROOT_ONLY])) {
        for (const client of [designer, admin]) {
          const response = await client.post(`${action}?filterByTk=${node.id}`, {});
          expect([action, response.status]).toEqual([action, 403]);
          expectNothingTold(response);
        }
        expect((await world.root.post(`${action}?filterByTk=0`, {})).status).not.toBe(403);
      }
    });

    it('rerun and resume are not among them', () => {
      expect(['executions:rerun', 'jobs:resume'].some(isIn)).toBe(false);
    });
  });

  describe('a to-do belongs to its user alone', () => {
    let waiting: TestWorkflow;
    let task: any;
    let bob: ApiClient & { userId: number };

    beforeAll(async () => {
      bob = await world.host.signInAs('bob', ['viewer']);
      const actions = [
        { status: 1, key: 'approve' },
        { status: -1, key: 'reject' },
      ];
      waiting = await world.workflow({
        nodes: [
          {
            type: 'manual',
            config: { assignees: [world.emma.userId], forms: { review: { type: 'custom', title: 'review', actions } } },
          },
        ],
        probe: false,
      });
      await world.post(`posts:create?triggerWorkflows=${waiting.key}`);
      task = await waitFor(
        async () => (await world.root.list('workflowManualTasks', { filter: { workflowId: waiting.id }, appends: ['job'] })).find(({ job }) => job),
        { what: 'a to-do with its job' },
      );
    });

    const approve = { result: { review: { comment: 'mine now' }, _: 'approve' } };
    const stored = () => world.root.find('workflowManualTasks', { filterByTk: task.id, appends: ['job', 'execution'] });

    it('others do not see it in their lists, whatever they ask for', async () => {
      const filters = [{}, { userId: world.emma.userId }, { $or: [{ userId: world.emma.userId }, { userId: bob.userId }] }];
      for (const client of [bob, clerk, admin]) {
        for (const filter of filters) {
          for (const action of [...OWN, 'workflowManualTasks:listMine']) {
            const { status, data } = await client.get(action, { filter, pageSize: 200 });
            expect([status, data]).toEqual([200, []]);
          }
        }
        const byUser = await client.get('userWorkflowTaskStats:listMine', { userId: world.emma.userId, type: 'manual' });
        expect(byUser.data).toEqual([]);
      }
    });

    it('its user sees it', async () => {
      expect((await world.emma.get('userWorkflowTasks:listMine')).data).toMatchObject([
        { type: 'manual', userId: world.emma.userId, stats: { pending: 1, all: 1 } },
      ]);
      expect((await world.emma.get('userWorkflowTaskStats:listMine')).data).toMatchObject([
        { workflowKey: waiting.key, stats: { pending: 1, all: 1 } },
      ]);
      expect((await world.emma.get('workflowManualTasks:listMine')).data).toHaveLength(1);
    });

    it('others cannot submit it, nor answer its job', async () => {
      const before = await stored();
      for (const client of [bob, clerk, admin, world.root]) {
        expect((await client.post(`workflowManualTasks:submit?filterByTk=${task.id}`, approve)).status).toBe(403);
      }
      for (const client of [bob, clerk, admin, world.emma]) {
        expect((await client.post(`jobs:resume?filterByTk=${task.jobId}`, { status: 1 })).status).toBe(403);
        expect((await client.post(`executions:rerun?filterByTk=${task.executionId}`, {})).status).toBe(403);
      }
      expect((await world.root.anonymous().post(`workflowManualTasks:submit?filterByTk=${task.id}`, approve)).status).toBe(401);
      expect(await stored()).toEqual(before);
    });

    it('its user can, once', async () => {
      expect((await world.emma.post(`workflowManualTasks:submit?filterByTk=${task.id}`, approve)).status).toBe(202);
      const [{ status }] = await world.expectRuns(waiting, 1);
      expect(status).toBe(1);
      expect((await world.emma.post(`workflowManualTasks:submit?filterByTk=${task.id}`, approve)).status).toBe(400);
      expect((await world.emma.get('userWorkflowTasks:listMine')).data).toMatchObject([{ stats: { pending: 0, all: 1 } }]);
    });
  });
});

/** 401: a role that the user does not have; 404: an association that there is not; 400, 405: refused before permissions. */
function isRefused(status: number): boolean {
  return [400, 401, 403, 404, 405].includes(status);
}

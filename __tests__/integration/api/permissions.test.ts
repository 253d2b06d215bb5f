import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../../helpers/dialects';
import type { ApiClient } from '../../helpers/api';
import { ApiWorld } from './world';

const WITH_SNIPPET = [
  'workflows:list',
  'workflows:get',
  'workflows:create',
  'workflows:update',
  'workflows:destroy',
  'workflows:revision',
  'workflows:sync',
  'workflows:execute',
  'workflows:validate',
  'flow_nodes:update',
  'flow_nodes:destroy',
  'flow_nodes:destroyBranch',
  'flow_nodes:duplicate',
  'flow_nodes:move',
  'flow_nodes:test',
  'executions:list',
  'executions:get',
  'executions:cancel',
  'executions:destroy',
  'jobs:get',
  'workflowCategories:list',
  'workflowCategories:create',
];
const ROOT_ONLY = [
  'executions:rerun',
  'executions:create',
  'executions:update',
  'jobs:resume',
  'jobs:list',
  'jobs:update',
  'flow_nodes:get',
  'flow_nodes:list',
  'flow_nodes:create',
];

const NOBODYS = [
  'workflows/1/nodes:create',
  'workflows/1/nodes:list',
  'workflows/1/executions:list',
  'executions/1/jobs:list',
  'workflowStats:list',
  'workflowVersionStats:list',
  'workflowSignals:list',
  'workflowOccurrences:list',
  'workflowProcesses:list',
  'userWorkflowTasks:list',
  'userWorkflowTaskStats:list',
];

describe.each(DIALECTS)('permissions, %s', (dialect) => {
  let world: ApiWorld;
  let admin: ApiClient;
  let member: ApiClient;
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
    // May do anything with the collections of the application, and nothing with workflows.
    const strategy = { actions: ['create', 'view', 'update', 'destroy'] };
    await world.api.create('roles', { name: 'clerk', title: 'Clerk', strategy });
    admin = await world.user(['admin']);
    member = await world.user(['clerk']);
  });
  afterAll(() => world?.host.close());

  it.each([...WITH_SNIPPET, ...ROOT_ONLY, ...NOBODYS])(
    '%s: not without the permission, and not without a user',
    async (action) => {
      const path = `${action}?filterByTk=1&filter=${JSON.stringify({ id: 1 })}`;
      expect((await member.post(path, {})).status).toBe(403);
      expect((await world.api.anonymous().post(path, {})).status).toBe(401);
    },
  );

  it.each(WITH_SNIPPET)('%s: for admins', async (action) => {
    const response = await admin.post(`${action}?filterByTk=1&branchIndex=0`, {});
    expect([401, 403]).not.toContain(response.status);
    expect(response.status).toBeLessThan(500);
  });

  it.each(ROOT_ONLY)('%s: for root only', async (action) => {
    expect((await admin.post(`${action}?filterByTk=1`, {})).status).toBe(403);
  });

  it('the snippets are there for other plugins to add to', () => {
    const { snippets } = world.host.app.acl.snippetManager;
    expect(snippets.get('pm.workflow.workflows')?.actions).toEqual(expect.arrayContaining(['workflows:*', 'jobs:get']));
    expect(snippets.get('ui.workflows')?.actions).toEqual(['workflows:list']);
  });

  it('a refused request changes nothing', async () => {
    const workflow = await world.workflow();
    const before = (await world.repository('workflows').findOne({ filterByTk: workflow.id })).toJSON();
    await member.post(`workflows:update?filterByTk=${workflow.id}`, { enabled: false });
    await member.post(`workflows:destroy?filterByTk=${workflow.id}`);
    await member.post(`workflows/${workflow.id}/nodes:create`, { type: 'echo' });
    await member.post(`workflows:execute?filterByTk=${workflow.id}`, { data: {} });
    expect((await world.repository('workflows').findOne({ filterByTk: workflow.id })).toJSON()).toEqual(before);
    expect(await world.count('flow_nodes', { workflowId: workflow.id })).toBe(0);
    expect(await world.count('executions', { workflowId: workflow.id })).toBe(0);
  });
});

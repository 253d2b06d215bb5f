import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import type { ApiClient, ApiResponse } from '../../helpers/api';
import { UserSocket } from '../../helpers/userSocket';
import { waitFor } from '../../helpers/waitFor';
import { entry, EXTENSION_DIALECTS, ExtensionWorld, outcomes, resolvedNode, type NodeDefinition, type TestWorkflow } from './world';

const { RESOLVED, REJECTED, PENDING, ABORTED } = JOB_STATUS;
const MODE = { SINGLE: 0, ALL: 1, ANY: -1 };
type User = ApiClient & { userId: number };

describe.each(EXTENSION_DIALECTS)('nodes for people, on %s', (dialect) => {
  let world: ExtensionWorld;
  let emma: User;
  let sam: User;

  beforeAll(async () => {
    world = await ExtensionWorld.create({ dialect });
    emma = await world.host.signInAs('emma');
    sam = await world.host.signInAs('sam');
  });

  afterAll(() => world?.close());

  const ACTIONS = [
    { status: RESOLVED, key: 'approve', values: { by: '{{$user.username}}' } },
    { status: REJECTED, key: 'reject' },
    { status: PENDING, key: 'draft' },
  ];
  const manual = (config: object = {}): NodeDefinition => ({
    key: 'm',
    type: 'manual',
    config: { assignees: [sam.userId], title: 'About {{$context.data.subject}}', forms: { f: { type: 'custom', title: 'f', actions: ACTIONS } }, ...config },
  });

  async function taskOf(workflow: TestWorkflow, user: User): Promise<any> {
    return waitFor(
      async () => {
        const { data } = await user.get('workflowManualTasks:listMine', { filter: { workflowId: workflow.id }, appends: ['job'], sort: '-id' });
        return data?.[0]?.job && data[0];
      },
      { what: 'a to-do' },
    );
  }

  const submit = async (workflow: TestWorkflow, user: User, action: string, values: object = {}): Promise<ApiResponse> => {
    const task = await taskOf(workflow, user);
    return user.post(`workflowManualTasks:submit?filterByTk=${task.id}`, { result: { f: values, _: action } });
  };

  /** Numbers of the user's to-dos of a workflow, as the task centre shows them. */
  const numbers = async (user: User, type: string, { key }: TestWorkflow) => {
    const { data } = await user.get('userWorkflowTaskStats:listMine', { type, pageSize: 200 });
    return data.find(({ workflowKey }: { workflowKey: string }) => workflowKey === key)?.stats;
  };

  describe('manual', () => {
    it('waits, counts, and goes on with what was filled in', async () => {
      const reader = { key: 'r', type: 'variable', config: { value: '{{$jobsMapByNodeKey.m.f.comment}} by {{$jobsMapByNodeKey.m.f.by}}' } };
      const workflow = await world.workflow([manual(), reader]);
      const socket = await UserSocket.open(world.host.url, sam.token);
      await world.trigger(workflow, { subject: 'tea' });
      const task = await taskOf(workflow, sam);
      expect(task).toMatchObject({ title: 'About tea', status: PENDING, userId: sam.userId });
      await waitFor(async () => (await numbers(sam, 'manual', workflow))?.pending === 1, { what: 'the numbers' });
      expect((await submit(workflow, sam, 'approve', { comment: 'fine' })).status).toBe(202);
      const execution = await world.ended(workflow);
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'm')).toEqual([[RESOLVED, { f: { comment: 'fine', by: 'sam' }, _: 'approve' }]]);
      expect(outcomes(execution, 'r')).toEqual([[RESOLVED, 'fine by sam']]);
      await waitFor(async () => (await numbers(sam, 'manual', workflow))?.pending === 0, { what: 'the numbers' });
      expect(await numbers(sam, 'manual', workflow)).toEqual({ pending: 0, all: 1 });
      expect(await numbers(emma, 'manual', workflow)).toBeUndefined();
      await waitFor(() => socket.payloads('workflow:taskWorkflowStats:updated').length > 0, { what: 'a message to the browser' });
      expect(socket.payloads('workflow:tasks:updated')[0]).toMatchObject({ userId: sam.userId, type: 'manual', stats: expect.any(Object) });
      expect(socket.payloads('workflow:taskWorkflowStats:updated')[0]).toMatchObject({ userId: sam.userId, workflowKey: workflow.key });
      socket.close();
    });

    it('a rejection ends the run', async () => {
      const workflow = await world.workflow([manual(), resolvedNode('after')]);
      await world.trigger(workflow);
      expect((await submit(workflow, sam, 'reject')).status).toBe(202);
      const execution = await world.ended(workflow);
      expect(execution.status).toBe(EXECUTION_STATUS.REJECTED);
      expect(outcomes(execution, 'after')).toEqual([]);
    });

    it('a draft keeps waiting, and keeps what was filled in', async () => {
      const workflow = await world.workflow([manual()]);
      await world.trigger(workflow);
      expect((await submit(workflow, sam, 'draft', { comment: 'later' })).status).toBe(202);
      expect((await taskOf(workflow, sam)).result).toEqual({ f: { comment: 'later' }, _: 'draft' });
      expect((await world.waitingAt(workflow, 'm')).status).toBe(EXECUTION_STATUS.STARTED);
      expect((await submit(workflow, sam, 'approve', { comment: 'now' })).status).toBe(202);
      expect(outcomes(await world.ended(workflow), 'm')[0]![1].f.comment).toBe('now');
    });

    it.each([
      ['all: both approve', MODE.ALL, ['approve', 'approve'], EXECUTION_STATUS.RESOLVED, 1],
      ['all: one rejects', MODE.ALL, ['reject'], EXECUTION_STATUS.REJECTED, 0.5],
      ['any: the second approves', MODE.ANY, ['reject', 'approve'], EXECUTION_STATUS.RESOLVED, 1],
      ['any: both reject', MODE.ANY, ['reject', 'reject'], EXECUTION_STATUS.REJECTED, 1],
      ['single: the first decides', MODE.SINGLE, ['approve'], EXECUTION_STATUS.RESOLVED, expect.any(Object)],
    ])('two people, %s', async (_, mode, actions, status, result) => {
      const workflow = await world.workflow([manual({ mode, assignees: [emma.userId, sam.userId] }), resolvedNode('after')]);
      await world.trigger(workflow);
      for (const [i, action] of actions.entries()) {
        expect((await submit(workflow, [emma, sam][i]!, action)).status).toBe(202);
      }
      const execution = await world.ended(workflow);
      expect(execution.status).toBe(status);
      expect(outcomes(execution, 'm')[0]![1]).toEqual(result);
      expect(outcomes(execution, 'after')).toHaveLength(status === EXECUTION_STATUS.RESOLVED ? 1 : 0);
    });

    it('without anybody it is done at once', async () => {
      const execution = await world.run([manual({ assignees: [] })]);
      expect(outcomes(execution, 'm')).toEqual([[RESOLVED, null]]);
    });

    it('forms that create and update records', async () => {
      const item = await world.api.create('items', { title: 'old', amount: 1 });
      const forms = {
        create: { type: 'create', title: 'c', collection: 'items', actions: ACTIONS.slice(0, 1).map(({ values: _, ...action }) => action) },
      };
      const created = await world.workflow([manual({ forms })]);
      await world.trigger(created);
      const first = await taskOf(created, sam);
      const response = await sam.post(`workflowManualTasks:submit?filterByTk=${first.id}`, { result: { create: { title: 'made by hand' }, _: 'approve' } });
      expect(response.status, JSON.stringify(response.body)).toBe(202);
      await world.ended(created);
      expect((await world.api.list('items', { filter: { title: 'made by hand' } })).length).toBe(1);

      const update = { ...forms.create, type: 'update', filter: { id: '{{$context.data.id}}' } };
      const updated = await world.workflow([manual({ forms: { update } })]);
      await world.trigger(updated, { id: item.id });
      const second = await taskOf(updated, sam);
      expect((await sam.post(`workflowManualTasks:submit?filterByTk=${second.id}`, { result: { update: { title: 'new' }, _: 'approve' } })).status).toBe(202);
      await world.ended(updated);
      expect((await world.api.find('items', { filterByTk: item.id })).title).toBe('new');
    });

    it('in parallel branches: the node hears of those that wait', async () => {
      const branch = (key: string, user: User) => [{ ...manual({ assignees: [user.userId] }), key }];
      const parallel = { key: 'p', type: 'parallel', config: { mode: 'all' }, branches: { 1: branch('m1', emma), 2: branch('m2', sam) } };
      const workflow = await world.workflow([parallel, resolvedNode('after')]);
      await world.trigger(workflow);
      await world.until(workflow, 'both to wait', (execution) => outcomes(execution, 'p')[0]?.[1].every((status: unknown) => status === PENDING));
      await submit(workflow, sam, 'approve');
      await world.until(workflow, 'the first answer', (execution) => outcomes(execution, 'p')[0]![1][1] === RESOLVED);
      await submit(workflow, emma, 'approve');
      expect(outcomes(await world.ended(workflow), 'p')).toEqual([[RESOLVED, [RESOLVED, RESOLVED]]]);
    });

    it('a task submitted twice counts once', async () => {
      const workflow = await world.workflow([manual(), entry('e', 'done')]);
      await world.trigger(workflow, { token: 'twice' });
      const task = await taskOf(workflow, sam);
      const body = { result: { f: {}, _: 'approve' } };
      const path = `workflowManualTasks:submit?filterByTk=${task.id}`;
      const answers = await Promise.all([sam.post(path, body), sam.post(path, body), sam.post(path, body)]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(202);
      expect(statuses.slice(1).every((status) => status >= 400)).toBe(true);
      expect((await world.ended(workflow)).status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(await world.ledger('twice')).toEqual(['done twice']);
      expect((await sam.post(path, body)).status).toBe(400);
      expect(await world.ledger('twice')).toEqual(['done twice']);
    });

    it('a cancelled run takes its to-dos along', async () => {
      const workflow = await world.workflow([manual()]);
      await world.trigger(workflow);
      await taskOf(workflow, sam);
      const { id } = await world.waitingAt(workflow, 'm');
      expect((await world.api.post(`executions:cancel?filterByTk=${id}`)).status).toBe(200);
      await waitFor(async () => (await taskOf(workflow, sam)).status === ABORTED, { what: 'the to-do to be closed' });
      await waitFor(async () => (await numbers(sam, 'manual', workflow))?.pending === 0, { what: 'the numbers' });
      expect((await submit(workflow, sam, 'approve')).status).toBe(400);
    });
  });

  describe('cc', () => {
    const cc = (config: object = {}): NodeDefinition => ({
      key: 'c',
      type: 'cc',
      config: { users: [emma.userId, { filter: { username: 'sam' } }], title: 'For {{$context.data.who}}', ...config },
    });
    const mine = async (user: User, workflow: TestWorkflow) =>
      (await user.get('workflowCcTasks:listMine', { filter: { workflowId: workflow.id } })).data as any[];

    it('tells people and goes on; they may mark it as read', async () => {
      const workflow = await world.workflow([cc(), resolvedNode('after')]);
      await world.trigger(workflow, { who: 'you' });
      const execution = await world.ended(workflow);
      expect(execution.jobs.map(({ nodeKey, status }) => `${nodeKey}:${status}`)).toEqual(['c:1', 'after:1']);
      const [task] = await mine(emma, workflow);
      expect(task).toMatchObject({ title: 'For you', status: 0 });
      expect(await mine(sam, workflow)).toHaveLength(1);
      await waitFor(async () => (await numbers(emma, 'cc', workflow))?.pending === 1, { what: 'the numbers' });
      expect((await sam.post(`workflowCcTasks:read?filterByTk=${task.id}`)).status).toBe(403);
      expect((await emma.post(`workflowCcTasks:read?filterByTk=${task.id}`)).status).toBe(200);
      await waitFor(async () => (await numbers(emma, 'cc', workflow))?.pending === 0, { what: 'the numbers' });
      expect((await mine(emma, workflow))[0].status).toBe(1);
    });

    it('a new version keeps its settings', async () => {
      const { id, key } = await world.workflow([cc()]);
      const { data } = await world.api.post(`workflows:revision?filterByTk=${id}&filter[key]=${key}`);
      const [node] = await world.api.list('flow_nodes', { filter: { workflowId: data.id } });
      expect(node.config).toMatchObject({ title: 'For {{$context.data.who}}' });
    });
  });

  describe('notification', () => {
    const notification = (config: object = {}): NodeDefinition => ({
      key: 'n',
      type: 'notification',
      config: { channelName: 'inner', title: 'T', content: 'Hello {{$context.data.name}}', receivers: [emma.userId], ...config },
    });

    beforeAll(async () => {
      await world.api.create('notificationChannels', { name: 'inner', title: 'inner', notificationType: 'in-app-message', options: {} });
    });

    it('reaches its people', async () => {
      const execution = await world.run([notification(), resolvedNode('after')], { name: 'Emma' });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'n')[0]).toMatchObject([RESOLVED, { status: 'success' }]);
      const [message] = await waitFor(
        async () => {
          const { data } = await emma.get('myInAppMessages:list');
          return data?.messages?.length > 0 && data.messages;
        },
        { what: 'the message' },
      );
      expect(message).toMatchObject({ title: 'T', content: 'Hello Emma' });
    });

    it('is tested', async () => {
      const { status } = await world.test('notification', { channelName: 'inner', title: 'T', content: 'x', receivers: [sam.userId] });
      expect(status).toBe(RESOLVED);
    });
  });
});

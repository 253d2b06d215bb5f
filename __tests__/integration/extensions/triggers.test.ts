import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS } from '../../../src/common/status';
import type { ApiClient } from '../../helpers/api';
import { waitFor } from '../../helpers/waitFor';
import { createRole } from '../matrixWorld';
import { calculation, entry, erroneousNode, EXTENSION_DIALECTS, ExtensionWorld, type NodeDefinition, type TestWorkflow } from './world';

const FAILED_MESSAGE = 'Workflow on your action failed, please contact the administrator';
const HANGS_MESSAGE = 'Workflow on your action hangs, please contact the administrator';

describe.each(EXTENSION_DIALECTS)('triggers of other plugins, on %s', (dialect) => {
  let world: ExtensionWorld;
  let emma: ApiClient & { userId: number };

  beforeAll(async () => {
    world = await ExtensionWorld.create({ dialect });
    await createRole(world.api, 'clerk', ['create', 'view', 'update', 'destroy', 'trigger', 'triggerNew']);
    emma = await world.host.signInAs('emma', ['clerk']);
  });

  afterAll(() => world?.close());

  const message = (text: string): NodeDefinition => ({ key: 'message', type: 'response-message', config: { message: text } });
  const end = (endStatus: number): NodeDefinition => ({ key: 'end', type: 'end', config: { endStatus } });
  const wait: NodeDefinition = { key: 'wait', type: 'delay', config: { duration: 1, unit: 86_400_000, endStatus: 1 } };
  const count = async (title: string) => (await world.api.list('items', { filter: { title } })).length;

  async function only(workflow: TestWorkflow) {
    const executions = await waitFor(
      async () => {
        const rows = await world.executions(workflow);
        return rows.length > 0 && rows;
      },
      { what: 'an execution' },
    );
    expect(executions).toHaveLength(1);
    return executions[0]!;
  }

  describe('custom-action', () => {
    const custom = (type: number, nodes: NodeDefinition[], values: object = {}) =>
      world.workflow(nodes, { type: 'custom-action', config: { type, collection: 'items', appends: [] }, ...values });

    it('on a record: its data, with what the form says, the user and the role', async () => {
      const item = await world.api.create('items', { title: 'record', amount: 3 });
      const workflow = await custom(1, [entry('e', '{{$context.data.amount}} {{$context.data.title}}')]);
      const response = await emma.post(`items:trigger/${item.id}?triggerWorkflows=${workflow.key}`, { title: 'from the form' });
      expect(response.status, JSON.stringify(response.body)).toBe(200);
      const execution = await world.ended(workflow);
      expect(execution.context).toMatchObject({
        data: { id: item.id, amount: 3, title: 'from the form' },
        user: { id: emma.userId, username: 'emma' },
        roleName: 'clerk',
      });
      expect(execution.context.user).not.toHaveProperty('password');
      expect((await world.api.find('items', { filterByTk: item.id })).title).toBe('record');
    });

    it('on several records', async () => {
      const items = await Promise.all([1, 2].map((amount) => world.api.create('items', { title: 'several', amount })));
      const workflow = await custom(2, [calculation('n', '{{$context.data.amount}}')]);
      const keys = items.map(({ id }) => `filterByTk[]=${id}`).join('&');
      expect((await emma.post(`items:trigger?${keys}&triggerWorkflows=${workflow.key}`)).status).toBe(200);
      expect((await world.ended(workflow)).context.data.map(({ amount }: any) => amount).sort()).toEqual([1, 2]);
    });

    it('a form that is not saved', async () => {
      const workflow = await custom(1, []);
      expect((await emma.post(`items:trigger?triggerWorkflows=${workflow.key}`, { title: 'unsaved' })).status).toBe(200);
      expect((await world.ended(workflow)).context.data).toEqual({ title: 'unsaved' });
      expect(await count('unsaved')).toBe(0);
    });

    it('inside the request: done when the response comes, and what fails is told', async () => {
      const fine = await custom(1, [entry('e', 'now', 'custom')], { sync: true });
      expect((await emma.post(`items:trigger?triggerWorkflows=${fine.key}`, {})).status).toBe(200);
      expect(await world.ledger('custom')).toEqual(['now custom']);

      const refused = await custom(1, [message('Not today'), end(-1)], { sync: true });
      const refusal = await emma.post(`items:trigger?triggerWorkflows=${refused.key}`, {});
      expect([refusal.status, refusal.body.errors]).toEqual([400, [{ message: 'Not today' }]]);

      const broken = await custom(1, [erroneousNode('n')], { sync: true });
      const failure = await emma.post(`items:trigger?triggerWorkflows=${broken.key}`, {});
      expect([failure.status, failure.body.errors[0].message]).toEqual([500, FAILED_MESSAGE]);
    });

    it('without a workflow, or with one of another collection, nothing is done', async () => {
      expect((await emma.post('items:trigger', {})).status).toBe(400);
      const other = await world.workflow([], { type: 'custom-action', config: { type: 1, collection: 'groups' } });
      expect((await emma.post(`items:trigger?triggerWorkflows=${other.key}`, {})).status).toBe(500);
      expect(await world.executions(other)).toEqual([]);
    });

    it('is executed by hand', async () => {
      const item = await world.api.create('items', { title: 'by hand', amount: 1 });
      const workflow = await custom(1, [calculation('n', '{{$context.data.amount}}')]);
      const { status, data } = await world.api.post(`workflows:execute?filterByTk=${workflow.id}`, { data: item.id, userId: emma.userId });
      expect([status, data.execution.status]).toEqual([200, EXECUTION_STATUS.RESOLVED]);
      expect((await only(workflow)).context).toMatchObject({ data: { title: 'by hand' }, user: { id: emma.userId } });
    });

    it('refuses settings', async () => {
      const { status } = await world.api.post('workflows:create', { title: 'w', type: 'custom-action', config: { type: 1 } });
      expect(status).toBe(400);
    });
  });

  describe('request-interception', () => {
    const interceptor = (nodes: NodeDefinition[], config: object = {}) =>
      world.workflow(nodes, { type: 'request-interception', sync: true, config: { collection: 'items', global: false, ...config } });
    const create = (title: string, list = '') => emma.post(`items:create${list && `?triggerWorkflows=${list}`}`, { title, amount: 1 });

    it('looks at the request before it is done', async () => {
      const workflow = await interceptor([calculation('n', '{{$context.params.values.amount}} + 1')]);
      expect((await create('let through', workflow.key)).status).toBe(200);
      const { context, jobs } = await only(workflow);
      expect(context).toMatchObject({ params: { values: { title: 'let through' } }, user: { id: emma.userId }, roleName: 'clerk' });
      expect(jobs.map(({ result }) => result)).toEqual([2]);
      expect(await count('let through')).toBe(1);
    });

    it('refuses it: nothing is saved, and the message is the answer', async () => {
      const workflow = await interceptor([message('Not with {{$context.params.values.title}}'), end(-1)]);
      const { status, body } = await create('refused', workflow.key);
      expect([status, body]).toEqual([400, { errors: [{ message: 'Not with refused' }] }]);
      expect(await count('refused')).toBe(0);
      expect((await only(workflow)).status).toBe(EXECUTION_STATUS.FAILED);
    });

    it('ends it without an error: nothing is saved either', async () => {
      const workflow = await interceptor([message('Done otherwise'), end(1)]);
      const { status, body } = await create('ended', workflow.key);
      expect(status).toBe(200);
      expect(body.messages).toEqual([{ message: 'Done otherwise' }]);
      expect(await count('ended')).toBe(0);
    });

    it.each([
      ['breaks', () => erroneousNode('n'), FAILED_MESSAGE],
      ['waits', () => wait, HANGS_MESSAGE],
    ])('a workflow that %s stops the request', async (title, node, text) => {
      const workflow = await interceptor([node()]);
      const { status, body } = await create(title, workflow.key);
      expect([status, body.errors[0].message]).toEqual([500, text]);
      expect(await count(title)).toBe(0);
      await only(workflow);
    });

    it('global: for the chosen actions, whoever asks', async () => {
      const workflow = await interceptor([message('Never delete'), end(-1)], { global: true, actions: ['destroy'] });
      const { data } = await create('kept');
      const { status, body } = await emma.post(`items:destroy/${data.id}`);
      expect([status, body.errors]).toEqual([400, [{ message: 'Never delete' }]]);
      expect(await count('kept')).toBe(1);
      await world.api.update('workflows', workflow.id, { enabled: false });
      expect((await emma.post(`items:destroy/${data.id}`)).status).toBe(200);
    });

    it('one after the other, as listed; the first refusal decides', async () => {
      const first = await interceptor([entry('e', 'first', 'order')]);
      const second = await interceptor([message('No'), end(-1)]);
      const third = await interceptor([entry('e', 'third', 'order')]);
      expect((await create('ordered', [first.key, second.key, third.key].join(','))).status).toBe(400);
      expect(await world.ledger('order')).toEqual(['first order']);
      expect(await world.executions(third)).toEqual([]);
    });

    it('refuses settings', async () => {
      const config = { collection: 'items', global: true, actions: [] };
      const { status, body } = await world.api.post('workflows:create', { title: 'w', type: 'request-interception', config });
      expect([status, body.errors[0].message]).toEqual([400, 'At least one action is required in global mode']);
    });
  });

  describe('response-message', () => {
    it('is told with the answer of a post-action that succeeds', async () => {
      const config = { collection: 'items', appends: [] };
      const workflow = await world.workflow([message('Saved as {{$context.data.id}}')], { type: 'action', sync: true, config });
      const { status, data, body } = await emma.post(`items:create?triggerWorkflows=${workflow.key}`, { title: 'told' });
      expect(status).toBe(200);
      expect(body.messages).toEqual([{ message: `Saved as ${data.id}` }]);
    });

    it('where nobody waits for an answer it is only a job', async () => {
      const execution = await world.run([message('nobody')]);
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(execution.jobs.map(({ result }) => result)).toEqual([null]);
    });
  });
});

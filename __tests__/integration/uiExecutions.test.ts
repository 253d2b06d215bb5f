import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Id, WorkflowModel } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';
import { ApiWorld, messages } from './api/world';

interface Message {
  userId: Id;
  message: { type: string; payload: any };
}

describe.each(DIALECTS)('executions for pages on %s', (dialect) => {
  let world: ApiWorld;
  let workflow: WorkflowModel;

  beforeAll(async () => {
    world = await ApiWorld.create({ dialect });
  });
  afterAll(() => world?.host.close());
  beforeEach(async () => {
    workflow = await world.workflow();
  });

  const list = (params: object = {}) =>
    world.api.get('executions:list', { count: 'estimate', filter: { key: workflow.key }, ...params });

  /** Rows as if they had been executed long ago. */
  async function addExecutions(count: number, values: object = {}): Promise<void> {
    const { db, app } = world.host;
    await db.getModel('executions').bulkCreate(
      Array.from({ length: count }, () => {
        const id = Number(app.snowflakeIdGenerator.generate());
        return { id, workflowId: workflow.id, key: workflow.key, eventKey: `seed-${id}`, context: {}, status: 1, dispatched: true, ...values };
      }),
    );
  }

  describe('executions:list with count=estimate', () => {
    it('pages as the default action does', async () => {
      await addExecutions(25);
      const first = await list({ page: 1, pageSize: 10 });
      expect(first.meta).toMatchObject({ count: 25, estimated: false, page: 1, pageSize: 10, totalPage: 3, hasNext: true });
      const last = await list({ page: 3, pageSize: 10 });
      expect(last.meta).toMatchObject({ count: 25, hasNext: false });
      expect([first.data.length, last.data.length]).toEqual([10, 5]);
      const plain = await world.api.get('executions:list', { filter: { key: workflow.key }, sort: '-id', pageSize: 10 });
      expect(plain.data.map(({ id }: any) => id)).toEqual(first.data.map(({ id }: any) => id));
      expect(plain.meta).toEqual({ count: 25, page: 1, pageSize: 10, totalPage: 3 });
    });

    it('tells source, user, record and version of a run', async () => {
      workflow = await world.workflow({ type: 'collection', sync: true, config: { collection: 'posts', mode: 1 } });
      const post = await world.api.create('posts', { title: 'a' });
      const {
        data: [row],
      } = await list();
      expect(row).toMatchObject({
        source: 'collection',
        user: { username: 'nocobase' },
        record: { collection: 'posts', id: String(post.id) },
        recordKey: String(post.id),
        versionNumber: 1,
        workflow: { id: workflow.id, title: 'w', enabled: true },
        status: 1,
      });
      expect(new Date(row.endedAt).getTime()).toBeGreaterThanOrEqual(new Date(row.startedAt).getTime());
      expect(row).not.toHaveProperty('epoch');
      expect((await list({ filter: { key: workflow.key, recordKey: String(post.id) } })).data).toHaveLength(1);
      expect((await list({ filter: { key: workflow.key, recordKey: '0' } })).data).toEqual([]);
    });

    it('a manual run names the person, a run of a second version its number', async () => {
      const { data: copy } = await world.api.post(`workflows:revision?filterByTk=${workflow.id}&filter[key]=${workflow.key}`);
      await world.api.post(`workflows:execute?filterByTk=${copy.id}`, { data: {} });
      const { data } = await list();
      expect(data).toMatchObject([{ source: 'manual', versionNumber: 2, user: { username: 'nocobase' } }]);
    });

    it('finds by status and by time', async () => {
      await addExecutions(2);
      await addExecutions(1, { status: -2 });
      await addExecutions(1, { status: null, dispatched: true });
      const at = (filter: object) => list({ filter: { $and: [{ key: workflow.key }, filter] } });
      expect((await at({ status: -2 })).meta.count).toBe(1);
      expect((await at({ $or: [{ status: { $empty: true } }, { status: 1 }] })).meta.count).toBe(3);
      expect((await at({ createdAt: { $gte: new Date(Date.now() - 60_000).toISOString() } })).meta.count).toBe(4);
      expect((await at({ createdAt: { $lt: '2020-01-01T00:00:00.000Z' } })).meta).toMatchObject({ count: 0, hasNext: false });
    });

    it('names what is wrong with its parameters', async () => {
      expect(messages(await list({ count: 'nope' }))).toEqual(['"count" must be "estimate"']);
      expect(messages(await list({ page: 0 }))[0]).toMatch(/^"page"/);
      expect((await list({ filter: { nope: 1 } })).status).toBe(400);
      expect((await list({ pageSize: 100_000 })).meta.pageSize).toBe(200);
    });
  });

  it('an execution that ends in any way tells when', async () => {
    const { workflow: waiting, execution } = await world.waiting();
    expect(execution.endedAt).toBeNull();
    await world.api.post(`executions:cancel?filterByTk=${execution.id}`);
    expect((await world.execution(waiting.id, ({ status }) => status === -3)).endedAt).toBeTruthy();
    await world.node(workflow.id, { type: 'error' });
    await world.trigger(workflow.id);
    expect((await world.execution(workflow.id, ({ status }) => status === -2)).endedAt).toBeTruthy();
  });

  describe('executions:replay', () => {
    const replay = (id: Id, body: object = {}) => world.api.post(`executions:replay?filterByTk=${id}`, body);

    async function finished(): Promise<any> {
      await world.graph(workflow.id, ['a', 'b', 'c']);
      await world.trigger(workflow.id, { data: { n: 7 } });
      return world.execution(workflow.id, ({ status }) => status === 1);
    }

    const replayed = (origin: any) =>
      world.execution(workflow.id, ({ id, status }) => String(id) !== String(origin.id) && status === 1);

    it('runs the same event again and leaves the old run alone', async () => {
      const origin = await finished();
      const { status, data } = await replay(origin.id);
      expect(status).toBe(202);
      const again = await replayed(origin);
      expect(String(again.id)).toBe(String(data.id));
      expect(again).toMatchObject({ context: { data: { n: 7 } }, source: 'replay', manually: true });
      expect(again.jobs).toHaveLength(3);
      const [first] = await world.executions(workflow.id);
      expect(first.jobs.map(({ id }: any) => id)).toEqual(origin.jobs.map(({ id }: any) => id));
    });

    it('begins at a node with the results before it', async () => {
      const origin = await finished();
      const b = origin.jobs[1];
      await replay(origin.id, { nodeId: b.nodeId });
      const again = await replayed(origin);
      expect(again.jobs.map(({ nodeKey, status }: any) => [nodeKey, status])).toEqual(
        origin.jobs.map(({ nodeKey, status }: any) => [nodeKey, status]),
      );
      const ids = new Set(again.jobs.map(({ id }: any) => String(id)));
      expect(origin.jobs.some(({ id }: any) => ids.has(String(id)))).toBe(false);
      // what was copied is older than what ran
      const [a, second] = again.jobs;
      expect(new Date(a.createdAt).getTime()).toBeLessThanOrEqual(new Date(second.updatedAt).getTime());
    });

    it('works while the workflow is off', async () => {
      const origin = await finished();
      await world.api.update('workflows', workflow.id, { enabled: false });
      await replay(origin.id);
      await replayed(origin);
    });

    it('names a node that did not run, and a run that is not there', async () => {
      const origin = await finished();
      expect(messages(await replay(origin.id, { nodeId: 1 }))).toEqual(['"nodeId" is not a node that was executed']);
      expect(await world.count('executions', { workflowId: workflow.id })).toBe(1);
      expect((await replay(1)).status).toBe(404);
    });
  });

  describe('jobs:explain', () => {
    it('tells what the node was told, with variables resolved as they were', async () => {
      await world.node(workflow.id, { title: 'x', key: 'first', type: 'echoVariable', config: { variable: '{{$context.data.n}}' } });
      await world.trigger(workflow.id, { data: { n: 5 } });
      const { jobs } = await world.execution(workflow.id, ({ status }) => status === 1);
      const { data } = await world.api.get('jobs:explain', { filterByTk: jobs[0].id });
      expect(data).toMatchObject({ nodeKey: 'first', status: 1, input: { variable: 5 }, result: 5, error: null });
    });

    it('tells why it failed', async () => {
      await world.node(workflow.id, { type: 'error' });
      await world.trigger(workflow.id);
      const { jobs } = await world.execution(workflow.id, ({ status }) => status === -2);
      const { data } = await world.api.get('jobs:explain', { filterByTk: jobs[0].id });
      expect(data.error).toMatchObject({ message: 'definite error' });
      expect((await world.api.get('jobs:explain', { filterByTk: 1 })).status).toBe(404);
    });
  });

  describe('executions:watch', () => {
    let sent: Message[];
    let stop: () => void;

    beforeEach(() => {
      sent = [];
      const listener = (message: Message) => void sent.push(message);
      world.host.app.on('ws:sendToUser', listener);
      stop = () => void world.host.app.off('ws:sendToUser', listener);
    });

    const changes = () => sent.filter(({ message }) => message.type === 'workflow:execution:changed').map(({ message }) => message.payload);

    it('tells the one who looks how an execution gets on, until it has ended', async () => {
      workflow = await world.workflow();
      await world.node(workflow.id, { type: 'pending' });
      await world.trigger(workflow.id);
      const execution = await world.execution(workflow.id, ({ jobs }) => jobs.length > 0);
      const { status, data } = await world.api.post(`executions:watch?filterByTk=${execution.id}`);
      expect([status, new Date(data.until).getTime() > Date.now()]).toEqual([200, true]);
      const first = await waitFor(() => changes()[0], { what: 'the state at the beginning' });
      expect(first).toMatchObject({ status: 0, key: workflow.key, jobs: [{ status: 0, nodeKey: execution.jobs[0].nodeKey }] });
      await world.api.post(`executions:cancel?filterByTk=${execution.id}`);
      const last = await waitFor(() => changes().find((change) => change.status === -3), { what: 'the end' });
      expect(String(last.executionId)).toBe(String(execution.id));
      expect(new Set(sent.map(({ userId }) => String(userId))).size).toBe(1);
      stop();
    });

    it('tells of new executions of a workflow, without their jobs', async () => {
      await world.api.post(`executions:watch?key=${workflow.key}`);
      const other = await world.workflow();
      const change = await waitFor(
        async () => {
          await world.trigger(workflow.id);
          await world.trigger(other.id);
          return changes()[0];
        },
        { what: 'a message' },
      );
      expect(change).toEqual({ executionId: expect.anything(), workflowId: expect.anything(), key: workflow.key, status: expect.toSatisfy((status: unknown) => status === null || status === 0 || status === 1) });
      expect(changes().every(({ key }) => key === workflow.key)).toBe(true);
      stop();
    });

    it('refuses a wrong key', async () => {
      expect(messages(await world.api.post('executions:watch?filterByTk=abc'))).toEqual(['filterByTk is invalid']);
      stop();
    });
  });
});

import { describe, expect, it } from 'vitest';
import { ExecutionIds } from '../../src/server/storage/ids';
import { isUniqueViolation } from '../../src/server/storage/failures';
import { DIALECTS } from '../helpers/dialects';
import { commitOf, newExecution, useStore, type StoreWorld } from './storeWorld';

const request = { owner: 'a', leaseMs: 8000, limit: 100, exceptKeys: [] as string[] };

describe.each(DIALECTS)('executions and their leases on %s', (dialect) => {
  let world: StoreWorld;
  useStore(dialect, (opened) => (world = opened));

  const claim = (values: Partial<typeof request> = {}) => world.store.claim({ ...request, ...values });
  const claimedIds = async (values?: Partial<typeof request>) => (await claim(values)).map(({ id }) => id);

  describe('insert', () => {
    it('stores many rows, more than one statement holds, in the order of the events', async () => {
      const workflow = await world.addWorkflow();
      const requests = Array.from({ length: 120 }, (_, i) => ({ ...newExecution(workflow), context: { i } }));
      const stored = await world.store.insert(requests);
      const ids = stored.map(({ id }) => BigInt(id));
      expect([...ids].sort((a, b) => (a < b ? -1 : 1))).toEqual(ids);
      const rows = await world.app.db.getModel('executions').findAll({ order: [['id', 'ASC']] });
      expect(rows.map((row: any) => row.context.i)).toEqual(requests.map(({ context }) => context.i));
    });

    it('keeps every field', async () => {
      const workflow = await world.addWorkflow();
      const context = { text: "it's \\u0000 \\\\ 中文 🙂", nothing: null, list: [1.5, -0.25], big: 9007199254740991 };
      const id = await world.insert(workflow, {
        context,
        stack: ['10', '20'],
        parentExecutionId: '20',
        manually: true,
        eventKey: 'e1',
      });
      const row = await world.row(id);
      expect(row.context).toEqual(context);
      expect(row.stack.map(Number)).toEqual([10, 20]);
      expect(Number(row.parentExecutionId)).toBe(20);
      expect(row.manually).toBe(true);
      expect(row.eventKey).toBe('e1');
      expect(row.key).toBe(workflow.key);
      expect(row.status).toBeNull();
      expect(row.dispatched).toBe(false);
      expect(Math.abs(row.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
    });

    it('replaces what no database stores: NUL and half characters', async () => {
      const id = await world.insert(await world.addWorkflow(), { context: { text: 'a\u0000b\ud800c', escaped: '\\u0000' } });
      expect((await world.row(id)).context).toEqual({ text: 'ab\ufffdc', escaped: '\\u0000' });
    });

    it('tries another id when one is taken', async () => {
      const workflow = await world.addWorkflow();
      const taken = await world.insert(workflow);
      const next = ExecutionIds.prototype.next;
      const ids = [taken, taken];
      ExecutionIds.prototype.next = function () {
        return ids.shift() ?? next.call(this);
      };
      try {
        const stored = await world.store.insert([newExecution(workflow), newExecution(workflow)]);
        expect(new Set([...stored.map(({ id }) => id), taken]).size).toBe(3);
        expect(await world.app.db.getModel('executions').count()).toBe(3);
      } finally {
        ExecutionIds.prototype.next = next;
      }
    });

    it('refuses a second event with the same key, and all events that came with it', async () => {
      const workflow = await world.addWorkflow();
      await world.insert(workflow, { eventKey: 'once' });
      const more = Array.from({ length: 60 }, () => newExecution(workflow));
      const error = await world.store.insert([...more, { ...newExecution(workflow), eventKey: 'once' }]).catch((e) => e);
      expect(isUniqueViolation(error)).toBe(true);
      expect(await world.app.db.getModel('executions').count()).toBe(1);
    });

    it('is part of the transaction that it is given', async () => {
      const workflow = await world.addWorkflow();
      const { sequelize } = world.app.db;
      await expect(
        sequelize.transaction(async (transaction) => {
          await world.insert(workflow, {}, transaction);
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      expect(await world.app.db.getModel('executions').count()).toBe(0);
    });
  });

  describe('claim', () => {
    it('leases the oldest first, as many as asked for, and raises the epoch', async () => {
      const workflow = await world.addWorkflow();
      const ids = [await world.insert(workflow), await world.insert(workflow), await world.insert(workflow)];
      const [first, second] = await claim({ limit: 2 });
      expect([first!.id, second!.id]).toEqual(ids.slice(0, 2));
      expect(first).toMatchObject({
        workflowId: workflow.id,
        key: workflow.key,
        context: { data: { title: 'a' } },
        status: null,
        epoch: 1,
        attempts: 0,
        stack: [],
        parentExecutionId: null,
        manually: false,
        startedAt: null,
        output: null,
        cursor: null,
        signals: [],
      });
      const row = await world.row(first!.id);
      expect(row.get('leaseOwner')).toBe('a');
      expect(Number(row.get('leaseUntil'))).toBeGreaterThan(Date.now());
      expect(await claimedIds()).toEqual([ids[2]]);
      expect(await claimedIds()).toEqual([]);
    });

    it('counts an execution once, when it is claimed for the first time', async () => {
      const workflow = await world.addWorkflow();
      const ids = await Promise.all([1, 2, 3].map(() => world.insert(workflow)));
      await claim();
      await world.set(ids[0]!, { leaseUntil: world.past });
      await claim();
      const counted = async (name: string, filterByTk: string) =>
        Number((await world.app.db.getRepository(name).findOne({ filterByTk })).executed);
      expect(await counted('workflowStats', workflow.key)).toBe(3);
      expect(await counted('workflowVersionStats', workflow.id)).toBe(3);
    });

    it('takes only runs of enabled workflows, or those that a person started', async () => {
      const disabled = await world.addWorkflow({ enabled: false });
      await world.insert(disabled);
      const manual = await world.insert(disabled, { manually: true });
      expect(await claimedIds()).toEqual([manual]);
    });

    it('leaves held runs alone until they are let go or their time is over', async () => {
      const workflow = await world.addWorkflow();
      const freed = await world.insert(workflow, { holdMs: 30_000 });
      const overdue = await world.insert(await world.addWorkflow(), { holdMs: 30_000 });
      expect(await claimedIds()).toEqual([]);
      await world.store.free([freed]);
      await world.set(overdue, { heldUntil: world.past });
      expect((await claimedIds()).sort()).toEqual([freed, overdue].sort());
    });

    it('does not take what somebody created leased or deferred', async () => {
      const workflow = await world.addWorkflow();
      await world.insert(workflow, { leaseOwner: 'b', leaseMs: 8000 });
      await world.insert(await world.addWorkflow(), { deferred: true });
      expect(await claimedIds()).toEqual([]);
    });

    it('leaves out the workflows that it is told to', async () => {
      const [slow, other] = [await world.addWorkflow(), await world.addWorkflow()];
      await world.insert(slow);
      const id = await world.insert(other);
      expect(await claimedIds({ exceptKeys: [slow.key] })).toEqual([id]);
    });

    it('takes over a lease that ran out, started or not, and says so', async () => {
      const workflow = await world.addWorkflow();
      const queued = await world.insert(workflow);
      const started = await world.insert(workflow);
      const [, run] = await claim();
      const cursor = { frames: [], step: { type: 'run' as const, nodeId: '1', inputId: null } };
      await world.store.commit([commitOf(run!, { cursor })]);
      expect(await claimedIds({ owner: 'b' })).toEqual([]);
      await world.set(queued, { leaseUntil: world.past });
      await world.set(started, { leaseUntil: world.past });
      const taken = await claim({ owner: 'b' });
      expect(taken.map(({ id, epoch, attempts }) => ({ id, epoch, attempts }))).toEqual([
        { id: queued, epoch: 2, attempts: 1 },
        { id: started, epoch: 2, attempts: 1 },
      ]);
      expect(taken[1]).toMatchObject({ cursor, status: 0, startedAt: new Date(1_700_000_000_123) });
    });

    it('leaves an execution that waits alone', async () => {
      const id = await world.insert(await world.addWorkflow());
      const [run] = await claim();
      await world.store.commit([commitOf(run!, { release: true })]);
      expect(await claimedIds()).toEqual([]);
      expect((await world.row(id)).get('leaseOwner')).toBeNull();
    });

    it('gives the runs of one workflow to one process at a time', async () => {
      const workflow = await world.addWorkflow();
      const [first, second] = [await world.insert(workflow), await world.insert(workflow)];
      expect(await claimedIds({ limit: 1 })).toEqual([first]);
      expect(await claimedIds({ owner: 'b' })).toEqual([]);
      expect(await claimedIds({ owner: 'a' })).toEqual([second]);
    });

    it('does so unless the workflow allows several at once', async () => {
      const workflow = await world.addWorkflow({ options: { concurrency: 2 } });
      const [first, second] = [await world.insert(workflow), await world.insert(workflow)];
      expect(await claimedIds({ limit: 1 })).toEqual([first]);
      expect(await claimedIds({ owner: 'b' })).toEqual([second]);
    });

    it('works although a workflow has nonsense for a concurrency', async () => {
      for (const concurrency of ['many', 2.5, true, null, {}, '99999999999999999999']) {
        await world.insert(await world.addWorkflow({ options: { concurrency } }));
      }
      expect(await claimedIds()).toHaveLength(6);
    });

    it('never gives a run to two processes that claim at the same moment', async () => {
      const workflows = await Promise.all(Array.from({ length: 5 }, () => world.addWorkflow({ options: { concurrency: 9 } })));
      await Promise.all(Array.from({ length: 60 }, (_, i) => world.insert(workflows[i % 5]!)));
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, i) => claimedIds({ owner: `p${i % 4}`, limit: 8 })),
      );
      const ids = taken.flat();
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await claimedIds();
      expect(new Set([...ids, ...rest]).size).toBe(60);
    });

    it('keeps the order of a workflow among processes that claim at the same moment', async () => {
      const workflow = await world.addWorkflow();
      await Promise.all(Array.from({ length: 20 }, () => world.insert(workflow)));
      await Promise.all(Array.from({ length: 8 }, (_, i) => claim({ owner: `p${i}`, limit: 2 })));
      const rows = await world.app.db.getModel('executions').findAll();
      const owners = new Set(rows.map((row) => row.get('leaseOwner')).filter(Boolean));
      expect(owners.size).toBe(1);
    });
  });

  describe('leases', () => {
    it('renews what is still held, and says what is not', async () => {
      const workflow = await world.addWorkflow();
      const [kept, taken] = [await world.insert(workflow), await world.insert(workflow)];
      await claim();
      await world.set(kept, { leaseUntil: world.past });
      await world.set(taken, { leaseOwner: 'b' });
      expect([...(await world.store.renew('a', [kept, taken], 8000))]).toEqual([kept]);
      expect(Number((await world.row(kept)).get('leaseUntil'))).toBeGreaterThan(Date.now());
    });

    it('gives untouched runs back as if they had never been claimed', async () => {
      const id = await world.insert(await world.addWorkflow());
      await claim();
      await world.store.release('a', [id]);
      const [again] = await claim({ owner: 'b' });
      expect(again).toMatchObject({ id, epoch: 2, attempts: 0 });
    });

    it('gives a run back that had begun before so that it goes on', async () => {
      const id = await world.insert(await world.addWorkflow());
      const [run] = await claim();
      await world.store.commit([commitOf(run!)]);
      await world.set(id, { leaseUntil: world.past });
      await claim({ owner: 'b' });
      await world.store.release('b', [id]);
      const [again] = await claim({ owner: 'c' });
      expect(again).toMatchObject({ id, status: 0, attempts: 1 });
    });

    it('takes no run of a workflow before an interrupted one of it, however many others are interrupted and for how long', async () => {
      const [workflow, other] = [await world.addWorkflow(), await world.addWorkflow()];
      const started = { status: 0, leaseOwner: 'dead', epoch: 1 };
      const first = await world.insert(workflow);
      await world.insert(workflow);
      const others = [await world.insert(other), await world.insert(other)];
      await world.set(first, { ...started, leaseUntil: world.past });
      for (const id of others) await world.set(id, { ...started, leaseUntil: world.past - 1_000 });
      const order: string[] = [];
      for (let round = 0; round < 4; round += 1) order.push(...(await claimedIds({ limit: 2 })));
      expect(order.filter((id) => !others.includes(id))[0]).toBe(first);
      expect(order).toHaveLength(4);
    });

    it('abandons a run so that it is claimed again at once, as an interrupted one', async () => {
      const id = await world.insert(await world.addWorkflow());
      await claim();
      await world.store.abandon('b', [id]);
      expect(await claimedIds()).toEqual([]);
      await world.store.abandon('a', [id]);
      expect(await claim()).toMatchObject([{ id, attempts: 1 }]);
    });

    it('counts attempts until something new is stored', async () => {
      const id = await world.insert(await world.addWorkflow());
      await claim();
      await world.store.abandon('a', [id]);
      const [second] = await claim();
      expect(await world.store.countAttempt(id, second!.epoch)).toBe(true);
      expect(await world.store.countAttempt(id, second!.epoch - 1)).toBe(false);
      await world.store.abandon('a', [id]);
      const [third] = await claim();
      expect(third!.attempts).toBe(2);
      await world.store.commit([commitOf(third!)]);
      await world.store.abandon('a', [id]);
      expect((await claim())[0]!.attempts).toBe(1);
    });

    it('ends the leases of one process', async () => {
      const [mine, other] = [await world.insert(await world.addWorkflow()), await world.insert(await world.addWorkflow())];
      await claim({ limit: 1 });
      await claim({ owner: 'b' });
      expect((await world.store.owners()).sort()).toEqual(['a', 'b']);
      await world.store.expire('a');
      expect(await world.store.owners()).toEqual(['b']);
      expect(await claimedIds({ owner: 'c' })).toEqual([mine]);
      expect(other).not.toBe(mine);
    });

    it('knows whether somebody is executing a run', async () => {
      const id = await world.insert(await world.addWorkflow());
      expect(await world.store.isStartedAndLeased(id)).toBe(false);
      const [run] = await claim();
      expect(await world.store.isStartedAndLeased(id)).toBe(false);
      await world.store.commit([commitOf(run!)]);
      expect(await world.store.isStartedAndLeased(id)).toBe(true);
      await world.store.commit([commitOf(run!, { release: true })]);
      expect(await world.store.isStartedAndLeased(id)).toBe(false);
    });
  });
});

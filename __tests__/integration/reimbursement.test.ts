import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import type { TestWorkflow } from './matrixWorld';
import { ReimbursementWorld } from './reimbursementWorld';

/** The reimbursement example up to the human step. */
describe.each(DIALECTS)('reimbursement on %s', (dialect) => {
  let world: ReimbursementWorld;

  beforeAll(async () => {
    world = await ReimbursementWorld.create(await startHost({ dialect }));
  });

  afterEach(() => world.matrix.disableAll());

  afterAll(() => world?.matrix.host.close());

  async function expectApproved(workflow: TestWorkflow, id: number): Promise<void> {
    const [{ status, jobs }] = await world.matrix.expectRuns(workflow, 1);
    expect(status).toBe(1);
    expect(jobs).toMatchObject([
      { status: 1, result: false },
      { status: 1, result: 1 },
    ]);
    expect(await world.statusOf(id)).toBe('approved');
    expect(await tasksOf(workflow)).toEqual([]);
  }

  async function expectWaiting(workflow: TestWorkflow, id: number): Promise<void> {
    const [task] = await waitFor(
      async () => {
        const tasks = await tasksOf(workflow);
        return tasks.length > 0 && tasks;
      },
      { what: 'a to-do' },
    );
    expect(task).toMatchObject({ userId: world.sam.userId, status: 0 });
    const [execution] = await waitFor(
      async () => {
        const rows = await world.matrix.executions(workflow);
        return rows.every(({ jobs }) => jobs.length === 2) && rows;
      },
      { what: 'the run to wait' },
    );
    expect(execution.status).toBe(0);
    expect([...execution.jobs].sort((a, b) => b.status - a.status)).toMatchObject([
      { status: 1, result: true },
      { status: 0 },
    ]);
    expect(await world.statusOf(id)).toBeNull();
  }

  const tasksOf = ({ id }: TestWorkflow) => world.root.list('workflowManualTasks', { filter: { workflowId: id } });

  describe('RB1: asynchronous, amounts over 500 wait for a person', () => {
    it.each([
      ['E0', 0],
      ['E-1', -1],
      ['E499', 499],
      ['E499.99', 499.99],
      ['E500', 500],
    ])('%s is approved', async (_, amount) => {
      const rb1 = await world.reviewed();
      const { status, data } = await world.submit(amount, rb1.key);
      expect(status).toBe(200);
      expect(Number(data.amount)).toBe(amount);
      expect(data.status ?? null).toBeNull();
      await expectApproved(rb1, data.id);
    });

    it.each([
      ['E500.01', 500.01],
      ['E501', 501],
      ['E501s', '501'],
      ['E1000s, which is less than "500" as text', '1000'],
      ['Ebig', 9999999999.99],
    ])('%s waits for sam', async (_, amount) => {
      const rb1 = await world.reviewed();
      const { status, data } = await world.submit(amount, rb1.key);
      expect(status).toBe(200);
      await expectWaiting(rb1, data.id);
      const [{ context }] = await world.matrix.executions(rb1);
      expect(Number(context.data.amount)).toBe(Number(amount));
    });

    it('E501: only sam has the to-do', async () => {
      const rb1 = await world.reviewed();
      const before = await Promise.all([world.sam, world.emma, world.root].map(async (user) => countMine(user)));
      const { data } = await world.submit(501, rb1.key);
      await expectWaiting(rb1, data.id);
      const after = await Promise.all([world.sam, world.emma, world.root].map(async (user) => countMine(user)));
      expect(after).toEqual([before[0]! + 1, before[1], before[2]]);
    });

    const countMine = async (user: typeof world.sam | typeof world.root) =>
      (await user.get('workflowManualTasks:listMine', { pageSize: 200 })).data.length;

    it('Enull: an empty amount is not over the limit', async () => {
      const rb1 = await world.reviewed();
      const { data } = await world.submit(undefined, rb1.key);
      const [{ jobs }] = await world.matrix.expectRuns(rb1, 1);
      expect(jobs[0]).toMatchObject({ status: 1, result: false });
      expect(await world.statusOf(data.id)).toBe('approved');
    });

    it('RB1b: with ≥ 500 the boundary waits', async () => {
      const rb1b = await world.reviewed({ operator: 'gte' });
      const { data } = await world.submit(500, rb1b.key);
      await expectWaiting(rb1b, data.id);
      const below = await world.reviewed({ operator: 'gte' });
      await expectApproved(below, (await world.submit(499, below.key)).data.id);
    });
  });

  describe('RB2: synchronous', () => {
    it.each([
      ['E499-sync', 499],
      ['E500-sync', 500],
    ])('%s is approved when the response arrives, 50 times out of 50', async (_, amount) => {
      const rb2 = await world.automatic();
      for (let i = 0; i < 50; i += 1) {
        const { status, data } = await world.submit(amount, rb2.key);
        expect(status).toBe(200);
        expect(await world.statusOf(data.id)).toBe('approved');
      }
      expect((await world.matrix.expectRuns(rb2, 50)).every(({ status }) => status === 1)).toBe(true);
    });

    it('E501-sync is left alone', async () => {
      const rb2 = await world.automatic();
      const { status, data } = await world.submit(501, rb2.key);
      expect(status).toBe(200);
      expect(await world.statusOf(data.id)).toBeNull();
      expect(await world.matrix.expectRuns(rb2, 1)).toMatchObject([{ status: 1 }]);
    });

    it('RB2-fail: the row stays saved and the response says so', async () => {
      const rb2 = await world.automatic([{ type: 'end', config: { endStatus: -1 } }]);
      const { status, data, meta } = await world.submit(501, rb2.key);
      const [execution] = await world.matrix.expectRuns(rb2, 1);
      expect(status).toBe(200);
      expect(meta.workflows).toEqual([{ key: rb2.key, executionId: execution.id, status: -1 }]);
      expect(data).toMatchObject({ projectName: 'Taxi to client' });
      expect(Number(data.amount)).toBe(501);
      expect(await world.statusOf(data.id)).toBeNull();
    });
  });

  describe('local and global', () => {
    const global = (...actions: string[]) => ({ config: { global: true, actions } });

    it('LG-L1, LG-L2, LG-L3, LG-L4: a local workflow runs where it is named', async () => {
      const rb1 = await world.reviewed();
      await world.submit(499, rb1.key);
      await world.matrix.expectRuns(rb1, 1);
      await world.submit(499);
      await world.matrix.expectRuns(rb1, 1);
      await world.submit(499, rb1.key);
      await world.matrix.expectRuns(rb1, 2);
    });

    it('LG-L5: the update form is bound too', async () => {
      const rb1 = await world.reviewed();
      const { data } = await world.submit(499);
      await world.emma
        .withRole('claimant')
        .post(`reimbursements:update/${data.id}?triggerWorkflows=${rb1.key}`, { amount: 600 });
      await expectWaiting(rb1, data.id);
    });

    it('LG-G1, LG-G2, LG-G3: global on create', async () => {
      const rb1g = await world.reviewed(global('create'));
      const { data } = await world.submit(499);
      await world.matrix.expectRuns(rb1g, 1);
      await world.submit(499, rb1g.key);
      await world.matrix.expectRuns(rb1g, 2);
      await world.emma.withRole('claimant').post(`reimbursements:update/${data.id}`, { amount: 400 });
      await world.matrix.expectRuns(rb1g, 2);
    });

    it('LG-G4 and the hand-off to finance: global on create and update runs again', async () => {
      const rb1gu = await world.reviewed(global('create', 'update'));
      const { data } = await world.submit(499);
      await world.matrix.expectRuns(rb1gu, 1);
      const { status } = await world.fin.post(`reimbursements:update/${data.id}`, { status: 'processed' });
      expect(status).toBe(200);
      await world.matrix.expectRuns(rb1gu, 2);
      expect(await world.statusOf(data.id)).toBe('approved');
    });

    it('LG-G5, V3: a record made by a node is no action: two rows, one run', async () => {
      const copy = {
        type: 'create',
        config: { collection: 'reimbursements', params: { values: { projectName: 'V3', amount: 1 } } },
      };
      const v3 = await world.matrix.workflow({
        config: { collection: 'reimbursements', global: true, actions: ['create'] },
        nodes: [copy],
        probe: false,
      });
      await world.submit(499, '', { projectName: 'V3' });
      await world.matrix.expectRuns(v3, 1);
      expect(await world.matrix.count('reimbursements', { projectName: 'V3' })).toBe(2);
    });
  });

  describe('parameters, identity, state and preload', () => {
    const rb4 = (config: object = {}) => world.matrix.workflow({ config: { collection: 'reimbursements', ...config } });
    const rbu = () => world.matrix.workflow({ config: { collection: 'users' } });
    const saved = (projectName: string) => world.matrix.count('reimbursements', { projectName });

    it('P1: a comma list', async () => {
      const [rb1, other] = [await world.reviewed(), await rb4()];
      await world.submit(499, `${rb1.key},${other.key}`);
      await world.matrix.expectRuns(rb1, 1);
      await world.matrix.expectProbes(other, 1);
    });

    it('P2: the applicant as trigger data, without the password', async () => {
      const [rb1, users] = [await world.reviewed(), await rbu()];
      await world.submit(499, `${rb1.key},${users.key}!applicant`);
      await world.matrix.expectRuns(rb1, 1);
      expect(await world.matrix.expectProbes(users, 1)).toMatchObject([{ ref: world.emma.userId }]);
      const [{ context }] = await world.matrix.executions(users);
      expect(context.data).toMatchObject({ id: world.emma.userId, nickname: 'emma-claims' });
      expect(context.data).not.toHaveProperty('password');
    });

    it('P3: without an applicant nothing runs', async () => {
      const users = await rbu();
      const { status } = await world.submit(499, `${users.key}!applicant`, { applicant: undefined, projectName: 'P3' });
      expect([status, await saved('P3')]).toEqual([200, 1]);
      await world.matrix.expectRuns(users, 0);
    });

    it('P4: data that does not match the collection', async () => {
      const [rb1, users] = [await world.reviewed(), await rbu()];
      const { status } = await world.submit(499, `${rb1.key}!applicant,${users.key}`, { projectName: 'P4' });
      expect([status, await saved('P4')]).toEqual([200, 1]);
      await world.matrix.expectRuns(rb1, 0);
      await world.matrix.expectRuns(users, 0);
    });

    it('P5: disabled, then enabled', async () => {
      const rb1d = await world.reviewed({ enabled: false });
      await world.submit(499, rb1d.key);
      await world.matrix.expectRuns(rb1d, 0);
      await world.matrix.enable(rb1d);
      await world.submit(499, rb1d.key);
      await world.matrix.expectRuns(rb1d, 1);
    });

    it.each([
      ['P6: no token', () => world.emma.anonymous(), 401],
      ['P6: a broken token', () => world.emma.withToken('broken'), 401],
      ['P8: a role that emma does not have', () => world.emma.withRole('supervisor'), 401],
      ['P9: a role that may not create', () => world.emma.withRole('viewer'), 403],
    ])('%s saves nothing and runs nothing', async (name, client, expected) => {
      const rb1 = await world.reviewed();
      const path = `reimbursements:create?triggerWorkflows=${rb1.key}`;
      const { status } = await client().post(path, { projectName: name });
      expect([status, await saved(name)]).toEqual([expected, 0]);
      await world.matrix.expectRuns(rb1, 0);
    });

    it('P7: the token as a parameter', async () => {
      const rb1 = await world.reviewed();
      const { status, data } = await world.emma
        .anonymous()
        .post(`reimbursements:create?token=${world.emma.token}&triggerWorkflows=${rb1.key}`, { amount: 499 });
      expect(status).toBe(200);
      await expectApproved(rb1, data.id);
    });

    it('P10: user and role are in the context', async () => {
      const other = await rb4();
      await world.submit(499, other.key);
      expect(await world.matrix.expectProbes(other, 1)).toMatchObject([{ uid: world.emma.userId, role: 'claimant' }]);
    });

    it('P11: a preloaded applicant comes from the database, not from the body', async () => {
      const rb1 = await world.reviewed();
      await world.submit(499, rb1.key, { applicant: undefined, applicantId: world.emma.userId });
      const [{ context }] = await world.matrix.expectRuns(rb1, 1);
      expect(context.data.applicant).toMatchObject({ nickname: 'emma-claims' });
    });

    it('P12: without preload the applicant is empty at run time', async () => {
      const other = await world.matrix.workflow({
        config: { collection: 'reimbursements' },
        probe: { extra: '{{$context.data.applicant.nickname}}' },
      });
      await world.submit(499, other.key, { applicant: undefined, applicantId: world.emma.userId });
      expect(await world.matrix.expectProbes(other, 1)).toMatchObject([{ extra: null }]);
    });

    it('P13: a write that is refused runs nothing', async () => {
      const rb1 = await world.reviewed();
      const { status } = await world.submit('abc', rb1.key, { projectName: 'P13' });
      expect([status, await saved('P13')]).toEqual([400, 0]);
      await world.matrix.expectRuns(rb1, 0);
    });
  });
});

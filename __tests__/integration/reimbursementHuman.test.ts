import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import type { ApiResponse } from '../helpers/api';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';
import type { TestWorkflow, WorkflowValues } from './matrixWorld';
import { ReimbursementWorld } from './reimbursementWorld';

const { RESOLVED, REJECTED, ABORTED, PENDING } = JOB_STATUS;

interface Waiting {
  rb1: TestWorkflow;
  /** id of the reimbursement */
  id: number;
  task: { id: number; [field: string]: any };
}

/** The human step of the reimbursement example, with the official manual node: E501 and what may become of it. */
describe.each(DIALECTS.filter((dialect) => dialect !== 'mariadb'))('reimbursement, the human step on %s', (dialect) => {
  let world: ReimbursementWorld;

  beforeAll(async () => {
    world = await ReimbursementWorld.create(await startHost({ dialect }));
  });

  afterEach(() => world.matrix.disableAll());

  afterAll(() => world?.matrix.host.close());

  /** The to-do of sam, as sam sees it. */
  const taskOf = (rb1: TestWorkflow): Promise<Waiting['task']> =>
    waitFor(
      async () => {
        const filter = { workflowId: rb1.id };
        const { data } = await world.sam.get('workflowManualTasks:listMine', { filter, appends: ['job', 'execution'], sort: '-id' });
        return data?.[0]?.job && data[0];
      },
      { what: 'the to-do of sam' },
    );

  /** Emma wants 501 back; sam has to decide. */
  async function waiting(values: WorkflowValues = {}): Promise<Waiting> {
    const rb1 = await world.reviewed(values);
    const { status, data } = await world.submit(501, rb1.key);
    expect(status).toBe(200);
    return { rb1, id: data.id, task: await taskOf(rb1) };
  }

  const submit = ({ task }: Waiting, action: string, comment = '', user = world.sam): Promise<ApiResponse> =>
    user.post(`workflowManualTasks:submit?filterByTk=${task.id}`, { result: { review: { comment }, _: action } });

  async function ended({ rb1 }: Waiting) {
    const [execution] = await world.matrix.expectRuns(rb1, 1);
    const jobs = [...execution.jobs].sort((a: any, b: any) => Number(BigInt(a.id) - BigInt(b.id)));
    return { status: execution.status, reason: execution.reason, jobs: jobs.map(({ status }: any) => status), results: jobs.map(({ result }: any) => result) };
  }

  const pendingOf = async ({ rb1 }: Waiting) => {
    const { data } = await world.sam.get('userWorkflowTaskStats:listMine', { type: 'manual' });
    return data.find(({ workflowKey }: any) => workflowKey === rb1.key)?.stats.pending;
  };

  async function expectApproved(run: Waiting): Promise<void> {
    expect(await ended(run)).toMatchObject({ status: EXECUTION_STATUS.RESOLVED, jobs: [RESOLVED, RESOLVED, RESOLVED] });
    expect(await world.statusOf(run.id)).toBe('approved');
    await waitFor(async () => (await pendingOf(run)) === 0, { what: 'the badge to go down' });
  }

  it('E501-A: sam approves', async () => {
    const run = await waiting();
    await waitFor(async () => (await pendingOf(run)) === 1, { what: 'the badge' });
    const [{ context }] = await world.matrix.executions(run.rb1);
    expect(context.data).toMatchObject({ projectName: 'Taxi to client', applicant: { nickname: 'emma-claims' } });
    expect((await submit(run, 'approve', 'ok')).status).toBe(202);
    await expectApproved(run);
    expect((await ended(run)).results[1]).toMatchObject({ review: { comment: 'ok' } });
  });

  it('E501-R: sam rejects; the row stays as it was', async () => {
    const run = await waiting();
    expect((await submit(run, 'reject')).status).toBe(202);
    expect(await ended(run)).toMatchObject({ status: EXECUTION_STATUS.REJECTED, jobs: [RESOLVED, REJECTED] });
    expect(await world.statusOf(run.id)).toBeNull();
  });

  it('E501-S: a draft is kept, and still waits', async () => {
    const run = await waiting();
    expect((await submit(run, 'draft', 'thinking')).status).toBe(202);
    const task = await taskOf(run.rb1);
    expect(task).toMatchObject({ status: PENDING, result: { review: { comment: 'thinking' } } });
    expect(task.job.status).toBe(PENDING);
    expect((await submit(run, 'approve', 'thought')).status).toBe(202);
    await expectApproved(run);
  });

  it('E501-X: root cancels; the to-do is gone', async () => {
    const run = await waiting();
    const response = await world.root.post(`executions:cancel?filterByTk=${run.task.execution.id}`);
    expect(response.status).toBe(200);
    expect(await ended(run)).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: 'manual_cancel', jobs: [RESOLVED, ABORTED] });
    await waitFor(async () => (await taskOf(run.rb1)).status === ABORTED, { what: 'the to-do to be closed' });
    expect((await submit(run, 'approve')).status).toBe(400);
    expect(await world.statusOf(run.id)).toBeNull();
  });

  it('E501-F: emma cannot decide for sam', async () => {
    const run = await waiting();
    expect((await submit(run, 'approve', '', world.emma)).status).toBe(403);
    const task = await taskOf(run.rb1);
    expect([task.status, task.job.status, await world.statusOf(run.id)]).toEqual([PENDING, PENDING, null]);
    expect((await submit(run, 'approve')).status).toBe(202);
    await expectApproved(run);
  });

  it('E501-2: submitted twice at the same time, it counts once', async () => {
    const run = await waiting();
    const statuses = (await Promise.all([submit(run, 'approve'), submit(run, 'reject')])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
    expect(statuses.filter((status) => status >= 400 && status < 500)).toHaveLength(1);
    const { status, jobs } = await ended(run);
    const approved = statuses[0] === 202;
    expect([status, jobs]).toEqual(
      approved ? [EXECUTION_STATUS.RESOLVED, [RESOLVED, RESOLVED, RESOLVED]] : [EXECUTION_STATUS.REJECTED, [RESOLVED, REJECTED]],
    );
    expect((await submit(run, 'approve')).status).toBe(400);
  });

  it('E501-D: the row is deleted meanwhile', async () => {
    const run = await waiting();
    await world.root.destroy('reimbursements', { filterByTk: run.id });
    expect((await submit(run, 'approve')).status).toBe(202);
    const { status, results } = await ended(run);
    expect([status, results.at(-1)]).toEqual([EXECUTION_STATUS.RESOLVED, 0]);
    expect(await world.root.list('reimbursements', { filter: { id: run.id } })).toEqual([]);
  });

  it('E501-T: nobody decides in time', async () => {
    const run = await waiting({ options: { timeout: 6_000 } });
    expect(await ended(run)).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: 'timeout', jobs: [RESOLVED, ABORTED] });
    await waitFor(async () => (await taskOf(run.rb1)).status === ABORTED, { what: 'the to-do to be closed' });
    expect((await submit(run, 'approve')).status).toBe(400);
    expect(await world.statusOf(run.id)).toBeNull();
  });

  it('E501-V: a new version is enabled meanwhile', async () => {
    const run = await waiting();
    const { rb1 } = run;
    const { data: version } = await world.root.post(`workflows:revision?filterByTk=${rb1.id}&filter[key]=${rb1.key}`);
    await world.matrix.enable(version);
    expect((await submit(run, 'approve')).status).toBe(202);
    await expectApproved(run);
    const { data } = await world.submit(501, rb1.key);
    const task = await taskOf(version);
    const executions = await world.matrix.executions(rb1);
    expect(executions.map(({ workflowId }) => String(workflowId))).toEqual([String(rb1.id), String(version.id)]);
    expect((await submit({ rb1: version, id: data.id, task }, 'approve')).status).toBe(202);
    await waitFor(async () => (await world.statusOf(data.id)) === 'approved', { what: 'the approval' });
  });

  it('E501-B: the server is restarted while sam thinks', async () => {
    const run = await waiting();
    await world.matrix.host.restart();
    expect((await taskOf(run.rb1)).id).toBe(run.task.id);
    expect((await submit(run, 'approve', 'after the restart')).status).toBe(202);
    await expectApproved(run);
  });
});

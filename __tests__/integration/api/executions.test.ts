import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id, InstructionInterface } from '../../../src/server/contract';
import { DIALECTS } from '../../helpers/dialects';
import type { ApiClient } from '../../helpers/api';
import { waitFor } from '../../helpers/waitFor';
import { ApiWorld, messages } from './world';

const ECHO_CONTEXT = { type: 'echoVariable', config: { variable: '{{$context.data}}' } };

const instructions: Record<string, InstructionInterface> = {
  betterOnRerun: {
    run: (_node, _input, _processor, options) => (options?.rerun ? { status: 1, result: 'again' } : { status: 0 }),
    resume: (_node, job) => job,
  },
};

describe.each(DIALECTS)('actions on executions and jobs, %s', (dialect) => {
  let world: ApiWorld;
  let admin: ApiClient;
  let member: ApiClient;
  beforeAll(async () => {
    world = await ApiWorld.create({ dialect, instructions });
    admin = await world.user(['admin']);
    member = await world.user(['member']);
  });
  afterAll(() => world?.host.close());

  /** A workflow with a run that has ended. */
  async function finished(): Promise<any> {
    const workflow = await world.workflow();
    await world.node(workflow.id);
    await world.trigger(workflow.id);
    return world.execution(workflow.id, ({ status }) => status === 1);
  }

  describe('destroy', () => {
    it('X1: what has ended, by filter', async () => {
      const execution = await finished();
      const response = await world.api.post(`executions:destroy?filter=${JSON.stringify({ key: execution.key })}`);
      expect([response.status, response.data]).toEqual([200, 1]);
      expect(await world.count('jobs', { executionId: execution.id })).toBe(0);
    });

    it('X2: what has not ended stays', async () => {
      const { execution } = await world.waiting();
      expect((await world.api.post(`executions:destroy?filterByTk=${execution.id}`)).status).toBe(200);
      expect(await world.count('executions', { id: execution.id })).toBe(1);
    });

    it('X3: for admins, not for members', async () => {
      const { id } = await finished();
      expect((await member.post(`executions:destroy?filterByTk=${id}`)).status).toBe(403);
      expect((await admin.post(`executions:destroy?filterByTk=${id}`)).status).toBe(200);
      expect(await world.count('executions', { id })).toBe(0);
    });
  });

  describe('cancel', () => {
    it('X4, X5: nothing that is not there or has ended', async () => {
      const unknown = await world.api.post('executions:cancel?filterByTk=-1');
      expect([unknown.status, messages(unknown)]).toEqual([404, ['Not Found']]);
      const { id } = await finished();
      const ended = await world.api.post(`executions:cancel?filterByTk=${id}`);
      expect([ended.status, messages(ended)]).toEqual([400, ['Bad Request']]);
    });

    it('X6: aborts a waiting run with its jobs', async () => {
      const { execution, job } = await world.waiting();
      const response = await world.api.post(`executions:cancel?filterByTk=${execution.id}`);
      expect(response.data).toMatchObject({
        id: execution.id,
        status: -3,
        reason: 'manual_cancel',
        jobs: [{ id: job.id }],
      });
      const stored = (await world.executions(execution.workflowId))[0];
      expect(stored).toMatchObject({ status: -3, reason: 'manual_cancel', jobs: [{ status: -3 }] });
    });
  });

  describe('rerun', () => {
    const rerun = (id: Id, values: object = {}, api = world.api) =>
      api.post(`executions:rerun?filterByTk=${id}`, values);

    it('X7, X8, X9: root only, and only what has begun', async () => {
      const { execution } = await world.waiting();
      expect((await rerun(execution.id, {}, admin)).status).toBe(403);
      expect((await rerun(execution.id)).status).toBe(202);
      expect((await rerun(-1)).status).toBe(404);
      const ended = await rerun((await finished()).id);
      expect([ended.status, messages(ended)]).toEqual([400, ['Only started executions can be rerun']]);
      const queued = await world.repository('executions').create({ values: { eventKey: 'queued', status: null } });
      expect((await rerun(queued.id)).status).toBe(400);
    });

    it('X10: from the head', async () => {
      const { execution } = await world.waiting([ECHO_CONTEXT, { type: 'pending' }]);
      await rerun(execution.id);
      const { jobs } = await world.execution(execution.workflowId, (row) => row.jobs.length === 4);
      const nodeIds: number[] = jobs.map(({ nodeId }: { nodeId: number }) => nodeId);
      expect(nodeIds.slice(2)).toEqual(nodeIds.slice(0, 2));
    });

    it('X11: from a node, with the latest job before it as its input', async () => {
      const { execution, job } = await world.waiting([ECHO_CONTEXT, { type: 'pending' }]);
      await rerun(execution.id, { nodeId: job.nodeId });
      const { jobs } = await world.execution(execution.workflowId, (row) => row.jobs.length === 3);
      expect(jobs.filter(({ nodeId }: { nodeId: number }) => nodeId === job.nodeId)).toHaveLength(2);
    });

    it('X12: into the same job', async () => {
      const { execution, job } = await world.waiting([{ type: 'betterOnRerun' }]);
      await world.repository('jobs').update({ filterByTk: job.id, values: { meta: { old: true } } });
      await rerun(execution.id, { nodeId: job.nodeId, overwrite: true });
      const { jobs } = await world.execution(execution.workflowId, ({ status }) => status === 1);
      expect(jobs).toMatchObject([{ id: job.id, status: 1, result: 'again', meta: null }]);
    });

    it('refuses a node of another workflow', async () => {
      const { execution } = await world.waiting();
      const other = await world.waiting();
      const response = await rerun(execution.id, { nodeId: other.job.nodeId });
      expect([response.status, messages(response).join()]).toEqual([400, expect.stringContaining('nodeId')]);
    });

    it('X14, X15: meanwhile neither cancel nor resume get in', async () => {
      const { execution, job } = await world.waiting([
        { type: 'timeConsume', config: { duration: 4000 } },
        { type: 'pending' },
      ]);
      await rerun(execution.id);
      await waitFor(() => world.host.plugin.isProcessing(execution.id), { what: 'the rerun to begin' });
      const cancelled = await world.api.post(`executions:cancel?filterByTk=${execution.id}`);
      const resumed = await world.api.post(`jobs:resume?filterByTk=${job.id}`, { status: 1 });
      for (const response of [cancelled, resumed]) {
        expect([response.status, messages(response)]).toEqual([409, ['Execution is being processed']]);
      }
      const { jobs } = await world.execution(execution.workflowId, (row) => row.jobs.length === 4);
      expect(jobs.map(({ status }: { status: number }) => status)).toEqual([1, 0, 1, 0]);
    });
  });

  describe('resume', () => {
    const resume = (id: Id, values: object = {}, api = world.api) => api.post(`jobs:resume?filterByTk=${id}`, values);

    it('J1: root only; what follows is run', async () => {
      const { execution, job } = await world.waiting([{ type: 'pending' }, { type: 'echo' }]);
      expect((await resume(job.id, { status: 1 }, admin)).status).toBe(403);
      const response = await resume(job.id, { status: 1, result: { a: 1 } });
      expect([response.status, response.data]).toMatchObject([202, { id: job.id, status: 1 }]);
      const { jobs } = await world.execution(execution.workflowId, ({ status }) => status === 1);
      expect(jobs).toMatchObject([{ status: 1 }, { status: 1, result: { a: 1 } }]);
    });

    it('J2: rejected', async () => {
      const { execution, job } = await world.waiting([{ type: 'pending' }, { type: 'echo' }]);
      expect((await resume(job.id, { status: -5 })).status).toBe(202);
      const { jobs } = await world.execution(execution.workflowId, ({ status }) => status === -5);
      expect(jobs).toHaveLength(1);
    });

    it('J3: still waiting', async () => {
      const { execution, job } = await world.waiting([{ type: 'pending' }, { type: 'echo' }]);
      for (const values of [{}, { status: 0 }, { status: 0, result: 'noted' }]) {
        // 409 while the one before is still being processed
        const response = await waitFor(
          async () => {
            const answer = await resume(job.id, values);
            return answer.status !== 409 && answer;
          },
          { what: 'a chance to resume' },
        );
        expect(response.status).toBe(202);
      }
      await world.execution(execution.workflowId, ({ jobs }) => jobs[0].result === 'noted');
      const stored = (await world.executions(execution.workflowId))[0];
      expect(stored).toMatchObject({ status: 0, jobs: [{ status: 0 }] });
      expect(stored.jobs).toHaveLength(1);
    });

    it('refuses what is not there, not running, or too late', async () => {
      const none = await resume(7);
      expect([none.status, messages(none)]).toEqual([404, ['Job not found']]);
      const ended = await finished();
      const over = await resume(ended.jobs[0].id, { status: 1 });
      expect([over.status, messages(over)]).toEqual([400, ['Execution is not running']]);
      const { execution, job } = await world.waiting();
      await world.host.db.getModel('executions').update({ expiresAt: new Date(0) }, { where: { id: execution.id } });
      const late = await resume(job.id, { status: 1 });
      expect([late.status, messages(late)]).toEqual([400, ['Execution timed out']]);
      expect((await world.executions(execution.workflowId))[0]).toMatchObject({
        status: -3,
        reason: 'timeout',
        jobs: [{ status: -3 }],
      });
    });

    it.each([
      ['status', { status: 'done' }],
      ['status', { status: 1.5 }],
      ['result', { result: '\u0000' }],
    ])('refuses a wrong %s', async (field, values) => {
      const { job } = await world.waiting();
      const response = await resume(job.id, values);
      expect([response.status, messages(response).join()]).toEqual([400, expect.stringContaining(field)]);
      expect(await world.count('jobs', { id: job.id, status: 0 })).toBe(1);
    });
  });

  it('the bookkeeping of the engine is not shown', async () => {
    const execution = await finished();
    const shown = await world.api.find('executions', { filterByTk: execution.id, appends: ['jobs'] });
    for (const name of ['leaseOwner', 'leaseUntil', 'epoch', 'attempts', 'heldUntil', 'cursor']) {
      expect(shown).not.toHaveProperty(name);
    }
  });
});

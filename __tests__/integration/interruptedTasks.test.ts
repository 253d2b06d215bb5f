import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import type { InstructionInterface, JobModel } from '../../src/server/contract';
import { createApp, type TestApp } from '../helpers/app';
import { waitFor } from '../helpers/waitFor';

const RESERVED = '77001';

/** What the official `cc` node does: rows of its own for the job, stored apart from it. */
const cc: InstructionInterface = {
  async run(node, _input, processor) {
    const job = processor.saveJob({ status: JOB_STATUS.RESOLVED, nodeId: node.id, nodeKey: node.key });
    await processor.options.plugin.db.getRepository('workflowCcTasks').create({ values: { jobId: job.id, title: 'second call' } });
    return job;
  },
};

/** A process died after the node had stored its rows and before its job was stored. */
describe('rows that an interrupted call has left behind', () => {
  let app: TestApp;

  beforeAll(async () => {
    const fields = [
      { name: 'jobId', type: 'bigInt' },
      { name: 'title', type: 'string' },
    ];
    app = await createApp({ instructions: { cc }, collections: [{ name: 'workflowCcTasks', fields }] });
  });

  afterAll(() => app?.close());

  it('are replaced by those of the call that is made again', async () => {
    const workflow = await app.api.create('workflows', { title: 'w', type: 'asyncTrigger', enabled: true });
    const node = await app.api.create(`workflows/${workflow.id}/nodes`, { type: 'cc', key: 'c' });
    const tasks = app.db.getRepository('workflowCcTasks');
    await tasks.create({ values: { jobId: RESERVED, title: 'first call' } });
    await tasks.create({ values: { jobId: '77002', title: 'of another job' } });
    const step = { type: 'run', nodeId: String(node.id), inputId: null, reservedId: RESERVED };
    await app.db.getModel('executions').create({
      workflowId: workflow.id,
      key: workflow.key,
      eventKey: randomUUID(),
      context: {},
      status: EXECUTION_STATUS.STARTED,
      dispatched: true,
      startedAt: new Date(),
      epoch: 1,
      leaseOwner: 'elsewhere/1/gone',
      leaseUntil: 1,
      cursor: { frames: [], step },
    });
    await app.app.emitAsync('workflow:recover');
    const execution = await waitFor(
      async () => {
        const row = await app.db.getRepository('executions').findOne({ filter: { key: workflow.key }, appends: ['jobs'] });
        return row?.status === EXECUTION_STATUS.RESOLVED && row;
      },
      { what: 'the run to go on' },
    );
    expect(execution.jobs.map(({ id }: JobModel) => String(id))).toEqual([RESERVED]);
    const rows = await tasks.find({ sort: 'jobId' });
    expect(rows.map(({ jobId, title }: { jobId: number; title: string }) => `${jobId} ${title}`)).toEqual(['77001 second call', '77002 of another job']);
  });
});

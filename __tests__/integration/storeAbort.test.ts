import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../../src/common/status';
import { DIALECTS } from '../helpers/dialects';
import { commitOf, jobOf, openStore, type StoreWorld, type TestWorkflow } from './storeWorld';

describe.each(DIALECTS)('aborting on %s', (dialect) => {
  let world: StoreWorld;
  let workflow: TestWorkflow;

  beforeAll(async () => {
    world = await openStore(dialect);
    workflow = await world.addWorkflow({ options: { concurrency: 100 } });
  });

  afterAll(() => world.close());

  /** A run that has stored a job that is done and one that waits. */
  async function startedRun(parentExecutionId: string | null = null) {
    const id = await world.insert(workflow, { parentExecutionId });
    const claims = await world.store.claim({ owner: 'a', leaseMs: 60_000, limit: 100, exceptKeys: [] });
    const run = claims.find((claim) => claim.id === id)!;
    const inserts = [JOB_STATUS.RESOLVED, JOB_STATUS.PENDING].map((status, i) =>
      jobOf(world.jobIds.next(), { nodeId: String(i), status, waiting: status === JOB_STATUS.PENDING }),
    );
    await world.store.commit([commitOf(run, { inserts })]);
    return run;
  }

  const abort = async (id: string, reason?: string) => world.app.plugin.abort(await world.row(id), { reason });
  const jobStatuses = async (id: string) => (await world.jobs(id)).map(({ status }) => status);

  it('ends the execution and what waits in it, and no write of its holder counts any more', async () => {
    const run = await startedRun();
    expect(await abort(run.id, EXECUTION_REASON.MANUAL_CANCEL)).toBe(true);
    expect(await world.row(run.id)).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: EXECUTION_REASON.MANUAL_CANCEL });
    expect(await jobStatuses(run.id)).toEqual([JOB_STATUS.RESOLVED, JOB_STATUS.ABORTED]);
    expect(await world.store.commit([commitOf(run, { status: 1, release: true })])).toEqual(new Set());
    expect(await abort(run.id)).toBe(false);
  });

  it('ends children with it, running and queued ones, however deep', async () => {
    const parent = await startedRun();
    const child = await startedRun(parent.id);
    const queued = await world.insert(workflow, { parentExecutionId: child.id, leaseOwner: 'b', leaseMs: 8000 });
    const ended = await startedRun(parent.id);
    await world.set(ended.id, { status: EXECUTION_STATUS.RESOLVED });
    expect(await abort(parent.id, EXECUTION_REASON.TIMEOUT)).toBe(true);
    for (const id of [child.id, queued]) {
      expect(await world.row(id)).toMatchObject({ status: EXECUTION_STATUS.ABORTED, reason: EXECUTION_REASON.PARENT_ABORTED });
    }
    expect(await world.row(ended.id)).toMatchObject({ status: EXECUTION_STATUS.RESOLVED, reason: null });
  });

  it('ends a run that was never started', async () => {
    const id = await world.insert(workflow, { holdMs: 60_000 });
    expect(await abort(id)).toBe(true);
    await world.store.free([id]);
    const claims = await world.store.claim({ owner: 'a', leaseMs: 60_000, limit: 100, exceptKeys: [] });
    expect(claims.map((claim) => claim.id)).not.toContain(id);
  });

  it('succeeds for one of many who try', async () => {
    const run = await startedRun();
    const rows = await Promise.all(Array.from({ length: 6 }, () => world.row(run.id)));
    const results = await Promise.all(rows.map((row) => world.app.plugin.abort(row, { reason: EXECUTION_REASON.TIMEOUT })));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect((await world.row(run.id)).status).toBe(EXECUTION_STATUS.ABORTED);
  });

  it('or finishing wins, never both', async () => {
    for (let i = 0; i < 50; i += 1) {
      const run = await startedRun();
      const row = await world.row(run.id);
      const [isAborted, held] = await Promise.all([
        world.app.plugin.abort(row, { reason: EXECUTION_REASON.MANUAL_CANCEL }),
        world.store.commit([commitOf(run, { status: EXECUTION_STATUS.RESOLVED, release: true })]),
      ]);
      expect(held.has(run.id)).toBe(!isAborted);
      expect((await world.row(run.id)).status).toBe(isAborted ? EXECUTION_STATUS.ABORTED : EXECUTION_STATUS.RESOLVED);
    }
  });
});

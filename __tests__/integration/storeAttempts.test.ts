import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attempt, ClaimedRun } from '../../src/server/engine/types';
import { SqlRunStore } from '../../src/server/storage/SqlRunStore';
import { DIALECTS } from '../helpers/dialects';
import { commitOf, jobOf, openStore, type StoreWorld } from './storeWorld';

const LEASE_MS = 60_000;

/** What nodes do in the background, and waiting jobs that nobody continues, as the rows keep them. */
describe.each(DIALECTS)('attempts in the store on %s', (dialect) => {
  let world: StoreWorld;
  let first: SqlRunStore;
  let second: SqlRunStore;

  beforeAll(async () => {
    world = await openStore(dialect);
    const { db } = world.app;
    first = new SqlRunStore(db, world.jobIds, { owner: 'first', leaseMs: LEASE_MS });
    second = new SqlRunStore(db, world.jobIds, { owner: 'second', leaseMs: LEASE_MS });
  });

  afterAll(async () => {
    await Promise.all([first?.close(), second?.close()]);
    await world?.close();
  });

  const claimWith = (store: SqlRunStore, owner: string): Promise<ClaimedRun[]> => store.claim({ owner, leaseMs: LEASE_MS, limit: 100, exceptKeys: [] });

  /** A run that the first process has brought to rest, while a node of it goes on in the background. */
  async function working(values: Partial<Attempt> = {}): Promise<{ id: string; attempt: Attempt; claim: ClaimedRun }> {
    const workflow = await world.addWorkflow();
    const id = await world.insert(workflow);
    const claim = (await claimWith(first, 'first')).find((run) => run.id === id)!;
    const jobId = world.jobIds.next();
    const attempt = { id: world.jobIds.next(), jobId, idempotencyKey: 'key', tries: 0, ...values };
    const inserts = [jobOf(jobId, { status: 0, waiting: true })];
    const held = await first.commit([commitOf(claim, { inserts, release: true, attempts: [attempt] })]);
    expect([...held]).toEqual([id]);
    return { id, attempt, claim };
  }

  const taken = async (id: string, store = second, owner = 'second') => (await claimWith(store, owner)).find((run) => run.id === id);

  it('nobody takes the run while the process prolongs them', async () => {
    const { id } = await working();
    await first.renewAttempts();
    expect(await taken(id)).toBeUndefined();
    expect(await second.owners()).toContain('first');
  });

  it('when the process is known to be dead, another one makes them again', async () => {
    const { id, attempt } = await working();
    await second.expire('first');
    expect(await taken(id, first, 'first')).toBeUndefined();
    const run = await taken(id);
    expect(run?.signals).toEqual([{ ...attempt, kind: 'retry', due: true, tries: 1 }]);
    expect((await second.loadJobs([id])).get(id)).toMatchObject([{ id: attempt.jobId, waiting: true }]);
    const again = { ...attempt, id: world.jobIds.next(), tries: 1 };
    await second.commit([commitOf(run!, { release: true, consumedSignalIds: [attempt.id], attempts: [again] })]);
    await second.expire('second');
    expect((await taken(id, first, 'first'))?.signals).toEqual([{ ...again, kind: 'retry', due: true, tries: 2 }]);
  });

  it('an answer of the process that had it before is known to come too late', async () => {
    const { id, attempt } = await working();
    const other = await working();
    const { sequelize } = world.app.db;
    const isTakenOver = (store: SqlRunStore, execution: string, jobId: string) =>
      sequelize.transaction((transaction) => store.isTakenOver(execution, jobId, transaction));
    expect(await isTakenOver(first, other.id, other.attempt.jobId)).toBe(false);
    await second.expire('first');
    const run = await taken(id);
    const again = { ...attempt, id: world.jobIds.next(), tries: 1 };
    await second.commit([commitOf(run!, { release: true, consumedSignalIds: [attempt.id], attempts: [again] })]);
    expect(await isTakenOver(second, id, attempt.jobId)).toBe(false);
    expect(await isTakenOver(first, id, attempt.jobId)).toBe(true);
  });

  it('those that are given back in order are not counted as cut off', async () => {
    const { id, attempt } = await working();
    await first.releaseAttempts();
    expect((await taken(id))?.signals).toEqual([{ ...attempt, kind: 'retry', due: true, tries: 0 }]);
  });

  it('one that has ended without an answer leaves the job to somebody else', async () => {
    const { id, attempt } = await working();
    await first.removeAttempt(id, attempt.jobId);
    await second.expire('first');
    expect(await taken(id)).toBeUndefined();
  });

  it('an answer comes with the attempt, which is not due', async () => {
    const { id, attempt } = await working();
    await first.addSignal(id, { kind: 'resume', jobId: attempt.jobId });
    const run = await taken(id);
    expect(run?.signals).toHaveLength(2);
    expect(run?.signals).toEqual(
      expect.arrayContaining([
        { ...attempt, kind: 'retry', due: false, tries: 0 },
        { id: expect.any(String), kind: 'resume', jobId: attempt.jobId },
      ]),
    );
  });

  it('an answer that nobody has announced is found, once', async () => {
    const { id, attempt } = await working();
    expect(await second.wakeUpLost()).toBe(0);
    await world.app.db.getModel('jobs').update({ status: 1 }, { where: { id: attempt.jobId }, hooks: false });
    expect(await second.wakeUpLost()).toBe(1);
    expect(await second.wakeUpLost()).toBe(0);
    expect((await taken(id))?.signals).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'resume', jobId: attempt.jobId })]));
  });

  it.each([
    ['is over', -120_000, 60_000, 1],
    ['is not over yet', -30_000, 60_000, 0],
    ['was over a moment ago: its own timer comes first', -61_000, 60_000, 0],
  ])('a delay that %s', async (_, begunMs, durationMs, found) => {
    const workflow = await world.addWorkflow();
    const node = await world.app.db.getRepository('flow_nodes').create({ values: { workflowId: workflow.id, type: 'delay', config: {} } });
    const id = await world.insert(workflow);
    const claim = (await claimWith(first, 'first')).find((run) => run.id === id)!;
    const values = { nodeId: String(node.id), status: 0, waiting: true, result: durationMs, createdAt: new Date(Date.now() + begunMs) };
    const job = jobOf(world.jobIds.next(), values);
    await first.commit([commitOf(claim, { inserts: [job], release: true })]);
    expect(await second.wakeUpLost()).toBe(found);
    expect((await taken(id))?.signals).toEqual(found ? [{ id: expect.any(String), kind: 'resume', jobId: job.id }] : undefined);
  });
});

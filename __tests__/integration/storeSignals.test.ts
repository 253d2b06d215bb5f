import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { commitOf, jobOf, useStore, type StoreWorld } from './storeWorld';

describe.each(DIALECTS)('signals on %s', (dialect) => {
  let world: StoreWorld;
  useStore(dialect, (opened) => (world = opened));

  const claim = () => world.store.claim({ owner: 'a', leaseMs: 8_000, limit: 100, exceptKeys: [] });
  const claimedIds = async () => (await claim()).map(({ id }) => id);

  async function waitingRun() {
    const id = await world.insert(await world.addWorkflow());
    const [run] = await claim();
    const job = jobOf(world.jobIds.next(), { status: 0, waiting: true });
    await world.store.commit([commitOf(run!, { inserts: [job], release: true })]);
    return { id, jobId: job.id, run: run! };
  }

  it('let a waiting run be claimed, with what was asked', async () => {
    const { id, jobId } = await waitingRun();
    await world.store.addSignal(id, { kind: 'resume', jobId });
    await world.store.addSignal(id, { kind: 'rerun', nodeId: '7', overwrite: true });
    await world.store.addSignal(id, { kind: 'rerun', nodeId: null, overwrite: false });
    const [run] = await claim();
    expect(run!.signals).toMatchObject([
      { kind: 'resume', jobId },
      { kind: 'rerun', nodeId: '7', overwrite: true },
      { kind: 'rerun', nodeId: null, overwrite: false },
    ]);
    await world.store.commit([
      commitOf(run!, { release: true, consumedSignalIds: run!.signals.map((signal) => signal.id) }),
    ]);
    expect(await claimedIds()).toEqual([]);
  });

  it('start a deferred execution', async () => {
    const id = await world.insert(await world.addWorkflow(), { deferred: true });
    await world.store.addSignal(id, { kind: 'start' });
    expect(await claim()).toMatchObject([{ id, status: 0, startedAt: null, signals: [{ kind: 'start' }] }]);
  });

  it('are one per job', async () => {
    const { id, jobId } = await waitingRun();
    await Promise.all([1, 2, 3].map(() => world.store.addSignal(id, { kind: 'resume', jobId })));
    expect((await claim())[0]!.signals).toHaveLength(1);
  });

  it('that come while the run takes in the one before are not lost', async () => {
    const { id, jobId } = await waitingRun();
    await world.store.addSignal(id, { kind: 'resume', jobId });
    const [run] = await claim();
    await world.store.addSignal(id, { kind: 'resume', jobId });
    await world.store.commit([
      commitOf(run!, { release: true, consumedSignalIds: run!.signals.map((signal) => signal.id) }),
    ]);
    expect((await claim())[0]?.signals).toMatchObject([{ kind: 'resume', jobId }]);
  });

  it('are part of the transaction that they are given', async () => {
    const { id, jobId } = await waitingRun();
    await expect(
      world.app.db.sequelize.transaction(async (transaction) => {
        await world.store.addSignal(id, { kind: 'resume', jobId }, transaction);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await claimedIds()).toEqual([]);
  });

  it('of executions that ended are dropped after an hour', async () => {
    const { id, jobId } = await waitingRun();
    const ended = await waitingRun();
    await world.set(ended.id, { status: -3 });
    const signals = world.app.db.getModel('workflowSignals');
    for (const run of [{ id, jobId }, ended]) {
      await world.store.addSignal(run.id, { kind: 'resume', jobId: run.jobId });
    }
    await world.store.deleteStaleSignals();
    expect(await signals.count()).toBe(2);
    await signals.update({ createdAt: Date.now() - 7_200_000 }, { where: {} });
    await world.store.deleteStaleSignals();
    expect(await signals.findAll()).toMatchObject([{ executionId: expect.anything(), kind: 'resume' }]);
    expect(await claimedIds()).toEqual([id]);
  });
});

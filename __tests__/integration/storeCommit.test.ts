import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedRun, JobState, RunCommit } from '../../src/server/engine/types';
import { DIALECTS } from '../helpers/dialects';
import { commitOf, jobOf, openStore, type StoreWorld, type TestWorkflow } from './storeWorld';

describe.each(DIALECTS)('commits on %s', (dialect) => {
  let world: StoreWorld;
  let workflow: TestWorkflow;

  beforeAll(async () => {
    world = await openStore(dialect);
    workflow = await world.addWorkflow({ options: { concurrency: 100 } });
  });

  afterAll(() => world.close());

  async function claimedRun(): Promise<ClaimedRun> {
    const id = await world.insert(workflow);
    const claims = await world.store.claim({ owner: 'a', leaseMs: 60_000, limit: 100, exceptKeys: [] });
    return claims.find((claim) => claim.id === id)!;
  }

  const newJob = (values?: Partial<JobState>) => jobOf(world.jobIds.next(), values);
  const commit = (...commits: RunCommit[]) => world.store.commit(commits);
  const executed = async (name: 'workflowStats' | 'workflowVersionStats', filterByTk: string) =>
    Number((await world.app.db.getRepository(name).findOne({ filterByTk }))?.executed ?? 0);

  /**
   * PostgreSQL writes new jobs with one statement and everything else with several; a request that does not exist,
   * consumed, sends a commit the general way. What ends up in the rows has to be the same.
   */
  const ways: Array<{ way: string; extra: Partial<RunCommit> }> = [
    { way: 'with nothing but new jobs', extra: {} },
    { way: 'that consumes a request', extra: { consumedSignalIds: ['1'] } },
  ];

  describe.each(ways)('$way', ({ extra }) => {
    it('writes every column of the execution', async () => {
      const run = await claimedRun();
      const cursor = {
        frames: [{ nodeId: '1', inputId: null, calls: 2, jobId: '10267424896650241', idempotencyKey: 'k' }],
        step: { type: 'run' as const, nodeId: '2', inputId: '3' },
      };
      const startedAt = new Date('2026-03-29T00:30:00.123Z');
      const expiresAt = new Date('2026-10-25T01:30:00.456Z');
      const output = { text: 'x' };
      await commit(commitOf(run, { status: -3, reason: 'timeout', startedAt, expiresAt, cursor, output, release: true, ...extra }));
      const row = await world.row(run.id);
      expect(row).toMatchObject({ status: -3, reason: 'timeout', startedAt, expiresAt, output, dispatched: true });
      expect(row.get('cursor')).toEqual(cursor);
      expect(row.get('leaseOwner')).toBeNull();
      expect(row.get('leaseUntil')).toBeNull();
    });

    it('keeps the lease, the reason and the output when there is nothing new', async () => {
      const run = await claimedRun();
      await commit(commitOf(run, { reason: 'because', output: [1], ...extra }));
      await commit(commitOf(run, { ...extra }));
      const row = await world.row(run.id);
      expect(row).toMatchObject({ reason: 'because', output: [1] });
      expect(row.get('leaseOwner')).toBe('a');
      await commit(commitOf(run, { output: null, ...extra }));
      expect((await world.row(run.id)).output).toBeNull();
    });

    it('writes every column of a job, with ids beyond 2^53', async () => {
      const run = await claimedRun();
      const id = String(10_267_424_896_650_241n + BigInt(world.jobIds.next()));
      const job = jobOf(id, {
        nodeId: '12',
        nodeKey: 'n12',
        upstreamId: '10267424896650241',
        status: 0,
        result: { a: 1 },
        meta: { b: [2] },
        log: 'line 1\nline 2',
        startedAt: new Date('2026-01-01T00:00:00.001Z'),
        createdAt: new Date('2026-01-01T00:00:02Z'),
        waiting: true,
      });
      await commit(commitOf(run, { inserts: [job], ...extra }));
      expect((await world.store.loadJobs([run.id])).get(run.id)).toEqual([{ ...job, unsaved: null }]);
    });

    it.each<[string, unknown, unknown]>([
      ['null', null, null],
      ['nothing', undefined, null],
      ['text', 'text', 'text'],
      ['an empty text', '', ''],
      ['text that looks like JSON', '{"a":1}', '{"a":1}'],
      ['quotes and backslashes', `'"\\\\' \\n`, `'"\\\\' \\n`],
      ['every alphabet', 'äß 中文 🙂 \u2028', 'äß 中文 🙂 \u2028'],
      ['NUL', 'a\u0000b', 'ab'],
      ['an escaped NUL', '\\u0000', '\\u0000'],
      ['half a character', 'a\ud83d', 'a\ufffd'],
      ['zero', 0, 0],
      ['a fraction', 0.1, 0.1],
      ['a big number', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
      ['a tiny number', 1e-300, 1e-300],
      ['no number', NaN, null],
      ['a big integer', { n: 2n ** 64n }, { n: '18446744073709551616' }],
      ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
      ['false', false, false],
      ['a nested value', { a: [{ b: null, c: undefined }] }, { a: [{ b: null }] }],
    ])('stores %s as a result', async (_name, result, stored) => {
      const run = await claimedRun();
      await commit(commitOf(run, { inserts: [newJob({ result })], ...extra }));
      const [job] = (await world.store.loadJobs([run.id])).get(run.id)!;
      expect(job!.result).toEqual(stored);
      expect((await world.jobs(run.id))[0].result).toEqual(stored);
    });

    it('stores a value that contains itself', async () => {
      const run = await claimedRun();
      const result: Record<string, unknown> = { twice: [{ a: 1 }] };
      result.self = result;
      result.again = result.twice;
      await commit(commitOf(run, { inserts: [newJob({ result })], ...extra }));
      const [job] = (await world.store.loadJobs([run.id])).get(run.id)!;
      expect(job!.result).toEqual({ twice: [{ a: 1 }], self: '[Circular]', again: [{ a: 1 }] });
    });

    it('writes many runs, with many jobs each', async () => {
      const runs = [await claimedRun(), await claimedRun(), await claimedRun()];
      const commits = runs.map((run, i) =>
        commitOf(run, { inserts: Array.from({ length: 70 * i + 1 }, (_, n) => newJob({ nodeId: String(n), result: n })), ...extra }),
      );
      expect(await commit(...commits)).toEqual(new Set(runs.map(({ id }) => id)));
      for (const [i, run] of runs.entries()) {
        expect((await world.jobs(run.id)).map(({ result }) => result)).toEqual(commits[i]!.inserts.map(({ result }) => result));
      }
    });

    it('writes nothing of a run that somebody else has claimed meanwhile, and all of the others', async () => {
      const [zombie, healthy] = [await claimedRun(), await claimedRun()];
      await world.set(zombie.id, { epoch: zombie.epoch + 1 });
      const held = await commit(
        commitOf(zombie, { inserts: [newJob()], status: 1, release: true, ...extra }),
        commitOf(healthy, { inserts: [newJob()], ...extra }),
      );
      expect(held).toEqual(new Set([healthy.id]));
      expect(await world.jobs(zombie.id)).toEqual([]);
      expect((await world.row(zombie.id)).status).toBeNull();
      expect(await world.jobs(healthy.id)).toHaveLength(1);
    });

    it('writes nothing of a run that has ended', async () => {
      const run = await claimedRun();
      await world.set(run.id, { status: -3, reason: 'manual_cancel' });
      expect(await commit(commitOf(run, { inserts: [newJob()], status: 1, ...extra }))).toEqual(new Set());
      expect(await world.row(run.id)).toMatchObject({ status: -3, reason: 'manual_cancel' });
      expect(await world.jobs(run.id)).toEqual([]);
    });

    it('holds although nothing changes', async () => {
      const run = await claimedRun();
      const same = commitOf(run, { ...extra });
      const held = await Promise.all(Array.from({ length: 5 }, () => commit(same)));
      expect(held).toEqual(Array.from({ length: 5 }, () => new Set([run.id])));
    });

    it('counts an inline run once', async () => {
      const before = await executed('workflowStats', workflow.key);
      const beforeVersion = await executed('workflowVersionStats', workflow.id);
      const ids = [await world.insert(workflow, { leaseOwner: 'a' }), await world.insert(workflow, { leaseOwner: 'a' })];
      const first = ids.map((id) => commitOf({ id, workflowId: workflow.id, key: workflow.key, epoch: 0 }, { ...extra }));
      expect(await commit(...first)).toEqual(new Set(ids));
      expect(await commit(...first.map((one) => ({ ...one, epoch: 1 })))).toEqual(new Set(ids));
      expect(await commit(...first)).toEqual(new Set());
      expect(await executed('workflowStats', workflow.key)).toBe(before + 2);
      expect(await executed('workflowVersionStats', workflow.id)).toBe(beforeVersion + 2);
    });

    it('leaves nothing when one of its jobs cannot be written', async () => {
      const [bad, good] = [await claimedRun(), await claimedRun()];
      const job = newJob();
      await commit(commitOf(bad, { inserts: [job], ...extra }));
      const attempt = commit(
        commitOf(good, { inserts: [newJob()], status: 1, ...extra }),
        commitOf(bad, { inserts: [newJob({ id: job.id })], status: 1, ...extra }),
      );
      await expect(attempt).rejects.toThrow();
      expect((await world.row(good.id)).status).toBeNull();
      expect(await world.jobs(good.id)).toEqual([]);
      expect(await commit(commitOf(good, { inserts: [newJob()], ...extra }))).toEqual(new Set([good.id]));
    });
  });

  it('keep what a node did before it noticed the abort, and nothing else', async () => {
    const [aborted, live] = [await claimedRun(), await claimedRun()];
    await world.set(aborted.id, { status: -3, reason: 'manual_cancel' });
    const late = (run: ClaimedRun) => commitOf(run, { late: true, status: -3, reason: 'x', inserts: [newJob({ result: 'late' })] });
    expect(await commit(late(aborted), late(live))).toEqual(new Set([aborted.id]));
    expect(await commit(late({ ...aborted, epoch: aborted.epoch - 1 }))).toEqual(new Set());
    expect((await world.jobs(aborted.id)).map(({ result }) => result)).toEqual(['late']);
    expect(await world.row(aborted.id)).toMatchObject({ status: -3, reason: 'manual_cancel' });
    expect(await world.jobs(live.id)).toEqual([]);
    expect((await world.row(live.id)).status).toBeNull();
  });

  it('leaves an answer that was stored meanwhile in the job that waits on', async () => {
    const run = await claimedRun();
    const job = newJob({ status: 0, result: null, waiting: true });
    await commit(commitOf(run, { inserts: [job] }));
    await world.app.db.getModel('jobs').update({ result: 'noted', waiting: false }, { where: { id: job.id } });
    await commit(commitOf(run, { updates: [{ ...job, unsaved: 'waiting' }] }));
    const stored = await world.app.db.getModel('jobs').findByPk(job.id);
    expect(stored!.get()).toMatchObject({ status: 0, result: 'noted' });
    expect(Boolean(stored!.get('waiting'))).toBe(true);
  });

  it('updates jobs', async () => {
    const run = await claimedRun();
    const job = newJob({ status: 0, waiting: true, result: [1] });
    await commit(commitOf(run, { inserts: [job] }));
    const changed = { ...job, status: 1, waiting: false, result: { done: true }, meta: 'm', log: 'l', startedAt: new Date(5) };
    await commit(commitOf(run, { updates: [changed], inserts: [newJob({ nodeId: '2' })] }));
    const [first, second] = (await world.store.loadJobs([run.id])).get(run.id)!;
    expect(first).toEqual({ ...changed, unsaved: null });
    expect(second!.nodeId).toBe('2');
  });

  it('counters equal the number of executions, whoever counts at the same time', async () => {
    const counted = await world.addWorkflow({ options: { concurrency: 100 } });
    await Promise.all(Array.from({ length: 40 }, () => world.insert(counted)));
    const inline = await Promise.all(Array.from({ length: 10 }, () => world.insert(counted, { leaseOwner: 'x' })));
    await Promise.all([
      ...Array.from({ length: 6 }, (_, i) => world.store.claim({ owner: `p${i}`, leaseMs: 60_000, limit: 10, exceptKeys: [] })),
      ...inline.map((id) => commit(commitOf({ id, workflowId: counted.id, key: counted.key, epoch: 0 }))),
    ]);
    const rows = await world.app.db.getModel('executions').count({ where: { key: counted.key } });
    expect(rows).toBe(50);
    expect(await executed('workflowStats', counted.key)).toBe(50);
    expect(await executed('workflowVersionStats', counted.id)).toBe(50);
  });

  it('inside a transaction of the host exist if and only if it commits', async () => {
    const run = await claimedRun();
    const { store } = world;
    await expect(
      store.transaction(async (tx) => {
        expect(await store.commitWithin(tx, commitOf(run, { inserts: [newJob()], status: 1, release: true }))).toBe(true);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await world.jobs(run.id)).toEqual([]);
    expect((await world.row(run.id)).status).toBeNull();

    await store.transaction((tx) => store.commitWithin(tx, commitOf(run, { inserts: [newJob()], updates: [] })));
    expect(await world.jobs(run.id)).toHaveLength(1);
    const stale = { ...run, epoch: run.epoch - 1 };
    expect(await store.transaction((tx) => store.commitWithin(tx, commitOf(stale, { inserts: [newJob()] })))).toBe(false);
    expect(await world.jobs(run.id)).toHaveLength(1);
  });

  it('inside a transaction of the host count an inline run when it commits', async () => {
    const { store } = world;
    const before = await executed('workflowStats', workflow.key);
    const id = await world.insert(workflow, { leaseOwner: 'a' });
    const first = commitOf({ id, workflowId: workflow.id, key: workflow.key, epoch: 0 });
    await store.transaction(async (tx) => {
      await store.commitWithin(tx, first);
      throw new Error('rolled back');
    }).catch(() => undefined);
    expect(await executed('workflowStats', workflow.key)).toBe(before);
    await store.transaction((tx) => store.commitWithin(tx, first));
    expect(await executed('workflowStats', workflow.key)).toBe(before + 1);
  });

  it('are loaded as the latest job of every node, and those that were answered', async () => {
    const run = await claimedRun();
    const jobs = ['1', '2', '1', '1', '2'].map((nodeId) => newJob({ nodeId, nodeKey: `n${nodeId}`, status: 0, waiting: true }));
    await commit(commitOf(run, { inserts: jobs }));
    const loaded = async () => (await world.store.loadJobs([run.id])).get(run.id)!.map(({ id }) => id);
    expect(await loaded()).toEqual([jobs[3]!.id, jobs[4]!.id]);
    await world.store.addSignal(run.id, { kind: 'resume', jobId: jobs[0]!.id });
    expect(await loaded()).toEqual([jobs[0]!.id, jobs[3]!.id, jobs[4]!.id]);
    expect((await world.store.loadJobs(['1', run.id])).size).toBe(1);
  });

  it('takes pending jobs of the stock plugin for waiting ones', async () => {
    const run = await claimedRun();
    const job = newJob({ status: 0 });
    await commit(commitOf(run, { inserts: [job] }));
    await world.app.db.getModel('jobs').update({ waiting: null }, { where: { id: job.id } });
    expect((await world.store.loadJobs([run.id])).get(run.id)).toMatchObject([{ id: job.id, waiting: true }]);
  });
});

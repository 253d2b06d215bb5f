import type { Transaction } from 'sequelize';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionOf } from '../../src/server/storage/connection';
import { isConflict, isStorageFailure } from '../../src/server/storage/failures';
import { ABANDONED_MS } from '../../src/server/storage/transactions';
import { withServer, type ServerDialect } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';
import { commitOf, jobOf, openStore, type StoreWorld, type TestWorkflow } from './storeWorld';

const BACKLOG = 1_000;
const servers = DIALECTS.filter((dialect): dialect is ServerDialect => dialect !== 'sqlite');

let world: StoreWorld;

const posts = () => world.app.db.getRepository('posts');
const inTransaction = <T>(work: (transaction: Transaction) => Promise<T>) => world.store.transaction((tx) => work(tx as Transaction));
const failureOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error);

describe.each(DIALECTS)("a node's transaction on %s", (dialect) => {
  beforeAll(async () => {
    world = await openStore(dialect);
  });
  afterAll(() => world?.close());
  beforeEach(() => posts().destroy({ truncate: true }));

  it('is committed with what a repository writes in it, and tells so afterwards', async () => {
    const seen: number[] = [];
    const result = await inTransaction(async (transaction) => {
      transaction.afterCommit(async () => {
        seen.push(await posts().count());
      });
      await posts().create({ values: { title: 'a' }, transaction });
      expect(seen).toEqual([]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(seen).toEqual([1]);
  });

  it('is rolled back by whatever is thrown, and tells nobody', async () => {
    const seen: string[] = [];
    const failure = new Error('no');
    const work = inTransaction(async (transaction) => {
      transaction.afterCommit(() => void seen.push('committed'));
      await posts().create({ values: { title: 'a' }, transaction });
      throw failure;
    });
    expect(await failureOf(work)).toBe(failure);
    expect(await posts().count()).toBe(0);
    expect(seen).toEqual([]);
  });

  it('is over when its work is: nothing can be written with it any more', async () => {
    const transaction = await inTransaction(async (tx) => tx);
    await expect(posts().create({ values: { title: 'late' }, transaction })).rejects.toThrow('commit');
    await expect(transaction.commit()).rejects.toThrow('cannot be committed');
    expect(await posts().count()).toBe(0);
  });
});

/** How long, in seconds, a session's transaction may be idle; 0 is for ever. */
const LIMIT: Record<ServerDialect, string> = {
  postgres: "SELECT current_setting('idle_in_transaction_session_timeout') AS seconds",
  mariadb: 'SELECT @@SESSION.idle_transaction_timeout AS seconds',
};

/** Ends the session of a transaction from outside. */
const END: Record<ServerDialect, (transaction: Transaction) => Promise<void>> = {
  postgres: async (transaction) => {
    const { processID } = (transaction as unknown as { connection: { processID: number } }).connection;
    await withServer('postgres', (sql) => sql(`SELECT pg_terminate_backend(${processID})`));
  },
  mariadb: async (transaction) => {
    const { threadId } = (transaction as unknown as { connection: { threadId: number } }).connection;
    await withServer('mariadb', (sql) => sql(`KILL ${threadId}`));
  },
};

describe.each(servers)("a node's transaction on the server %s", (dialect) => {
  beforeAll(async () => {
    world = await openStore(dialect);
  });
  afterAll(() => world?.close());
  beforeEach(() => posts().destroy({ truncate: true }));

  it('outlives the time after which the server ends abandoned ones, and leaves the connection as it was', async () => {
    const startedAt = Date.now();
    // the first use of a connection of the engine's own tells whether the server knows the limit
    await world.store.highestJobId();
    const limitOf = async (transaction?: Transaction) => {
      const [[row]] = await world.app.db.sequelize.query(LIMIT[dialect], { transaction });
      return Number.parseFloat(String(Object.values(row as object)[0]));
    };
    const usual = await limitOf();
    await inTransaction(async (transaction) => {
      expect(await limitOf(transaction)).toBe(ABANDONED_MS / 1_000);
      await waitFor(() => Date.now() > startedAt + 1.4 * ABANDONED_MS, { what: 'the limit to be over' });
      await posts().create({ values: { title: 'slow' }, transaction });
    });
    expect(await posts().count()).toBe(1);
    for (let i = 0; i < 5; i += 1) expect(await limitOf()).toBe(usual);
  });

  it('sees what others have committed since it began, whatever the default of the server is', async () => {
    const counts = await inTransaction(async (transaction) => {
      const before = await posts().count({ transaction });
      await posts().create({ values: { title: 'of somebody else' } });
      return [before, await posts().count({ transaction })];
    });
    expect(counts).toEqual([0, 1]);
  });

  it('that loses its connection before the commit is a failure of the storage, and the next one gets another connection', async () => {
    const seen: string[] = [];
    const failure = await failureOf(
      inTransaction(async (transaction) => {
        transaction.afterCommit(() => void seen.push('committed'));
        await posts().create({ values: { title: 'a' }, transaction });
        await END[dialect](transaction);
      }),
    );
    expect(isStorageFailure(failure)).toBe(true);
    expect(isConflict(failure)).toBe(false);
    expect(seen).toEqual([]);
    await inTransaction((transaction) => posts().create({ values: { title: 'b' }, transaction }));
    expect((await posts().find()).map((post: { get(name: string): unknown }) => post.get('title'))).toEqual(['b']);
  });
});

describe.each(servers.filter((dialect) => dialect === 'postgres'))('statements on %s beside a backlog', (dialect) => {
  let workflow: TestWorkflow;

  beforeAll(async () => {
    world = await openStore(dialect);
    workflow = await world.addWorkflow({ enabled: false });
    const ids = [];
    for (let i = 0; i < BACKLOG; i += 1) ids.push(await world.insert(workflow));
    await world.set(ids[0]!, { status: 0 });
  }, 120_000);
  afterAll(() => world?.close());

  it('a commit reads its own executions and no others', async () => {
    const { owner, leaseMs } = { owner: 'own', leaseMs: 60_000 };
    const own = await world.addWorkflow();
    await world.insert(own);
    const [claim] = await world.store.claim({ owner, leaseMs, limit: 10, exceptKeys: [] });
    const rows = await inTransaction(async (transaction) => {
      const held = await world.store.commitWithin(transaction, commitOf(claim!, { inserts: [jobOf(world.jobIds.next())] }));
      expect(held).toBe(true);
      const name = 'rows_read';
      const text = `SELECT seq_tup_read + idx_tup_fetch AS count FROM pg_stat_xact_user_tables WHERE relname = 'executions'`;
      return (await connectionOf(transaction).run({ name, text, order: [] })).rows;
    });
    expect(Number(rows[0]!.count)).toBeGreaterThan(0);
    expect(Number(rows[0]!.count)).toBeLessThan(10);
  });
});

import { describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { MYSQL_CLAIM_LOCK, PG_CLAIM_LOCK, withPgClaimLock } from '../../src/server/storage/claimLock';
import type { SqlConnection } from '../../src/server/storage/connection';
import { serverAddress, withServer } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';
import { newExecution, openStore, type StoreWorld } from './storeWorld';

type Sql = Parameters<Parameters<typeof withServer>[1]>[0];

describe.runIf(DIALECTS.includes('mariadb'))('the lock of claims on mariadb', () => {
  it('is taken from a connection that keeps it and gives no sign', async () => {
    const world = await openStore('mariadb');
    const keeping = async (sql: Sql) => {
      expect(await sql(`SELECT GET_LOCK(${MYSQL_CLAIM_LOCK}, 0) AS locked`)).toMatchObject([{ locked: 1 }]);
      const id = await world.insert(await world.addWorkflow());
      expect(await world.store.claim({ owner: 'a', leaseMs: 8_000, limit: 100, exceptKeys: [] })).toMatchObject([{ id }]);
    };
    try {
      await withServer('mariadb', keeping, world.app.db.sequelize.getDatabaseName());
    } finally {
      await world.close();
    }
  });
});

/** Another process: executes a statement, and asks until there is an answer to the other one, or fails after 20 s. */
const WATCH = `
  const { Client } = require('pg');
  const [address, steps, look] = process.argv.slice(1);
  const { username, ...rest } = JSON.parse(address);
  (async () => {
    const client = new Client({ ...rest, user: username });
    await client.connect();
    await client.query(steps);
    for (const end = Date.now() + 20_000; (await client.query(look)).rowCount === 0; ) {
      if (Date.now() > end) throw new Error('not stored');
    }
    await client.end();
  })().catch((error) => { console.error(error); process.exit(1); });
`;

interface Plan {
  'Node Type': string;
  'Subplan Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

describe.runIf(DIALECTS.includes('postgres'))('the lock of claims on postgres', () => {
  const request = { owner: 'a', leaseMs: 8_000, limit: 10, exceptKeys: ['nothing'] };
  /** the engine's own connection, of which there is one as long as nobody needs two at once */
  const onConnection = <T>({ store }: StoreWorld, use: (connection: SqlConnection) => Promise<T>) =>
    (store as unknown as { connections: { use(work: typeof use): Promise<T> } }).connections.use(use);

  it('is let go by the server as soon as the claim is stored, whatever the process does meanwhile', async () => {
    const world = await openStore('postgres');
    const database = world.app.db.sequelize.getDatabaseName();
    const table = world.app.db.getCollection('executions').quotedTableName();
    try {
      await world.insert(await world.addWorkflow());
      const claimed = await withServer(
        'postgres',
        async (sql) => {
          await sql(`SELECT pg_advisory_lock(${PG_CLAIM_LOCK})`);
          const [row] = await sql('SELECT pg_backend_pid() AS pid');
          const claim = world.store.claim(request);
          const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
          await waitFor(async () => (await sql(waits)).length > 0, { what: 'the claim to wait for the lock' });
          // The event loop stands still until another process has ended the connection that has the lock, and seen what became of the claim.
          const look = `SELECT 1 FROM ${table} WHERE "leaseOwner" = '${request.owner}'`;
          execFileSync(process.execPath, ['-e', WATCH, JSON.stringify({ ...serverAddress('postgres'), database }), `SELECT pg_terminate_backend(${Number(row!.pid)})`, look]);
          return { claim };
        },
        database,
      );
      expect(await claimed.claim).toHaveLength(1);
    } finally {
      await world.close();
    }
  });

  it('is not held while a whole backlog is read, although the planner does not know of it yet', async () => {
    const world = await openStore('postgres');
    const { sequelize } = world.app.db;
    const table = world.app.db.getCollection('executions').quotedTableName();
    try {
      const workflow = await world.addWorkflow();
      await world.insert(workflow);
      await sequelize.query(`ANALYZE ${table}`);
      await world.store.insert(Array.from({ length: 1_000 }, () => newExecution(workflow)));
      // so often that the plan is made for all values
      for (let i = 0; i < 8; i += 1) {
        expect(await world.store.claim(request)).toHaveLength(10);
      }
      const text = `EXPLAIN (FORMAT JSON) EXECUTE workflow_pg_claim(10, 'a', '{nothing}', 8000)`;
      const { rows } = await onConnection(world, (connection) =>
        withPgClaimLock(connection, (locked) => locked.run({ name: randomUUID(), text, order: [] })),
      );
      const [{ Plan: whole }] = rows[0]!['QUERY PLAN'] as [{ Plan: Plan }];
      for (const [part, index] of [['queued', 'workflow_executions_queued'], ['interrupted', 'workflow_executions_leased'], ['signalled', 'executions_pkey']]) {
        const plan = nodesOf(whole).find((node) => node['Subplan Name'] === `CTE ${part}`)!;
        const rowsOf = plan.Plans!.find((node) => node['Node Type'] === 'LockRows')!;
        expect(rowsOf.Plans!.map((node) => [node['Node Type'], node['Index Name']]), part).toEqual([['Index Scan', index]]);
      }
    } finally {
      await world.close();
    }
  });
});

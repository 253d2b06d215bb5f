import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureSchema } from '../../src/server/host/schema';
import type { Dialect } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { openStore, type StoreWorld, type TestWorkflow } from './storeWorld';

const OWN_COLUMNS = {
  executions: ['leaseOwner', 'leaseUntil', 'epoch', 'attempts', 'heldUntil', 'cursor', 'endedAt', 'source', 'userId', 'recordKey'],
  workflows: ['canvas'],
  jobs: ['waiting'],
};
const OWN_TABLES = ['workflowSignals', 'workflowOccurrences', 'workflowProcesses'];
const OWN_INDEXES = [
  'workflow_executions_queued',
  'workflow_executions_leased',
  'workflow_executions_by_key',
  'workflow_executions_record',
];
const MORE_INDEXES: Partial<Record<Dialect, string[]>> = {
  sqlite: ['workflow_executions_failed'],
  postgres: ['workflow_executions_failed', 'workflow_executions_time'],
};

describe.each(DIALECTS)('the tables of the stock plugin on %s', (dialect) => {
  let world: StoreWorld;
  let workflow: TestWorkflow;
  let executionId: string;
  const ownIndexes = [...OWN_INDEXES, ...(MORE_INDEXES[dialect] ?? [])];

  beforeAll(async () => {
    world = await openStore(dialect);
    workflow = await world.addWorkflow();
    executionId = await world.insert(workflow, { context: { kept: true } });
    await makeStock();
  });

  afterAll(() => world.close());

  const { columns: queryColumns, indexes: queryIndexes } = {
    columns: async (table: string) => Object.keys(await world.app.db.sequelize.getQueryInterface().describeTable(table)),
    indexes: async () => {
      const indexes = (await world.app.db.sequelize.getQueryInterface().showIndex('executions')) as Array<{ name: string }>;
      return indexes.map(({ name }) => name);
    },
  };

  /** Takes away whatever stock does not have. */
  async function makeStock(): Promise<void> {
    const queryInterface = world.app.db.sequelize.getQueryInterface();
    for (const index of ownIndexes) {
      await queryInterface.removeIndex('executions', index);
    }
    for (const [table, columns] of Object.entries(OWN_COLUMNS)) {
      for (const column of columns) {
        const quoted = dialect === 'mariadb' ? `\`${column}\`` : `"${column}"`;
        await world.app.db.sequelize.query(`ALTER TABLE ${table} DROP COLUMN ${quoted}`);
      }
    }
    for (const table of OWN_TABLES) {
      await queryInterface.dropTable(table);
    }
  }

  async function statementsOf(work: () => Promise<void>): Promise<string[]> {
    const statements: string[] = [];
    const { options } = world.app.db.sequelize as unknown as { options: { logging: unknown } };
    const { logging } = options;
    options.logging = (text: string) => statements.push(text);
    try {
      await work();
    } finally {
      options.logging = logging;
    }
    return statements;
  }

  it('get what the engine needs, and keep what is in them', async () => {
    expect(await queryColumns('executions')).not.toContain('leaseOwner');
    await ensureSchema(world.app.db);
    for (const [table, columns] of Object.entries(OWN_COLUMNS)) {
      expect(await queryColumns(table)).toEqual(expect.arrayContaining(columns));
    }
    for (const table of OWN_TABLES) {
      expect((await queryColumns(table)).length).toBeGreaterThan(1);
    }
    expect(await queryIndexes()).toEqual(expect.arrayContaining(ownIndexes));
    expect((await world.row(executionId)).context).toEqual({ kept: true });
  });

  it('are left alone when nothing is missing', async () => {
    const statements = await statementsOf(() => ensureSchema(world.app.db));
    expect(statements.filter((text) => /alter table|create table|drop /i.test(text))).toEqual([]);
  });

  it('get it once when two processes start at the same moment', async () => {
    await makeStock();
    await Promise.all([ensureSchema(world.app.db), ensureSchema(world.app.db)]);
    expect(await queryColumns('executions')).toEqual(expect.arrayContaining(OWN_COLUMNS.executions));
    expect((await queryIndexes()).filter((name) => ownIndexes.includes(name)).sort()).toEqual([...ownIndexes].sort());
  });

  it('hold runs of stock that ours goes on with: queued ones are executed and not counted again', async () => {
    await world.set(executionId, { epoch: null, status: null, dispatched: false });
    const counted = () => world.app.db.sequelize.query('SELECT * FROM jobs', { type: QueryTypes.SELECT });
    expect(await counted()).toEqual([]);
    const stats = () => world.app.db.getRepository('workflowStats').findOne({ filterByTk: workflow.key });
    const before = Number((await stats()).executed);
    const [run] = await world.store.claim({ owner: 'a', leaseMs: 8000, limit: 10, exceptKeys: [] });
    expect(run).toMatchObject({ id: executionId, epoch: 2, attempts: 0, context: { kept: true } });
    expect(Number((await stats()).executed)).toBe(before);
  });

  it('hold waiting runs of stock, which an answer lets go on', async () => {
    const id = await world.insert(workflow);
    await world.set(id, { epoch: null, status: 0, dispatched: true, startedAt: new Date(), leaseOwner: null, leaseUntil: null });
    const claim = () => world.store.claim({ owner: 'a', leaseMs: 8000, limit: 10, exceptKeys: [] });
    expect(await claim()).toEqual([]);
    await world.store.addSignal(id, { kind: 'resume', jobId: '5' });
    expect(await claim()).toMatchObject([{ id, epoch: 2, cursor: null, signals: [{ kind: 'resume', jobId: '5' }] }]);
  });
});

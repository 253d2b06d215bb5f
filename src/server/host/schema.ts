import type { Database } from '@nocobase/database';
import { passing } from '../engine/faults';
import { SqlWriter } from '../storage/statement';

/** Tables that hold columns of our own, and those that are only ours. */
const TABLES = ['workflows', 'executions', 'jobs', 'workflowSignals', 'workflowOccurrences', 'workflowProcesses'] as const;

const PG_UNIQUE_VIOLATION = '23505';

/** One refusal for each column that another process adds first, and some to spare. */
const MAX_ATTEMPTS = 20;

/**
 * Adds what the engine needs to a database that the stock plugin made: columns that may be empty, three tables, indexes.
 * Everything is additive and may be run again; the stock plugin can still open the database afterwards.
 */
export function ensureSchema(db: Database): Promise<void> {
  return passing('schema', async () => {
    for (const name of TABLES) {
      const collection = db.getCollection(name);
      if (collection) {
        await untilComplete(db, name, () => collection.sync({ force: false, alter: { drop: false } }));
      }
    }
    await ensureIndexes(db);
  });
}

/**
 * Another process may start on the same database at the same moment and add the same columns: whoever comes second
 * is refused by the database. What counts is that in the end everything is there.
 */
async function untilComplete(db: Database, name: string, add: () => Promise<unknown>): Promise<void> {
  let refusal: unknown = new Error(`The table ${name} could not be completed`);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (await isComplete(db, name)) {
      return;
    }
    await add().catch((error: unknown) => {
      refusal = error;
    });
  }
  if (!(await isComplete(db, name))) {
    throw refusal;
  }
}

async function isComplete(db: Database, name: string): Promise<boolean> {
  const { model } = db.getCollection(name);
  const queryInterface = db.sequelize.getQueryInterface();
  try {
    const columns = await queryInterface.describeTable(model.getTableName());
    return Object.entries(model.rawAttributes).every(
      ([field, { field: column, type }]) => (type as { key?: string }).key === 'VIRTUAL' || (column ?? field) in columns,
    );
  } catch {
    return false;
  }
}

/**
 * For the engine: live rows only, where the database can, so that their size does not grow with the history.
 * For lists: runs of a workflow, failures, runs about a record; every index more makes every run dearer.
 */
async function ensureIndexes(db: Database): Promise<void> {
  const writer = new SqlWriter(db);
  // PostgreSQL does not know that rows found by IS NULL are in the order of the next column of an index
  const queued = { mysql: '(#status, #id)', sqlite: '(#status, #id) WHERE #status IS NULL', postgres: '(#id) WHERE #status IS NULL' };
  const leased = writer.dialect === 'mysql' ? '' : 'WHERE #leaseUntil IS NOT NULL';
  const indexes = [
    ['workflow_executions_queued', queued[writer.dialect]],
    ['workflow_executions_leased', `(#leaseUntil, #key) ${leased}`],
    ['workflow_executions_by_key', '(#key, #id)'],
    ['workflow_executions_record', `(#recordKey, #id) ${writer.dialect === 'mysql' ? '' : 'WHERE #recordKey IS NOT NULL'}`],
    ...(writer.dialect === 'mysql' ? [] : [['workflow_executions_failed', '(#status, #id) WHERE #status < 0'] as const]),
    // rows are stored in the order of time: a few bytes for each 128 pages
    ...(writer.dialect === 'postgres' ? [['workflow_executions_time', 'USING brin (#createdAt)'] as const] : []),
  ] as const;
  for (const [name, definition] of indexes) {
    const ifNotExists = writer.dialect === 'mysql' ? '' : 'IF NOT EXISTS ';
    const { text } = writer.statement(name, `CREATE INDEX ${ifNotExists}${name} ON @executions ${definition}`);
    try {
      await db.sequelize.query(text);
    } catch (error) {
      const code = (error as { parent?: { code?: string } }).parent?.code;
      // MySQL has no IF NOT EXISTS here: "duplicate key name" means that it is there
      if (code?.includes('ER_DUP_KEYNAME')) {
        continue;
      }
      if (code !== PG_UNIQUE_VIOLATION) {
        throw error;
      }
      // another process is adding it at this very moment; the second time PostgreSQL sees it
      await db.sequelize.query(text);
    }
  }
}

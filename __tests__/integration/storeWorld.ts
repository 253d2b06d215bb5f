import { randomUUID } from 'node:crypto';
import type { Transaction } from 'sequelize';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ClaimedRun, JobState, RunCommit } from '../../src/server/engine/types';
import type { NewExecution } from '../../src/server/storage/insertExecutions';
import { JobIds, SafeJobIds, type JobIdSource } from '../../src/server/storage/ids';
import { SqlRunStore } from '../../src/server/storage/SqlRunStore';
import { createApp, type TestApp } from '../helpers/app';
import type { Dialect } from '../helpers/databaseServers';

export interface TestWorkflow {
  id: string;
  key: string;
}

export interface StoreWorld {
  app: TestApp;
  store: SqlRunStore;
  jobIds: JobIdSource;
  addWorkflow(values?: { enabled?: boolean; options?: object }): Promise<TestWorkflow>;
  insert(workflow: TestWorkflow, values?: Partial<NewExecution>, transaction?: Transaction): Promise<string>;
  /** the row as a model shows it, hidden columns included */
  row(executionId: string): Promise<any>;
  jobs(executionId: string): Promise<any[]>;
  /** changes columns of an execution behind the store's back */
  set(executionId: string, values: Record<string, unknown>): Promise<void>;
  /** milliseconds of the database's clock, far enough away to count as that direction of now */
  readonly past: number;
  readonly future: number;
  close(): Promise<void>;
}

/**
 * An application whose own engine executes nothing, and a store of the test's own on its tables.
 * The engine's host process looks for work only where it serves the worker topic.
 */
export async function openStore(dialect: Dialect): Promise<StoreWorld> {
  const workerMode = process.env.WORKER_MODE;
  process.env.WORKER_MODE = '!';
  const app = await createApp({ dialect });
  const { db } = app;
  const epochMs = Date.UTC(2020, 0, 1);
  const jobIds = dialect === 'sqlite' ? new SafeJobIds(epochMs) : new JobIds(epochMs);
  const store = new SqlRunStore(db, jobIds);
  return {
    app,
    store,
    jobIds,
    past: Date.now() - 60_000,
    future: Date.now() + 3_600_000,
    async addWorkflow({ enabled = true, options = {} } = {}) {
      const key = randomUUID().slice(0, 8);
      const { id } = await db.getRepository('workflows').create({
        values: { key, title: key, type: 'asyncTrigger', enabled, current: true, options },
      });
      return { id: String(id), key };
    },
    async insert(workflow, values = {}, transaction) {
      const [row] = await store.insert([{ ...newExecution(workflow), ...values }], transaction);
      return row!.id;
    },
    row: (executionId) => db.getModel('executions').findByPk(executionId),
    jobs: (executionId) => db.getModel('jobs').findAll({ where: { executionId }, order: [['id', 'ASC']] }),
    async set(executionId, values) {
      await db.getModel('executions').update(values, { where: { id: executionId }, hooks: false });
    },
    async close() {
      await store.close();
      await app.close();
      if (workerMode === undefined) delete process.env.WORKER_MODE;
      else process.env.WORKER_MODE = workerMode;
    },
  };
}

/**
 * A store for the tests of a `describe`, without executions and signals at the beginning of each.
 * @param opened gets it before the first test
 */
export function useStore(dialect: Dialect, opened: (world: StoreWorld) => void): void {
  let world: StoreWorld;
  beforeAll(async () => {
    world = await openStore(dialect);
    opened(world);
  });
  afterEach(async () => {
    for (const name of ['executions', 'workflowSignals']) await world.app.db.getModel(name).destroy({ where: {} });
  });
  afterAll(() => world.close());
}

/** What is stored for an event, without an id. */
export function newExecution({ id, key }: TestWorkflow): Omit<NewExecution, 'id'> {
  return {
    workflowId: id,
    key,
    eventKey: randomUUID(),
    context: { data: { title: 'a' } },
    stack: null,
    parentExecutionId: null,
    manually: null,
    leaseOwner: null,
    leaseMs: null,
    holdMs: null,
    deferred: false,
    bound: false,
  };
}

/** A write of a claimed run that changes nothing but what is given. */
export function commitOf(claim: Pick<ClaimedRun, 'id' | 'workflowId' | 'key' | 'epoch'>, values: Partial<RunCommit> = {}): RunCommit {
  const { id, workflowId, key, epoch } = claim;
  return {
    id,
    workflowId,
    key,
    epoch,
    nextEpoch: Math.max(epoch, 1),
    inserts: [],
    updates: [],
    status: 0,
    reason: null,
    startedAt: new Date(1_700_000_000_123),
    expiresAt: null,
    cursor: null,
    release: false,
    consumedSignalIds: [],
    ...values,
  };
}

export function jobOf(id: string, values: Partial<JobState> = {}): JobState {
  return {
    id,
    nodeId: '1',
    nodeKey: 'n1',
    upstreamId: null,
    status: 1,
    result: null,
    meta: null,
    log: null,
    startedAt: null,
    // MySQL keeps whole seconds in this column
    createdAt: new Date(1_700_000_000_000),
    waiting: false,
    unsaved: 'insert',
    ...values,
  };
}

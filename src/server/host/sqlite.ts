import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '@nocobase/database';

/** Longer than any healthy write; then the waiter goes on and SQLite itself decides. */
const MAX_WAIT_MS = 15_000;
const BUSY_TIMEOUT_MS = 10_000;

interface PatchableSequelize {
  options: { transactionType?: string; storage?: string };
  query(sql: string | { query: string }, options?: { transaction?: unknown }): Promise<unknown>;
  transaction(...args: unknown[]): Promise<unknown>;
  connectionManager: ConnectionManager;
}

interface Connection {
  /** the transaction it belongs to; none for the shared connection */
  uuid?: string;
  open?: boolean;
  configure?(option: string, value: number): void;
}

interface ConnectionManager {
  connections: Record<string, Connection>;
  getConnection(options: { uuid?: string }): Promise<Connection>;
  releaseConnection(connection: Connection, force?: boolean): void;
}

const patched = new WeakSet<object>();

/**
 * Makes concurrent writes on SQLite wait for each other instead of failing with SQLITE_BUSY.
 *
 * Sequelize gives every transaction a connection of its own. Two of them that read first and write later cannot both
 * go on, whatever the busy timeout; and connections that wait inside SQLite block the few threads that the one that
 * holds the lock needs to finish. So: write-ahead log, transactions take the write lock when they begin, and inside
 * this process they queue for it, as do writes outside of transactions. Whoever writes while the same flow of control
 * already has a transaction does not queue: it would wait for itself.
 */
export async function tuneSqlite(db: Database): Promise<void> {
  const sequelize = db.sequelize as unknown as PatchableSequelize;
  if (patched.has(sequelize) || sequelize.options.storage === ':memory:') {
    return;
  }
  patched.add(sequelize);
  sequelize.options.transactionType = 'IMMEDIATE';
  setBusyTimeout(sequelize.connectionManager);
  keepConnection(sequelize.connectionManager);
  queueWriters(sequelize);
  await sequelize.query('PRAGMA journal_mode = WAL');
}

function setBusyTimeout(manager: ConnectionManager): void {
  const getConnection = manager.getConnection.bind(manager);
  const configured = new WeakSet<Connection>();
  manager.getConnection = async (options) => {
    const connection = await getConnection(options);
    if (!configured.has(connection)) {
      configured.add(connection);
      // not for every loan: this call waits, on the main thread, for the statement the connection is executing
      connection.configure?.('busyTimeout', BUSY_TIMEOUT_MS);
    }
    return connection;
  };
}

const SPARE = 'workflow-spare';

/**
 * Lets the next transaction have the connection of the last one. A new connection reads the whole schema first, which
 * takes longer than a small transaction does. Only what has been committed or rolled back is ever released.
 */
function keepConnection(manager: ConnectionManager): void {
  const getConnection = manager.getConnection.bind(manager);
  const releaseConnection = manager.releaseConnection.bind(manager);
  // in the manager's own list, so that it is closed with the others
  manager.getConnection = async (options) => {
    const spare = manager.connections[SPARE];
    if (!options.uuid || options.uuid === 'default' || !spare?.open) {
      return getConnection(options);
    }
    delete manager.connections[SPARE];
    manager.connections[options.uuid] = spare;
    return spare;
  };
  manager.releaseConnection = (connection, force) => {
    if (!connection.uuid || force || manager.connections[SPARE]?.open) {
      return releaseConnection(connection, force);
    }
    delete manager.connections[connection.uuid];
    manager.connections[SPARE] = connection;
  };
}

interface Holder {
  open: boolean;
}

const WRITE = /^\s*(insert|update|delete|replace|create|drop|alter)\b/i;

function queueWriters(sequelize: PatchableSequelize): void {
  const holders = new AsyncLocalStorage<Holder>();
  const begin = sequelize.transaction.bind(sequelize);
  const query = sequelize.query.bind(sequelize);
  let last: Promise<void> = Promise.resolve();

  const enter = async (): Promise<() => void> => {
    let release = () => {};
    const own = new Promise<void>((resolve) => (release = resolve));
    const before = last;
    last = before.then(() => own);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([before, new Promise<void>((resolve) => (timer = setTimeout(resolve, MAX_WAIT_MS)))]);
    clearTimeout(timer);
    return release;
  };

  sequelize.query = async (sql, options) => {
    const text = typeof sql === 'string' ? sql : sql.query;
    if (options?.transaction || holders.getStore()?.open || !WRITE.test(text)) {
      return query(sql, options);
    }
    const release = await enter();
    return query(sql, options).finally(release);
  };

  // not async: `enterWith` has to happen in the caller's own flow of control, or what it awaits next would not see it
  sequelize.transaction = (...args: unknown[]) => {
    const work = args.findLast((arg) => typeof arg === 'function') as Work | undefined;
    const options = args.find((arg) => typeof arg === 'object' && arg !== null) as { transaction?: unknown } | undefined;
    if (options?.transaction) {
      return begin(...args);
    }
    if (holders.getStore()?.open) {
      // SQLite would make this one wait for the one that awaits it; deferred, it can at least read
      return begin({ ...options, type: 'DEFERRED' }, ...(work ? [work] : []));
    }
    const holder: Holder = { open: false };
    if (work) {
      return holders.run(holder, async () => {
        const done = await open(holder);
        const endsWithCommit = (transaction: Closable) => work(doneAtCleanup(transaction, done));
        return begin(options ?? {}, endsWithCommit).finally(done);
      });
    }
    holders.enterWith(holder);
    return beginUnmanaged(holder, options);
  };

  async function open(holder: Holder): Promise<() => void> {
    const release = await enter();
    holder.open = true;
    return () => {
      holder.open = false;
      release();
    };
  }

  async function beginUnmanaged(holder: Holder, options: object | undefined): Promise<unknown> {
    const done = await open(holder);
    try {
      return doneAtCleanup((await begin(options ?? {})) as Closable, done);
    } catch (error) {
      done();
      throw error;
    }
  }
}

interface Closable {
  cleanup(): void;
  forceCleanup(): Promise<void>;
}

/** A transaction has ended when its connection is given back: before its `afterCommit` hooks, which may write again. */
function doneAtCleanup<T extends Closable>(transaction: T, done: () => void): T {
  const cleanup = transaction.cleanup.bind(transaction);
  const forceCleanup = transaction.forceCleanup.bind(transaction);
  transaction.cleanup = () => {
    cleanup();
    done();
  };
  transaction.forceCleanup = () => forceCleanup().finally(done);
  return transaction;
}

type Work = (transaction: Closable) => Promise<unknown>;

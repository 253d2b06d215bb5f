import type { Database } from '@nocobase/database';
import { Pool } from 'sequelize-pool';
import { usePipeline, withConnection, wrapConnection, type SqlConnection } from './connection';
import { setLimited } from './engineTransaction';
import { MARIADB_LIMIT } from './transactions';

/** Claims, commits, inserts and renewals each take one for a moment. */
const MAX_CONNECTIONS = 4;
const ACQUIRE_TIMEOUT_MS = 30_000;
const IDLE_TIMEOUT_MS = 60_000;

interface ConnectionManager {
  config: object;
  /** opens a connection as the host's own pool does, hooks included */
  _connect(config: object): Promise<object>;
  _disconnect(connection: object): Promise<void>;
  validate?(connection: object): boolean;
}

/**
 * Connections of the engine's own. The host's pool is small, and requests hold its connections while they wait for a
 * synchronous run: if the engine had to wait for the same pool, a handful of such requests would block each other for good.
 * SQLite has one writer anyway and uses the host's connection.
 */
export class EngineConnections {
  private readonly pool: Pool<object> | null;

  constructor(private readonly db: Database) {
    if (db.sequelize.getDialect() === 'sqlite') {
      this.pool = null;
      return;
    }
    const manager = db.sequelize.connectionManager as unknown as ConnectionManager;
    this.pool = new Pool<object>({
      name: 'workflow-engine',
      create: async () => this.prepare(await manager._connect(manager.config)),
      destroy: (connection) => manager._disconnect(connection),
      validate: (connection) => manager.validate?.(connection) ?? true,
      max: MAX_CONNECTIONS,
      min: 0,
      acquireTimeoutMillis: ACQUIRE_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      reapIntervalMillis: IDLE_TIMEOUT_MS,
    });
  }

  private async prepare(raw: object): Promise<object> {
    const { sequelize } = this.db;
    const dialect = sequelize.getDialect();
    if (dialect === 'postgres') {
      usePipeline(raw);
    } else if (dialect === 'mysql' || dialect === 'mariadb') {
      // MySQL does not know the variable, whichever driver is used
      await wrapConnection(dialect, raw).exec(MARIADB_LIMIT).then(
        () => setLimited(sequelize),
        () => undefined,
      );
    }
    return raw;
  }

  /** Lends a connection; one on which something failed is not lent again. */
  async use<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    if (!this.pool) {
      return withConnection(this.db, work);
    }
    const raw = await this.pool.acquire();
    try {
      const result = await work(wrapConnection(this.db.sequelize.getDialect(), raw));
      this.pool.release(raw);
      return result;
    } catch (error) {
      // it may stand in the middle of a transaction, or be dead
      await this.pool.destroy(raw);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.pool) {
      await this.pool.drain();
      await this.pool.destroyAllNow();
    }
  }
}

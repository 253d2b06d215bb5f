import type { Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import type { Statement } from './statement';

/** Values of a statement by name. */
export type Values = Record<string, unknown>;

export interface QueryResult {
  rows: Array<Record<string, unknown>>;
  /** rows matched by an UPDATE or DELETE */
  affected: number;
}

/**
 * One connection of the host's pool, used with the driver's own prepared statements: no model, no query generator.
 * The drivers differ only here.
 */
export interface SqlConnection {
  run(statement: Statement, values?: Values): Promise<QueryResult>;
  /** text without values, several statements allowed where the driver allows them */
  exec(text: string): Promise<void>;
  /** true where a statement is sent without waiting for the answers to those before it */
  readonly pipelines?: boolean;
}

interface PgClient {
  /** where the installed version of the driver has it */
  pipeline?: boolean;
  query(config: { name?: string; text: string; values?: unknown[] }): Promise<{ rows: QueryResult['rows']; rowCount: number | null }>;
}
interface Mysql2Connection {
  execute(sql: string, values: unknown[], done: (error: Error | null, rows: unknown) => void): void;
  query(sql: string, done: (error: Error | null) => void): void;
}
interface MariadbConnection {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}
interface Sqlite3Connection {
  all(sql: string, values: unknown[], done: (error: Error | null, rows: QueryResult['rows']) => void): void;
  run(sql: string, values: unknown[], done: (this: { changes: number }, error: Error | null) => void): void;
  exec(sql: string, done: (error: Error | null) => void): void;
}

const wrap: Record<string, (raw: unknown) => SqlConnection> = {
  postgres: (raw) => {
    const client = raw as PgClient;
    return {
      pipelines: client.pipeline === true,
      async run({ name, text, order }, values = {}) {
        const result = await client.query({ name, text, values: order.map((key) => values[key]) });
        return { rows: result.rows, affected: result.rowCount ?? 0 };
      },
      async exec(text) {
        await client.query({ text });
      },
    };
  },
  mysql: (raw) => {
    const connection = raw as Mysql2Connection;
    return {
      run: ({ text, order }, values = {}) =>
        new Promise((resolve, reject) => {
          connection.execute(text, order.map((key) => values[key] ?? null), (error, rows) =>
            error ? reject(error) : resolve(mysqlResult(rows)),
          );
        }),
      exec: (text) =>
        new Promise((resolve, reject) => connection.query(text, (error) => (error ? reject(error) : resolve()))),
    };
  },
  mariadb: (raw) => {
    const connection = raw as MariadbConnection;
    return {
      async run({ text, order }, values = {}) {
        return mysqlResult(await connection.query(text, order.map((key) => values[key] ?? null)));
      },
      async exec(text) {
        await connection.query(text);
      },
    };
  },
  sqlite: (raw) => {
    const connection = raw as Sqlite3Connection;
    return {
      run: ({ text, order }, values = {}) =>
        new Promise((resolve, reject) => {
          const list = order.map((key) => values[key] ?? null);
          if (/^\s*(select|with)\b|\breturning\b/i.test(text)) {
            connection.all(text, list, (error, rows) => (error ? reject(error) : resolve({ rows, affected: rows.length })));
          } else {
            connection.run(text, list, function done(error) {
              if (error) {
                reject(error);
              } else {
                resolve({ rows: [], affected: this.changes });
              }
            });
          }
        }),
      exec: (text) =>
        new Promise((resolve, reject) => connection.exec(text, (error) => (error ? reject(error) : resolve()))),
    };
  },
};

function mysqlResult(result: unknown): QueryResult {
  return Array.isArray(result)
    ? { rows: result as QueryResult['rows'], affected: 0 }
    : { rows: [], affected: Number((result as { affectedRows?: number })?.affectedRows ?? 0) };
}

/** From now on this connection of the engine's own sends statements as soon as it has them, where the driver can. */
export function usePipeline(raw: object): void {
  const client = raw as PgClient;
  if (client.pipeline === false) {
    client.pipeline = true;
  }
}

/** The connection inside a transaction of the host. */
export function connectionOf(transaction: Transaction): SqlConnection {
  const { connection, sequelize } = transaction as unknown as {
    connection: unknown;
    sequelize: { getDialect(): string };
  };
  return wrapConnection(sequelize.getDialect(), connection);
}

/** Lends a connection of the pool for statements that are each their own transaction, or that begin one themselves. */
export async function withConnection<T>(db: Database, use: (connection: SqlConnection) => Promise<T>): Promise<T> {
  const manager = db.sequelize.connectionManager as unknown as {
    getConnection(options: object): Promise<unknown>;
    releaseConnection(connection: unknown): Promise<void> | void;
  };
  const raw = await manager.getConnection({ type: 'write', useMaster: true });
  try {
    return await use(wrapConnection(db.sequelize.getDialect(), raw));
  } finally {
    await manager.releaseConnection(raw);
  }
}

/** A driver's connection behind the common interface. */
export function wrapConnection(dialect: string, raw: unknown): SqlConnection {
  const wrapper = wrap[dialect] ?? wrap.postgres;
  return (wrapper as (raw: unknown) => SqlConnection)(raw);
}

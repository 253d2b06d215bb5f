import { Sequelize } from 'sequelize';
import type { Database } from '../../scripts/lib/hostEnvironment.mjs';

export type Dialect = 'sqlite' | 'postgres' | 'mariadb';
export type ServerDialect = Exclude<Dialect, 'sqlite'>;

const SERVERS: Record<ServerDialect, { variable: string; url: string; maintenanceDatabase: string }> = {
  postgres: {
    variable: 'TEST_POSTGRES_URL',
    url: 'postgres://postgres@127.0.0.1:5432',
    maintenanceDatabase: 'postgres',
  },
  mariadb: { variable: 'TEST_MARIADB_URL', url: 'mariadb://root@127.0.0.1:3306', maintenanceDatabase: 'mysql' },
};

/** Where a database server for tests is, from `TEST_POSTGRES_URL` / `TEST_MARIADB_URL` or the local default. */
export function serverAddress(dialect: ServerDialect) {
  const url = new URL(process.env[SERVERS[dialect].variable] || SERVERS[dialect].url);
  return {
    host: url.hostname,
    port: Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

type Sql = (statement: string) => Promise<Record<string, unknown>[]>;

/** Lends a connection for statements about whole databases. */
export function withServer<T>(dialect: ServerDialect, use: (sql: Sql) => Promise<T>, database = SERVERS[dialect].maintenanceDatabase): Promise<T> {
  return withDatabase({ dialect, ...serverAddress(dialect), database }, use);
}

/** Lends a connection to a database, wherever it is. */
export async function withDatabase<T>({ database = '', username = '', password, ...address }: Database, use: (sql: Sql) => Promise<T>): Promise<T> {
  const connection = new Sequelize(database, username, password, { ...address, logging: false, pool: { max: 1, min: 0 } });
  try {
    return await use(async (statement) => {
      const [rows] = await connection.query(statement);
      return rows as Record<string, unknown>[];
    });
  } finally {
    await connection.close();
  }
}

/** Why the server cannot be used, or null when it answers. */
export async function whyUnreachable(dialect: ServerDialect): Promise<string | null> {
  try {
    await withServer(dialect, (sql) => sql('SELECT 1'));
    return null;
  } catch (error) {
    const { host, port } = serverAddress(dialect);
    return `${dialect} at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

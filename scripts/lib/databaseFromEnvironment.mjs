import { createRequire } from 'node:module';
import { UserError } from './progress.mjs';
import { fromRoot } from './paths.mjs';

/** @typedef {import('./hostEnvironment.mjs').Database} Database */

const SERVERS = {
  postgres: { name: 'PostgreSQL', port: 5432 },
  mysql: { name: 'MySQL', port: 3306 },
  mariadb: { name: 'MariaDB', port: 3306 },
};

/**
 * The database that `DB_DIALECT`, `DB_HOST`, `DB_PORT`, `DB_DATABASE`, `DB_USER`, `DB_PASSWORD` and `DB_STORAGE` name;
 * without them a SQLite file under `storage/`.
 * @returns {Database}
 * @throws {UserError}
 */
export function databaseFromEnvironment(env = process.env) {
  const dialect = env.DB_DIALECT || 'sqlite';
  if (dialect === 'sqlite') {
    return { dialect, storage: env.DB_STORAGE || fromRoot('storage/db/nocobase.sqlite') };
  }
  if (!(dialect in SERVERS)) {
    throw new UserError(`DB_DIALECT is "${dialect}"; it can be sqlite, postgres, mysql or mariadb.`);
  }
  return {
    dialect,
    host: env.DB_HOST || '127.0.0.1',
    port: Number(env.DB_PORT || SERVERS[dialect].port),
    database: env.DB_DATABASE || 'nocobase',
    username: env.DB_USER || 'nocobase',
    password: env.DB_PASSWORD ?? '',
  };
}

/** The name to show. @param {Database} database */
export const databaseLabel = ({ dialect, storage, host, port, database }) =>
  dialect === 'sqlite' ? `SQLite, ${storage}` : `${SERVERS[dialect].name}, ${database} at ${host}:${port}`;

/**
 * Opens one connection. SQLite needs none.
 * @param {Database} database
 * @throws {UserError} when the server does not answer, refuses the user or has no such database
 */
export async function assertReachable({ dialect, host, port, database, username, password }) {
  if (dialect === 'sqlite') return;
  const { Sequelize } = createRequire(fromRoot('package.json'))('sequelize');
  const connection = new Sequelize(database, username, password, { dialect, host, port, logging: false });
  try {
    await connection.authenticate();
  } catch (error) {
    const reason = error.original?.message || error.message;
    throw new UserError(
      `${SERVERS[dialect].name} cannot be used: ${reason} (DB_HOST=${host} DB_PORT=${port} DB_DATABASE=${database} DB_USER=${username}).`,
    );
  } finally {
    await connection.close();
  }
}

import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * @typedef {object} Database
 * @property {'sqlite' | 'postgres' | 'mysql' | 'mariadb'} dialect
 * @property {string} [storage] file, for SQLite
 * @property {string} [host]
 * @property {number} [port]
 * @property {string} [database]
 * @property {string} [username]
 * @property {string} [password]
 */

/** A Unix socket path longer than this is refused by the system. */
const SOCKET_PATH_LIMIT = 100;

/** Set by test runners; the host behaves differently when it sees them. */
const RUNNER_VARIABLE = /^(VITEST|JEST|NODE_ENV$|TEST$|MODE$|PROD$|DEV$|SSR$|BASE_URL$|npm_)/;

/** @param {Database} database */
function databaseVariables({ dialect, storage, host, port, database, username, password }) {
  if (dialect === 'sqlite') {
    return { DB_DIALECT: dialect, DB_STORAGE: resolve(storage) };
  }
  return {
    DB_DIALECT: dialect,
    DB_HOST: host,
    DB_PORT: String(port),
    DB_DATABASE: database,
    DB_USER: username,
    DB_PASSWORD: password ?? '',
  };
}

function socketPath(storagePath) {
  const path = join(storagePath, 'gateway.sock');
  if (path.length <= SOCKET_PATH_LIMIT) return path;
  return join(tmpdir(), `nocobase-${createHash('sha1').update(path).digest('hex').slice(0, 16)}.sock`);
}

/**
 * Environment of one host process. Two hosts on one machine must differ in port, storage and socket: an `install`
 * that finds the socket of another host is silently handed over to that one.
 *
 * @param {{ storagePath: string, port: number, database: Database, env?: Record<string, string | undefined> }} options
 * @returns {Record<string, string>}
 */
export function hostEnvironment({ storagePath, port, database, env = {} }) {
  const inherited = Object.entries(process.env).filter(([name]) => !RUNNER_VARIABLE.test(name) && !name.startsWith('DB_'));
  const variables = {
    ...Object.fromEntries(inherited),
    APP_ENV: 'production',
    NODE_ENV: 'production',
    APP_KEY: 'development-only-key',
    API_BASE_PATH: '/api/',
    INIT_ROOT_EMAIL: 'admin@nocobase.com',
    INIT_ROOT_PASSWORD: 'admin123',
    INIT_ROOT_NICKNAME: 'Super Admin',
    INIT_ROOT_USERNAME: 'nocobase',
    LOGGER_LEVEL: 'info',
    LOGGER_TRANSPORT: 'console',
    ...databaseVariables(database),
    ...env,
    APP_PORT: String(port),
    STORAGE_PATH: resolve(storagePath),
    SOCKET_PATH: socketPath(resolve(storagePath)),
    PM2_HOME: join(resolve(storagePath), '.pm2'),
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

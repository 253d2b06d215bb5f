import { createHash } from 'node:crypto';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../scripts/lib/hostEnvironment.mjs';
import { ROOT, fromRoot } from '../../scripts/lib/paths.mjs';
import { serverAddress, withServer, type Dialect, type ServerDialect } from './databaseServers';

/** Separates the databases of several checkouts on one server. */
const PREFIX = `wf_${createHash('sha1').update(ROOT).digest('hex').slice(0, 6)}`;

/** Files of test runs: databases, storage folders, locks. */
export const TEST_STORAGE = fromRoot('storage/test');

let created = 0;

/** Storage folder and database names that no other test process uses. */
export function uniqueName(): string {
  created += 1;
  return `${PREFIX}_${process.pid}_${created}`;
}

export const templateName = (key: string) => `${PREFIX}_tpl_${key}`;

/** Connection data of a database with this name, existing or not. */
export function databaseNamed(dialect: Dialect, name: string): Database {
  return dialect === 'sqlite'
    ? { dialect, storage: join(TEST_STORAGE, `${name}.sqlite`) }
    : { dialect, database: name, ...serverAddress(dialect) };
}

const quoted = (dialect: ServerDialect, name: string) => (dialect === 'postgres' ? `"${name}"` : `\`${name}\``);

export async function createDatabase(dialect: Dialect, name: string): Promise<Database> {
  await mkdir(TEST_STORAGE, { recursive: true });
  if (dialect !== 'sqlite') {
    const charset = dialect === 'mariadb' ? ' CHARACTER SET utf8mb4' : '';
    await withServer(dialect, (sql) => sql(`CREATE DATABASE ${quoted(dialect, name)}${charset}`));
  }
  return databaseNamed(dialect, name);
}

/** A copy with all tables and rows of a database that nobody is connected to. */
export async function cloneDatabase(dialect: Dialect, template: string, name: string): Promise<Database> {
  if (dialect === 'sqlite') {
    const { storage } = databaseNamed(dialect, name);
    await copyFile(databaseNamed(dialect, template).storage!, storage!);
  } else if (dialect === 'postgres') {
    await withServer(dialect, (sql) =>
      sql(`CREATE DATABASE ${quoted(dialect, name)} TEMPLATE ${quoted(dialect, template)}`),
    );
  } else {
    await createDatabase(dialect, name);
    await copyTables(template, name);
  }
  return databaseNamed(dialect, name);
}

/** MariaDB has no templates. */
async function copyTables(from: string, to: string): Promise<void> {
  await withServer(
    'mariadb',
    async (sql) => {
      await sql('SET FOREIGN_KEY_CHECKS = 0');
      const tables = await sql(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${from}'`);
      for (const { name } of tables) {
        const [definition] = await sql(`SHOW CREATE TABLE \`${from}\`.\`${String(name)}\``);
        await sql(String(definition!['Create Table']));
        await sql(`INSERT INTO \`${String(name)}\` SELECT * FROM \`${from}\`.\`${String(name)}\``);
      }
    },
    to,
  );
}

export async function dropDatabase(dialect: Dialect, name: string): Promise<void> {
  if (dialect === 'sqlite') {
    const { storage } = databaseNamed(dialect, name);
    await Promise.all(['', '-wal', '-shm', '-journal'].map((suffix) => rm(`${storage}${suffix}`, { force: true })));
  } else {
    // A killed host leaves its connections open for a moment.
    const force = dialect === 'postgres' ? ' WITH (FORCE)' : '';
    await withServer(dialect, (sql) => sql(`DROP DATABASE IF EXISTS ${quoted(dialect, name)}${force}`));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Names of the databases of this checkout on a server. */
export async function ownDatabases(dialect: ServerDialect): Promise<string[]> {
  const catalog =
    dialect === 'postgres'
      ? `SELECT datname AS name FROM pg_database WHERE datname LIKE '${PREFIX}\\_%'`
      : `SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE '${PREFIX}\\_%'`;
  const rows = await withServer(dialect, (sql) => sql(catalog));
  return rows.map(({ name }) => String(name));
}

/** Drops what test processes that no longer exist left behind. */
export async function dropLeftovers(dialect: ServerDialect): Promise<void> {
  for (const name of await ownDatabases(dialect)) {
    const pid = Number(name.split('_')[2]);
    if (Number.isInteger(pid) && !isAlive(pid)) await dropDatabase(dialect, name);
  }
}

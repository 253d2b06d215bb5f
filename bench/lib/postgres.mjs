import { createRequire } from 'node:module';
import { fromRoot } from '../../scripts/lib/paths.mjs';

const { Sequelize } = createRequire(fromRoot('package.json'))('sequelize');
const url = new URL(process.env.TEST_POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432');

/** Where the benchmarks' PostgreSQL is: `TEST_POSTGRES_URL`, or the local default. */
const server = { dialect: 'postgres', host: url.hostname, port: Number(url.port || 5432), username: url.username, password: url.password };

/** One connection to a database of that server. */
export const connect = (database) =>
  new Sequelize(database, server.username, server.password, { ...server, logging: false, pool: { max: 1 } });

/** A database for hosts, by its name. It need not exist yet. */
export const databaseOf = (name) => ({ ...server, database: name });

/** Makes an empty database of this name, in place of one that is there. @returns it, as hosts want it */
export async function recreateDatabase(name) {
  const admin = connect('postgres');
  await admin.query(`DROP DATABASE IF EXISTS ${name}`);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.close();
  return databaseOf(name);
}

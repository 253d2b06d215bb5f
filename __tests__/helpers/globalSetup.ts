import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/build.mjs';
import { linkIntoHost } from '../../scripts/lib/link.mjs';
import { whyUnreachable, type Dialect, type ServerDialect } from './databaseServers';
import { dropLeftovers } from './testDatabases';

declare module 'vitest' {
  export interface ProvidedContext {
    dialects: Dialect[];
  }
}

const SERVER_DIALECTS: ServerDialect[] = ['postgres', 'mariadb'];
let prepared: Promise<Dialect[]> | undefined;

/**
 * Databases of this run. `TEST_DIALECTS=sqlite,postgres` narrows them; a server that does not answer is left out with
 * a message, and is an error when `CI` is set.
 */
async function usableDialects(): Promise<Dialect[]> {
  const wanted = (process.env.TEST_DIALECTS ?? 'sqlite,postgres,mariadb').split(',') as Dialect[];
  const usable: Dialect[] = wanted.includes('sqlite') ? ['sqlite'] : [];
  for (const dialect of SERVER_DIALECTS.filter((name) => wanted.includes(name))) {
    const problem = await whyUnreachable(dialect);
    if (problem && process.env.CI) throw new Error(`CI needs every database: ${problem}`);
    if (problem) console.warn(`Left out: ${problem}`);
    else usable.push(dialect);
  }
  return usable;
}

async function prepare(): Promise<Dialect[]> {
  await build();
  linkIntoHost();
  const dialects = await usableDialects();
  for (const dialect of dialects) {
    if (dialect !== 'sqlite') await dropLeftovers(dialect);
  }
  return dialects;
}

/** Builds the package, puts it into the host and finds the databases: once, however many projects run. */
export default async function setup(project: TestProject): Promise<void> {
  prepared ??= prepare();
  project.provide('dialects', await prepared);
}

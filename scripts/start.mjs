#!/usr/bin/env node
/**
 * `npm start`: from a fresh clone to a running NocoBase with this package in the place of its workflow plugin.
 *
 *   npm start                  SQLite under storage/, port 13000, with the worked examples
 *   npm start -- --no-seed     without them (or SEED=0)
 *   APP_PORT=8080 npm start    another port
 *   DB_DIALECT=postgres DB_HOST=… DB_PORT=… DB_DATABASE=… DB_USER=… DB_PASSWORD=… npm start
 *
 * Nothing outside Node's own library may be imported here before the packages are installed.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { assertReachable, databaseFromEnvironment, databaseLabel } from './lib/databaseFromEnvironment.mjs';
import { assertNodeVersion, buildAndLink, ensureDependencies } from './lib/dependencies.mjs';
import { HostError, startHost } from './lib/host.mjs';
import { installOnce, rememberBuild } from './lib/installOnce.mjs';
import { fromRoot } from './lib/paths.mjs';
import { UserError, runScript, step } from './lib/progress.mjs';
import { seed } from './seed/index.mjs';

const STORAGE = fromRoot('storage');

function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = (taken) => () => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

async function assertPortIsFree(port) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UserError(`APP_PORT is "${process.env.APP_PORT}"; it has to be a number from 1 to 65535.`);
  }
  if (await isTaken(port)) {
    throw new UserError(`Port ${port} is taken; stop what runs there or choose another one: APP_PORT=${port + 1} npm start`);
  }
}

/** Tokens stay valid over restarts, and no two installations share a key. */
function appKey() {
  const file = `${STORAGE}/app-key`;
  mkdirSync(STORAGE, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** What went wrong in the host, as a sentence when it is a known trouble. */
function explained(error, port) {
  if (!(error instanceof HostError)) return error;
  const { logs } = error;
  if (logs.includes('EADDRINUSE')) return new UserError(`Port ${port} is taken: APP_PORT=${port + 1} npm start`);
  if (/ENOSPC|SQLITE_FULL|no space left/i.test(logs)) {
    return new UserError(`The disk is full: NocoBase cannot write to ${STORAGE}.`);
  }
  if (logs.includes('is not installed')) {
    return new UserError('The database was emptied since the last start: remove storage/installed and start again.');
  }
  return new UserError(`${error.message}; the whole output is in storage/host.log.`, logs.split('\n').slice(-15).join('\n'));
}

async function start() {
  const wantsSeed = !process.argv.includes('--no-seed') && process.env.SEED !== '0';
  assertNodeVersion();
  // Node 20.12 and newer; older ones take the variables of the shell only.
  if (existsSync(fromRoot('.env'))) process.loadEnvFile?.(fromRoot('.env'));
  const port = Number(process.env.APP_PORT || 13_000);
  await assertPortIsFree(port);
  const database = databaseFromEnvironment();
  await ensureDependencies({ sqlite: database.dialect === 'sqlite' });
  await assertReachable(database);
  await buildAndLink();

  const databaseSettings = Object.entries(process.env).filter(([name]) => name.startsWith('DB_'));
  const options = {
    storagePath: STORAGE,
    database,
    port,
    logFile: `${STORAGE}/host.log`,
    env: { ...Object.fromEntries(databaseSettings), APP_KEY: process.env.APP_KEY || appKey() },
  };
  const upgrade = await installOnce(options);
  const host = await step('Starting NocoBase', () => startHost({ ...options, upgrade }));
  rememberBuild(options);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping…');
    await host.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  const account = process.env.INIT_ROOT_EMAIL || 'admin@nocobase.com';
  const password = process.env.INIT_ROOT_PASSWORD || 'admin123';
  const examples = wantsSeed ? await step('Preparing the examples', () => seed({ url: host.url, account, password })) : [];
  const url = `http://localhost:${port}`;
  console.log(`
NocoBase runs at  ${url}/admin      (v2 client: ${url}/v/admin)
Sign in as        ${account} / ${password}
Database          ${databaseLabel(database)}
Log               storage/host.log
`);
  for (const { title, curl } of examples) {
    console.log(`${title}\n\n${curl.replaceAll(host.url, url)}\n`);
  }
  console.log('Ctrl-C stops it; the data stays.');

  const code = await host.exited;
  if (!stopping) throw new UserError(`NocoBase ended by itself (exit code ${code}); see storage/host.log.`);
}

await runScript(async () => {
  const port = Number(process.env.APP_PORT || 13_000);
  await start().catch((error) => {
    throw explained(error, port);
  });
});

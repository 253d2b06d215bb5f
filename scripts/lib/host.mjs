import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hostEnvironment } from './hostEnvironment.mjs';
import { ROOT, fromRoot } from './paths.mjs';

/**
 * @typedef {object} HostOptions
 * @property {string} [root] folder whose `node_modules` is run; this repository by default
 * @property {string} storagePath folder of the host's files; one per host
 * @property {import('./hostEnvironment.mjs').Database} database
 * @property {number} [port] 0 or absent takes a free one
 * @property {Record<string, string | undefined>} [env] more environment variables
 * @property {string} [logFile] where the output goes, appended. Kept in memory as well.
 * @property {number} [timeoutMs] how long to wait for the host; 120000 by default
 */

/**
 * @typedef {object} Host
 * @property {string} url without a slash at the end
 * @property {number} port
 * @property {number} pid
 * @property {() => string} logs the last part of the output (about 1 MB)
 * @property {Promise<number | null>} exited resolves with the exit code
 * @property {() => Promise<void>} stop SIGTERM, and SIGKILL after 20 s
 * @property {() => Promise<void>} kill SIGKILL
 */

/** The host ended, or did not come up in time. `logs` holds the end of its output. */
export class HostError extends Error {
  constructor(message, logs) {
    super(message);
    this.name = 'HostError';
    this.logs = logs;
  }
}

const LOGS_KEPT_CHARS = 1_000_000;
const GRACE_MS = 20_000;

/** @returns {Promise<number>} a port that was free a moment ago */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function spawnHost({ root = ROOT, storagePath, database, env, port, logFile }, args) {
  mkdirSync(storagePath, { recursive: true });
  if (database.dialect === 'sqlite') mkdirSync(dirname(database.storage), { recursive: true });
  const child = spawn(process.execPath, [fromRoot('scripts/lib/hostProcess.cjs'), ...args], {
    cwd: root,
    env: hostEnvironment({ storagePath, port, database, env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let logs = '';
  const file = logFile ? createWriteStream(logFile, { flags: 'a' }) : undefined;
  const collect = (chunk) => {
    logs = (logs + chunk).slice(-LOGS_KEPT_CHARS);
    file?.write(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const exited = new Promise((resolve) => {
    // `close` comes after the last line of output, `exit` may come before it.
    child.once('close', (code) => {
      file?.end();
      resolve(code);
    });
  });
  // A host must not outlive the process that started it.
  const onParentExit = () => child.kill('SIGKILL');
  process.once('exit', onParentExit);
  void exited.then(() => process.off('exit', onParentExit));
  return { child, exited, logs: () => logs };
}

/**
 * Creates the tables and the first data of an empty database. Does nothing in a database that has them.
 * @param {HostOptions} options
 * @returns {Promise<{ wasInstalled: boolean }>}
 * @throws {HostError}
 */
export async function installHost(options) {
  const port = options.port || (await freePort());
  const { child, exited, logs } = spawnHost({ ...options, port }, ['install', '--silent']);
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 300_000);
  const code = await exited;
  clearTimeout(timer);
  if (code !== 0) {
    throw new HostError(`NocoBase could not install its database (exit code ${code})`, logs());
  }
  return { wasInstalled: logs().includes('app is installed') };
}

async function isReady(url) {
  try {
    const response = await fetch(`${url}/api/__health_check`, { signal: AbortSignal.timeout(2_000) });
    return response.status === 200;
  } catch {
    // Not listening yet.
    return false;
  }
}

/**
 * Starts a host on an installed database and waits until it answers.
 *
 * @param {HostOptions & { upgrade?: boolean }} options `upgrade` brings the database to the version of the code first
 * @returns {Promise<Host>}
 * @throws {HostError}
 * @example
 * const host = await startHost({ storagePath, database: { dialect: 'sqlite', storage: `${storagePath}/db.sqlite` } });
 * await fetch(`${host.url}/api/app:getLang`);
 * await host.stop();
 */
export async function startHost(options) {
  const port = options.port || (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const args = options.upgrade ? ['start', '--quickstart'] : ['start'];
  const { child, exited, logs } = spawnHost({ ...options, port }, args);
  let code;
  let running = true;
  void exited.then((value) => {
    code = value;
    running = false;
  });

  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const stop = async () => {
    if (!running) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await exited;
    clearTimeout(timer);
  };

  const deadline = Date.now() + (options.timeoutMs ?? 120_000);
  while (!(await isReady(url))) {
    if (!running) {
      throw new HostError(`NocoBase ended while starting (exit code ${code})`, logs());
    }
    if (Date.now() > deadline) {
      await kill();
      throw new HostError(`NocoBase did not answer at ${url} in time`, logs());
    }
    await delay(100);
  }
  return { url, port, pid: child.pid, logs, exited, stop, kill };
}

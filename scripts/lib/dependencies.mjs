import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { UserError, step } from './progress.mjs';
import { ROOT } from './paths.mjs';

const MIN_NODE_MAJOR = 20;
/** `node_modules` with the whole stock product takes 1.2 GB, unpacking it somewhat more. */
const NEEDED_BYTES = 2 * 1024 ** 3;

/** @throws {UserError} when this Node is too old */
export function assertNodeVersion(version = process.versions.node) {
  if (Number(version.split('.')[0]) < MIN_NODE_MAJOR) {
    throw new UserError(`Node ${MIN_NODE_MAJOR} or newer is needed; this is Node ${version}.`);
  }
}

/**
 * Runs a command in the repository and collects its output.
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runCommand(command, args, { cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk).slice(-100_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

/** Says in one sentence why npm failed. @param {string} output of npm */
export function npmError(output) {
  const details = lastLines(output, 15);
  if (/ENOSPC|no space left/i.test(output)) {
    return new UserError('The disk is full: npm could not write its files. Free about 2 GB and try again.', details);
  }
  if (/gyp ERR|node-gyp|prebuild-install/.test(output)) {
    return new UserError(
      'sqlite3 has to be compiled here and that failed: install a C++ compiler, make and Python 3 ' +
        '(Debian/Ubuntu: apt-get install build-essential python3; macOS: xcode-select --install) and try again.',
      details,
    );
  }
  return new UserError('npm could not install the packages; its last lines are above.', details);
}

function assertDiskSpace() {
  const { bavail, bsize } = statfsSync(ROOT);
  if (bavail * bsize < NEEDED_BYTES) {
    const freeMegabytes = Math.floor((bavail * bsize) / 1024 ** 2);
    throw new UserError(`Not enough disk space: the packages need 2 GB, ${freeMegabytes} MB are free at ${ROOT}.`);
  }
}

async function npm(args, options) {
  const { code, output } = await runCommand('npm', [...args, '--no-audit', '--no-fund'], options).catch(() => {
    throw new UserError('npm was not found; install it together with Node and try again.');
  });
  if (code !== 0) throw npmError(output);
}

/** True when a folder's `node_modules` holds every package that its package.json names. */
export function isInstalled(folder) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    existsSync(`${folder}/node_modules/${name}/package.json`),
  );
}

/** Installs what package.json asks for, when something is missing. @throws {UserError} */
export async function installPackages(folder = ROOT, title = 'Installing packages (a few minutes the first time)') {
  if (isInstalled(folder)) return;
  assertDiskSpace();
  // Not `npm ci`: a lock file written behind a mirror may lack the optional binaries of other platforms.
  await step(title, () => npm(['install', '--no-save'], { cwd: folder }));
}

async function loadsSqlite(folder) {
  const { code } = await runCommand(process.execPath, ['-e', "require('sqlite3')"], { cwd: folder });
  return code === 0;
}

/** Compiles sqlite3's native part when npm could not, or when Node changed since. @throws {UserError} */
export async function ensureSqlite(folder = ROOT) {
  if (await loadsSqlite(folder)) return;
  await step('Compiling sqlite3', () => npm(['rebuild', 'sqlite3'], { cwd: folder }));
  if (!(await loadsSqlite(folder))) {
    throw new UserError(`sqlite3 was built but cannot be loaded by Node ${process.versions.node}; run "npm rebuild sqlite3" to see why.`);
  }
}

/**
 * Everything that has to be there before the package can be built.
 * @param {{ sqlite?: boolean }} [options] `sqlite: false` when another database is used
 * @throws {UserError}
 */
export async function ensureDependencies({ sqlite = true } = {}) {
  assertNodeVersion();
  await installPackages();
  if (sqlite) await ensureSqlite();
}

/** Builds `dist/` and puts the package into the host. Its tools exist only after the installation. */
export async function buildAndLink() {
  await step('Building', async () => {
    const { build } = await import('../build.mjs');
    const { linkIntoHost } = await import('./link.mjs');
    await build();
    linkIntoHost();
  });
}


import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ensureSqlite, installPackages, runCommand } from './dependencies.mjs';
import { HOST_PACKAGE_NAME, fromRoot } from './paths.mjs';
import { step } from './progress.mjs';

const FOLDER = fromRoot('storage/stock-host');
const MODULES = `${FOLDER}/node_modules`;

/**
 * The host installed here differs from the stock one in a single package. Hard links of all the others, and that one
 * from the registry, take seconds instead of minutes; sqlite3 need not be compiled again.
 * @returns {Promise<boolean>} false where that does not work, e.g. on a file system without hard links
 */
async function linkFromHere() {
  const { version } = JSON.parse(readFileSync(fromRoot('node_modules/@nocobase/app/package.json'), 'utf8'));
  const unfinished = `${FOLDER}/unfinished`;
  const place = `${unfinished}/${HOST_PACKAGE_NAME}`;
  rmSync(unfinished, { recursive: true, force: true });
  const succeeds = async (...command) => (await runCommand(command[0], command.slice(1)).catch(() => ({ code: 1 }))).code === 0;
  if (!(await succeeds('cp', '-al', fromRoot('node_modules'), unfinished))) return false;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  if (!(await succeeds('npm', 'pack', `${HOST_PACKAGE_NAME}@${version}`, '--pack-destination', unfinished))) return false;
  const tarball = `${unfinished}/${HOST_PACKAGE_NAME.slice(1).replace('/', '-')}-${version}.tgz`;
  if (!(await succeeds('tar', '-xzf', tarball, '-C', place, '--strip-components=1'))) return false;
  rmSync(tarball);
  renameSync(unfinished, MODULES);
  return true;
}

/**
 * Installs an untouched NocoBase, with its own workflow plugin, into a folder of its own; nothing to do when it is there.
 * Pass the folder as `root` to `installHost` and `startHost`.
 *
 * @returns {Promise<string>} the folder
 */
export async function ensureStockHost() {
  const { devDependencies, overrides } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const names = ['@nocobase/app', 'sqlite3', 'pg', 'mysql2', 'mariadb'];
  const dependencies = Object.fromEntries(names.map((name) => [name, devDependencies[name]]));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/package.json`, JSON.stringify({ name: 'stock-host', private: true, dependencies, overrides }, null, 2));
  writeFileSync(`${FOLDER}/.npmrc`, 'legacy-peer-deps=true\n');
  const isThere = existsSync(MODULES) || (await step('Linking stock NocoBase', linkFromHere));
  if (!isThere) rmSync(`${FOLDER}/unfinished`, { recursive: true, force: true });
  await installPackages(FOLDER, 'Installing stock NocoBase');
  await ensureSqlite(FOLDER);
  return FOLDER;
}

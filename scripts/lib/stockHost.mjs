import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ensureSqlite, installPackages } from './dependencies.mjs';
import { fromRoot } from './paths.mjs';

const FOLDER = fromRoot('storage/stock-host');

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
  await installPackages(FOLDER, 'Installing stock NocoBase');
  await ensureSqlite(FOLDER);
  return FOLDER;
}

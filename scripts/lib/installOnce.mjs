import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { buildKey } from './buildKey.mjs';
import { installHost } from './host.mjs';
import { step } from './progress.mjs';

/** Remembers, per database, with which build it was last opened. */
function markerFile({ storagePath, database }) {
  const { password: _, ...address } = database;
  const id = createHash('sha1').update(JSON.stringify(address)).digest('hex').slice(0, 10);
  return `${storagePath}/installed/${id}`;
}

function lastBuild(options) {
  const { dialect, storage } = options.database;
  const isGone = dialect === 'sqlite' && !existsSync(storage);
  const marker = markerFile(options);
  return !isGone && existsSync(marker) ? readFileSync(marker, 'utf8') : undefined;
}

/**
 * Installs the database when that has not been done.
 * @param {import('./host.mjs').HostOptions} options
 * @returns {Promise<boolean>} true when it was opened by another build before and has to be upgraded at the start
 */
export async function installOnce(options) {
  const previous = lastBuild(options);
  if (previous) return previous !== buildKey();
  const { wasInstalled } = await step('Installing the database', () => installHost(options));
  return wasInstalled;
}

/** Call it after a successful start. @param {import('./host.mjs').HostOptions} options */
export function rememberBuild(options) {
  const marker = markerFile(options);
  mkdirSync(`${options.storagePath}/installed`, { recursive: true });
  writeFileSync(marker, buildKey());
}

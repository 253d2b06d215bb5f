import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fromRoot } from './paths.mjs';

/** Changes whenever the build or the host could expect other tables than before. */
export function buildKey() {
  const hash = createHash('sha1').update(readFileSync(fromRoot('node_modules/@nocobase/app/package.json')));
  const files = readdirSync(fromRoot('dist/server'), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.js')).sort()) {
    hash.update(readFileSync(fromRoot('dist/server', file)));
  }
  return hash.digest('hex').slice(0, 10);
}

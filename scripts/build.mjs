#!/usr/bin/env node
/**
 * Builds `dist/`: the server bundle, the files that the host loads one by one (collections, migrations, swagger),
 * the two browser bundles, the locales and the version list for the host's compatibility check.
 *
 *   node scripts/build.mjs                 for development: source maps, no declarations
 *   node scripts/build.mjs --production    for `npm pack`: minified browser code, with `.d.ts` files
 */
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { fromRoot } from './lib/paths.mjs';
import { buildServer } from './lib/buildServer.mjs';
import { buildBrowserLane } from './lib/buildBrowserLane.mjs';
import { writeDeclarations } from './lib/writeDeclarations.mjs';
import { hostVersions } from './lib/hostVersions.mjs';

const ignoreMissing = (error) => {
  if (error.code !== 'ENOENT') throw error;
};

/** @param {{ production?: boolean }} [options] */
export async function build({ production = false } = {}) {
  // A failed build leaves the last good one in place; so does one that runs beside a host.
  const dist = fromRoot(`dist-${process.pid}`);
  const previous = fromRoot(`dist-${process.pid}-previous`);
  await mkdir(dist, { recursive: true });
  try {
    const parts = await Promise.allSettled([
      buildServer({ dist, production }),
      buildBrowserLane({ lane: 'client', dist, production }),
      buildBrowserLane({ lane: 'client-v2', dist, production }),
      cp(fromRoot('src/locale'), `${dist}/locale`, { recursive: true }),
    ]);
    // Not before all have stopped writing: the folder could not be removed under them, and that would hide the reason.
    const failed = parts.find(({ status }) => status === 'rejected');
    if (failed) throw failed.reason;
    const externals = parts.map(({ value }) => value);
    const versions = hostVersions(externals.flat().filter(Boolean));
    await writeFile(`${dist}/externalVersion.js`, `module.exports = ${JSON.stringify(versions, null, 2)};\n`);
    // Two renames: a host that is running reads from dist/ all the time.
    await rename(fromRoot('dist'), previous).catch(ignoreMissing);
    await rename(dist, fromRoot('dist'));
  } finally {
    await Promise.all([dist, previous].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  if (production) {
    writeDeclarations();
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const startedAt = Date.now();
  await build({ production: process.argv.includes('--production') });
  console.log(`Built dist/ in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

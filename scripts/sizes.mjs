#!/usr/bin/env node
/** `node scripts/sizes.mjs`: builds for production and says what each browser half weighs after gzip. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBrowserLane } from './lib/buildBrowserLane.mjs';
import { FIRST_LOAD_BUDGET_BYTES, bundleSizes } from './lib/bundleSizes.mjs';

const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;
const dist = await mkdtemp(join(tmpdir(), 'workflow-sizes-'));
try {
  for (const lane of ['client', 'client-v2']) {
    await buildBrowserLane({ lane, dist, production: true });
    const { firstLoad, chunks } = await bundleSizes(join(dist, lane));
    console.log(`${lane}: first load ${kib(firstLoad)} of at most ${kib(FIRST_LOAD_BUDGET_BYTES)}`);
    for (const { file, gzipped } of chunks) console.log(`  ${kib(gzipped)}  ${file}`);
    if (firstLoad > FIRST_LOAD_BUDGET_BYTES) process.exitCode = 1;
  }
} finally {
  await rm(dist, { recursive: true, force: true });
}

import { readFile, readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** What the host may have to load of one lane before anything of ours is opened. */
export const FIRST_LOAD_BUDGET_BYTES = 200 * 1024;

/**
 * Sizes of the files of one browser half after gzip.
 * @param {string} folder e.g. `dist/client-v2`
 * @returns {Promise<{ firstLoad: number, chunks: { file: string, gzipped: number }[] }>} in bytes; the largest chunk first
 */
export async function bundleSizes(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(
    files.map(async (file) => ({ file, gzipped: gzipSync(await readFile(`${folder}/${file}`)).length })),
  );
  const first = sizes.find(({ file }) => file === 'index.js');
  if (!first) throw new Error(`${folder}/index.js is missing`);
  return {
    firstLoad: first.gzipped,
    chunks: sizes.filter((size) => size !== first).sort((left, right) => right.gzipped - left.gzipped),
  };
}

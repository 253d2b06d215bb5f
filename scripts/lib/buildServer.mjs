import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { fromRoot } from './paths.mjs';
import { externalImports } from './externalImports.mjs';

/** Packages that the host provides: one instance of them in the process, so never bundled. */
const HOST_PACKAGES = ['@nocobase/*', 'sequelize', 'sequelize/*', 'koa', 'koa-*', '@koa/*', 'lodash', 'dayjs', 'dayjs/*'];

/** Folders whose files the host requires one by one, each with a default export. */
const LOADED_BY_FOLDER = ['collections', 'commands', 'migrations'];

const sources = (folder) => {
  const directory = fromRoot('src/server', folder);
  return existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => join(directory, name))
    : [];
};

/**
 * Bundles the server half.
 *
 * A file of these folders gets a copy of what it imports: share constants there, never classes
 * that somebody compares by identity.
 *
 * @param {{ dist: string, production: boolean }} options
 * @returns {Promise<string[]>} ids of the packages left to the host
 */
export async function buildServer({ dist, production }) {
  const entryPoints = [{ in: fromRoot('src/server/index.ts'), out: 'server/index' }];
  for (const folder of LOADED_BY_FOLDER) {
    for (const file of sources(folder)) {
      entryPoints.push({ in: file, out: `server/${folder}/${basename(file, '.ts')}` });
    }
  }
  if (existsSync(fromRoot('src/swagger/index.ts'))) {
    entryPoints.push({ in: fromRoot('src/swagger/index.ts'), out: 'swagger/index' });
  }
  const { metafile } = await build({
    entryPoints,
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: HOST_PACKAGES,
    keepNames: true,
    sourcemap: production ? false : 'linked',
    metafile: true,
    logLevel: 'warning',
    absWorkingDir: fromRoot(),
  });
  return externalImports(metafile);
}

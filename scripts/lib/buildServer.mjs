import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { fromRoot } from './paths.mjs';
import { externalImports } from './externalImports.mjs';

/** Packages that the host provides: one instance of them in the process, so never bundled. */
const HOST_PACKAGES = ['@nocobase/*', 'sequelize', 'sequelize/*', 'koa', 'koa-*', '@koa/*', 'lodash', 'dayjs', 'dayjs/*'];

/** Code that is loaded only where Redis carries wake-ups, as a file of its own: the import in the source, the file beside the bundle. */
const REDIS_PART = { source: 'src/server/wakeUps/bullmq/index.ts', imported: /\.\/bullmq$/, out: 'server/bullmq' };
/** What BullMQ would use when it were there, and does without. */
const OPTIONAL_OF_BULLMQ = ['pg', 'redis', 'bullmq-otel', '@valkey/valkey-glide', 'msgpackr-extract'];

const keepRedisApart = {
  name: 'redis-part',
  setup({ onResolve }) {
    onResolve({ filter: REDIS_PART.imported }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './bullmq.js', external: true } : undefined,
    );
  },
};

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
  const common = {
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    absWorkingDir: fromRoot(),
  };
  const [{ metafile }] = await Promise.all([
    build({
      ...common,
      entryPoints,
      external: HOST_PACKAGES,
      plugins: [keepRedisApart],
      sourcemap: production ? false : 'linked',
      metafile: true,
    }),
    build({
      ...common,
      entryPoints: [{ in: fromRoot(REDIS_PART.source), out: REDIS_PART.out }],
      external: OPTIONAL_OF_BULLMQ,
      minify: true,
      keepNames: true,
    }),
  ]);
  return externalImports(metafile);
}

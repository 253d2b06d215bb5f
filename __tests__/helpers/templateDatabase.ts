import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildKey } from '../../scripts/lib/buildKey.mjs';
import { installHost } from '../../scripts/lib/host.mjs';
import { ROOT, fromRoot } from '../../scripts/lib/paths.mjs';
import type { Dialect } from './databaseServers';
import { withFileLock } from './fileLock';
import { TEST_STORAGE, createDatabase, dropDatabase, templateName } from './testDatabases';

const FULL_PRESET: readonly string[] = [];
const shortHash = (text: string) => createHash('sha1').update(text).digest('hex').slice(0, 8);

/** Distinguishes the templates with a choice of plugins from the one with the full preset. */
const kindOf = (plugins: readonly string[]) => (plugins.length ? `_${shortHash(plugins.join())}` : '');

const marker = (dialect: Dialect, kind: string) => join(TEST_STORAGE, `template-${dialect}${kind}.json`);

/** Compiled code of the host's modules, for processes of this installation. @see scripts/lib/moduleCache.cjs */
export function moduleCache(plugins = FULL_PRESET): string {
  const installed = readFileSync(fromRoot('node_modules/.package-lock.json'), 'utf8');
  return join(TEST_STORAGE, `modules-${shortHash(process.version + ROOT + installed)}${kindOf(plugins)}.bin`);
}

/** Folder with the files (a logo, for one) to which the rows of a template refer. */
export const storageOf = (dialect: Dialect, template: string) => join(TEST_STORAGE, `${template}-${dialect}`);

async function existingTemplate(file: string): Promise<string | undefined> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).name : undefined;
}

/**
 * Name of an installed database, made once per dialect, choice of plugins and build: installing takes ten seconds,
 * a copy a fraction of one.
 */
export async function templateDatabase(dialect: Dialect, plugins = FULL_PRESET): Promise<string> {
  await mkdir(TEST_STORAGE, { recursive: true });
  const kind = kindOf(plugins);
  const file = marker(dialect, kind);
  return withFileLock(join(TEST_STORAGE, `lock-${dialect}${kind}`), async () => {
    const name = templateName(buildKey() + kind);
    const previous = await existingTemplate(file);
    if (previous === name) return name;
    await rm(file, { force: true });
    for (const stale of [previous, name]) {
      if (!stale) continue;
      await dropDatabase(dialect, stale);
      await rm(storageOf(dialect, stale), { recursive: true, force: true });
    }
    const cache = moduleCache(plugins);
    await installHost({
      storagePath: storageOf(dialect, name),
      database: await createDatabase(dialect, name),
      env: {
        APP_ENV_PATH: '/dev/null',
        LOGGER_LEVEL: 'warn',
        MODULE_CACHE: cache,
        ...(kind ? { HOST_PLUGINS: plugins.join(',') } : {}),
        ...(existsSync(cache) ? {} : { MODULE_CACHE_WRITE: '1' }),
      },
    });
    await writeFile(file, JSON.stringify({ name }));
    return name;
  });
}

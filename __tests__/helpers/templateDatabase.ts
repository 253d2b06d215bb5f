import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildKey } from '../../scripts/lib/buildKey.mjs';
import { installHost } from '../../scripts/lib/host.mjs';
import type { Dialect } from './databaseServers';
import { withFileLock } from './fileLock';
import { TEST_STORAGE, createDatabase, dropDatabase, templateName } from './testDatabases';

const marker = (dialect: Dialect) => join(TEST_STORAGE, `template-${dialect}.json`);

/** Folder with the files (a logo, for one) to which the rows of a template refer. */
export const storageOf = (dialect: Dialect, template: string) => join(TEST_STORAGE, `${template}-${dialect}`);

async function existingTemplate(dialect: Dialect): Promise<string | undefined> {
  return existsSync(marker(dialect)) ? JSON.parse(await readFile(marker(dialect), 'utf8')).name : undefined;
}

/**
 * Name of an installed database with the full preset, made once per dialect and build: installing takes ten seconds,
 * a copy a fraction of one.
 */
export async function templateDatabase(dialect: Dialect): Promise<string> {
  await mkdir(TEST_STORAGE, { recursive: true });
  return withFileLock(join(TEST_STORAGE, `lock-${dialect}`), async () => {
    const name = templateName(buildKey());
    const previous = await existingTemplate(dialect);
    if (previous === name) return name;
    await rm(marker(dialect), { force: true });
    for (const stale of [previous, name]) {
      if (!stale) continue;
      await dropDatabase(dialect, stale);
      await rm(storageOf(dialect, stale), { recursive: true, force: true });
    }
    await installHost({
      storagePath: storageOf(dialect, name),
      database: await createDatabase(dialect, name),
      env: { APP_ENV_PATH: '/dev/null', LOGGER_LEVEL: 'warn' },
    });
    await writeFile(marker(dialect), JSON.stringify({ name }));
    return name;
  });
}

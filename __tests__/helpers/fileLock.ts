import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { waitFor } from './waitFor';

async function isHeldByNobody(folder: string): Promise<boolean> {
  try {
    process.kill(Number(await readFile(`${folder}/pid`, 'utf8')), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    await writeFile(`${folder}/pid`, String(process.pid));
    return true;
  } catch {
    if (await isHeldByNobody(folder)) await rm(folder, { recursive: true, force: true });
    return false;
  }
}

/** Runs `work` while no other test process holds the lock of this folder name. */
export async function withFileLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await waitFor(() => take(folder), { what: `the lock ${folder}`, timeoutMs: 300_000 });
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

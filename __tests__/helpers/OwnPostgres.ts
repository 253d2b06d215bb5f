import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../scripts/lib/host.mjs';
import type { Database } from '../../scripts/lib/hostEnvironment.mjs';

const run = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';

/** Folder of `initdb` and `pg_ctl`, or undefined where PostgreSQL is not installed. */
function binaries(): string | undefined {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(INSTALLED, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

/** A PostgreSQL server of the test's own, to be restarted under load. */
export class OwnPostgres {
  private constructor(
    private readonly bin: string,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** @returns null where PostgreSQL is not installed */
  static async start(): Promise<OwnPostgres | null> {
    const bin = binaries();
    if (!bin) return null;
    const folder = await mkdtemp(join(tmpdir(), 'workflow-postgres-'));
    const server = new OwnPostgres(bin, folder, await freePort());
    // It refuses to be run by root.
    if (process.getuid?.() === 0) await run('chown', ['postgres', folder]);
    await chmod(folder, 0o700);
    await server.call('initdb', ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '--no-sync']);
    await server.control('start');
    return server;
  }

  /** The database that every server has. */
  get database(): Database {
    return { dialect: 'postgres', host: '127.0.0.1', port: this.port, database: 'postgres', username: 'postgres', password: 'postgres' };
  }

  get url(): string {
    return `postgres://postgres:postgres@127.0.0.1:${this.port}`;
  }

  /** @param mode `immediate`: as after a crash; `fast`: connections are ended, what is open is rolled back */
  async restart(mode: 'immediate' | 'fast'): Promise<void> {
    await this.control('stop', '-m', mode);
    await this.control('start');
  }

  async close(): Promise<void> {
    await this.control('stop', '-m', 'immediate');
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Other machines than ours may fail; a power cut is not what is tried here, so nothing has to reach the disk. */
  private control(verb: string, ...more: string[]): Promise<unknown> {
    const settings = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.folder} -c fsync=off -c max_connections=300`;
    return this.call('pg_ctl', [verb, '-w', '-t', '120', '-D', join(this.folder, 'data'), '-l', join(this.folder, 'log'), ...(verb === 'start' ? ['-o', settings] : []), ...more]);
  }

  private async call(program: string, args: string[]): Promise<unknown> {
    const path = join(this.bin, program);
    return process.getuid?.() === 0
      ? run('runuser', ['-u', 'postgres', '--', path, ...args], { cwd: this.folder })
      : run(path, args);
  }
}

import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installHost, startHost as startHostProcess, type Host as HostProcess } from '../../scripts/lib/host.mjs';
import type { Database } from '../../scripts/lib/hostEnvironment.mjs';
import { ApiClient } from './api';
import type { Dialect } from './databaseServers';
import { NOT_READY } from './notReady';
import { moduleCache, storageOf, templateDatabase } from './templateDatabase';
import { TEST_STORAGE, cloneDatabase, dropDatabase, uniqueName } from './testDatabases';
import { waitFor } from './waitFor';

const ROOT_ACCOUNT = { account: 'admin@nocobase.com', password: 'admin123' };

export interface StartHostOptions {
  /** @default 'sqlite' */
  dialect?: Dialect;
  /** more environment variables, e.g. `{ WORKER_MODE: '!' }` */
  env?: Record<string, string>;
  /** a second process on the database of this host */
  beside?: TestHost;
  /** an empty database on a server of the test's own, instead of a copy of the template */
  database?: Database;
  /** instead of the full preset, for tests that start a process again and again */
  plugins?: readonly string[];
}

/** A real NocoBase with the full preset, or the plugins that were asked for, on a database of its own. */
export class TestHost {
  /** signed in as root */
  api!: ApiClient;
  private process!: HostProcess;
  private killed = false;

  private constructor(
    readonly dialect: Dialect,
    readonly database: Database,
    readonly storagePath: string,
    private readonly env: Record<string, string>,
    private readonly ownedDatabase: string | null,
  ) {}

  static async start({ dialect = 'sqlite', env: more = {}, beside, plugins, database }: StartHostOptions = {}): Promise<TestHost> {
    const name = uniqueName();
    const storagePath = join(TEST_STORAGE, name);
    const env = { MODULE_CACHE: moduleCache(plugins), ...beside?.shared, ...(plugins ? { HOST_PLUGINS: plugins.join(',') } : {}), ...more };
    if (database) await installHost({ storagePath, database, env: { APP_ENV_PATH: '/dev/null', ...env } });
    const host = database
      ? new TestHost(database.dialect as Dialect, database, storagePath, env, null)
      : beside
      ? new TestHost(beside.dialect, beside.database, storagePath, env, null)
      : new TestHost(dialect, await TestHost.copyTemplate(dialect, name, storagePath, plugins), storagePath, env, name);
    await host.start();
    return host;
  }

  private static async copyTemplate(dialect: Dialect, name: string, storagePath: string, plugins?: readonly string[]): Promise<Database> {
    const template = await templateDatabase(dialect, plugins);
    await cp(storageOf(dialect, template), storagePath, {
      recursive: true,
      filter: (path) => !path.endsWith('.sock'),
    });
    return cloneDatabase(dialect, template, name);
  }

  /** What a second process on the same database has to have as well. */
  private get shared(): Record<string, string> {
    const { HOST_PLUGINS, MODULE_CACHE } = this.env;
    return { ...(HOST_PLUGINS ? { HOST_PLUGINS } : {}), ...(MODULE_CACHE ? { MODULE_CACHE } : {}) };
  }

  get url(): string {
    return this.process.url;
  }

  get pid(): number {
    return this.process.pid;
  }

  /** Resolves when the process of now has ended, however. */
  get exited(): Promise<unknown> {
    return this.process.exited;
  }

  logs(): string {
    return this.process.logs();
  }

  /** Lines that the host logged as errors, without its answers to those who ask before it is ready. */
  errors(): string[] {
    return this.logs()
      .split('\n')
      .filter((line) => /"level":"(error|fatal)"|^(Uncaught|Unhandled)/.test(line) && !NOT_READY.test(line));
  }

  /** Starts the process again, on the same database and the same port. */
  async start(): Promise<void> {
    this.killed = false;
    this.process = await startHostProcess({
      storagePath: this.storagePath,
      database: this.database,
      port: this.process?.port,
      env: { APP_ENV_PATH: '/dev/null', ...this.env },
    });
    this.api = await new ApiClient(this.process.url).signIn(ROOT_ACCOUNT.account, ROOT_ACCOUNT.password);
  }

  /** Resolves when the host answers again, after it has reloaded itself (a plugin was enabled). */
  async ready(): Promise<void> {
    await waitFor(async () => (await this.api.get('__health_check')).status === 200 && (await this.api.get('auth:check')).data?.id, {
      what: 'the host to answer',
      timeoutMs: 120_000,
    });
  }

  /** kill -9 */
  async kill(): Promise<void> {
    this.killed = true;
    await this.process.kill();
  }

  /** SIGTERM; the exit code, null when the process had to be killed. */
  async stop(): Promise<number | null> {
    await this.process.stop();
    return this.process.exited;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Creates a user with these roles and signs in. The role must exist. */
  async signInAs(username: string, roles: string[] = ['member']): Promise<ApiClient & { userId: number }> {
    const password = `${username}-password-1`;
    const user = await this.api.create('users', { username, nickname: username, password, roles });
    const client = await this.api.signIn(username, password);
    return Object.assign(client, { userId: user.id as number });
  }

  /**
   * Stops the process and removes its database.
   * @throws Error when the process did not end by itself: something in it keeps running
   */
  async close(): Promise<void> {
    const code = await this.stop();
    await rm(this.storagePath, { recursive: true, force: true });
    if (this.ownedDatabase) await dropDatabase(this.dialect, this.ownedDatabase);
    if (code === null && !this.killed) throw new Error(`The host did not end after SIGTERM:\n${this.logs().slice(-2000)}`);
  }
}

/**
 * Starts a host for one test file.
 * @example
 * let host: TestHost;
 * beforeAll(async () => { host = await startHost({ dialect }); });
 * afterAll(() => host.close());
 */
export const startHost = TestHost.start.bind(TestHost);

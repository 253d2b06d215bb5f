import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mkdir, rm } from 'node:fs/promises';
import type { CollectionOptions, IDatabaseOptions } from '@nocobase/database';
import { Application } from '@nocobase/server';
import type { CustomFunction, InstructionInterface, Trigger, WorkflowPlugin } from '../../src/server/contract';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { ApiClient } from './api';
import type { Dialect } from './databaseServers';
import { FixturePlugin } from './fixtures/FixturePlugin';
import { fixtureCollections } from './fixtures/collections';
import { fixtureInstructions } from './fixtures/instructions';
import { fixtureTriggers } from './fixtures/triggers';
import { HOST_PLUGINS } from './hostPlugins';
import { watchForLeaks } from './leaks';
import { TEST_STORAGE, createDatabase, dropDatabase, uniqueName } from './testDatabases';

export interface CreateAppOptions {
  /** @default 'sqlite' */
  dialect?: Dialect;
  /** more plugins of the host, by name or class. @default [] */
  plugins?: ConstructorParameters<typeof Application>[0]['plugins'];
  /** more trigger types, beside the fixtures */
  triggers?: Record<string, (new (plugin: WorkflowPlugin) => Partial<Trigger>) | Partial<Trigger>>;
  /** more node types, beside the fixtures */
  instructions?: Record<string, InstructionInterface | (new (plugin: WorkflowPlugin) => InstructionInterface)>;
  /** more functions behind `{{$system.…}}`, beside `no1` */
  functions?: Record<string, CustomFunction>;
  /** @default the fixture collections */
  collections?: CollectionOptions[];
  /** further data sources with the same collections, e.g. ['another'] */
  dataSources?: string[];
  /** a second application in this process on the database of this one */
  beside?: TestApp;
}

export interface TestApp {
  app: Application;
  readonly db: Application['db'];
  readonly plugin: WorkflowPlugin;
  /** signed in as root over HTTP */
  api: ApiClient;
  url: string;
  dialect: Dialect;
  /** Ends the application and removes its database. @throws Error when a timer or socket stays open */
  close(): Promise<void>;
}

function prepareEnvironment(): void {
  // The host takes another way to load modules when it sees the runner.
  delete process.env.VITEST;
  Object.assign(process.env, {
    APP_ENV: 'test',
    APP_KEY: 'test-key',
    API_BASE_PATH: '/api/',
    NODE_MODULES_PATH: fromRoot('node_modules'),
    PLUGIN_PACKAGE_PREFIX: '@nocobase/plugin-,@nocobase/preset-',
    PLUGIN_STATICS_PATH: '/static/plugins/',
    CACHE_DEFAULT_STORE: 'memory',
    INIT_ROOT_EMAIL: 'admin@nocobase.com',
    INIT_ROOT_PASSWORD: 'admin123',
    INIT_ROOT_NICKNAME: 'Super Admin',
    INIT_ROOT_USERNAME: 'nocobase',
    LOGGER_TRANSPORT: 'console',
    LOGGER_LEVEL: process.env.LOGGER_LEVEL ?? 'error',
  });
}

const databases = new WeakMap<TestApp, IDatabaseOptions>();

/**
 * An installed and started application in this process, with the plugin as built in `dist/`, the fixture node types,
 * triggers and collections, and an HTTP server.
 */
export async function createApp(options: CreateAppOptions = {}): Promise<TestApp> {
  prepareEnvironment();
  // The one beside it lives on and may open connections meanwhile; its own check, at its end, sees what both have left.
  const assertNothingLeaks = options.beside ? undefined : watchForLeaks();
  const name = uniqueName();
  const dialect = options.beside?.dialect ?? options.dialect ?? 'sqlite';
  const storagePath = join(TEST_STORAGE, name);
  process.env.STORAGE_PATH = storagePath;
  await mkdir(storagePath, { recursive: true });
  const database =
    (options.beside && databases.get(options.beside)) ??
    ({ ...(await createDatabase(dialect, name)), timezone: '+00:00' });

  const findPlugin = () => app.pm.get('workflow') as unknown as WorkflowPlugin;
  const app: Application = new Application({
    name: options.beside ? name : 'main',
    database: { ...database },
    acl: true,
    skipSupervisor: true,
    resourcer: { prefix: '/api' },
    plugins: [
      ...HOST_PLUGINS,
      [
        'workflow',
        {
          triggers: { ...fixtureTriggers, ...options.triggers },
          instructions: { ...fixtureInstructions(findPlugin), ...options.instructions },
          functions: { no1: () => 1, ...options.functions },
        },
      ],
      [
        FixturePlugin,
        {
          name: 'workflow-fixtures',
          collections: options.collections ?? fixtureCollections,
          dataSources: options.dataSources ?? [],
        },
      ],
      ...(options.plugins ?? []),
    ] as ConstructorParameters<typeof Application>[0]['plugins'],
  });
  await app.install();
  await app.load();
  await app.start();

  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = await new ApiClient(url).signIn('admin@nocobase.com', 'admin123');

  const testApp: TestApp = {
    app,
    // A restart of the application replaces both.
    get db() {
      return app.db;
    },
    get plugin() {
      return findPlugin();
    },
    api,
    url,
    dialect,
    async close() {
      server.closeAllConnections();
      server.close();
      await app.destroy();
      await rm(storagePath, { recursive: true, force: true });
      if (!options.beside) await dropDatabase(dialect, name);
      await assertNothingLeaks?.();
    },
  };
  databases.set(testApp, database);
  return testApp;
}

/** Lends an application and cleans up after it. */
export async function withApp<T>(options: CreateAppOptions, use: (testApp: TestApp) => Promise<T>): Promise<T> {
  const testApp = await createApp(options);
  try {
    return await use(testApp);
  } finally {
    await testApp.close();
  }
}

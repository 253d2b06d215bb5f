import { rmSync } from 'node:fs';
import { installHost, startHost } from '../../scripts/lib/host.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { createClient } from '../client.mjs';
import { connect, databaseOf, recreateDatabase } from './postgres.mjs';

/** Hosts of this plugin on one PostgreSQL database, and a connection beside them. */
export class World {
  hosts = [];

  constructor(name) {
    this.name = name;
    this.database = databaseOf(`workflow_bench_${name}`);
    this.db = connect(this.database.database);
  }

  async install() {
    await recreateDatabase(this.database.database);
    rmSync(fromRoot(`storage/bench/${this.name}`), { recursive: true, force: true });
    await installHost(this.options('install', {}));
  }

  options(name, env) {
    return { storagePath: fromRoot(`storage/bench/${this.name}/${name}`), database: this.database, env: { LOGGER_LEVEL: 'error', ...env } };
  }

  /** @returns a process with a signed-in client */
  async start(name, env = {}) {
    const running = await startHost(this.options(name, env));
    const host = { ...running, client: await createClient(running.url) };
    this.hosts.push(host);
    return host;
  }

  async stop(host) {
    this.hosts = this.hosts.filter((one) => one !== host);
    host.client.close();
    await host.stop();
  }

  async rows(statement) {
    const [rows] = await this.db.query(statement);
    return rows;
  }

  async close() {
    for (const host of [...this.hosts]) await this.stop(host);
    await this.db.close();
  }
}

/** @param {{ key?: string, sync?: boolean, nodes: { type: string, config: object, inBranch?: boolean }[], type?: string, config?: object, enabled?: boolean }} workflow */
export async function createWorkflow({ must }, { key, sync = false, nodes, type = 'action', config, enabled = true }) {
  const workflow = await must('POST', 'workflows:create', { key, title: key ?? 'bench', type, sync, current: true, enabled: false, config });
  let upstreamId = null;
  for (const { type: nodeType, config: nodeConfig, inBranch } of nodes) {
    const values = { type: nodeType, config: nodeConfig, upstreamId, branchIndex: inBranch ? 0 : null };
    upstreamId = (await must('POST', `workflows/${workflow.id}/nodes:create`, values)).id;
  }
  if (enabled) await must('POST', `workflows:update?filterByTk=${workflow.id}`, { enabled: true });
  return workflow;
}

export async function createCollection({ must }, name) {
  const id = { name: 'id', type: 'bigInt', autoIncrement: true, primaryKey: true, allowNull: false, interface: 'id' };
  const fields = [id, { name: 'title', type: 'text', interface: 'textarea' }, { name: 'amount', type: 'integer', interface: 'integer' }];
  await must('POST', 'collections:create', { name, title: name, autoGenId: true, fields });
}

/** Asks until the answer is true. */
export async function until(ask, { limitMs = 600_000, everyMs = 50 } = {}) {
  const deadline = performance.now() + limitMs;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`Not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

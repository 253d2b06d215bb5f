#!/usr/bin/env node
/**
 * `npm run bench`: stock NocoBase and this plugin, driven in turn by the same requests in one run.
 *
 *   npm run bench                                     SQLite and PostgreSQL, all scenarios
 *   npm run bench -- --dialect sqlite --hosts ours    stock alone takes minutes there: it waits for locks
 *   npm run bench -- --dialect postgres --only sync1,async5 --rounds 5 --n 300 --c 8
 *
 * Prints a table per database and writes `storage/bench/run.json`. Figures of one machine say little; the ratios
 * between the two columns, taken in turn on the same machine, do.
 * PostgreSQL: `TEST_POSTGRES_URL`, by default postgres://postgres@127.0.0.1:5432.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { buildAndLink, ensureDependencies } from '../scripts/lib/dependencies.mjs';
import { installHost, startHost } from '../scripts/lib/host.mjs';
import { ROOT, fromRoot } from '../scripts/lib/paths.mjs';
import { ensureStockHost } from '../scripts/lib/stockHost.mjs';
import { createClient } from './client.mjs';
import { recreateDatabase } from './lib/postgres.mjs';
import { measure, prepare, SCENARIOS, summarise } from './scenarios.mjs';

const { values: options } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string', default: Object.keys(SCENARIOS).join() },
    rounds: { type: 'string', default: '3' },
    n: { type: 'string', default: '300' },
    c: { type: 'string', default: '8' },
    hosts: { type: 'string', default: 'stock,ours' },
  },
});
const load = { count: Number(options.n), clients: Number(options.c) };
const rounds = Number(options.rounds);

const databaseFor = (dialect, label) =>
  dialect === 'sqlite' ? { dialect, storage: fromRoot(`storage/bench/${label}/db.sqlite`) } : recreateDatabase(`workflow_bench_${label}`);

async function start(dialect, { label, root }) {
  const storagePath = fromRoot(`storage/bench/${label}`);
  rmSync(storagePath, { recursive: true, force: true });
  const host = { root, storagePath, database: await databaseFor(dialect, label), env: { LOGGER_LEVEL: 'error' } };
  process.stdout.write(`Installing ${label} on ${dialect} …\n`);
  await installHost(host);
  const started = { label, host, ...(await open(host)) };
  await prepare(started.client);
  return started;
}

async function open(host) {
  const running = await startHost(host);
  return { running, client: await createClient(running.url) };
}

async function close({ running, client }) {
  client.close();
  await running.stop();
}

/** One round. Stock's SQLite may stay locked for good: then the host is started again, and the round counts for nothing. */
async function round(started, name) {
  try {
    return await measure(started.client, name, load);
  } catch (error) {
    console.log(`${started.label}\t${name}\tgave up: ${error.message}`);
    await close(started);
    Object.assign(started, await open(started.host));
    return null;
  }
}

const format = (figures) => (figures ? text(figures) : 'no round to its end');
const text = ({ medianMs, over, perSecond, failed, lost, rounds: counted }) =>
  `${medianMs.toFixed(1)} ms, ×${over.toFixed(2)}${perSecond === null ? '' : `, ${perSecond.toFixed(0)}/s`}` +
  `${failed ? `, ${failed} failed` : ''}${lost ? `, ${lost} not resolved` : ''}` +
  `${counted < rounds ? `, in ${counted} of ${rounds} rounds` : ''}`;

async function compare(dialect, roots) {
  const hosts = [];
  try {
    for (const root of roots) hosts.push(await start(dialect, root));
    const table = [];
    for (const name of options.only.split(',')) {
      const figures = { stock: [], ours: [] };
      for (let turn = 0; turn < rounds; turn += 1) {
        for (const started of hosts) figures[started.label].push(await round(started, name));
      }
      const row = { name, stock: summarise(figures.stock), ours: summarise(figures.ours) };
      table.push(row);
      const faster = row.ours?.perSecond && row.stock?.perSecond ? `, executions/s ×${(row.ours.perSecond / row.stock.perSecond).toFixed(1)}` : '';
      console.log(`${dialect}\t${name}\tstock ${format(row.stock)}\tours ${format(row.ours)}${faster}`);
    }
    return table;
  } finally {
    for (const started of hosts) await close(started);
  }
}

await ensureDependencies();
await buildAndLink();
const ROOTS = { stock: async () => process.env.STOCK_HOST_DIR || (await ensureStockHost()), ours: async () => ROOT };
const roots = [];
for (const label of options.hosts.split(',')) roots.push({ label, root: await ROOTS[label]() });
console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}; ${load.clients} clients, ${load.count} requests, ${rounds} rounds`);
console.log('median of the request, × the plain request beside it, executions per second until the last one ended');
const results = {};
for (const dialect of options.dialect.split(',')) results[dialect] = { rows: await compare(dialect, roots), load: { ...load, rounds } };
mkdirSync(fromRoot('storage/bench'), { recursive: true });
writeFileSync(fromRoot('storage/bench/run.json'), JSON.stringify(results, null, 2));
process.exit(0);

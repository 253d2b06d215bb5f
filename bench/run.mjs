#!/usr/bin/env node
/**
 * `npm run bench`: stock NocoBase and this plugin, driven in turn by the same requests in one run.
 *
 *   npm run bench                                     SQLite and PostgreSQL, all scenarios
 *   npm run bench -- --dialect postgres --only sync1,async5 --rounds 5 --n 300 --c 8
 *
 * Prints a table per database and writes `storage/bench/results.json`. Figures of one machine say little; the ratios
 * between the two columns, taken in turn on the same machine, do.
 * PostgreSQL: `TEST_POSTGRES_URL`, by default postgres://postgres@127.0.0.1:5432.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { buildAndLink, ensureDependencies } from '../scripts/lib/dependencies.mjs';
import { installHost, startHost } from '../scripts/lib/host.mjs';
import { ROOT, fromRoot } from '../scripts/lib/paths.mjs';
import { ensureStockHost } from '../scripts/lib/stockHost.mjs';
import { createClient } from './client.mjs';
import { measure, prepare, SCENARIOS, summarise } from './scenarios.mjs';

const { values: options } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'sqlite,postgres' },
    only: { type: 'string', default: Object.keys(SCENARIOS).join() },
    rounds: { type: 'string', default: '3' },
    n: { type: 'string', default: '300' },
    c: { type: 'string', default: '8' },
  },
});
const load = { count: Number(options.n), clients: Number(options.c) };
const rounds = Number(options.rounds);

async function databaseFor(dialect, label) {
  if (dialect === 'sqlite') {
    return { dialect, storage: fromRoot(`storage/bench/${label}/db.sqlite`) };
  }
  const url = new URL(process.env.TEST_POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432');
  const server = { host: url.hostname, port: Number(url.port || 5432), username: url.username, password: url.password };
  const { Sequelize } = createRequire(fromRoot('package.json'))('sequelize');
  const admin = new Sequelize('postgres', server.username, server.password, { ...server, dialect, logging: false });
  const database = `workflow_bench_${label}`;
  await admin.query(`DROP DATABASE IF EXISTS ${database}`);
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.close();
  return { dialect, database, ...server };
}

async function start(dialect, { label, root }) {
  const storagePath = fromRoot(`storage/bench/${label}`);
  rmSync(storagePath, { recursive: true, force: true });
  const host = { root, storagePath, database: await databaseFor(dialect, label), env: { LOGGER_LEVEL: 'error' } };
  process.stdout.write(`Installing ${label} on ${dialect} …\n`);
  await installHost(host);
  const running = await startHost(host);
  const client = await createClient(running.url);
  await prepare(client);
  return { label, running, client };
}

const format = ({ medianMs, over, perSecond, failed, lost }) =>
  `${medianMs.toFixed(1)} ms, ×${over.toFixed(2)}${perSecond === null ? '' : `, ${perSecond.toFixed(0)}/s`}` +
  `${failed ? `, ${failed} failed` : ''}${lost ? `, ${lost} not resolved` : ''}`;

async function compare(dialect, roots) {
  const hosts = [];
  try {
    for (const root of roots) hosts.push(await start(dialect, root));
    const table = [];
    for (const name of options.only.split(',')) {
      const figures = { stock: [], ours: [] };
      for (let round = 0; round < rounds; round += 1) {
        for (const { label, client } of hosts) figures[label].push(await measure(client, name, load));
      }
      const row = { name, stock: summarise(figures.stock), ours: summarise(figures.ours) };
      table.push(row);
      const faster = row.ours.perSecond ? `, executions/s ×${(row.ours.perSecond / row.stock.perSecond).toFixed(1)}` : '';
      console.log(`${dialect}\t${name}\tstock ${format(row.stock)}\tours ${format(row.ours)}${faster}`);
    }
    return table;
  } finally {
    for (const { running, client } of hosts) {
      client.close();
      await running.stop();
    }
  }
}

await ensureDependencies();
await buildAndLink();
const roots = [
  { label: 'stock', root: process.env.STOCK_HOST_DIR || (await ensureStockHost()) },
  { label: 'ours', root: ROOT },
];
console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}; ${load.clients} clients, ${load.count} requests, ${rounds} rounds`);
console.log('median of the request, × the plain request beside it, executions per second until the last one ended');
const results = {};
for (const dialect of options.dialect.split(',')) results[dialect] = await compare(dialect, roots);
mkdirSync(fromRoot('storage/bench'), { recursive: true });
writeFileSync(fromRoot('storage/bench/results.json'), JSON.stringify(results, null, 2));
process.exit(0);

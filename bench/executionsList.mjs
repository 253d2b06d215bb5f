#!/usr/bin/env node
/**
 * Lists of executions with a million rows on PostgreSQL: stock NocoBase and this plugin, each on its own database with
 * the same rows, asked in turn.
 *
 *   node bench/executionsList.mjs                       1,000,000 executions of 50 workflows in 30 days
 *   node bench/executionsList.mjs --rows 100000 --n 50
 *
 * Prints p50 and p95 of each request and writes `storage/bench/executionsList.json`.
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
import { connect, recreateDatabase } from './lib/postgres.mjs';
import { percentile } from './lib/statistics.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    workflows: { type: 'string', default: '50' },
    n: { type: 'string', default: '100' },
    only: { type: 'string', default: 'stock,ours' },
    'no-build': { type: 'boolean', default: false },
  },
});
const rowCount = Number(options.rows);
const requests = Number(options.n);

/** The same executions for both: ids in the host's layout, one in a hundred failed, contexts of a few hundred bytes. */
async function seed(database, label, workflows) {
  const db = connect(database);
  const own = label === 'ours';
  const list = workflows.map(({ id, key }, i) => `(${i}, ${id}::bigint, '${key}')`).join(', ');
  await db.query(`
    INSERT INTO executions (id, "createdAt", "updatedAt", "startedAt", "workflowId", key, "eventKey", context, status, dispatched
      ${own ? ', "endedAt", source, "userId", "recordKey"' : ''})
    SELECT ((extract(epoch from at)::bigint - 1605024000) << 21) + (n % 2000000), at, at, at, w.id, w.key, 'seed-' || n,
      json_build_object('data', json_build_object('id', n, 'title', repeat('x', 200)), 'user', json_build_object('id', 1)),
      CASE WHEN n % 100 = 0 THEN -2 ELSE 1 END, true
      ${own ? ", at + interval '1 second', 'action', 1, n::text" : ''}
    FROM (SELECT n, now() - interval '30 days' + n * (interval '30 days' / ${rowCount}) AS at FROM generate_series(1, ${rowCount}) n) rows
    JOIN (VALUES ${list}) AS w(i, id, key) ON w.i = rows.n % ${workflows.length}
    ORDER BY n`);
  await db.query('VACUUM ANALYZE executions');
  await db.close();
}

async function start(label, root) {
  const database = await recreateDatabase(`workflow_bench_list_${label}`);
  const storagePath = fromRoot(`storage/bench/list-${label}`);
  rmSync(storagePath, { recursive: true, force: true });
  const host = { root, storagePath, database, env: { LOGGER_LEVEL: 'error' } };
  console.log(`Installing ${label} …`);
  await installHost(host);
  const running = await startHost(host);
  const client = await createClient(running.url);
  const workflows = [];
  for (let i = 0; i < Number(options.workflows); i += 1) {
    const values = { title: `Workflow ${i}`, type: 'collection', enabled: false, config: { collection: 'users', mode: 1 } };
    workflows.push(await client.must('POST', 'workflows:create', values));
  }
  console.log(`Seeding ${rowCount} executions for ${label} …`);
  await seed(database.database, label, workflows);
  return { label, running, client, workflows };
}

const BULK = 'except[]=context&except[]=output&except[]=stack';

/** What the page of runs asks for; stock's page has no fields for time and record, the request is the nearest one. */
function listing(label, filter, page = 1) {
  const how = label === 'ours' ? 'count=estimate' : 'appends[]=workflow';
  return `executions:list?${how}&sort[]=-id&pageSize=20&page=${page}&${BULK}&filter=${encodeURIComponent(JSON.stringify(filter))}`;
}

const yesterday = () => new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString();
const CASES = {
  'all, first page': ({ label }) => listing(label, {}),
  'one workflow, first page': ({ label, workflows }, i) => listing(label, { key: workflows[i % workflows.length].key }),
  'failed, first page': ({ label }) => listing(label, { status: -2 }),
  'failed of one workflow': ({ label, workflows }, i) => listing(label, { key: workflows[i % workflows.length].key, status: -2 }),
  'since yesterday': ({ label }) => listing(label, { createdAt: { $gte: yesterday() } }),
  'older than 20 days': ({ label }) => listing(label, { createdAt: { $lt: new Date(Date.now() - 20 * 86_400_000).toISOString() } }),
  'about one record': ({ label }, i) => (label === 'ours' ? listing(label, { recordKey: String(1 + i * 977) }) : null),
  'all, page 1000': ({ label }) => listing(label, {}, 1000),
  'activity of all workflows': ({ label }) => (label === 'ours' ? 'workflows:overview' : null),
};

async function measure({ client, ...host }, request) {
  const times = [];
  for (let i = 0; i < requests; i += 1) {
    const path = request(host, i);
    if (path === null) return null;
    const before = performance.now();
    await client.must('GET', path);
    times.push(performance.now() - before);
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

if (!options['no-build']) {
  await ensureDependencies();
  await buildAndLink();
}
const hosts = [];
const results = {};
try {
  for (const label of options.only.split(',')) {
    hosts.push(await start(label, label === 'ours' ? ROOT : process.env.STOCK_HOST_DIR || (await ensureStockHost())));
  }
  console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}; ${rowCount} executions, ${requests} requests each, one after the other`);
  for (const [name, request] of Object.entries(CASES)) {
    results[name] = {};
    for (const host of hosts) results[name][host.label] = await measure(host, request);
    const figures = hosts.map(({ label }) => {
      const figure = results[name][label];
      return `${label} ${figure ? `p50 ${figure.p50.toFixed(1)} ms, p95 ${figure.p95.toFixed(1)} ms` : '–'}`;
    });
    console.log(`${name.padEnd(28)}${figures.join('\t')}`);
  }
  mkdirSync(fromRoot('storage/bench'), { recursive: true });
  writeFileSync(fromRoot('storage/bench/executionsList.json'), JSON.stringify(results, null, 2));
} finally {
  for (const { running, client } of hosts) {
    client.close();
    await running.stop();
  }
}
process.exit(0);

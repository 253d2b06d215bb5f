#!/usr/bin/env node
/**
 * How cost grows, on PostgreSQL: enabled workflows on other collections, old executions, size of the context, rounds of a
 * loop, waiting executions, and a sweep of retention over the old ones. Each with what it does to time and to the memory of the process.
 *
 *   node bench/curves.mjs                       all of it, up to 1,000,000 old executions and 100,000 rounds
 *   node bench/curves.mjs --only loop --most 10000
 *   node bench/curves.mjs --most 10000          nothing larger than this: a minute instead of five
 *
 * Prints and writes `storage/bench/curves.json`. A curve is `flat` when the largest case costs at most 1.5 times the
 * smallest, `linear` when the cost of a unit does not grow by more than that between the last two.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { buildAndLink, ensureDependencies } from '../scripts/lib/dependencies.mjs';
import { fromRoot } from '../scripts/lib/paths.mjs';
import { median } from './lib/statistics.mjs';
import { World, createCollection, createWorkflow, until } from './lib/world.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'enabled,context,loop,waiting,old,retention' },
    most: { type: 'string', default: '1000000' },
    n: { type: 'string', default: '150' },
    'no-build': { type: 'boolean', default: false },
  },
});
const most = Number(options.most);
const upTo = (sizes) => sizes.filter((size) => size <= most);
const SLACK = 1.5;

const calculation = { type: 'calculation', config: { engine: 'math.js', expression: '{{$context.data.amount}} * 2 + 1' } };
const OTHERS = 10;
const world = new World('curves');
let host;

const memoryOf = (label) => Number(new RegExp(`${label}:\\s+(\\d+)`).exec(readFileSync(`/proc/${host.pid}/status`, 'utf8'))[1]) / 1024;
/** Runs `work`. @returns its result, and by how much the process grew meanwhile at most, in MB */
async function withPeak(work) {
  writeFileSync(`/proc/${host.pid}/clear_refs`, '5');
  const before = memoryOf('VmRSS');
  const result = await work();
  return { ...result, peakMb: Math.max(0, memoryOf('VmHWM') - before) };
}

const resolved = async (key) => Number((await world.rows(`SELECT count(*) AS n FROM executions WHERE key = '${key}' AND status = 1 AND "eventKey" NOT LIKE 'seed-%'`))[0].n);

/** Requests one after the other, each starting one asynchronous execution. @returns ms of a request, and of an execution from commit to end */
async function posts(count, { key = 'five', title = 'x' } = {}) {
  const before = await resolved(key);
  const times = [];
  for (let amount = 0; amount < count; amount += 1) {
    const startedAt = performance.now();
    await host.client.must('POST', `bench_posts:create?triggerWorkflows=${key}`, { title, amount });
    times.push(performance.now() - startedAt);
  }
  await until(async () => (await resolved(key)) >= before + count);
  const rows = await world.rows(`SELECT extract(epoch from "endedAt" - "createdAt") * 1000 AS ms FROM executions
    WHERE key = '${key}' AND "eventKey" NOT LIKE 'seed-%' ORDER BY id DESC LIMIT ${count}`);
  return { requestMs: median(times), runMs: median(rows.map(({ ms }) => Number(ms))) };
}

const warm = async () => posts(50);

/** A fresh process: what earlier cases left in its memory does not count. */
async function fresh() {
  if (host) await world.stop(host);
  host = await world.start('main');
}

/** What requests cost a fresh process on what the database holds now. */
async function usual() {
  await fresh();
  await warm();
  return { ...(await withPeak(() => posts(Number(options.n)))), rssMb: memoryOf('VmRSS') };
}

async function enabled() {
  const cases = [];
  let count = 0;
  for (const size of upTo([1, 100, 1000])) {
    // the first through the API, the others as copies of its rows
    if (size === 1) {
      await createWorkflow(host.client, { key: 'other0', nodes: [calculation], type: 'collection', config: { mode: 1, collection: 'bench_other0' } });
    } else {
      await world.rows(`INSERT INTO workflows SELECT (jsonb_populate_record(w, jsonb_build_object('id', w.id + n, 'key', 'other' || n,
        'config', jsonb_build_object('mode', 1, 'collection', 'bench_other' || n % ${OTHERS})))).* FROM workflows w, generate_series(${count}, ${size - 1}) n WHERE w.key = 'other0'`);
      await world.rows(`INSERT INTO flow_nodes SELECT (jsonb_populate_record(f, jsonb_build_object('id', f.id + n, 'workflowId', f."workflowId" + n))).*
        FROM flow_nodes f, generate_series(${count}, ${size - 1}) n WHERE f."workflowId" = (SELECT id FROM workflows WHERE key = 'other0')`);
    }
    count = size;
    cases.push({ size, ...(await usual()) });
  }
  return { unit: 'enabled workflows on other collections', cost: 'requestMs', expected: 'flat', cases };
}

async function old() {
  const cases = [];
  let count = 0;
  const [{ id }] = await world.rows(`SELECT id FROM workflows WHERE key = 'five'`);
  for (const size of upTo([1_000, 100_000, 1_000_000])) {
    await world.rows(`
      INSERT INTO executions (id, "createdAt", "updatedAt", "startedAt", "endedAt", "workflowId", key, "eventKey", context, status, dispatched)
      SELECT ((extract(epoch from at)::bigint - 1605024000) << 21) + (n % 2000000), at, at, at, at, ${id}, 'five', 'seed-' || n,
        json_build_object('data', json_build_object('id', n, 'title', repeat('x', 200))), 1, true
      FROM (SELECT n, now() - interval '40 days' + n * interval '2 seconds' AS at FROM generate_series(${count + 1}, ${size}) n) rows`);
    await world.rows('VACUUM ANALYZE executions');
    count = size;
    cases.push({ size, ...(await usual()) });
  }
  return { unit: 'old executions', cost: 'requestMs', expected: 'flat', cases };
}

async function context() {
  const cases = [];
  for (const [size, count] of [[1_024, 50], [102_400, 50], [5_242_880, 8]].filter(([bytes]) => bytes <= Math.max(most, 200_000) * 10)) {
    const title = 'x'.repeat(size);
    await posts(3, { title });
    const figures = await withPeak(() => posts(count, { title }));
    await world.rows('DELETE FROM bench_posts');
    cases.push({ size, ...figures });
  }
  return { unit: 'bytes of context', cost: 'requestMs', expected: 'linear', cases };
}

async function loop() {
  const cases = [];
  for (const size of upTo([10, 1_000, 100_000])) {
    const key = `loop${size}`;
    const nodes = [{ type: 'loop', config: { target: size } }, { ...calculation, inBranch: true }];
    await createWorkflow(host.client, { key, nodes, config: { collection: 'bench_posts', appends: [] } });
    await fresh();
    await warm();
    cases.push({ size, ...(await withPeak(() => posts(size > 1_000 ? 1 : 3, { key }))) });
  }
  return { unit: 'rounds', cost: 'runMs', expected: 'linear', cases };
}

async function waiting() {
  const cases = [];
  let count = 0;
  const [{ id }] = await world.rows(`SELECT id FROM workflows WHERE key = 'waits'`);
  const [{ node }] = await world.rows(`SELECT id AS node FROM flow_nodes WHERE "workflowId" = ${id}`);
  for (const size of upTo([1_000, 10_000, 100_000])) {
    await world.rows(`
      WITH seeded AS (
        INSERT INTO executions (id, "createdAt", "updatedAt", "startedAt", "workflowId", key, "eventKey", context, status, dispatched, epoch)
        SELECT ((extract(epoch from now() - interval '50 days')::bigint - 1605024000) << 21) + n, now(), now(), now(), ${id}, 'waits', 'seed-w' || n,
          json_build_object('data', json_build_object('id', n, 'amount', 1)), 0, true, 1
        FROM generate_series(${count + 1}, ${size}) n RETURNING id)
      INSERT INTO jobs (id, "createdAt", "updatedAt", "executionId", "nodeId", "nodeKey", status)
      SELECT id, now(), now(), id, ${node}, (SELECT key FROM flow_nodes WHERE id = ${node}), 0 FROM seeded`);
    await world.rows('VACUUM ANALYZE executions');
    count = size;
    cases.push({ size, ...(await usual()) });
  }
  await world.rows(`UPDATE executions SET status = -3 WHERE key = 'waits'`);
  return { unit: 'waiting executions', cost: 'rssMb', expected: 'flat', cases };
}

/** Requests while a process deletes old executions, and the longest transaction meanwhile. Sweeps begin a minute after the start. */
async function retention() {
  const [{ id }] = await world.rows(`SELECT id FROM workflows WHERE key = 'five'`);
  const count = async () => Number((await world.rows(`SELECT count(*) AS n FROM executions WHERE key = 'five'`))[0].n);
  const [{ live }] = await world.rows(`SELECT count(*) AS live FROM executions WHERE status IS NULL OR status = 0`);
  const before = await count();
  await host.client.must('POST', `workflows:update?filterByTk=${id}`, { options: { retention: { days: 7 } } });
  await fresh();
  await warm();
  const quiet = await posts(Number(options.n));
  await until(async () => (await count()) < before, { everyMs: 200 });
  let longestMs = 0;
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      const [{ ms }] = await world.rows(`SELECT COALESCE(max(extract(epoch from clock_timestamp() - xact_start)), 0) * 1000 AS ms FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`);
      longestMs = Math.max(longestMs, Number(ms));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const busy = await withPeak(() => posts(Number(options.n)));
  isOver = true;
  await watch;
  const [{ left }] = await world.rows(`SELECT count(*) AS left FROM executions WHERE status IS NULL OR status = 0`);
  const common = { longestMs: 0, deleted: 0, liveLost: 0 };
  return {
    unit: 'sweeps of retention at a time',
    cost: 'requestMs',
    expected: 'flat',
    cases: [
      { size: 0, ...quiet, ...common },
      { size: 1, ...busy, longestMs, deleted: before - (await count()), liveLost: Math.max(0, Number(live) - Number(left)) },
    ],
  };
}

/** What the figures say, whatever was expected. */
function shapeOf({ cost, cases }) {
  const [first, before, last] = [cases[0], cases.at(-2), cases.at(-1)];
  if (cases.length < 2) return 'one case';
  if (last[cost] <= first[cost] * SLACK) return 'flat';
  return last[cost] / before[cost] <= (last.size / before.size) * SLACK ? 'linear' : 'steeper than linear';
}

const CURVES = { enabled, context, loop, waiting, old, retention };
const round = (value) => Math.round(value * 10) / 10;

if (!options['no-build']) {
  await ensureDependencies({ sqlite: false });
  await buildAndLink();
}
const results = { at: new Date().toISOString(), cpu: `${cpus().length} × ${cpus()[0].model}`, node: process.version, curves: {} };
await world.install();
try {
  await fresh();
  for (const name of ['bench_posts', ...Array.from({ length: OTHERS }, (_, i) => `bench_other${i}`)]) await createCollection(host.client, name);
  const config = { collection: 'bench_posts', appends: [] };
  await createWorkflow(host.client, { key: 'five', nodes: Array.from({ length: 5 }, () => calculation), config });
  await createWorkflow(host.client, { key: 'waits', nodes: [{ type: 'manual', config: { assignees: [1], mode: 0 } }], config });
  for (const name of options.only.split(',')) {
    const curve = await CURVES[name]();
    curve.cases = curve.cases.map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, round(value)])));
    curve.shape = shapeOf(curve);
    curve.load = round(loadavg()[0]);
    results.curves[name] = curve;
    console.log(`${curve.unit}: ${curve.shape} in ${curve.cost} (load ${curve.load})`);
    console.table(curve.cases);
    mkdirSync(fromRoot('storage/bench'), { recursive: true });
    writeFileSync(fromRoot('storage/bench/curves.json'), JSON.stringify(results, null, 2));
  }
} finally {
  await world.close();
}
process.exit(0);

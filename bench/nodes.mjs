#!/usr/bin/env node
/**
 * How much two processes carry beside one, on one PostgreSQL and one machine.
 *
 *   node bench/nodes.mjs                        backlogs of 4,000 runs, three times each, in turn
 *   node bench/nodes.mjs --runs 10000 --rounds 5
 *   node bench/nodes.mjs --worker-cpu 0         only with all that the machine has
 *
 * - backlog: executions of 20 workflows are stored first and released at one instant; until the last has ended. `pure`: five
 *   calculations; `data`: a row written by each run; `outside`: an HTTP request that takes 50 ms, of 60 workflows, three times as many as a process executes at once
 * - through requests: a process that only answers requests, workers beside it, eight clients; and how long an execution waits
 *   until a worker begins, with and without Redis for wake-ups (`redis-server` is started on a free port)
 *
 * Each once with all that the machine has, and once with 0.4 of a core for each worker: two workers and their database fill two
 * cores, so that the first says what the machine carries, and the second how the work is shared.
 *
 * Prints and writes `storage/bench/nodes.json`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { buildAndLink, ensureDependencies } from '../scripts/lib/dependencies.mjs';
import { freePort } from '../scripts/lib/host.mjs';
import { fromRoot } from '../scripts/lib/paths.mjs';
import { canLimitCpu, limitCpu } from './lib/cpuLimit.mjs';
import { median, percentile } from './lib/statistics.mjs';
import { World, createCollection, createWorkflow, until } from './lib/world.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '400' },
    only: { type: 'string', default: 'pure,data,outside,requests' },
    'worker-cpu': { type: 'string', default: '0.4' },
    'no-build': { type: 'boolean', default: false },
  },
});
const runs = Number(options.runs);
const rounds = Number(options.rounds);
const parts = options.only.split(',');
const workerCpu = Number(options['worker-cpu']);
const canLimit = workerCpu > 0 && canLimitCpu();
const WORKFLOWS = 20;
const workflowsOf = (shape) => (shape === 'outside' ? 3 * WORKFLOWS : WORKFLOWS);
const OUTSIDE_MS = 50;
const FRONT = { WORKER_MODE: '!' };
const WORKER = { WORKER_MODE: 'workflow:process', SERVER_REQUEST_WHITELIST: '127.0.0.1' };

const outside = createServer((request, response) => {
  request.resume();
  setTimeout(() => response.end('{}'), OUTSIDE_MS);
}).listen(0, '127.0.0.1');
await once(outside, 'listening');

const calculation = { type: 'calculation', config: { engine: 'math.js', expression: '{{$context.data.amount}} * 2 + 1' } };
const SHAPES = {
  pure: Array.from({ length: 5 }, () => calculation),
  data: [calculation, { type: 'create', config: { collection: 'bench_logs', params: { values: { title: 'x', amount: '{{$context.data.amount}}' } } } }],
  outside: [{ type: 'request', config: { url: `http://127.0.0.1:${outside.address().port}/`, method: 'GET', timeout: 5000 } }],
};

/** Part of a backlog with which a worker that was just started warms up. */
const WARM_UP = 1 / 4;

/** Backlogs that take long enough for the second in which an idle worker looks only once to weigh little. */
const SHARE = { pure: 5, data: 1, outside: 1 / 4 };

const world = new World('nodes');

const isLive = '(status IS NULL OR status = 0)';
const liveOf = async (shape) => Number((await world.rows(`SELECT count(*) AS n FROM executions WHERE key LIKE '${shape}%' AND ${isLive}`))[0].n);

/**
 * Stores the backlog as rows that nobody may take yet, releases it at one instant. The workflows stay enabled, as those of a
 * busy installation are: workers deal out what is enabled, and look for that every few seconds.
 * @returns runs per second
 */
async function backlog(shape, count) {
  await world.rows(`
    INSERT INTO executions (id, "createdAt", "updatedAt", "workflowId", key, "eventKey", context, status, dispatched)
    SELECT ((extract(epoch from clock_timestamp())::bigint - 1605024000) << 21) + n, now(), now(), w.id, w.key, gen_random_uuid()::text,
      json_build_object('data', json_build_object('id', n, 'amount', n)), NULL, true
    FROM generate_series(1, ${count}) n
    JOIN (SELECT id, key, row_number() OVER (ORDER BY id) - 1 AS i FROM workflows WHERE key LIKE '${shape}%') w ON w.i = n % ${workflowsOf(shape)}`);
  // The planner does not know how many may be taken, as with any backlog that comes at once.
  await world.rows('ANALYZE executions');
  await world.rows(`UPDATE executions SET dispatched = false WHERE key LIKE '${shape}%' AND status IS NULL`);
  const [{ at }] = await world.rows('SELECT extract(epoch from clock_timestamp()) AS at');
  await until(async () => (await liveOf(shape)) === 0, { everyMs: 250 });
  const [{ ended }] = await world.rows(`SELECT extract(epoch from max("endedAt")) AS ended FROM executions WHERE key LIKE '${shape}%'`);
  return count / (Number(ended) - Number(at));
}

/** Eight clients. @returns executions per second, and from the commit to the first node, in ms */
async function throughRequests(front, count) {
  await world.rows(`DELETE FROM executions WHERE key LIKE 'pure%'`);
  const query = Array.from({ length: WORKFLOWS }, (_, i) => `pure${i}`).join();
  const startedAt = performance.now();
  let sent = 0;
  let failed = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (sent < count) {
        const amount = sent++;
        const { status } = await front.client.send('POST', `bench_posts:create?triggerWorkflows=${query}`, { title: 'x', amount });
        failed += Number(status !== 200);
      }
    }),
  );
  await until(async () => (await liveOf('pure')) === 0, { everyMs: 50 });
  const perSecond = ((count - failed) * WORKFLOWS * 1000) / (performance.now() - startedAt);
  const lost = (count - failed) * WORKFLOWS - Number((await world.rows(`SELECT count(*) AS n FROM executions WHERE key LIKE 'pure%' AND status = 1`))[0].n);
  return { perSecond, failed, lost };
}

/** One request after the other, nothing else going on. @returns how long each execution waited, in ms */
async function waits(front) {
  await world.rows(`DELETE FROM executions WHERE key LIKE 'pure%'`);
  for (let i = 0; i < 40; i += 1) {
    await front.client.must('POST', 'bench_posts:create?triggerWorkflows=pure0', { title: 'x', amount: i });
    await until(async () => (await liveOf('pure')) === 0, { everyMs: 50 });
    // not in step with the worker's own look once a second
    await new Promise((resolve) => setTimeout(resolve, 100 + ((i * 137) % 1_000)));
  }
  const rows = await world.rows(`SELECT extract(epoch from "startedAt" - "createdAt") * 1000 AS ms FROM executions WHERE key LIKE 'pure%'`);
  return rows.map(({ ms }) => Number(ms));
}

const round = (value) => Math.round(value * 10) / 10;
const results = { at: new Date().toISOString(), runs, rounds };

/** Jiffies of all cores since the machine was started: how many of them there were, and how many were used. */
function coreTime() {
  const [user, nice, system, idle, iowait, ...others] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].trim().split(/\s+/).slice(1).map(Number);
  const busy = [user, nice, system, ...others.slice(0, 3)].reduce((sum, value) => sum + value, 0);
  return { busy, all: busy + idle + iowait };
}

/** @returns what is measured, and how many cores of the machine were at work meanwhile */
async function withCores(measure) {
  const before = coreTime();
  const figure = await measure();
  const after = coreTime();
  return { figure, cores: (cpus().length * (after.busy - before.busy)) / (after.all - before.all) };
}

async function startWorker(name, env, isLimited) {
  const host = await world.start(name, { ...WORKER, ...env });
  return { host, release: isLimited ? limitCpu(host.pid, workerCpu) : () => {} };
}

async function stopWorker({ host, release }) {
  await world.stop(host);
  release();
}

/** Medians with one and with two workers, taken in turn; a worker that was just started works once before it is measured. */
async function compareOnce(name, env, measure, isLimited) {
  const figures = { 1: [], 2: [] };
  const first = await startWorker('worker-1', env, isLimited);
  try {
    await measure(WARM_UP);
    for (let i = 0; i < rounds; i += 1) {
      figures[1].push(await withCores(() => measure(1)));
      const second = await startWorker('worker-2', env, isLimited);
      try {
        await measure(WARM_UP);
        figures[2].push(await withCores(() => measure(1)));
      } finally {
        await stopWorker(second);
      }
    }
  } finally {
    await stopWorker(first);
  }
  const of = (workers, key) => median(figures[workers].map((seen) => seen[key]));
  const [one, two] = [of(1, 'figure'), of(2, 'figure')];
  const cores = [of(1, 'cores'), of(2, 'cores')].map(round);
  results[name] = { one: round(one), two: round(two), ratio: Math.round((100 * two) / one) / 100, coresOne: cores[0], coresTwo: cores[1] };
  console.log(`${name.padEnd(44)}one ${round(one)}/s\ttwo ${round(two)}/s\t×${(two / one).toFixed(2)}\t(cores at work ${cores.join(' and ')} of ${cpus().length})`);
}

/** With all that the machine has, and with so little for each worker that the machine does not run out of cores. */
async function compare(name, env, measure) {
  await compareOnce(name, env, measure, false);
  if (canLimit) await compareOnce(`${name}, ${workerCpu} of a core each`, env, measure, true);
  else if (workerCpu > 0) console.log('no control groups here: a worker cannot be given a part of a core');
}

async function startRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
  return { url: `redis://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}

if (!options['no-build']) {
  await ensureDependencies({ sqlite: false });
  await buildAndLink();
}
console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}, PostgreSQL on the same machine; load ${loadavg()[0].toFixed(1)} before the start`);
await world.install();
const redis = parts.includes('requests') ? await startRedis() : undefined;
try {
  let front = await world.start('front', FRONT);
  for (const name of ['bench_posts', 'bench_logs']) await createCollection(front.client, name);
  for (const shape of Object.keys(SHAPES).filter((name) => parts.includes(name) || (name === 'pure' && parts.includes('requests')))) {
    for (let i = 0; i < workflowsOf(shape); i += 1) {
      await createWorkflow(front.client, { key: `${shape}${i}`, nodes: SHAPES[shape], config: { collection: 'bench_posts', appends: [] } });
    }
  }
  for (const shape of Object.keys(SHAPES).filter((name) => parts.includes(name))) {
    await compare(`backlog, ${shape}`, {}, (part) => backlog(shape, Math.round(runs * SHARE[shape] * part)));
  }
  if (parts.includes('requests')) {
    for (const [name, env] of [['database only', {}], ...(redis ? [['Redis', { WORKFLOW_REDIS_URL: redis.url }]] : [])]) {
      await world.stop(front);
      front = await world.start('front', { ...FRONT, ...env });
      const troubles = { failed: 0, lost: 0 };
      await compare(`requests, ${name}`, env, async (part) => {
        const { perSecond, failed, lost } = await throughRequests(front, Math.round(Number(options.requests) * part));
        troubles.failed += failed;
        troubles.lost += lost;
        return perSecond;
      });
      const worker = await world.start('worker-1', { ...WORKER, ...env });
      const times = await waits(front);
      await world.stop(worker);
      Object.assign(results[`requests, ${name}`], troubles, { waitP50: round(median(times)), waitP95: round(percentile(times, 0.95)) });
      console.log(`${`waits, ${name}`.padEnd(28)}p50 ${round(median(times))} ms\tp95 ${round(percentile(times, 0.95))} ms; failed ${troubles.failed}, lost ${troubles.lost}`);
    }
  }
  mkdirSync(fromRoot('storage/bench'), { recursive: true });
  writeFileSync(fromRoot('storage/bench/nodes.json'), JSON.stringify(results, null, 2));
} finally {
  redis?.stop();
  await world.close();
  outside.close();
}
process.exit(0);

#!/usr/bin/env node
/**
 * How long the runs of a process that dies lie still, on PostgreSQL, while four clients go on sending requests.
 *
 *   node bench/recovery.mjs                 twenty blows of each kind
 *   node bench/recovery.mjs --blows 5
 *
 * - other: a process is killed (SIGKILL); from then until the process beside it holds the run, or the run has ended
 * - lease: a process stands still (SIGSTOP), as a machine would that nobody hears of any more; until its lease has run out and
 *   the process beside it holds the run. Afterwards it wakes up, and whatever it still writes has to be refused
 * - own: the only process is killed and started again; from the moment it answers
 *
 * Each run writes a row, waits 300 ms for an HTTP answer, and writes another; in the end every run has two rows. Prints
 * and writes `storage/bench/recovery.json`.
 */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { buildAndLink, ensureDependencies } from '../scripts/lib/dependencies.mjs';
import { fromRoot } from '../scripts/lib/paths.mjs';
import { median, percentile } from './lib/statistics.mjs';
import { World, createCollection, createWorkflow, until } from './lib/world.mjs';

const { values: options } = parseArgs({
  options: { blows: { type: 'string', default: '20' }, 'no-build': { type: 'boolean', default: false } },
});
const blows = Number(options.blows);
const WORKFLOWS = 10;
const CLIENTS = 4;
const OUTSIDE_MS = 300;
const LOOK_EVERY_MS = 20;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const outside = createServer((request, response) => {
  request.resume();
  setTimeout(() => response.end('{}'), OUTSIDE_MS);
}).listen(0, '127.0.0.1');
await once(outside, 'listening');

const write = { type: 'create', config: { collection: 'bench_logs', params: { values: { title: '{{$context.data.title}}' } } } };
const nodes = [write, { type: 'request', config: { url: `http://127.0.0.1:${outside.address().port}/`, method: 'GET', timeout: 5000 } }, write];

const world = new World('recovery');
/** by name; null while it is down */
const processes = { a: null, b: null };
const sent = [];
let isOver = false;

async function client(number) {
  while (!isOver) {
    const up = Object.values(processes).filter(Boolean);
    const host = up[sent.length % up.length];
    if (!host) {
      await pause(20);
      continue;
    }
    const entry = { title: `${number}-${sent.length}`, key: `run${sent.length % WORKFLOWS}`, answered: false };
    sent.push(entry);
    const answer = await host.client.send('POST', `bench_posts:create?triggerWorkflows=${entry.key}`, { title: entry.title }).catch(() => null);
    entry.answered = answer?.status === 200;
    await pause(100);
  }
}

/** Runs that the process holds. */
async function heldBy(pid) {
  const rows = await world.rows(`SELECT id FROM executions WHERE "leaseOwner" LIKE '%/${pid}/%' AND status = 0 AND "leaseUntil" > 0`);
  return rows.map(({ id }) => String(id));
}

/** How many of the runs have ended. */
async function ended(ids) {
  if (ids.length === 0) return 0;
  const [{ n }] = await world.rows(`SELECT count(*) AS n FROM executions WHERE id IN (${ids.join()}) AND status <> 0`);
  return Number(n);
}

/** @returns {Promise<Map<string, number>>} when each of the runs had another holder or had ended */
async function takenOver(pid, ids) {
  const left = new Set(ids);
  const at = new Map();
  while (left.size > 0) {
    const held = new Set(await heldBy(pid));
    for (const id of left) {
      if (held.has(id)) continue;
      at.set(id, Date.now());
      left.delete(id);
    }
    await pause(LOOK_EVERY_MS);
  }
  return at;
}

/** Waits until the process holds some runs. */
async function busy({ pid }) {
  await until(async () => (await heldBy(pid)).length >= 3, { everyMs: LOOK_EVERY_MS });
}

/** Waits until nothing is left that the process had been asked to do: also requests of runs that wait, not only runs. */
async function relieved({ pid }) {
  await until(async () => (await world.rows(`SELECT id FROM "workflowSignals" WHERE owner LIKE '%/${pid}/%'`)).length === 0, { everyMs: LOOK_EVERY_MS });
}

async function start(name) {
  // what a process says of refused writes is a warning
  processes[name] = await world.start(name, { LOGGER_LEVEL: 'warn' });
}

/** Leaves the list of `world` before it dies, so that nobody stops it again. */
function strike(name) {
  const host = processes[name];
  processes[name] = null;
  world.hosts = world.hosts.filter((one) => one !== host);
  return host;
}

const times = { other: [], lease: [], own: [] };
const since = (from, at, list) => list.push(...[...at.values()].map((moment) => Math.max(0, moment - from)));

async function other() {
  await busy(processes.a);
  const host = strike('a');
  const from = Date.now();
  await host.kill();
  const held = await heldBy(host.pid);
  since(from, await takenOver(host.pid, held), times.other);
  await relieved(host);
  await start('a');
}

const REFUSED = /is no longer held by this process|the lease of execution \S+ is gone/g;
let refused = 0;

async function lease() {
  await busy(processes.a);
  const host = processes.a;
  const before = host.logs().match(REFUSED)?.length ?? 0;
  processes.a = null;
  process.kill(host.pid, 'SIGSTOP');
  const from = Date.now();
  const held = await heldBy(host.pid);
  since(from, await takenOver(host.pid, held), times.lease);
  await relieved(host);
  process.kill(host.pid, 'SIGCONT');
  // it finds out with its next write or renewal
  await pause(4_000);
  refused += (host.logs().match(REFUSED)?.length ?? 0) - before;
  processes.a = host;
}

async function own() {
  await busy(processes.a);
  const host = strike('a');
  await host.kill();
  const held = await heldBy(host.pid);
  const taken = takenOver(host.pid, held);
  await start('a');
  since(Date.now(), await taken, times.own);
  // a run that is cut off five times in a row would be given up
  await relieved(host);
  await until(async () => (await ended(held)) === held.length, { everyMs: LOOK_EVERY_MS });
}

/** Every answered request has its run, every run has ended well and has written twice. */
async function audit() {
  const runs = await world.rows(`SELECT context->'data'->>'title' AS title, status FROM executions`);
  const logs = await world.rows('SELECT title, count(*) AS n FROM bench_logs GROUP BY title');
  const posts = new Set((await world.rows('SELECT title FROM bench_posts')).map(({ title }) => title));
  const stored = new Map();
  for (const { title } of runs) stored.set(title, (stored.get(title) ?? 0) + 1);
  const why = await world.rows(
    `SELECT e.status, e.reason, n.type, j.status AS job, left(j.result::text, 200) AS result, count(*) AS n FROM executions e
     LEFT JOIN jobs j ON j."executionId" = e.id AND j.status <> 1 LEFT JOIN flow_nodes n ON n.id = j."nodeId" WHERE e.status <> 1 GROUP BY 1, 2, 3, 4, 5`,
  );
  for (const row of why) console.log(JSON.stringify(row));
  return {
    runs: runs.length,
    unresolved: runs.filter(({ status }) => Number(status) !== 1).length,
    answeredWithoutRecord: sent.filter(({ answered, title }) => answered && !posts.has(title)).length,
    recordsWithoutOneRun: [...posts].filter((title) => stored.get(title) !== 1).length,
    runsWithoutTwoRows: runs.length - logs.filter(({ n }) => Number(n) === 2).length,
  };
}

if (!options['no-build']) {
  await ensureDependencies({ sqlite: false });
  await buildAndLink();
}
await world.install();
const results = { at: new Date().toISOString(), blows };
try {
  await start('a');
  for (const name of ['bench_posts', 'bench_logs']) await createCollection(processes.a.client, name);
  for (let i = 0; i < WORKFLOWS; i += 1) {
    await createWorkflow(processes.a.client, { key: `run${i}`, nodes, config: { collection: 'bench_posts', appends: [] } });
  }
  await start('b');
  const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
  for (const [name, blow] of Object.entries({ other, lease, own })) {
    if (name === 'own') await strike('b').stop();
    for (let i = 0; i < blows; i += 1) await blow();
    const [p50, p99, longest] = [median(times[name]), percentile(times[name], 0.99), Math.max(...times[name])];
    results[name] = { runs: times[name].length, p50, p99, longest, load: Math.round(loadavg()[0] * 10) / 10 };
    console.log(`${name.padEnd(8)}${times[name].length} runs\tmedian ${p50} ms\tp99 ${p99} ms\tlongest ${longest} ms\t(load ${results[name].load})`);
  }
  isOver = true;
  await Promise.all(clients);
  await until(async () => Number((await world.rows('SELECT count(*) AS n FROM executions WHERE status IS NULL OR status = 0'))[0].n) === 0);
  Object.assign(results, await audit(), { refused });
  console.log(JSON.stringify(results));
  mkdirSync(fromRoot('storage/bench'), { recursive: true });
  writeFileSync(fromRoot('storage/bench/recovery.json'), JSON.stringify(results, null, 2));
} finally {
  isOver = true;
  await world.close();
  outside.close();
}
const isClean = ['unresolved', 'answeredWithoutRecord', 'recordsWithoutOneRun', 'runsWithoutTwoRows'].every((name) => results[name] === 0);
process.exit(isClean ? 0 : 1);

#!/usr/bin/env node
/**
 * `npm run proof` (minutes) and `npm run proof:long` (hours): random programs against the reference interpreter, a real
 * host killed at every commit point on every database, a soak of three dying processes, and the doctor. Writes `docs/proof/`.
 *
 *   npm run proof                        all parts
 *   npm run proof -- programs matrix     only these (programs, matrix, soak, memory, doctor, standstill, recovery, speed, curves, nodes); the report keeps the others as they were
 *   PROOF_SEED=7 npm run proof           repeats the choices of an earlier run
 *   PROOF_KILLS=12 npm run proof         a smaller or larger soak; runs in proportion
 *   PROOF_BLOWS=8 npm run proof -- recovery
 *                                        fewer blows of each kind
 *   PROOF_ROUNDS=2 npm run proof -- speed nodes
 *                                        fewer rounds
 *   PROOF_FROM=storage/proof/crash-1.jsonl npm run proof -- matrix
 *                                        takes over what a run had noted that was broken off
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ROOT, fromRoot } from '../../scripts/lib/paths.mjs';
import { UserError, runScript } from '../../scripts/lib/progress.mjs';
import { machine, report } from './report.mjs';

const SHORT = { programs: 5_000, matrix: 'short', kills: 200, soakRuns: 20_000, runs: 2_000, blows: 20, rounds: 5 };
const LONG = { programs: 200_000, matrix: 'full', kills: 1_000, soakRuns: 100_000, runs: 10_000, blows: 100, rounds: 15 };

const isLong = process.argv.includes('--long');
const size = isLong ? LONG : SHORT;
const kills = Number(process.env.PROOF_KILLS ?? size.kills);
const seed = Number(process.env.PROOF_SEED ?? Math.floor(Math.random() * 2 ** 31));
const summaryFile = fromRoot('docs/proof/summary.json');

const linesOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []);

/** What an earlier run had noted when it was broken off. */
function earlier(file) {
  const { birthtimeMs, mtimeMs } = statSync(file);
  const lines = linesOf(file);
  const passed = lines.every(({ died = true, violations = [] }) => died && violations.length === 0);
  return { passed, minutes: Math.round((mtimeMs - birthtimeMs) / 6_000) / 10, at: new Date(mtimeMs).toISOString(), seed, lines };
}

/** Runs one test file. @returns what it noted, one object per line, and whether it passed */
async function vitest(project, file, env) {
  if (process.env.PROOF_FROM) return earlier(process.env.PROOF_FROM);
  const results = fromRoot(`storage/proof/${project}-${Date.now()}.jsonl`);
  mkdirSync(fromRoot('storage/proof'), { recursive: true });
  const startedAt = Date.now();
  const child = spawn(process.execPath, [fromRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', project, file], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env, PROOF_RESULTS: results },
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const lines = linesOf(results);
  rmSync(results, { force: true });
  return {
    passed: code === 0,
    minutes: Math.round((Date.now() - startedAt) / 6_000) / 10,
    at: new Date().toISOString(),
    seed,
    lines,
  };
}

/** Runs a bench. @returns what it wrote to storage/bench, and whether it came to its end */
async function bench(name, args) {
  const file = fromRoot(`storage/bench/${name}.json`);
  rmSync(file, { force: true });
  const startedAt = Date.now();
  const child = spawn(process.execPath, [fromRoot(`bench/${name}.mjs`), ...args], { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return { result, run: { passed: code === 0, minutes: Math.round((Date.now() - startedAt) / 6_000) / 10, at: new Date().toISOString() } };
}

/** Minutes have one decimal. */
const sum = (a, b) => Math.round((a + b) * 10) / 10;

const caseName = ({ dialect, shape, fault: { point, side, n } }) => `${dialect} ${shape} ${side} ${point} ${n}`;

/** The latest result of each case. */
const merged = (before, after) => [...new Map([...before, ...after].map((one) => [caseName(one), one])).values()];

const PARTS = {
  async programs() {
    const env = { PROOF_PROGRAMS: String(size.programs), PROOF_SEED: String(seed) };
    const { lines: _, ...run } = await vitest('unit', 'src/server/engine/__tests__/programs', env);
    return { ...run, perProperty: size.programs, properties: 3 };
  },
  async matrix() {
    const { lines, ...run } = await vitest('crash', '__tests__/crash/faults.test.ts', { PROOF_MATRIX: size.matrix });
    return { ...run, cases: lines };
  },
  async soak() {
    const env = { SOAK_KILLS: String(kills), SOAK_RUNS: String(Math.round((size.soakRuns * kills) / size.kills)), SOAK_SEED: String(seed) };
    const { lines, ...run } = await vitest('crash', '__tests__/crash/soak.test.ts', env);
    return { ...run, ...lines.find(({ soak }) => soak)?.soak };
  },
  async memory() {
    const { lines, ...run } = await vitest('crash', '__tests__/crash/memory.test.ts', {});
    return { ...run, ...lines.find(({ memory }) => memory)?.memory };
  },
  async standstill() {
    const { lines, ...run } = await vitest('crash', '__tests__/crash/standstill.test.ts', {});
    return { ...run, cases: lines.flatMap(({ standstill = [] }) => standstill) };
  },
  async doctor() {
    const { lines, ...run } = await vitest('integration', '__tests__/integration/doctor.test.ts', {});
    const of = (kind) => lines.filter((line) => line.doctor === kind);
    return { ...run, clean: of('clean'), planted: of('planted'), found: of('planted').filter(({ isFound }) => isFound) };
  },
  async speed() {
    const { result, run } = await bench('run', ['--dialect', 'postgres', '--rounds', process.env.PROOF_ROUNDS ?? String(size.rounds)]);
    // stock on SQLite takes minutes for each round: it waits for locks
    const sqlite = await bench('run', ['--dialect', 'sqlite', '--hosts', 'ours', '--rounds', process.env.PROOF_ROUNDS ?? '3', '--only', 'sync5,async5,fan5,fanData']);
    return { ...run, passed: run.passed && sqlite.run.passed, minutes: sum(run.minutes, sqlite.run.minutes), figures: { ...result, ...sqlite.result } };
  },
  async curves() {
    const { result, run } = await bench('curves', []);
    return { ...run, curves: result.curves };
  },
  async nodes() {
    const { result, run } = await bench('nodes', ['--runs', String(size.runs), '--rounds', process.env.PROOF_ROUNDS ?? '3']);
    const { at: _at, runs: _runs, rounds: _rounds, ...figures } = result;
    return { ...run, figures };
  },
  async recovery() {
    const { result, run } = await bench('recovery', ['--blows', process.env.PROOF_BLOWS ?? String(size.blows)]);
    return { ...run, figures: result };
  },
};

await runScript(async () => {
  const wanted = process.argv.slice(2).filter((name) => name !== '--long');
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown) throw new UserError(`There is no part "${unknown}"; choose from ${Object.keys(PARTS).join(', ')}.`);
  let isGreen = true;
  for (const name of wanted.length ? wanted : Object.keys(PARTS)) {
    const result = { ...(await PARTS[name]()), machine: machine() };
    // Parts may be run side by side, and the matrix one database at a time: what was written before stays.
    const before = existsSync(summaryFile) ? JSON.parse(readFileSync(summaryFile, 'utf8')) : {};
    if (name === 'matrix') result.cases = merged(before[name]?.cases ?? [], result.cases);
    const summary = { ...before, [name]: result };
    isGreen &&= result.passed;
    mkdirSync(fromRoot('docs/proof'), { recursive: true });
    writeFileSync(summaryFile, `${JSON.stringify(summary, null, 1)}\n`);
    writeFileSync(fromRoot('docs/proof/README.md'), report(summary));
  }
  if (!isGreen) throw new UserError('A part of the proof failed; docs/proof/README.md says which.');
});

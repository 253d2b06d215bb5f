#!/usr/bin/env node
/**
 * `npm test`: everything, from a fresh clone. Installs what is missing, checks types and lint, then runs the unit,
 * integration, crash and browser tests one after the other, and says how long they took. The last line is
 * `N passed, N failed`.
 *
 *   npm test                  all of it
 *   npm test -- unit crash    only these parts (types, lint, unit, integration, crash, e2e)
 *
 * `TEST_POSTGRES_URL`, `TEST_MARIADB_URL` and `CHROMIUM_PATH` say where the servers and the browser are. What cannot
 * be reached is left out with a message; with `CI=true` it is a failure.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { chromiumPath } from './lib/chromium.mjs';
import { buildAndLink, ensureDependencies } from './lib/dependencies.mjs';
import { durationTable, fileDurations } from './lib/durations.mjs';
import { ROOT, fromRoot } from './lib/paths.mjs';
import { UserError, runScript } from './lib/progress.mjs';
import { countsOf, failures, passedAgain, withHooks, withSecond, worthAnother } from './lib/testReport.mjs';

const start = (script, args, stdio) =>
  spawn(process.execPath, [fromRoot('node_modules', script), ...args], { cwd: ROOT, stdio });

/** @returns the exit code */
const ended = (child) => new Promise((resolve) => child.once('close', resolve));

const asCounts = (ok) => ({ passed: Number(ok), failed: Number(!ok) });

/** Runs a command that only passes or fails. What it prints is held back until it has ended, so that two can go side by side. */
const check = (script, args) => async () => {
  const child = start(script, args, 'pipe');
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
  const code = await ended(child);
  process.stdout.write(Buffer.concat(printed));
  return asCounts(code === 0);
};

/**
 * Runs a project of vitest.config.mts, or some files of it.
 * @returns its exit code, what it reports, and errors that are in no report; null when it broke off
 */
async function vitest(project, files = []) {
  const path = (name) => fromRoot(`storage/test/${name}-${project}${files.length ? '-again' : ''}.json`);
  mkdirSync(fromRoot('storage/test'), { recursive: true });
  for (const name of ['report', 'errors']) rmSync(path(name), { force: true });
  process.env.ERRORS_FILE = path('errors');
  const reporters = ['default', 'json', fromRoot('scripts/lib/errorsReporter.mjs')].map((name) => `--reporter=${name}`);
  const options = ['--passWithNoTests', '--silent=passed-only', ...reporters, `--outputFile.json=${path('report')}`];
  const code = await ended(start('vitest/vitest.mjs', ['run', '--project', project, ...options, ...files], 'inherit'));
  if (!existsSync(path('report')) || !existsSync(path('errors'))) return null;
  const [report, errors] = ['report', 'errors'].map((name) => JSON.parse(readFileSync(path(name), 'utf8')));
  return { code, report: withHooks(report, errors.hooks), errors };
}

/** A run that failed without a failed test counts as one failure. */
const countsWith = (code, report) => {
  const { passed, failed } = countsOf(report);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
};

/**
 * Runs one project of vitest.config.mts. In CI a file in which something did not come in time has one more attempt, with a host
 * and a database made anew; what was wrong in it has not, nor has what a crash test waited for in vain.
 */
const tests = (project) => async () => {
  const first = await vitest(project);
  if (!first) return asCounts(false);
  const { report, errors } = first;
  const files = process.env.CI ? worthAnother(report, errors, { hooksOnly: project === 'crash' }) : [];
  if (!files.length) return { ...countsWith(first.code, report), ...namesOf(report), unhandled: errors.unhandled };
  console.log(`\n── ${project}: once more, ${files.length} of its files`);
  const second = await vitest(project, files);
  if (!second) return asCounts(false);
  const { again, ...merged } = withSecond(report, second.report);
  const names = namesOf(merged);
  // of what else failed in the first attempt nothing was tried again: it is in the counts
  return { ...countsWith(second.code, merged), ...names, again: [...names.again, ...again], unhandled: second.errors.unhandled };
};

const namesOf = (report) => ({ files: fileDurations(report), again: passedAgain(report), broken: failures(report) });

async function e2e() {
  if (chromiumPath()) return tests('e2e')();
  if (process.env.CI) {
    console.error('CI needs a browser: Chromium is not installed.');
    return asCounts(false);
  }
  console.warn('Left out: the browser tests (install Chromium or set CHROMIUM_PATH).');
  return { passed: 0, failed: 0 };
}

const PARTS = {
  types: check('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
  lint: check('eslint/bin/eslint.js', ['.']),
  unit: tests('unit'),
  integration: tests('integration'),
  crash: tests('crash'),
  e2e,
};

/** One after the other; those that use one core each, and neither databases nor ports, go side by side. */
const STEPS = [['types', 'lint'], ['unit'], ['integration'], ['crash'], ['e2e']];

async function timed(name) {
  const startedAt = Date.now();
  const counts = await PARTS[name]();
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
  const { files = [], again = [], broken = [], unhandled = [] } = counts;
  const causes = [...broken, ...unhandled.map((error) => `${name}, of no test: ${error}`)];
  const named = causes.length || !counts.failed ? causes : [`${name}: see above`];
  return { ...counts, name, ms: Date.now() - startedAt, files, again, broken: named };
}

await runScript(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown) throw new UserError(`"${unknown}" is not a part of the tests; they are ${Object.keys(PARTS).join(', ')}.`);
  await ensureDependencies();
  await buildAndLink();

  const startedAt = Date.now();
  const parts = [];
  for (const step of STEPS) {
    const names = step.filter((name) => !wanted.length || wanted.includes(name));
    if (!names.length) continue;
    console.log(`\n── ${names.join(', ')}`);
    parts.push(...(await Promise.all(names.map(timed))));
  }
  const sum = (count) => parts.reduce((all, part) => all + part[count], 0);
  const total = { passed: sum('passed'), failed: sum('failed') };
  console.log(`\n${durationTable(parts, parts.flatMap(({ files }) => files), Date.now() - startedAt)}`);
  const again = parts.flatMap((part) => part.again);
  if (again.length) console.log(`\nPassed at the second attempt only:\n${again.map((name) => `  ${name}`).join('\n')}`);
  const broken = parts.flatMap((part) => part.broken);
  if (broken.length) console.log(`\nFailed:\n${broken.map((name) => `  ${name}`).join('\n')}`);
  process.exitCode = total.failed ? 1 : 0;
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
});

#!/usr/bin/env node
/**
 * `npm test`: everything, from a fresh clone. Installs what is missing, checks types and lint, then runs the unit,
 * integration, crash and browser tests one after the other. The last line is `N passed, N failed`.
 *
 *   npm test                  all of it
 *   npm test -- unit crash    only these parts (types, lint, unit, integration, crash, e2e)
 *
 * `TEST_POSTGRES_URL`, `TEST_MARIADB_URL` and `CHROMIUM_PATH` say where the servers and the browser are. What cannot
 * be reached is left out with a message; with `CI=true` it is a failure.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { chromiumPath } from './lib/chromium.mjs';
import { buildAndLink, ensureDependencies } from './lib/dependencies.mjs';
import { ROOT, fromRoot } from './lib/paths.mjs';
import { UserError, runScript } from './lib/progress.mjs';

function run(script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fromRoot('node_modules', script), ...args], { cwd: ROOT, stdio: 'inherit' });
    child.once('close', resolve);
  });
}

const asCounts = (ok) => ({ passed: Number(ok), failed: Number(!ok) });

/** Runs a command that only passes or fails. */
const check = (script, args) => async () => asCounts((await run(script, args)) === 0);

/** Runs one project of vitest.config.mts. */
const tests = (project) => async () => {
  const report = fromRoot(`storage/test/report-${project}.json`);
  mkdirSync(fromRoot('storage/test'), { recursive: true });
  rmSync(report, { force: true });
  const code = await run('vitest/vitest.mjs', [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--silent=passed-only',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return countsOf(report, code);
};

/** A run that failed without a failed test (a file that does not load, a set-up that throws) counts as one failure. */
function countsOf(report, exitCode) {
  try {
    const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const brokenFiles = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    ).length;
    const failed = numFailedTests + brokenFiles;
    return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
  } catch {
    return asCounts(exitCode === 0);
  }
}

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

await runScript(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown) throw new UserError(`"${unknown}" is not a part of the tests; they are ${Object.keys(PARTS).join(', ')}.`);
  await ensureDependencies();
  await buildAndLink();

  const total = { passed: 0, failed: 0 };
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length && !wanted.includes(name)) continue;
    console.log(`\n── ${name}`);
    const { passed, failed } = await part();
    console.log(`${name}: ${passed} passed, ${failed} failed`);
    total.passed += passed;
    total.failed += failed;
  }
  process.exitCode = total.failed ? 1 : 0;
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
});

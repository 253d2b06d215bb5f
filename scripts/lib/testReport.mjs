import { relative } from 'node:path';
import { ROOT } from './paths.mjs';

/** More than these at once are no accident. */
const MAX_FILES_AGAIN = 3;
const EXCERPT_LINES = 12;
const EXCERPT_CHARACTERS = 1500;

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} TestResult
 * @typedef {{ name: string, status?: string, message?: string, startTime?: number, endTime?: number, assertionResults: TestResult[] }} FileResult
 * @typedef {{ testResults: FileResult[] }} Report what Vitest writes, as far as it is read here
 */

const failedTests = ({ assertionResults }) => assertionResults.filter(({ status }) => status === 'failed');

/** A file without a failed test that failed: it does not load, or what has to be there before its tests could not be had. */
const isBroken = (file) => file.status === 'failed' && failedTests(file).length === 0;

/**
 * @param {Report} report
 * @returns {{ passed: number, failed: number }} a broken file counts as one failure
 */
export function countsOf({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + testResults.filter(isBroken).length,
  };
}

/** What a busy machine does: something did not come in time. */
const LATE = /Waited \d+ ms in vain|(Test|Hook) timed out|Timeout \d+ms exceeded|The host |NocoBase did not answer|ECONNREFUSED|ECONNRESET|fetch failed|socket hang up/;
const isLate = (text) => LATE.test(text) && !text.includes('AssertionError');

/**
 * Files worth a second attempt as a whole, because something in them did not come in time. What was there and was wrong stays
 * wrong, and so does what fails in many places, and what belongs to no test.
 *
 * @param {Report} report
 * @param {{ hooks: Record<string, string[]>, unhandled: string[] }} errors what the report leaves out
 * @param {{ hooksOnly: boolean }} options for tests in which waiting in vain means that something was lost
 * @returns {string[]} their paths
 */
export function worthAnother({ testResults }, { hooks, unhandled }, { hooksOnly }) {
  const failed = testResults.filter((file) => isBroken(file) || failedTests(file).length > 0);
  if (unhandled.length > 0 || failed.length > MAX_FILES_AGAIN) return [];
  const isWorth = (file) => {
    const ofTests = failedTests(file).flatMap(({ failureMessages = [] }) => failureMessages);
    const ofHooks = hooks[file.name] ?? [];
    return ofTests.length + ofHooks.length > 0 && [...ofTests, ...ofHooks].every(isLate) && !(hooksOnly && ofTests.length > 0);
  };
  return failed.filter(isWorth).map(({ name }) => name);
}

/**
 * The report with the errors of hooks in the place where those of files that do not load are.
 * @param {Report} report
 * @param {Record<string, string[]>} hooks
 * @returns {Report}
 */
export const withHooks = ({ testResults }, hooks) => ({
  testResults: testResults.map((file) => ({ ...file, message: file.message || (hooks[file.name]?.join('\n') ?? '') })),
});

/**
 * The report with the second attempts in the place of the first.
 * @param {Report} report
 * @param {Report} second
 * @returns {{ testResults: FileResult[], again: string[] }} and what passed with that
 */
export function withSecond({ testResults }, second) {
  const byName = new Map(second.testResults.map((file) => [file.name, file]));
  const merged = testResults.map((file) => byName.get(file.name) ?? file);
  const passed = (file) => byName.has(file.name) && byName.get(file.name).status === 'passed';
  return { testResults: merged, again: failures({ testResults: testResults.filter(passed) }) };
}

/**
 * Tests that failed before they passed: Vitest keeps the errors of the first attempt.
 * @param {Report} report
 * @returns {string[]} each with its file and the first line of what was wrong
 */
export const passedAgain = ({ testResults }) =>
  testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages?.length)
      .map(({ fullName, failureMessages }) => `${relative(ROOT, name)} > ${fullName}: ${failureMessages[0].split('\n')[0]}`),
  );

/**
 * Tests that failed, and files that could not be loaded.
 * @param {Report} report
 * @returns {string[]} each with its file and what was wrong, up to the line of the test
 */
export const failures = ({ testResults }) =>
  testResults.flatMap((file) => {
    const name = relative(ROOT, file.name);
    if (isBroken(file)) return [`${name}: ${excerpt(file.message)}`];
    return failedTests(file).map(({ fullName, failureMessages }) => `${name} > ${fullName}: ${excerpt(failureMessages?.at(-1))}`);
  });

/** An error's message and the first lines of its stack, short enough to be read where only the end of a log is kept. */
const excerpt = (message) => (message || 'no message').split('\n').slice(0, EXCERPT_LINES).join('\n').slice(0, EXCERPT_CHARACTERS);

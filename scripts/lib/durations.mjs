import { relative } from 'node:path';
import { ROOT } from './paths.mjs';

/** How many files are named at the end of a run. */
const NAMED = 10;

/** @param {number} ms */
const asTime = (ms) => {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/**
 * Seconds per test file, from a report of Vitest.
 * @param {{ testResults: { name: string, startTime: number, endTime: number }[] }} report
 * @returns {{ name: string, ms: number }[]}
 */
export const fileDurations = ({ testResults }) =>
  testResults.map(({ name, startTime, endTime }) => ({ name: relative(ROOT, name), ms: Math.max(0, endTime - startTime) }));

/**
 * How long each part took, and the slowest files of all.
 * @param {{ name: string, ms: number }[]} parts
 * @param {{ name: string, ms: number }[]} files
 * @param {number} allMs less than the sum of the parts, when some went side by side
 */
export function durationTable(parts, files, allMs) {
  const lines = (rows) => rows.map(({ name, ms }) => `${asTime(ms).padStart(12)}  ${name}`);
  const slowest = [...files].sort((a, b) => b.ms - a.ms).slice(0, NAMED);
  return ['Parts', ...lines([...parts, { name: 'all', ms: allMs }]), ...(slowest.length ? ['Slowest files', ...lines(slowest)] : [])].join('\n');
}

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A real host needs seconds to come up, and CI machines are slow. */
const HOST_TIMEOUT_MS = 120_000;

/** CI keeps only the end of what is printed: `expected [ Array(1) ] to deeply equal []` would not say what was wrong. */
const inFull = { chaiConfig: { truncateThreshold: 2_000 } };

const onRealHost = {
  ...inFull,
  environment: 'node',
  pool: 'forks' as const,
  globalSetup: ['__tests__/helpers/globalSetup.ts'],
  testTimeout: HOST_TIMEOUT_MS,
  hookTimeout: 2 * HOST_TIMEOUT_MS,
};

/**
 * A host that other people wrote, three databases and a browser share two cores in CI. What fails there once and passes when
 * it is tried again is passed, and named at the end of the run (`scripts/test.mjs`). At home nothing is tried again, and
 * nowhere a crash test: a run that is lost one time in two is lost.
 */
const retry = process.env.CI ? 1 : 0;

/** The host's own designer loses clicks while it draws itself anew, on a busy machine more often than not. */
const browserRetry = 2 * retry;

/** Vitest leaves one core to itself, which halves a machine of two; a test file also waits for its host and its database. */
const AT_A_TIME = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    maxWorkers: AT_A_TIME,
    minWorkers: 1,
    projects: [
      {
        test: {
          ...inFull,
          name: 'unit',
          environment: 'node',
          // Properties try hundreds of cases; on a busy machine that takes its time.
          testTimeout: 30_000,
          include: ['{src,scripts}/**/__tests__/**/*.test.{ts,tsx}'],
        },
      },
      { test: { ...onRealHost, retry, name: 'integration', include: ['__tests__/integration/**/*.test.ts'] } },
      { test: { ...onRealHost, name: 'crash', include: ['__tests__/crash/**/*.test.ts'] } },
      // A journey loads eight pages of a host that serves hundreds of files.
      { test: { ...onRealHost, testTimeout: 2 * HOST_TIMEOUT_MS, retry: browserRetry, name: 'e2e', include: ['__tests__/e2e/**/*.test.ts'] } },
    ],
  },
});

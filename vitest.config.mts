import { defineConfig } from 'vitest/config';

/** A real host needs seconds to come up, and CI machines are slow. */
const HOST_TIMEOUT_MS = 120_000;

const onRealHost = {
  environment: 'node',
  pool: 'forks' as const,
  globalSetup: ['__tests__/helpers/globalSetup.ts'],
  testTimeout: HOST_TIMEOUT_MS,
  hookTimeout: 2 * HOST_TIMEOUT_MS,
};

/** Files that measure, kill or paint: one after the other. */
const oneAtATime = { forks: { singleFork: true } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // Properties try hundreds of cases; on a busy machine that takes its time.
          testTimeout: 30_000,
          include: ['{src,scripts}/**/__tests__/**/*.test.{ts,tsx}'],
        },
      },
      { test: { ...onRealHost, name: 'integration', include: ['__tests__/integration/**/*.test.ts'] } },
      { test: { ...onRealHost, name: 'crash', include: ['__tests__/crash/**/*.test.ts'], poolOptions: oneAtATime } },
      { test: { ...onRealHost, name: 'e2e', include: ['__tests__/e2e/**/*.test.ts'], poolOptions: oneAtATime } },
    ],
  },
});

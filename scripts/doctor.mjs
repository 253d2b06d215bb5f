#!/usr/bin/env node
/**
 * `npm run doctor`: looks whether the workflows and executions in a database are as they have to be. Other processes
 * may work on it meanwhile.
 *
 *   npm run doctor                      the database that DB_DIALECT, DB_HOST, … name (or .env)
 *   npm run doctor -- --repair          heals what is safe to heal
 *   npm run doctor -- --json            for programs
 *
 * Ends with 1 when something is wrong that needs somebody.
 */
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { databaseFromEnvironment } from './lib/databaseFromEnvironment.mjs';
import { hostEnvironment } from './lib/hostEnvironment.mjs';
import { freePort } from './lib/host.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runScript } from './lib/progress.mjs';

await runScript(async () => {
  if (existsSync(fromRoot('.env'))) process.loadEnvFile?.(fromRoot('.env'));
  const settings = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('DB_')));
  const env = hostEnvironment({
    storagePath: fromRoot('storage'),
    database: databaseFromEnvironment(),
    port: await freePort(),
    // a short-lived command: it executes nothing
    env: { ...settings, WORKER_MODE: '-', LOGGER_LEVEL: 'error', LOGGER_TRANSPORT: 'file' },
  });
  const child = spawn(process.execPath, [fromRoot('scripts/lib/doctorProcess.cjs'), 'workflow:doctor', ...process.argv.slice(2)], {
    cwd: fromRoot('.'),
    env,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { startHost, type TestHost } from '../helpers/host';
import { countKinds } from '../helpers/leaks';
import { noteForProof } from '../helpers/noteForProof';
import { waitFor } from '../helpers/waitFor';
import { MIXES } from './clients';
import { SMALL_HOST } from './faults/FaultWorld';
import { createWorkflows } from './workflows';

const CLIENTS = 8;
/** Caches of host and engine are filled by then, and the compiler has seen the code. */
const WARM_UP = 400;
const REQUESTS = 1_200;
const ALLOWED_MB = 20;
const DEADLINE_MS = 120_000;

interface Left {
  heapMb: number;
  /** of timers, sockets and the like, by kind */
  resources: Record<string, number>;
  connections: number;
}

describe.runIf(DIALECTS.includes('postgres'))('a process that has worked (I12)', () => {
  let host: TestHost;

  beforeAll(async () => {
    host = await startHost({ dialect: 'postgres', plugins: SMALL_HOST, env: { LOGGER_LEVEL: 'warn' } });
    await createWorkflows(host.api);
  });

  afterAll(() => host?.close());

  const sql = async (statement: string) => (await host.api.post('faultWorld:sql', { statement })).data;

  /** Requests from several clients, until all that they started has ended. */
  async function work(requests: number): Promise<void> {
    let sent = 0;
    const client = async () => {
      while (sent < requests) {
        const number = sent++;
        const keys = MIXES[number % MIXES.length]!.join(',');
        const { status } = await host.api.post(`orders:create?triggerWorkflows=${keys}`, { title: `order ${number}`, amount: number });
        expect(status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const live = 'SELECT count(*) AS live FROM executions WHERE status IS NULL OR status = 0';
    await waitFor(async () => Number((await sql(live))[0].live) === 0, { what: 'all runs to end', timeoutMs: DEADLINE_MS });
  }

  async function left(): Promise<Left> {
    const { heapMb, resources } = (await host.api.post('faultWorld:memory')).data;
    const [{ connections }] = await sql('SELECT count(*) AS connections FROM pg_stat_activity WHERE datname = current_database()');
    return { heapMb, resources: Object.fromEntries(countKinds(resources)), connections: Number(connections) };
  }

  it(
    `keeps no memory, no timer, no socket and no connection of it`,
    async () => {
      await work(WARM_UP);
      const before = await left();
      await work(REQUESTS);
      let after = before;
      // Pools let idle connections go after a while.
      const isBack = async () => {
        after = await left();
        const more = Object.entries(after.resources).filter(([kind, count]) => count > (before.resources[kind] ?? 0));
        if (more.length || after.connections > before.connections) throw new Error(JSON.stringify({ before, after }));
        return true;
      };
      await waitFor(isBack, { what: 'everything to be let go', timeoutMs: 60_000 });
      await noteForProof({ memory: { before, after, requests: REQUESTS } });
      expect(after.heapMb - before.heapMb).toBeLessThanOrEqual(ALLOWED_MB);
    },
    4 * DEADLINE_MS,
  );
});

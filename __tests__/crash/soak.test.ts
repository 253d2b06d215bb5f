import { appendFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS } from '../../src/common/status';
import { withServer } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';
import { MIXES, type Sent } from './clients';
import { audit } from './soak/audit';
import { Fleet } from './soak/Fleet';
import { createWorkflows } from './workflows';

/** More in the proof: `SOAK_KILLS=200 SOAK_REQUESTS=12000 npm run proof`. */
const KILLS = Number(process.env.SOAK_KILLS ?? 8);
const REQUESTS = Number(process.env.SOAK_REQUESTS ?? 400);
const SEED = Number(process.env.SOAK_SEED ?? 1);
const CLIENTS = 8;
const PROCESSES = 3;
const MINUTES = 60_000;
const DEADLINE_MS = 5 * MINUTES + KILLS * 10_000 + REQUESTS * 100;

/** mulberry32: small, and the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.runIf(DIALECTS.includes('postgres'))('three processes on one database, one of them dying at any time', () => {
  let fleet: Fleet;
  const sent: Sent[] = [];
  let isOver = false;

  beforeAll(async () => {
    fleet = await Fleet.start({ dialect: 'postgres', processes: PROCESSES, random: randomFrom(SEED) }, ({ api }) => createWorkflows(api));
  }, 5 * MINUTES);

  afterAll(() => fleet?.close());

  /** One person at a screen: whoever answers gets the next record; what breaks off is not sent again. */
  async function client(): Promise<void> {
    while (!isOver) {
      const host = fleet.anyone();
      if (!host) {
        await delay(50);
        continue;
      }
      const number = sent.length;
      const entry: Sent = { token: `order ${number}`, keys: MIXES[number % MIXES.length]!, status: null };
      sent.push(entry);
      try {
        const path = `orders:create?triggerWorkflows=${entry.keys.join(',')}`;
        entry.status = (await host.api.post(path, { title: entry.token, amount: number })).status;
      } catch {
        // The process died: whether the record was stored, the database will tell.
      }
      // Spread over the whole time, so that there is work at every kill.
      if (sent.length / REQUESTS > (fleet.kills + 1) / KILLS) await delay(200);
    }
  }

  it(
    'loses nothing and doubles nothing',
    async () => {
      const startedAt = Date.now();
      const isDone = () => (isOver = fleet.kills >= KILLS && sent.length >= REQUESTS);
      await Promise.all([fleet.torment(isDone), ...Array.from({ length: CLIENTS }, client)]);
      const calmAt = Date.now();
      const live = async () =>
        (await fleet.first.api.get('executions:list', { filter: { $or: [{ status: EXECUTION_STATUS.STARTED }, { status: { $empty: true } }] }, pageSize: 1 })).meta.count;
      const left = await live();
      await waitFor(async () => (await live()) === 0, { what: 'all runs to end', timeoutMs: DEADLINE_MS });
      const drainedMs = Date.now() - calmAt;
      const { database } = fleet.first.database as { database: string };
      const result = await withServer('postgres', (sql) => audit(sent, fleet.first.api, sql), database);
      const answered = sent.filter(({ status }) => status === 200).length;
      const summary = {
        seed: SEED,
        kills: fleet.kills,
        zombies: fleet.zombies,
        requests: sent.length,
        answered,
        refused: sent.filter(({ status }) => status !== null && status !== 200).map(({ status }) => status),
        minutes: Math.round((calmAt - startedAt) / 6_000) / 10,
        left,
        drainedMs,
        ...result,
      };
      console.log(JSON.stringify(summary));
      if (process.env.PROOF_RESULTS) await appendFile(process.env.PROOF_RESULTS, `${JSON.stringify({ soak: summary })}\n`);
      expect(result.violations).toEqual([]);
      expect(summary.refused.filter((status) => status !== 503)).toEqual([]);
    },
    DEADLINE_MS,
  );
});

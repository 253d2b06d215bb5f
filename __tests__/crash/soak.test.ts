import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { noteForProof } from '../helpers/noteForProof';
import { OwnPostgres } from '../helpers/OwnPostgres';
import { waitFor } from '../helpers/waitFor';
import { MIXES, type Sent } from './clients';
import { audit } from './soak/audit';
import { Fleet } from './soak/Fleet';
import { SHAPES, createWorkflows } from './workflows';

/** More in the proof: `SOAK_KILLS=200 SOAK_RUNS=20000`. */
const KILLS = Number(process.env.SOAK_KILLS ?? 8);
const RUNS = Number(process.env.SOAK_RUNS ?? 800);
const SEED = Number(process.env.SOAK_SEED ?? 1);
const CLIENTS = 8;
const PROCESSES = 3;
const MINUTES = 60_000;
/** Nobody waits longer for an answer: the process may stand still. */
const PATIENCE_MS = 60_000;
/** The kills end after so long even if there were fewer; the figures say so. */
const LIMIT_MS = Number(process.env.SOAK_MINUTES ?? 1_000) * MINUTES;
const DEADLINE_MS = 15 * MINUTES + KILLS * 20_000 + RUNS * 50;
/** Every second request starts a run of each shape. */
const ALL = Object.keys(SHAPES);

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
  let server: OwnPostgres | null;
  let fleet: Fleet;
  const sent: Sent[] = [];
  let runs = 0;
  let isOver = false;

  /** A statement about the database of the fleet, wherever that is. */
  const sql = (statement: string) => withDatabase(fleet.first.database, (run) => run(statement));

  beforeAll(async () => {
    server = await OwnPostgres.start();
    if (!server) console.warn('PostgreSQL is not installed here: its server is not restarted under load.');
    const options = {
      processes: PROCESSES,
      random: randomFrom(SEED),
      server,
      terminate: async (count: number) => {
        await sql(
          `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT ${count}) victims`,
        );
      },
    };
    fleet = await Fleet.start(options, ({ api }) => createWorkflows(api));
  }, 10 * MINUTES);

  afterAll(async () => {
    await fleet?.close();
    await server?.close();
  });

  /** One person at a screen: whoever answers gets the next record; what breaks off is not sent again. */
  async function client(): Promise<void> {
    while (!isOver) {
      const host = fleet.anyone();
      if (!host) {
        await delay(50);
        continue;
      }
      const number = sent.length;
      const keys = number % 2 ? ALL : MIXES[(number / 2) % MIXES.length]!;
      const entry: Sent = { token: `order ${number}`, keys, status: null };
      sent.push(entry);
      try {
        const path = `orders:create?triggerWorkflows=${keys.join(',')}`;
        const signal = AbortSignal.timeout(PATIENCE_MS);
        entry.status = (await host.api.within(signal).post(path, { title: entry.token, amount: number })).status;
        if (entry.status === 200) runs += keys.length;
      } catch {
        // The process died: whether the record was stored, the database will tell.
      }
      // Spread over the whole time, so that there is work at every kill.
      if (runs / RUNS > (fleet.kills + 1) / KILLS) await delay(200);
    }
  }

  it(
    'loses nothing and doubles nothing',
    async () => {
      const startedAt = Date.now();
      const isDone = () => (isOver = Date.now() > startedAt + LIMIT_MS || (fleet.kills >= KILLS && runs >= RUNS));
      const isBehind = () => runs / RUNS < fleet.kills / KILLS;
      await Promise.all([fleet.torment(isDone, isBehind), ...Array.from({ length: CLIENTS }, client)]);
      const calmAt = Date.now();
      const live = async () => Number((await sql('SELECT count(*) AS live FROM executions WHERE status IS NULL OR status = 0'))[0]!.live);
      const left = await live();
      await waitFor(async () => (await live()) === 0, { what: 'all runs to end', timeoutMs: DEADLINE_MS });
      const drainedMs = Date.now() - calmAt;
      const result = await audit(sent, fleet.first.api, sql);
      const answered = sent.filter(({ status }) => status === 200).length;
      const { afterKill, afterStop } = fleet.takeovers;
      const summary = {
        seed: SEED,
        kills: fleet.kills,
        blows: fleet.blows,
        refused: fleet.refused,
        mail: fleet.mail.counts,
        afterKill,
        afterStop,
        requests: sent.length,
        answered,
        failed: sent.filter(({ status }) => status !== null && status !== 200).length,
        minutes: Math.round((calmAt - startedAt) / 6_000) / 10,
        left,
        drainedMs,
        ...result,
      };
      console.log(JSON.stringify(summary));
      await noteForProof({ soak: summary });
      expect(result.violations).toEqual([]);
      // 5xx: the database was away; nothing else is a reason to refuse somebody.
      expect(sent.filter(({ status }) => status !== null && status !== 200 && status < 500)).toEqual([]);
    },
    DEADLINE_MS,
  );
});

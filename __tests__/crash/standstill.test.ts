import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../src/server/engine/faults';
import { DIALECTS } from '../helpers/dialects';
import { noteForProof } from '../helpers/noteForProof';
import { waitFor } from '../helpers/waitFor';
import { FaultWorld } from './faults/FaultWorld';

const PATIENCE_MS = 90_000;
/** in looks at the process */
const ORDER_EVERY = 40;

/** Places where a process holds locks of the database. */
const POINTS: Array<[FaultPoint, shape: string]> = [
  ['claim', 'straight'],
  ['databaseStep', 'straight'],
  ['answer', 'loop'],
];

/**
 * A process that stands still keeps its connections, and the server keeps its locks for it: that of claims, and those of
 * rows. A machine that the network has lost looks the same.
 */
describe.each(DIALECTS.filter((dialect) => dialect !== 'sqlite'))('a process on %s that stands still in the middle of a transaction', (dialect) => {
  let world: FaultWorld;
  let neighbour: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.start(dialect);
    neighbour = await world.neighbour();
  });

  afterAll(async () => {
    await neighbour?.host.close();
    await world?.close();
  });

  it.each(POINTS)('keeps nobody from its work: before %s', async (point, shape) => {
    const ordered = new Map<string, Promise<boolean>>();
    const order = () => {
      const token = world.nextToken();
      ordered.set(token, world.order(shape, token));
    };
    await world.standStillAt({ point, side: 'before', n: 1 });
    // its neighbour may be quicker
    let asked = 0;
    const standsStill = () => {
      if (asked++ % ORDER_EVERY === 0) order();
      return world.standsStill;
    };
    await waitFor(standsStill, { what: 'the process to come there', timeoutMs: PATIENCE_MS });
    const stoppedAt = Date.now();
    const live = 'SELECT count(*) AS live FROM executions WHERE status IS NULL OR status = 0';
    const count = async () => Number((await neighbour.host.api.post('faultWorld:sql', { statement: live })).data[0].live);
    const allDone = (what: string) => waitFor(async () => (await count()) === 0, { what, timeoutMs: PATIENCE_MS });
    try {
      await allDone('its neighbour to execute all');
    } finally {
      process.kill(world.host.pid, 'SIGCONT');
    }
    const ms = Date.now() - stoppedAt;
    await Promise.all(ordered.values());
    await allDone('what came in meanwhile');
    for (const [token, answered] of ordered) {
      expect(await neighbour.violations(shape, token, await answered)).toEqual([]);
    }
    await noteForProof({ standstill: { dialect, point, ms } });
    console.log(`${dialect}: stood still before ${point}; all done by another process after ${ms} ms`);
  }, 2 * PATIENCE_MS);

  it('and works again when it wakes up', async () => {
    const token = world.nextToken();
    expect(await world.order('straight', token)).toBe(true);
    await waitFor(async () => (await world.violations('straight', token, true)).length === 0, { what: 'the run to end' });
    expect(world.host.logs()).toMatch(/work could not be claimed|was interrupted and will be continued/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowModel } from '../../src/server/contract';
import { DIALECTS } from '../helpers/dialects';
import { waitFor } from '../helpers/waitFor';
import { TriggerWorld } from './triggerWorld';

const SECOND_MS = 1000;

/** A whole second, so many seconds from now. */
const second = (plus: number): number => (Math.floor(Date.now() / SECOND_MS) + plus) * SECOND_MS;
const iso = (instant: number): string => new Date(instant).toISOString();

/** Of a schedule for every second none is fired twice; a process that is late by more than a second may leave out two at most. */
function expectEverySecond(instants: number[]): void {
  const [first = 0, ...others] = instants.toSorted((a, b) => a - b);
  expect(new Set(instants).size).toBe(instants.length);
  expect(instants.filter((instant) => instant % SECOND_MS !== 0)).toEqual([]);
  expect((others.at(-1)! - first) / SECOND_MS - others.length).toBeLessThanOrEqual(2);
}

describe.each(DIALECTS)('schedule with times of its own on %s', (dialect) => {
  let world: TriggerWorld;

  beforeAll(async () => {
    world = await TriggerWorld.create('schedule', { dialect });
  });

  afterAll(() => world?.host.close());

  const add = (config: object, values: object = {}) => world.add({ mode: 0, ...config }, values);

  /** Instants for which a workflow was started. */
  const dates = async (workflow: WorkflowModel): Promise<number[]> =>
    (await world.executions(workflow)).map(({ context }) => Date.parse(context.date)).sort((a, b) => a - b);

  /** Resolves when a schedule for this instant has fired: what was due before has been handled. */
  const passed = async (instant: number, own = world): Promise<void> => {
    await own.ended(await own.add({ mode: 0, startsOn: iso(instant) }), 1);
  };

  const following = (first: number, stepMs: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => first + i * stepMs);

  describe.concurrent('firing', () => {
    it('SS1: never without a start, nor without a mode', async () => {
      const silent = [await add({}), await add({ repeat: SECOND_MS }), await world.add({}), await world.add({ mode: 7 })];
      await passed(second(2));
      expect(await Promise.all(silent.map((workflow) => world.count(workflow)))).toEqual([0, 0, 0, 0]);
    });

    it('SS2: once, in the future', async () => {
      const at = second(4);
      const workflow = await add({ startsOn: iso(at + 345) });
      const [execution] = await world.ended(workflow, 1);
      expect(execution).toMatchObject({ context: { date: iso(at) }, eventKey: `${workflow.id}@${at}` });
      expect(execution!.createdAt.getTime()).toBeGreaterThanOrEqual(at);
      await passed(second(2));
      expect(await dates(workflow)).toEqual([at]);
    });

    it('SS3, SS6: cron', async () => {
      const start = second(-10);
      const even = await add({ startsOn: iso(start), repeat: '*/2 * * * * *' });
      const wanted = (new Date(second(5)).getSeconds() % 60).toString();
      const certain = await add({ startsOn: iso(start), repeat: `${wanted} * * * * *` });
      await world.ended(even, 2);
      const [first, ...others] = await dates(even);
      expect(first! % 2000).toBe(0);
      expect(others).toEqual(following(first! + 2000, 2000, others.length));
      await world.ended(certain, 1);
      expect((await dates(certain)).map((date) => new Date(date).getSeconds())).toEqual([Number(wanted)]);
    });

    it('T-33: cron from a future start, without an extra run at the start', async () => {
      const start = second(4);
      const odd = start % 2000 === 0 ? '1-59/2' : '*/2';
      const workflow = await add({ startsOn: iso(start), repeat: `${odd} * * * * *` });
      await world.ended(workflow, 2);
      expect((await dates(workflow)).slice(0, 2)).toEqual([start + 1000, start + 3000]);
    });

    it('SS4: up to the limit', async () => {
      const once = await add({ startsOn: iso(second(-5)), repeat: '* * * * * *', limit: 1 });
      const twice = await add({ startsOn: iso(second(-5)), repeat: SECOND_MS, limit: 2 });
      await passed(second(5));
      expect([await world.count(once), await world.count(twice)]).toEqual([1, 2]);
    });

    it('SS5: at intervals from the start', async () => {
      const start = second(-1);
      const workflow = await add({ startsOn: iso(start), repeat: 2000 });
      await world.ended(workflow, 2);
      const [first, next] = await dates(workflow);
      expect([(first! - start) % 2000, next! - first!]).toEqual([0, 2000]);
      expect(first).toBeGreaterThan(start);
    });

    it('every second, each second', async () => {
      const workflow = await add({ startsOn: iso(second(-60)), repeat: '* * * * * *' });
      await world.ended(workflow, 4);
      expectEverySecond(await dates(workflow));
    });

    it('up to the end, included', async () => {
      const start = second(4);
      const workflow = await add({ startsOn: iso(start), repeat: SECOND_MS, endsOn: iso(start + 1000) });
      await passed(start + 4000);
      expect(await dates(workflow)).toEqual([start, start + 1000]);
    });

    it('SS7: a schedule that is over starts again when it gets an interval', async () => {
      const workflow = await add({ startsOn: iso(second(-2)) });
      await passed(second(1));
      expect(await world.count(workflow)).toBe(0);
      await world.change(workflow, { config: { ...workflow.config, repeat: SECOND_MS } });
      await world.ended(workflow, 2);
    });

    it('SS8: not after it is switched off', async () => {
      const workflow = await add({ startsOn: iso(second(-2)), repeat: SECOND_MS });
      await world.ended(workflow, 1);
      await world.change(workflow, { enabled: false });
      const count = await world.count(workflow);
      await passed(second(3));
      expect(await world.count(workflow)).toBe(count);
    });

    it('SS9, SS14: several workflows in the same second, each once', async () => {
      const at = second(2);
      const workflows = await Promise.all([1, 2, 3].map(() => add({ startsOn: iso(at) })));
      await passed(at + 1000);
      expect(await Promise.all(workflows.map(dates))).toEqual([[at], [at], [at]]);
    });

    it('SS12: not again what was triggered under the same key', async () => {
      const at = second(3);
      const workflow = await add({ startsOn: iso(at) });
      await world.host.plugin.trigger(workflow, { date: at }, { eventKey: `${workflow.id}@${at}` });
      await passed(at + 1000);
      expect(await world.count(workflow)).toBe(1);
    });

    it('SS13: once although switched on twice', async () => {
      const at = second(2);
      const workflow = await add({ startsOn: iso(at) });
      await world.host.plugin.toggle(workflow, true);
      await world.host.plugin.toggle(workflow, true);
      await passed(at + 1000);
      expect(await dates(workflow)).toEqual([at]);
    });

    it('at a local time of its own zone', async () => {
      const at = second(2);
      const inTokyo = iso(at + 9 * 3_600_000).slice(0, 19);
      const workflow = await add({ startsOn: inTokyo, timezone: 'Asia/Tokyo' });
      await world.ended(workflow, 1);
      expect(await dates(workflow)).toEqual([at]);
    });

    it('T-11: once per occurrence while it is switched off and on, and when another version takes over', async () => {
      const first = await add({ startsOn: iso(second(-60)), repeat: '* * * * * *' });
      await world.ended(first, 1);
      for (let i = 0; i < 25; i += 1) {
        await world.change(first, { enabled: false });
        await world.change(first, { enabled: true });
      }
      const repository = world.workflows as unknown as { revision(options: object): Promise<WorkflowModel> };
      const next = await repository.revision({ filterByTk: first.id, filter: { key: first.key }, context: { app: world.host.app } });
      await world.change(next, { enabled: true });
      await waitFor(async () => (await world.executions(first)).some(({ workflowId }) => workflowId === next.id), {
        what: 'the next version to fire',
      });
      expectEverySecond(await dates(first));
    });
  });

  it('SS11: late rather than never, after the process was busy', async () => {
    const at = second(2);
    const workflow = await add({ startsOn: iso(at) });
    while (Date.now() < at + 1500) {
      // nothing else runs meanwhile
    }
    await world.ended(workflow, 1);
    expect(await dates(workflow)).toEqual([at]);
  });

  describe.concurrent('by hand', () => {
    it('gives the time of the execution unless told', async () => {
      const workflow = await add({}, { enabled: false });
      const run = (body: object) => world.host.api.post(`workflows:execute?filterByTk=${workflow.id}`, body);
      expect((await run({})).status).toBe(200);
      expect((await run({ date: '2026-01-01T00:00:00.000Z' })).status).toBe(200);
      const [now, told] = await world.ended(workflow, 2);
      expect(Date.parse(now!.context.date)).toBeGreaterThan(Date.now() - 60_000);
      expect(told!.context.date).toBe('2026-01-01T00:00:00.000Z');
    });
  });

  describe.concurrent('configuration over HTTP', () => {
    it.each([
      [{ mode: 2 }, 'mode'],
      [{ mode: 0, startsOn: 'soon' }, 'startsOn'],
      [{ mode: 0, startsOn: iso(0), repeat: '61 * * * *' }, 'repeat'],
      [{ mode: 0, timezone: 'Mars/Olympus' }, 'timezone'],
      [{ mode: 0, missed: { policy: 'maybe' } }, 'missed.policy'],
      [{ mode: 1, collection: 'nothing' }, 'nothing'],
      [{ mode: 1, collection: 'posts', startsOn: { field: 'gone' } }, 'gone'],
      [{ mode: 1, collection: 'posts', endsOn: { field: 'gone' } }, 'gone'],
      [{ mode: 1, collection: 'posts', appends: ['gone'] }, 'gone'],
    ])('refuses %j', async (config, named) => {
      const { status, body } = await world.host.api.post('workflows:create', { type: 'schedule', config });
      expect(status).toBe(400);
      expect(JSON.stringify(body.errors)).toContain(named);
    });
  });
});

/** The first process is told that its hourly schedules are older than they are; the second one finds what was missed. */
describe.each(DIALECTS)('schedules after a time without any process on %s', (dialect) => {
  const HOUR_MS = 3_600_000;

  it('SS10, T-13: make up for what their policy says', () =>
    TriggerWorld.with('schedule', { dialect }, async (world) => {
      const start = second(-1) - 2 * HOUR_MS - 1000 * HOUR_MS;
      const changedAt = new Date(start + 990.5 * HOUR_MS);
      const hourly = { mode: 0, startsOn: iso(start), repeat: HOUR_MS };
      const missed = Array.from({ length: 12 }, (_, i) => start + (991 + i) * HOUR_MS);
      const cases: Array<[string, object, number[]]> = [
        ['no policy', hourly, []],
        ['skip', { ...hourly, missed: { policy: 'skip' } }, []],
        ['once', { ...hourly, missed: { policy: 'once' } }, missed.slice(-1)],
        ['all', { ...hourly, missed: { policy: 'all' } }, missed],
        ['all up to three', { ...hourly, missed: { policy: 'all', max: 3 } }, missed.slice(-3)],
        ['all, with a limit', { ...hourly, limit: 5, missed: { policy: 'all' } }, missed.slice(0, 5)],
        ['a missed single time', { mode: 0, startsOn: iso(missed[0]!) }, []],
        ['a missed single time that is made up for', { mode: 0, startsOn: iso(missed[0]!), missed: { policy: 'once' } }, missed.slice(0, 1)],
        ['a single time before the workflow was enabled', { mode: 0, startsOn: iso(start), missed: { policy: 'all' } }, []],
      ];
      const workflows: WorkflowModel[] = [];
      for (const [title, config] of cases) {
        workflows.push(await world.add(config, { title }));
      }
      const firings = async () =>
        Promise.all(
          workflows.map(async (workflow) => {
            const executions = await world.executions(workflow);
            return executions.map(({ context }) => Date.parse(context.date)).sort((a, b) => a - b);
          }),
        );
      expect(await firings()).toEqual(cases.map(() => []));
      await world.backdate(changedAt);
      const expected = cases.map(([, , instants]) => instants);

      for (let processes = 0; processes < 2; processes += 1) {
        await TriggerWorld.with('schedule', { beside: world.host }, async () => {
          await Promise.all(workflows.map((workflow, i) => world.ended(workflow, expected[i]!.length)));
          await world.ended(await world.add({ mode: 0, startsOn: iso(second(1)) }), 1);
          expect(await firings()).toEqual(expected);
        });
      }
    }));
});

describe.each(DIALECTS)('schedules on two processes on %s', (dialect) => {
  it('T-11: fire once per occurrence, up to one common limit', () =>
    TriggerWorld.with('schedule', { dialect }, async (world) => {
      const start = second(-60);
      const endless = await world.add({ mode: 0, startsOn: iso(start), repeat: '* * * * * *' });
      const limited = await world.add({ mode: 0, startsOn: iso(second(4)), repeat: SECOND_MS, limit: 3 });
      await TriggerWorld.with('schedule', { beside: world.host }, async () => {
        await world.ended(limited, 3);
        const count = await world.count(endless);
        await world.ended(endless, count + 3);
        expectEverySecond((await world.executions(endless)).map(({ context }) => Date.parse(context.date)));
        expect(await world.count(limited)).toBe(3);
      });
    }));
});

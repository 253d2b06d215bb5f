import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '@nocobase/database';
import type { WorkflowModel } from '../../src/server/contract';
import { findCandidates } from '../../src/server/triggers/schedule/candidates';
import { parseConfig, type DateFieldConfig } from '../../src/server/triggers/schedule/config';
import { DIALECTS } from '../helpers/dialects';
import { TriggerWorld } from './triggerWorld';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const floor = (instant: number | Date): number => Math.floor(Number(instant) / SECOND_MS) * SECOND_MS;
const second = (plus: number): number => floor(Date.now()) + plus * SECOND_MS;
const iso = (instant: number): string => new Date(instant).toISOString();

/** What a wall clock of the server shows, as text. */
function localText(instant: number): string {
  const date = new Date(instant);
  const local = new Date(instant - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

describe.each(DIALECTS)('schedule by a date field on %s', (dialect) => {
  let world: TriggerWorld;
  let used = 0;

  beforeAll(async () => {
    world = await TriggerWorld.create('schedule', { dialect, dataSources: ['another'] });
  });

  afterAll(() => world?.host.close());

  /** A collection of its own with records and workflows. */
  class Case {
    readonly collection: string;

    constructor(readonly dataSource = 'main') {
      this.collection = `events${used}`;
      used += 1;
    }

    get records() {
      return world.records(this.collection, this.dataSource);
    }

    get path(): string {
      return this.dataSource === 'main' ? this.collection : `${this.dataSource}:${this.collection}`;
    }

    add(config: object, values: object = {}): Promise<WorkflowModel> {
      return world.add({ mode: 1, collection: this.path, startsOn: { field: 'at' }, ...config }, values);
    }

    create(values: object = {}): Promise<Model> {
      return this.records.create({ values: { title: 'event', ...values } }) as Promise<Model>;
    }

    update(record: Model, values: object): Promise<unknown> {
      return this.records.update({ filterByTk: record.get('id') as number, values });
    }
  }

  const dates = async (workflow: WorkflowModel): Promise<number[]> =>
    (await world.executions(workflow)).map(({ context }) => Date.parse(context.date)).sort((a, b) => a - b);

  /** Resolves when a schedule for this instant has fired: what was due before has been handled. */
  const passed = async (instant: number): Promise<void> => {
    await world.ended(await world.add({ mode: 0, startsOn: iso(instant) }), 1);
  };

  describe.concurrent('saved records', () => {
    it('SD1: once, when they say', async () => {
      const own = new Case();
      const workflow = await own.add({ startsOn: { field: 'createdAt' } });
      const record = await own.create();
      const at = floor(record.get('createdAt') as Date);
      const [execution] = await world.ended(workflow, 1);
      expect(execution).toMatchObject({
        eventKey: `${workflow.id}:${record.get('id')}@${at}`,
        context: { date: iso(at), data: { id: record.get('id'), title: 'event' } },
      });
      await passed(second(2));
      expect(await dates(workflow)).toEqual([at]);
    });

    it('SD2, SD3: some time after, not some time before', async () => {
      const own = new Case();
      const after = await own.add({ startsOn: { field: 'createdAt', offset: 2, unit: SECOND_MS } });
      const before = await own.add({ startsOn: { field: 'createdAt', offset: -2, unit: SECOND_MS } });
      const record = await own.create();
      const at = floor(record.get('createdAt') as Date) + 2 * SECOND_MS;
      await passed(at + SECOND_MS);
      expect([await dates(after), await dates(before)]).toEqual([[at], []]);
    });

    it('SD4: at a local time of the server, or of the zone of the schedule', async () => {
      const own = new Case();
      const at = second(3);
      const onServer = await own.add({ startsOn: { field: 'localAt' } });
      const inTokyo = await own.add({ startsOn: { field: 'localAt' }, timezone: 'Asia/Tokyo' });
      await own.create({ localAt: localText(at), title: 'server' });
      await own.create({ localAt: iso(at + 9 * HOUR_MS).slice(0, 19).replace('T', ' '), title: 'Tokyo' });
      await passed(at + SECOND_MS);
      expect(await dates(onServer)).toContain(at);
      expect((await world.data(onServer)).map(({ title }) => title)).toContain('server');
      expect(await world.data(inTokyo)).toMatchObject([{ title: 'Tokyo' }]);
    });

    it('SD5, SD11: hours later, repeated up to the limit', async () => {
      const own = new Case();
      const at = second(2);
      const workflow = await own.add({
        startsOn: { field: 'at', offset: 2, unit: HOUR_MS },
        repeat: SECOND_MS,
        limit: 2,
      });
      await own.create({ at: iso(at - 2 * HOUR_MS) });
      await passed(at + 4 * SECOND_MS);
      expect(await dates(workflow)).toEqual([at, at + SECOND_MS]);
    });

    it('SD10: a limit of one is common to all records', async () => {
      const own = new Case();
      const at = second(2);
      const workflow = await own.add({ limit: 1, repeat: SECOND_MS });
      await own.create({ at: iso(at) });
      await own.create({ at: iso(at) });
      await passed(at + 3 * SECOND_MS);
      expect(await dates(workflow)).toEqual([at]);
    });

    it('SD6: by cron, from their start on', async () => {
      const own = new Case();
      const at = second(2);
      const workflow = await own.add({ repeat: '*/2 * * * * *' });
      await own.create({ at: iso(at) });
      await world.ended(workflow, 3);
      const even = at + (at % 2000 === 0 ? 2000 : 1000);
      expect((await dates(workflow)).slice(0, 3)).toEqual([at, even, even + 2000]);
    });

    it('SD7, SD8, SD9, SD15: up to their end', async () => {
      const own = new Case();
      const at = second(2);
      const endless = await own.add({ repeat: SECOND_MS, endsOn: {} });
      const absolute = await own.add({ repeat: SECOND_MS, endsOn: iso(at + SECOND_MS) });
      const byField = await own.add({ repeat: SECOND_MS, endsOn: { field: 'endAt', offset: -1, unit: SECOND_MS } });
      await own.create({ at: iso(at), endAt: iso(at + 3 * SECOND_MS) });
      await passed(at + 4 * SECOND_MS);
      expect((await dates(endless)).length).toBeGreaterThanOrEqual(4);
      expect(await dates(absolute)).toEqual([at, at + SECOND_MS]);
      expect(await dates(byField)).toEqual([at, at + SECOND_MS, at + 2 * SECOND_MS]);
    });

    it('SD12: at intervals', async () => {
      const own = new Case();
      const at = second(2);
      const workflow = await own.add({ repeat: 2 * SECOND_MS });
      await own.create({ at: iso(at) });
      await world.ended(workflow, 3);
      expect((await dates(workflow)).slice(0, 3)).toEqual([at, at + 2000, at + 4000]);
    });

    it('SD13: with associations', async () => {
      const own = new Case();
      const workflow = await own.add({ appends: ['category'] });
      await own.create({ at: iso(second(1)), category: { title: 'c' } });
      expect(await world.ended(workflow, 1)).toMatchObject([{ context: { data: { category: { title: 'c' } } } }]);
    });

    it('SD14: follow a change of the field', async () => {
      const own = new Case();
      const workflow = await own.add({});
      const early = await own.create({ at: iso(second(5)), title: 'postponed' });
      const late = await own.create({ at: iso(second(100)), title: 'brought forward' });
      const never = await own.create({ at: iso(second(5)), title: 'cancelled' });
      const at = second(8);
      await own.update(early, { at: iso(at) });
      await own.update(late, { at: iso(at - SECOND_MS) });
      await own.update(never, { at: null });
      await passed(at + SECOND_MS);
      const found = (await world.executions(workflow)).map(({ context }) => [context.data.title, Date.parse(context.date)]);
      expect(found.sort()).toEqual([
        ['brought forward', at - SECOND_MS],
        ['postponed', at],
      ]);
    });

    it('are read again before they fire, when they were changed past the repository', async () => {
      const own = new Case();
      const workflow = await own.add({});
      const record = await own.create({ at: iso(second(2)) });
      const at = second(4);
      const where = { id: record.get('id') as number };
      await world.db.getModel(own.collection).update({ at: new Date(at) }, { where, hooks: false });
      await passed(at + SECOND_MS);
      expect(await dates(workflow)).toEqual([at]);
    });

    it('are not planned when their transaction is rolled back', async () => {
      const own = new Case();
      const at = second(2);
      const workflow = await own.add({});
      const write = world.db.sequelize.transaction(async (transaction) => {
        await own.records.create({ values: { at: iso(at) }, transaction });
        throw new Error('changed my mind');
      });
      await expect(write).rejects.toThrow('changed my mind');
      await passed(at + SECOND_MS);
      expect(await dates(workflow)).toEqual([]);
    });

    it('SD16, SD17: not after the workflow is switched off, nor after they are deleted', async () => {
      const own = new Case();
      const at = second(3);
      const off = await own.add({ repeat: SECOND_MS });
      const on = await own.add({ repeat: SECOND_MS });
      const record = await own.create({ at: iso(at) });
      await world.ended(on, 1);
      await world.change(off, { enabled: false });
      await own.records.destroy({ filterByTk: record.get('id') as number });
      const counts = [await world.count(off), await world.count(on)];
      await passed(second(3));
      expect([await world.count(off), await world.count(on)]).toEqual(counts);
    });

    it('SD18: a data source that does not exist is no error', async () => {
      const workflow = await world.add({ mode: 1, collection: 'nowhere:posts', startsOn: { field: 'at' } });
      await world.change(workflow, { enabled: false });
      expect(await world.count(workflow)).toBe(0);
    });
  });

  describe.concurrent('records that were there before', () => {
    it.each<[string, (at: number) => object]>([
      ['at', (at) => ({ at: iso(at) })],
      ['localAt', (at) => ({ localAt: localText(at) })],
      ['unixAt', (at) => ({ unixAt: iso(at) })],
    ])('fire at their %s', async (field, values) => {
      const own = new Case();
      const at = second(3);
      await own.create(values(at));
      await own.create(values(at - DAY_MS));
      await own.create();
      const once = await own.add({ startsOn: { field } });
      const daily = await own.add({ startsOn: { field }, repeat: DAY_MS });
      await passed(at + SECOND_MS);
      expect([await dates(once), await dates(daily)]).toEqual([[at], [at, at]]);
    });

    it('fire on their day, counted from local midnight', async () => {
      const own = new Case();
      const at = second(3);
      const day = localText(at).slice(0, 10);
      await own.create({ day });
      const offset = (at - Date.parse(`${day}T00:00:00`)) / SECOND_MS;
      const workflow = await own.add({ startsOn: { field: 'day', offset, unit: SECOND_MS } });
      await world.ended(workflow, 1);
      expect(await dates(workflow)).toEqual([at]);
    });
  });

  describe.concurrent('looking for records', () => {
    const from = Date.parse('2026-06-10T12:00:00Z');
    const window = { from, to: from + 300_000 };

    async function found(own: Case, config: object): Promise<string[]> {
      const parsed = parseConfig({ mode: 1, collection: own.collection, ...config }) as DateFieldConfig;
      const records = await findCandidates(world.db.getCollection(own.collection), parsed, window);
      const titles = new Map(((await own.records.find()) as Model[]).map((record) => [record.get('id'), record.get('title')]));
      return records.map((record) => String(titles.get(record.get('id')))).sort();
    }

    it.each(['at', 'unixAt'])('by %s leaves out what cannot come due', async (field) => {
      const own = new Case();
      const instants = {
        'a day and a minute before': from - DAY_MS + 60_000,
        'half a day before': from - DAY_MS / 2,
        'in the window': from + 60_000,
        'after the window': from + 400_000,
      };
      for (const [title, at] of Object.entries(instants)) {
        await own.create({ title, [field]: iso(at), endAt: iso(at + HOUR_MS) });
      }
      await own.create({ title: 'never' });
      const startsOn = { field };
      expect(await found(own, { startsOn })).toEqual(['in the window']);
      expect(await found(own, { startsOn, repeat: DAY_MS })).toEqual(['a day and a minute before', 'in the window']);
      expect(await found(own, { startsOn, repeat: DAY_MS, endsOn: { field: 'endAt' } })).toEqual(['in the window']);
      expect(await found(own, { startsOn, repeat: DAY_MS, endsOn: iso(from - 1000) })).toEqual([]);
      expect(await found(own, { startsOn, repeat: '0 0 * * *', timezone: 'UTC' })).toEqual(['in the window']);
      expect(await found(own, { startsOn, repeat: '2 12 * * *', timezone: 'UTC' })).toEqual([
        'a day and a minute before',
        'half a day before',
        'in the window',
      ]);
      expect(await found(own, { startsOn: { field, offset: 12, unit: HOUR_MS } })).toEqual(['half a day before']);
      expect(await found(own, { startsOn: { field, offset: -340, unit: SECOND_MS } })).toEqual(['after the window']);
    });

    it.each(['localAt', 'day'])('by %s never misses one', async (field) => {
      const own = new Case();
      await own.create({ title: 'in the window', [field]: localText(from).slice(0, field === 'day' ? 10 : 19) });
      await own.create({ title: 'long after', [field]: localText(from + 5 * DAY_MS).slice(0, field === 'day' ? 10 : 19) });
      expect(await found(own, { startsOn: { field } })).toEqual(['in the window']);
    });
  });

  it('records of another data source', async () => {
    await world.workflows.update({ filter: { enabled: true }, values: { enabled: false } });
    const own = new Case('another');
    const at = second(2);
    const workflow = await own.add({ appends: ['category'] });
    await own.create({ at: iso(at), category: { title: 'c' } });
    await world.ended(workflow, 1);
    expect(await dates(workflow)).toEqual([at]);
    expect(await world.data(workflow)).toMatchObject([{ category: { title: 'c' } }]);
  });

  describe.concurrent('by hand', () => {
    it('takes a record or its key, and gives the time of the execution', async () => {
      const own = new Case();
      const record = await own.create({ category: { title: 'c' } });
      const workflow = await own.add({ appends: ['category'] }, { enabled: false });
      const run = (body: object) => world.host.api.post(`workflows:execute?filterByTk=${workflow.id}`, body);
      expect((await run({ data: record.get('id') })).status).toBe(200);
      expect((await run({ data: record.toJSON(), date: '2026-01-01T00:00:00.000Z' })).status).toBe(200);
      const executions = await world.ended(workflow, 2);
      expect(executions.map(({ context }) => context.data.category.title)).toEqual(['c', 'c']);
      expect(executions[1]!.context.date).toBe('2026-01-01T00:00:00.000Z');
      expect((await run({ data: 0 })).status).toBeLessThan(500);
      expect((await run({ data: { id: { $ne: 0 } }, date: 1 })).status).toBeLessThan(500);
      expect(await world.count(workflow)).toBe(2);
    });
  });
});

describe.each(DIALECTS)('records that came due without any process on %s', (dialect) => {
  it('T-13: are made up for as the policy says', () =>
    TriggerWorld.with('schedule', { dialect }, async (world) => {
      const dueAt = second(-60) - 2 * HOUR_MS;
      const config = { mode: 1, collection: 'events0', startsOn: { field: 'at' }, repeat: HOUR_MS };
      const workflows: WorkflowModel[] = [];
      for (const missed of [undefined, { policy: 'once' }, { policy: 'all' }]) {
        workflows.push(await world.add({ ...config, missed }));
      }
      const beforeChange = { title: 'long ago', at: iso(dueAt - 10 * HOUR_MS) };
      await world.records('events0').createMany({ records: [{ title: 'due', at: iso(dueAt) }, beforeChange] });
      const firings = async () =>
        Promise.all(
          workflows.map(async (workflow) =>
            (await world.executions(workflow)).map(({ context }) => `${context.data.title} ${context.date}`).sort(),
          ),
        );
      const expected = [
        [],
        [`due ${iso(dueAt + 2 * HOUR_MS)}`, `long ago ${iso(dueAt + 2 * HOUR_MS)}`],
        ['due', 'long ago'].flatMap((title) => [0, 1, 2].map((hours) => `${title} ${iso(dueAt + hours * HOUR_MS)}`)),
      ];
      await world.backdate(new Date(dueAt - 1000));
      await world.db.getRepository('workflowOccurrences').destroy({ truncate: true });
      for (let processes = 0; processes < 2; processes += 1) {
        await TriggerWorld.with('schedule', { beside: world.host }, async () => {
          await world.ended(workflows[2]!, 6);
          await world.ended(await world.add({ mode: 0, startsOn: iso(second(1)) }), 1);
          expect(await firings()).toEqual(expected);
        });
      }
    }));
});

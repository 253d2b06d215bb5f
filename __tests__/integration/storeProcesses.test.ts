import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SqlRunStore } from '../../src/server/storage/SqlRunStore';
import { DIALECTS } from '../helpers/dialects';
import { openStore, type StoreWorld } from './storeWorld';

const WITHIN_MS = 8_000;
const MINUTE = 60_000;

describe.each(DIALECTS)('processes that execute on %s', (dialect) => {
  let world: StoreWorld;

  beforeAll(async () => {
    world = await openStore(dialect);
  });

  afterEach(async () => {
    await model().destroy({ where: {} });
  });

  afterAll(() => world.close());

  const model = () => world.app.db.getModel('workflowProcesses');
  const announce = async (owner: string) => (await world.store.announce(owner, WITHIN_MS)).owners;
  const rows = async () => (await model().findAll({ order: [['owner', 'ASC']] })).map((row) => String(row.get('owner')));
  const seenAt = async (owner: string) => Number((await model().findByPk(owner))?.get('seenAt'));

  /** It has been silent for so long. */
  const age = async (owner: string, ms: number) => {
    await model().update({ seenAt: (await seenAt(owner)) - ms }, { where: { owner } });
  };

  it('learn who else is there, in order, themselves included', async () => {
    expect(await announce('machine/2/b')).toEqual(['machine/2/b']);
    expect(await announce('machine/3/c')).toEqual(['machine/2/b', 'machine/3/c']);
    expect(await announce('machine/1/a')).toEqual(['machine/1/a', 'machine/2/b', 'machine/3/c']);
  });

  it('do not hear of one that has been silent, until it speaks again', async () => {
    await announce('a');
    await announce('b');
    await age('a', WITHIN_MS + MINUTE);
    expect(await announce('b')).toEqual(['b']);
    expect(await announce('a')).toEqual(['a', 'b']);
  });

  it('do not hear of one that spoke before the clock was set back', async () => {
    await announce('a');
    await age('a', -MINUTE);
    expect(await announce('b')).toEqual(['b']);
  });

  it('share the enabled asynchronous workflows whose runs go one at a time, and none when they are alone', async () => {
    const shared = [await world.addWorkflow(), await world.addWorkflow({ options: { concurrency: 1 } })];
    await world.addWorkflow({ options: { concurrency: 2 } });
    await world.addWorkflow({ enabled: false });
    const synchronous = await world.addWorkflow();
    await world.app.db.getModel('workflows').update({ sync: true }, { where: { id: synchronous.id }, hooks: false });
    expect((await world.store.announce('a', WITHIN_MS)).keys).toEqual([]);
    const { keys } = await world.store.announce('b', WITHIN_MS);
    expect(keys.sort()).toEqual(shared.map(({ key }) => key).sort());
  });

  it('are one row each, however often they say so', async () => {
    await announce('a');
    await age('a', MINUTE);
    const before = await seenAt('a');
    await announce('a');
    await announce('a');
    expect(await rows()).toEqual(['a']);
    expect(await seenAt('a')).toBeGreaterThanOrEqual(before + MINUTE);
  });

  it('are not there any more when they have withdrawn, and the others are', async () => {
    await announce('a');
    await announce('b');
    await world.store.withdraw('a');
    expect(await rows()).toEqual(['b']);
    expect(await announce('b')).toEqual(['b']);
  });

  it('may withdraw without having been there', async () => {
    await world.store.withdraw('nobody');
    expect(await rows()).toEqual([]);
  });

  it('are forgotten when they ended without a word an hour ago, by the next that starts', async () => {
    await announce('long gone');
    await announce('silent');
    await age('long gone', 61 * MINUTE);
    await age('silent', 59 * MINUTE);
    const store = new SqlRunStore(world.app.db, world.jobIds);
    try {
      expect((await store.announce('next', WITHIN_MS)).owners).toEqual(['next']);
    } finally {
      await store.close();
    }
    expect(await rows()).toEqual(['next', 'silent']);
  });

  it('may all announce themselves at the same moment', async () => {
    const owners = Array.from({ length: 12 }, (_, i) => `p${i % 4}`);
    await Promise.all(owners.map(announce));
    expect(await announce('p0')).toEqual(['p0', 'p1', 'p2', 'p3']);
  });
});

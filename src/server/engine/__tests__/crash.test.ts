import { describe, expect, it } from 'vitest';
import { item, type Item } from './flow';
import { World, type KillPoint } from './World';

/** Programs are built anew for every run, because node configs hold state. */
const PROGRAMS: Record<string, () => Item[]> = {
  'a straight line of pure nodes': () => [item('pure1'), item('pure2'), item('pure3')],
  'pure, database and effect nodes in turn': () => [
    item('pure1'),
    item('record1'),
    item('effect1'),
    item('pure2'),
    item('record2'),
    item('record3'),
    item('effect2'),
  ],
  'a condition with branches': () => [
    item('pure1'),
    item('condition1', { value: true }, { 1: [item('effect1'), item('record1')], 0: [item('fail1')] }),
    item('effect2'),
  ],
  'nested conditions': () => [
    item('condition1', { value: true }, { 1: [
      item('record1'),
      item('condition2', { value: false }, { 0: [item('effect1'), item('condition3', { value: true })], 1: [item('fail1')] }),
      item('record2'),
    ] }),
    item('effect2'),
  ],
  'a branch that fails': () => [
    item('condition1', { value: true }, { 1: [item('effect1'), item('fail1'), item('effect2')] }),
    item('effect3'),
  ],
  'a loop': () => [
    item('record1'),
    item('loop1', { times: 3 }, { 0: [item('effect1'), item('record2'), item('pure1')] }),
    item('effect2'),
  ],
  'a loop in a loop': () => [
    item('loop1', { times: 2 }, { 0: [item('loop2', { times: 2 }, { 0: [item('record1'), item('effect1')] }), item('record2')] }),
    item('record3'),
  ],
  'a loop whose body fails': () => [item('loop1', { times: 3 }, { 0: [item('effect1'), item('fail1')] }), item('effect2')],
  'parallel branches': () => [
    item('parallel1', {}, { 0: [item('effect1'), item('pure1')], 1: [item('record1')], 2: [item('pure2'), item('effect2')] }),
    item('record2'),
    item('effect3'),
  ],
  'parallel branches in a loop': () => [
    item('loop1', { times: 2 }, { 0: [item('parallel1', {}, { 0: [item('effect1')], 1: [item('record1')] }), item('pure1')] }),
    item('effect2'),
  ],
  'a loop in a parallel branch': () => [
    item('parallel1', {}, { 0: [item('loop1', { times: 2 }, { 0: [item('effect1'), item('record1')] })], 1: [item('effect2')] }),
    item('record2'),
  ],
  'a node that waits': () => [item('record1'), item('wait1'), item('effect1')],
  'waiting in a branch': () => [
    item('condition1', { value: true }, { 1: [item('effect1'), item('wait1'), item('record1')] }),
    item('effect2'),
  ],
  'waiting in a loop': () => [item('loop1', { times: 2 }, { 0: [item('wait1'), item('effect1')] }), item('record1')],
  'waiting after a loop': () => [item('loop1', { times: 2 }, { 0: [item('effect1')] }), item('effect2'), item('wait1'), item('record1')],
  'waiting in parallel branches': () => [
    item('parallel1', {}, { 0: [item('wait1'), item('record1')], 1: [item('effect1'), item('wait2')], 2: [item('effect2')] }),
    item('record2'),
  ],
  'waiting after parallel branches': () => [
    item('parallel1', {}, { 0: [item('effect1')], 1: [item('record1')] }),
    item('effect2'),
    item('wait1'),
    item('effect3'),
  ],
  'a node that takes two answers': () => [item('effect1'), item('patient1'), item('record1')],
  'a node that works in the background': () => [item('record1'), item('background1'), item('effect1')],
  'a node that stores its job before it acts': () => [item('pure1'), item('checkpoint1'), item('record1')],
  'waiting in a loop that would decide otherwise when it is asked again': () => [
    item('while1', {}, { 0: [item('effect1'), item('wait1')] }),
    item('record1'),
  ],
  'a node that runs its branch itself': () => [item('inline1', {}, { 0: [item('effect1'), item('record1')] }), item('effect2')],
  'a node that runs its branch itself, in a loop': () => [
    item('loop1', { times: 2 }, { 0: [item('inline1', {}, { 0: [item('record1'), item('effect1')] }), item('effect2')] }),
    item('record2'),
  ],
  'an end in a branch': () => [
    item('parallel1', {}, { 0: [item('effect1'), item('end1', { status: -1 })], 1: [item('effect2')] }),
    item('effect3'),
  ],
};

async function uninterrupted(program: () => Item[]) {
  const world = new World(program());
  const passed = { commit: 0, node: 0 };
  const count = world.work.bind(world);
  world.work = async (kill) => {
    const isKilled = await count(kill);
    passed.commit = Math.max(passed.commit, world.passed.commit);
    passed.node = Math.max(passed.node, world.passed.node);
    return isKilled;
  };
  await world.finish();
  return { world, passed };
}

/** Every place at which the process can die; programs that wait are executed by several processes, and each may die. */
function killPoints(passed: { commit: number; node: number }): KillPoint[] {
  return (['commit', 'node'] as const).flatMap((what) =>
    Array.from({ length: passed[what] }, (_, i) => i + 1).flatMap((n) =>
      (['before', 'after'] as const).map((side): KillPoint => ({ what, n, side })),
    ),
  );
}

/** `null` = this process lives until it finds nothing to do. */
const nobody: KillPoint = { what: 'commit', n: Infinity, side: 'before' };

describe.each(Object.entries(PROGRAMS))('%s', (_name, program) => {
  async function expectSameAs(reference: World, kills: KillPoint[]) {
    const world = new World(program());
    await world.finish(kills);
    const label = kills.map(({ what, n, side }) => `${side} ${what} ${n}`).join(', then ');
    expect(world.history(), `killed ${label}`).toEqual(reference.history());
    // Outside effects happen at least once, and every attempt of a step carries the same key.
    expect(new Set(world.effects).size, `keys after being killed ${label}`).toBe(reference.effects.length);
    expect(world.needlesslyRepeated(), `effects repeated after being killed ${label}`).toEqual([]);
  }

  it('ends the same when its process is killed anywhere', async () => {
    const { world: reference, passed } = await uninterrupted(program);
    const { execution } = reference.history();
    expect(execution).toMatchObject({ cursor: null, leaseOwner: null });
    expect(execution.status).not.toBe(0);
    expect(new Set(reference.effects).size).toBe(reference.effects.length);
    for (const point of killPoints(passed)) {
      await expectSameAs(reference, [point]);
      await expectSameAs(reference, [nobody, point]);
    }
  });

  it('ends the same when the process that takes over is killed as well', async () => {
    const { world: reference, passed } = await uninterrupted(program);
    for (const first of killPoints(passed).filter(({ what }) => what === 'commit')) {
      for (const second of killPoints(passed).filter(({ what, n }) => n <= (what === 'commit' ? 2 : 1))) {
        await expectSameAs(reference, [first, second]);
      }
    }
  });
});

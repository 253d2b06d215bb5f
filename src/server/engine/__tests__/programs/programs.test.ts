import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../../common/status';
import { World, type KillPoint } from '../World';
import { anyKills, anyProgram, itemsOf, type Shape } from './arbitrary';
import { Reference } from './reference';
import { REGRESSIONS } from './regressions';

/** More of them in the proof: `PROOF_PROGRAMS=100000 PROOF_SEED=7 npx vitest run --project unit programs`. */
const numRuns = Number(process.env.PROOF_PROGRAMS ?? 200);
const timeoutMs = 60_000 + 20 * numRuns;
const seed = process.env.PROOF_SEED ? Number(process.env.PROOF_SEED) : undefined;

/** What the world has in common with the reference. */
function outcomeOf(world: World) {
  const { execution, jobs, records } = world.history();
  return {
    status: execution.status,
    jobs: jobs.map(({ node, after, status, result }) => ({ node, after, status, result })),
    records,
  };
}

const expectedOf = ({ status, jobs, records }: Reference) => ({ status, jobs, records });

/** Outside effects by node: each key names one step, however often the step was tried. */
function distinctEffects({ effects }: World): string[] {
  return [...new Set(effects)].map((key) => key.split(':')[1]!).sort();
}

/** Executes a program while processes die, and compares what is stored with what the program means. */
async function expectMeaning(shapes: readonly Shape[], kills: readonly KillPoint[]): Promise<void> {
  const reference = new Reference(itemsOf(shapes));
  while (reference.isWaiting) reference.answerAll();
  const world = new World(itemsOf(shapes));
  await world.finish([...kills]);
  expect(outcomeOf(world)).toEqual(expectedOf(reference));
  expect(distinctEffects(world)).toEqual([...reference.effects].sort());
  expect(world.needlesslyRepeated()).toEqual([]);
  expect(world.history().execution).toMatchObject({ cursor: null, leaseOwner: null });
}

/** The same, cancelled while it rests for the n-th time. */
async function expectCancelled(shapes: readonly Shape[], rests: number): Promise<void> {
  const reference = new Reference(itemsOf(shapes));
  const world = new World(itemsOf(shapes));
  await world.work();
  for (let i = 0; i < rests && reference.isWaiting; i++) {
    reference.answerAll();
    world.answerAll();
    await world.work();
  }
  if (!reference.isWaiting) return;
  reference.abort();
  world.abort();
  await world.work();
  expect(outcomeOf(world)).toEqual(expectedOf(reference));
}

/** Cancelled where a process has just died: nothing happens any more, and what had happened is a part of the whole. */
async function expectCancelledAfterKill(shapes: readonly Shape[], kill: KillPoint): Promise<void> {
  const reference = new Reference(itemsOf(shapes));
  while (reference.isWaiting) reference.answerAll();
  const world = new World(itemsOf(shapes));
  if (!(await world.work(kill))) return;
  const isOver = !world.abort();
  const before = outcomeOf(world);
  const effects = world.effects.length;
  world.answerAll();
  await world.work();
  if (isOver) return;
  expect(outcomeOf(world)).toEqual(before);
  expect(world.effects.length).toBe(effects);
  expect(before.status).toBe(EXECUTION_STATUS.ABORTED);
  expect(before.jobs.filter(({ status }) => status === JOB_STATUS.PENDING)).toEqual([]);
  expect(reference.records.slice(0, before.records.length)).toEqual(before.records);
  const nodes = reference.jobs.map(({ node }) => node);
  expect(nodes).toEqual(expect.arrayContaining(before.jobs.map(({ node }) => node)));
}

describe('random programs', () => {
  it('mean what the reference interpreter says, wherever processes die', async () => {
    await fc.assert(fc.asyncProperty(anyProgram, anyKills, expectMeaning), { numRuns, seed });
  }, timeoutMs);

  it('stop where they are cancelled', async () => {
    await fc.assert(fc.asyncProperty(anyProgram, fc.nat(3), expectCancelled), { numRuns, seed });
  }, timeoutMs);

  it('do nothing more when they are cancelled after a kill', async () => {
    const kill = anyKills.filter(({ length }) => length > 0).map((kills) => kills[0]!);
    await fc.assert(fc.asyncProperty(anyProgram, kill, expectCancelledAfterKill), { numRuns, seed });
  }, timeoutMs);
});

describe('programs that failed once', () => {
  it.each(REGRESSIONS)('$name', ({ program, kills }) => expectMeaning(program, kills));
});

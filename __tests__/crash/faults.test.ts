import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../src/server/engine/faults';
import { DIALECTS } from '../helpers/dialects';
import { FaultWorld, type Fault } from './faults/FaultWorld';
import { SHAPES } from './faults/shapes';

const CASE_MS = 180_000;

/** How often a program passes each point; what it never passes is left out. */
const PASSED: Record<string, Partial<Record<FaultPoint, number>>> = {
  straight: { event: 1, hint: 1, claim: 1, databaseStep: 1, finish: 1 },
  branches: { event: 1, hint: 1, claim: 1, databaseStep: 2, finish: 1 },
  loop: { event: 1, hint: 1, claim: 1, attempt: 2, wait: 2, answer: 2, signalClaim: 2, databaseStep: 2, finish: 1 },
  waiting: { event: 1, hint: 1, claim: 1, databaseStep: 1, wait: 1, answer: 1, signalClaim: 1, finish: 1 },
  rerun: { rerun: 1, signalClaim: 1, databaseStep: 2, wait: 2 },
  cancelled: { claim: 1, wait: 1, cancel: 1 },
};

/**
 * What one run of all tests has time for: a shape per database. `PROOF_MATRIX=short` is every shape on every database and
 * the first pass of each point, `PROOF_MATRIX=full` each pass; `npm run proof` asks for them.
 */
const SAMPLE: Record<string, string[]> = { sqlite: ['waiting'], postgres: ['straight'], mariadb: ['straight'] };

const shapesOn = (dialect: string) => (process.env.PROOF_MATRIX ? Object.keys(SHAPES) : SAMPLE[dialect]!);

function faultsOf(shape: string): Fault[] {
  const isFull = process.env.PROOF_MATRIX === 'full';
  return Object.entries(PASSED[shape]!).flatMap(([point, times]) =>
    Array.from({ length: isFull ? times : 1 }, (_, i) => i + 1).flatMap((n) =>
      (['before', 'after'] as const).map((side): Fault => ({ point: point as FaultPoint, side, n })),
    ),
  );
}

/** One line of JSON for each case, for the report. */
async function note(result: object): Promise<void> {
  const file = process.env.PROOF_RESULTS;
  if (!file) return;
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(result)}\n`);
}

describe.each(DIALECTS)('a host on %s that dies at a commit point', (dialect) => {
  let world: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.start(dialect);
  });

  afterAll(() => world?.close());

  describe.each(shapesOn(dialect))('%s', (shape) => {
    it.each(faultsOf(shape).map((fault) => [`${fault.side} ${fault.point} ${fault.n}`, fault] as const))(
      '%s',
      async (_, fault) => {
        const result = await world.run(shape, fault);
        await note({ dialect, ...result });
        expect(result.violations).toEqual([]);
        expect(result.died).toBe(true);
      },
      CASE_MS,
    );
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../src/server/engine/faults';
import { DIALECTS } from '../helpers/dialects';
import { noteForProof } from '../helpers/noteForProof';
import { FaultWorld, type Fault } from './faults/FaultWorld';
import passes from './faults/passes.json';

const CASE_MS = 300_000;

/** How often a program or scenario passes each point; what it never passes, or passes as others do, is left out. */
const PASSED: Record<string, Partial<Record<FaultPoint, number>>> = passes;

/**
 * What one run of all tests has time for: every fault point once. `PROOF_MATRIX=short` is every program on every database
 * and the first pass of each point, `PROOF_MATRIX=full` each pass; `npm run proof` asks for them.
 */
const SAMPLE: Record<string, Array<[shape: string, side: Fault['side'], point: FaultPoint]>> = {
  sqlite: [
    ['waiting', 'after', 'event'],
    ['waiting', 'before', 'wait'],
    ['rerun', 'before', 'rerun'],
    ['long', 'after', 'step'],
    ['schedule', 'before', 'occurrence'],
    ['schema', 'before', 'schema'],
  ],
  postgres: [
    ['straight', 'before', 'claim'],
    ['loop', 'after', 'attempt'],
    ['branches', 'before', 'databaseStep'],
    ['cancelled', 'before', 'cancel'],
    ['straight', 'after', 'retry'],
    ['retention', 'before', 'retention'],
  ],
  mariadb: [
    ['straight', 'before', 'hint'],
    ['waiting', 'after', 'answer'],
    ['waiting', 'after', 'signalClaim'],
    ['straight', 'before', 'finish'],
    ['version', 'before', 'version'],
    ['publish', 'before', 'publish'],
  ],
};

const SIDES = ['before', 'after'] as const;

/** `PROOF_SHAPES=loop,waiting` narrows the matrix. */
const shapes = () => process.env.PROOF_SHAPES?.split(',') ?? Object.keys(PASSED);

function faultsOn(dialect: string): Array<[shape: string, fault: Fault]> {
  if (!process.env.PROOF_MATRIX) return SAMPLE[dialect]!.map(([shape, side, point]) => [shape, { side, point, n: 1 }]);
  const isFull = process.env.PROOF_MATRIX === 'full';
  return shapes().flatMap((shape) =>
    Object.entries(PASSED[shape]!).flatMap(([point, times]) =>
      Array.from({ length: isFull ? times : 1 }, (_, i) => i + 1).flatMap((n) =>
        SIDES.map((side): [string, Fault] => [shape, { point: point as FaultPoint, side, n }]),
      ),
    ),
  );
}

describe.each(DIALECTS)('a host on %s that dies at a commit point', (dialect) => {
  let world: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.start(dialect);
  });

  afterAll(() => world?.close());

  it.each(faultsOn(dialect).map(([shape, fault]) => [`${shape}: ${fault.side} ${fault.point} ${fault.n}`, shape, fault] as const))(
    '%s',
    async (_, shape, fault) => {
      const result = await world.run(shape, fault);
      await noteForProof({ at: new Date().toISOString(), dialect, ...result });
      expect(result.violations).toEqual([]);
      expect(result.died).toBe(true);
    },
    CASE_MS,
  );

  it('and the doctor finds nothing in what all of them left behind', async () => {
    expect((await world.host.api.get('workflows:examine')).data.findings).toEqual([]);
  });
});

import fc from 'fast-check';
import type { KillPoint } from '../World';
import { item, type Item } from '../flow';

/** A program without names and without state, so that it can be built anew for every run. */
export interface Shape {
  type: string;
  config: Record<string, number | boolean>;
  branches: Record<number, Shape[]>;
}

const LEAVES = ['pure', 'pure', 'record', 'effect', 'effect', 'checkpoint', 'wait', 'patient', 'background', 'fail'];

const leaf = fc.constantFrom(...LEAVES).map((type): Shape => ({ type, config: {}, branches: {} }));
const end = fc.constantFrom(1, -1).map((status): Shape => ({ type: 'end', config: { status }, branches: {} }));

const { chain } = fc.letrec<{ chain: Shape[]; node: Shape; owner: Shape }>((tie) => ({
  chain: fc.array(tie('node'), { minLength: 1, maxLength: 5 }),
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 8, arbitrary: leaf }, { weight: 4, arbitrary: tie('owner') }, { weight: 1, arbitrary: end }),
  owner: fc.oneof(
    fc
      .record({ value: fc.boolean(), yes: tie('chain'), no: fc.option(tie('chain'), { nil: undefined }) })
      .map(({ value, yes, no }): Shape => ({ type: 'condition', config: { value }, branches: no ? { 0: no, 1: yes } : { 1: yes } })),
    fc.record({ times: fc.integer({ min: 0, max: 3 }), body: tie('chain') }).map(({ times, body }): Shape => ({ type: 'loop', config: { times }, branches: { 0: body } })),
    fc
      .array(tie('chain'), { minLength: 1, maxLength: 3 })
      .map((branches): Shape => ({ type: 'parallel', config: {}, branches: { ...branches } })),
    tie('chain').map((body): Shape => ({ type: 'inline', config: {}, branches: { 0: body } })),
  ),
}));

const UNFIT_INLINE = new Set(['wait', 'patient', 'background', 'end']);

/**
 * What runs its branch itself does not wait for it: a branch that waits would be cut off at a time that nothing decides,
 * and code of the node that comes after the end of the whole execution is not made up for after a crash.
 */
const fitInline = (shapes: readonly Shape[], isInline = false): Shape[] =>
  shapes.map((shape) => {
    const inside = isInline || shape.type === 'inline';
    if (isInline && UNFIT_INLINE.has(shape.type)) return { ...shape, type: 'pure' };
    return { ...shape, branches: mapValues(shape.branches, (branch) => fitInline(branch, inside)) };
  });

const mapValues = (branches: Record<number, Shape[]>, change: (branch: Shape[]) => Shape[]): Record<number, Shape[]> =>
  Object.fromEntries(Object.entries(branches).map(([index, branch]) => [index, change(branch)]));

/** Programs with nested conditions, loops, parallel branches, waits, failures and ends. */
export const anyProgram: fc.Arbitrary<Shape[]> = chain.map((shapes) => fitInline(shapes));

/** Items with names: the type and a number in reading order. */
export function itemsOf(shapes: readonly Shape[]): Item[] {
  let count = 0;
  const named = (list: readonly Shape[]): Item[] =>
    list.map(({ type, config, branches }) => {
      const key = `${type}${++count}`;
      return item(key, { ...config }, Object.fromEntries(Object.entries(branches).map(([index, branch]) => [index, named(branch)])));
    });
  return named(shapes);
}

/** Where processes die, one after the other. */
export const anyKills: fc.Arbitrary<KillPoint[]> = fc.array(
  fc.record({
    what: fc.constantFrom('commit' as const, 'node' as const),
    n: fc.integer({ min: 1, max: 12 }),
    side: fc.constantFrom('before' as const, 'after' as const),
  }),
  { maxLength: 4 },
);

import fc from 'fast-check';
import { flow, type Chain } from './flow';
import type { FlowDocument } from '../types';

/** Shape of a flow without names. */
interface Shape {
  branches: { index: number; chain: Shape[] }[];
}

const shapes = fc.letrec<{ chain: Shape[]; node: Shape }>((tie) => ({
  chain: fc.array(tie('node'), { maxLength: 5 }),
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant<Shape>({ branches: [] }),
    fc.record({
      branches: fc.uniqueArray(fc.record({ index: fc.nat(3), chain: tie('chain') }), { selector: ({ index }) => index, maxLength: 3 }),
    }),
  ),
}));

/** Any flow; nodes are `n0`, `n1`, … in reading order. */
export const anyFlow: fc.Arbitrary<FlowDocument> = shapes.chain.map((shape) => {
  let count = 0;
  const named = (chain: readonly Shape[]): Chain =>
    chain.map(({ branches }) => {
      const key = `n${count++}`;
      return branches.length ? { [key]: Object.fromEntries(branches.map(({ index, chain: inner }) => [index, named(inner)])) } : key;
    });
  return flow(named(shape));
});

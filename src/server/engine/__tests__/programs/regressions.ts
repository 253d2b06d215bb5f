import type { KillPoint } from '../World';
import type { Shape } from './arbitrary';

const node = (type: string, config: Shape['config'] = {}, branches: Shape['branches'] = {}): Shape => ({ type, config, branches });

/** Programs that random search has found to go wrong, or that stand for a class of mistakes; smallest form. */
export const REGRESSIONS: { name: string; program: Shape[]; kills: KillPoint[] }[] = [
  {
    name: 'two branches that wait, answered together, and the process dies between them',
    program: [node('parallel', {}, { 0: [node('wait'), node('record')], 1: [node('wait'), node('effect')] }), node('record')],
    kills: [
      { what: 'commit', n: 99, side: 'before' },
      { what: 'commit', n: 1, side: 'after' },
    ],
  },
  {
    name: 'a loop in a loop dies in its first round, and the run rests afterwards',
    program: [
      node('loop', { times: 2 }, { 0: [node('loop', { times: 1 }, { 0: [node('pure')] }), node('effect')] }),
      node('parallel', {}, { 0: [node('patient'), node('pure')] }),
      node('pure'),
    ],
    kills: [{ what: 'commit', n: 2, side: 'before' }],
  },
  {
    name: 'the same, and the process that takes over dies as well',
    program: [
      node('loop', { times: 3 }, { 0: [node('loop', { times: 1 }, { 0: [node('pure')] }), node('effect')] }),
      node('wait'),
      node('record'),
    ],
    kills: [
      { what: 'commit', n: 2, side: 'before' },
      { what: 'commit', n: 3, side: 'before' },
    ],
  },
];

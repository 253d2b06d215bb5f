import { describe, expect, it } from 'vitest';
import { parseTriggerWorkflows } from '../parseTriggerWorkflows';

describe('parseTriggerWorkflows', () => {
  it.each([
    ['a', [{ key: 'a', path: [] }]],
    ['a,b', [{ key: 'a', path: [] }, { key: 'b', path: [] }]],
    ['a, b,', [{ key: 'a', path: [] }, { key: 'b', path: [] }]],
    ['a,a', [{ key: 'a', path: [] }]],
    ['b!category', [{ key: 'b', path: ['category'] }]],
    ['b ! category . parent ', [{ key: 'b', path: ['category', 'parent'] }]],
    ['a!x,a', [{ key: 'a', path: ['x'] }, { key: 'a', path: [] }]],
    ['a!', [{ key: 'a', path: [] }]],
    ['!x', []],
    ['', []],
    [undefined, []],
    [null, []],
    [7, []],
    [{ a: 'b' }, []],
    [['a', 'b!c'], [{ key: 'a', path: [] }, { key: 'b', path: ['c'] }]],
  ])('reads %j', (value, items) => {
    expect(parseTriggerWorkflows(value)).toEqual(items);
  });

  it('reads a list of 10,000 characters', () => {
    const keys = Array.from({ length: 2000 }, (_, i) => `k${i % 1000}`);
    expect(parseTriggerWorkflows(keys.join(','))).toHaveLength(1000);
    expect(parseTriggerWorkflows(','.repeat(10_000))).toEqual([]);
    expect(parseTriggerWorkflows('!'.repeat(10_000))).toEqual([]);
  });
});

import type { Context } from '@nocobase/actions';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors';
import { findUnstorable, parseBody, parseBranchIndex, parseId, parseUpstreamId, requireSelection } from '../input';
import { createWorkflowSchema, resumeJobSchema } from '../schemas';

const contextOf = (params: object) => ({ action: { params } }) as Context;

describe('parseId', () => {
  it.each([
    [5, 5],
    ['5', 5],
    ['-1', -1],
    ['0', '0'],
    [0, '0'],
    ['10267424896650241', '10267424896650241'],
    ['9223372036854775807', '9223372036854775807'],
  ])('%j is %j', (value, id) => {
    expect(parseId(value)).toBe(id);
  });

  it.each([
    '',
    ' 5',
    '5 ',
    '1.5',
    '1e5',
    'abc',
    1.5,
    2 ** 53,
    NaN,
    null,
    undefined,
    {},
    [],
    true,
    '9223372036854775808',
    '9'.repeat(25),
  ])('refuses %j', (value) => {
    expect(() => parseId(value, 'nodeId')).toThrow(new InputError({ nodeId: 'nodeId is invalid' }));
  });
});

describe('places', () => {
  it.each([null, undefined, ''])('%j is no place', (value) => {
    expect(parseBranchIndex(value)).toBeNull();
    expect(parseUpstreamId(value)).toBeNull();
  });

  it.each([
    [0, 0],
    ['0', 0],
    ['12', 12],
  ])('branch %j', (value, index) => {
    expect(parseBranchIndex(value)).toBe(index);
  });

  it.each([
    ['a', 'branchIndex must be a number'],
    [' ', 'branchIndex must be a number'],
    [{}, 'branchIndex must be a number'],
    [true, 'branchIndex must be a number'],
    [-1, 'branchIndex must be an integer from 0 to 2147483647'],
    [0.5, 'branchIndex must be an integer from 0 to 2147483647'],
    [2 ** 31, 'branchIndex must be an integer from 0 to 2147483647'],
  ])('refuses branch %j', (value, message) => {
    expect(() => parseBranchIndex(value)).toThrow(message);
  });
});

describe('requireSelection', () => {
  it('takes keys and filters', () => {
    expect(requireSelection(contextOf({ filterByTk: '1' }))).toEqual({ filterByTk: [1] });
    expect(requireSelection(contextOf({ filterByTk: ['1', 2] }))).toEqual({ filterByTk: [1, 2] });
    expect(requireSelection(contextOf({ filter: { key: 'a' } }))).toEqual({ filter: { key: 'a' } });
  });

  it.each([{}, { filter: {} }, { filter: { $and: [] } }, { filterByTk: '' }, { filterByTk: [] }])(
    'refuses %j',
    (params) => {
      expect(() => requireSelection(contextOf(params))).toThrow('filterByTk or filter is required');
    },
  );
});

describe('parseBody', () => {
  const fields = (values: unknown) => {
    try {
      parseBody(contextOf({ values }), createWorkflowSchema);
      return [];
    } catch (error) {
      return Object.keys((error as InputError).errors);
    }
  };

  it('drops what is unknown and converts nothing', () => {
    expect(parseBody(contextOf({ values: { title: 'a', invalid: true, nodes: [] } }), createWorkflowSchema)).toEqual({
      title: 'a',
    });
    expect(parseBody(contextOf({ values: undefined }), resumeJobSchema)).toEqual({});
  });

  it('keeps configs and results as they are', () => {
    const config = { a: { b: [1, null, 'x'] } };
    expect(parseBody(contextOf({ values: { config } }), createWorkflowSchema)).toEqual({ config });
    expect(parseBody(contextOf({ values: { result: [1] } }), resumeJobSchema)).toEqual({ result: [1] });
  });

  it('names all wrong fields at once', () => {
    expect(fields({ title: 1, options: { timeout: '1', stackLimit: 0 }, sync: 'x' })).toEqual([
      'title',
      'options.timeout',
      'options.stackLimit',
      'sync',
    ]);
  });

  it.each([[0], [180 * 24 * 60 * 60 * 1000]])('takes a timeout of %d ms', (timeout) => {
    expect(fields({ options: { timeout } })).toEqual([]);
  });
});

describe('findUnstorable', () => {
  it.each<[unknown, string | null]>([
    [{ a: 'fine', b: ['😀', 1, null] }, null],
    [{ a: ['\u0000'] }, 'a.0'],
    [{ a: { '\u0000': 1 } }, 'a'],
    [{ a: '\uDC00' }, 'a'],
  ])('%j', (value, path) => {
    expect(findUnstorable(value)?.path ?? null).toBe(path);
  });

  it('ends on values of any depth', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    expect(findUnstorable({ value })).toEqual({ path: 'value.0.0.0.0', reason: 'is nested deeper than 100 levels' });
  });
});

import { describe, expect, test } from 'vitest';
import { calculators, logicCalculate, type Calculation } from '..';

const now = new Date('2026-01-02T03:04:05Z');
const same = new Date(now);
const later = new Date('2026-01-03T00:00:00Z');
const invalid = new Date('nothing');

const compare = (calculator: string, ...operands: unknown[]) => logicCalculate({ calculator, operands });

describe('comparisons', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['equal', 1, 1, true],
    ['equal', 1, '1', true],
    ['equal', 1, 2, false],
    ['equal', 'a', 'a', true],
    ['equal', undefined, null, true],
    ['equal', null, null, true],
    ['equal', 0, null, false],
    ['equal', '', null, false],
    ['equal', false, null, false],
    ['equal', 0, '', true],
    ['equal', 0, false, true],
    ['==', '1', 1, true],
    ['notEqual', 1, '1', false],
    ['notEqual', 1, 2, true],
    ['notEqual', 0, null, true],
    ['!=', undefined, null, false],
    ['gt', 2, 1, true],
    ['gt', 1, 1, false],
    ['gt', '2', 1, true],
    ['>', 2, 1, true],
    ['gte', 1, 1, true],
    ['>=', 0, 1, false],
    ['lt', 1, 2, true],
    ['<', 2, 2, false],
    ['lte', 2, 2, true],
    ['<=', 3, 2, false],
    ['gt', null, -1, true],
    ['gt', undefined, 0, false],
    ['includes', 'abc', 'b', true],
    ['includes', [1, 2], 2, true],
    ['includes', [1, 2], '2', false],
    ['notIncludes', 'abc', 'd', true],
    ['notIncludes', ['a'], 'a', false],
    ['startsWith', 'abc', 'a', true],
    ['startsWith', 123, 12, true],
    ['notStartsWith', 'abc', 'b', true],
    ['endsWith', 'abc', 'c', true],
    ['notEndsWith', 'abc', 'c', false],
  ])('%s(%j, %j) is %s', (calculator, left, right, expected) => {
    expect(compare(calculator, left, right)).toBe(expected);
  });

  test.each<[string, unknown, unknown, boolean]>([
    ['equal', now, same, true],
    ['equal', now, now.toISOString(), true],
    ['equal', now.toISOString(), now, true],
    ['equal', now, now.getTime(), true],
    ['equal', now, later, false],
    ['equal', now, null, false],
    ['equal', undefined, now, false],
    ['equal', now, true, false],
    ['equal', invalid, invalid, false],
    ['notEqual', now, same, false],
    ['notEqual', now, null, true],
    ['notEqual', now, false, true],
    ['notEqual', invalid, now, true],
    ['gt', later, now, true],
    ['gt', now, '', false],
    ['gt', now, 0, true],
    ['gt', now, null, false],
    ['gt', now, 'nothing', false],
    ['gte', now, same, true],
    ['lt', now, 1, false],
    ['lt', now, later.toISOString(), true],
    ['lt', now, true, false],
    ['lte', same, now, true],
    ['lte', undefined, now, false],
  ])('dates: %s(%s, %s) is %s (V12)', (calculator, left, right, expected) => {
    expect(compare(calculator, left, right)).toBe(expected);
  });

  test.each([
    ['includes', null, 1],
    ['startsWith', null, 'a'],
    ['endsWith', 'a', undefined],
  ])('%s(%j, %j) throws', (calculator, left, right) => {
    expect(() => compare(calculator, left, right)).toThrow(TypeError);
  });
});

describe('groups', () => {
  const yes = { calculator: 'equal', operands: [1, 1] };
  const no = { calculator: 'equal', operands: [1, 2] };
  const group = (type: 'and' | 'or', ...calculations: Calculation[]): Calculation => ({ group: { type, calculations } });

  test.each<[Calculation, boolean]>([
    [null, true],
    [undefined, true],
    [{}, true],
    [{ calculator: 'equal' }, true],
    [{ calculator: 'equal', operands: [] }, true],
    [{ operands: [1, 2] }, true],
    [group('and'), true],
    [group('or'), false],
    [{ group: { type: 'and' } }, true],
    [group('and', yes, yes), true],
    [group('and', yes, no), false],
    [group('or', no, yes), true],
    [group('or', no, no), false],
    [group('and', yes, group('or', no, yes)), true],
    [group('or', no, group('and', yes, no)), false],
  ])('%j is %s', (calculation, expected) => {
    expect(logicCalculate(calculation)).toBe(expected);
  });

  test('an unknown type throws', () => {
    expect(() => logicCalculate({ group: { type: 'xor' as 'or', calculations: [] } })).toThrow(TypeError);
  });
});

describe('registry', () => {
  test('an unknown calculator throws', () => {
    expect(() => compare('nope', 1, 2)).toThrow('no calculator function registered for "nope"');
  });

  test('more can be registered, the result is a boolean', () => {
    calculators.register('dividedBy', ((left: number, right: number) => left % right === 0 && 'yes') as never);
    expect(compare('dividedBy', 6, 3)).toBe(true);
    expect(compare('dividedBy', 7, 3)).toBe(false);
  });

  test('has the names of the contract', () => {
    expect([...calculators.getKeys()]).toEqual(
      expect.arrayContaining(
        'equal == notEqual != gt > gte >= lt < lte <= includes notIncludes startsWith notStartsWith endsWith notEndsWith'.split(
          ' ',
        ),
      ),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { countConditions, isSelective, resolveFilter, resolveKeyFilter } from '..';

const day = new Date(0);
const scope = {
  n: 1,
  text: '{"$ne": 0}',
  day,
  z: null,
  list: [1, 'a', null],
  evil: { $ne: 0 },
  nested: { a: { b: { $or: [{ x: 1 }] } } },
  dotted: { 'x.$ne': 0 },
  object: { id: 1 },
  evilList: [1, { $ne: 0 }],
  deepList: [[{ $ne: 0 }]],
  field: 'title',
  operator: '$ne',
  dottedOperator: 'title.$ne',
};

describe('resolveFilter', () => {
  test.each<[unknown, unknown]>([
    [undefined, undefined],
    [null, undefined],
    [{}, {}],
    [{ id: '{{n}}' }, { id: 1 }],
    [{ $and: [{ id: { $eq: '{{n}}' } }, { title: { $in: '{{list}}' } }] }, { $and: [{ id: { $eq: 1 } }, { title: { $in: [1, 'a', null] } }] }],
    [{ at: { $dateOn: '{{day}}' } }, { at: { $dateOn: day } }],
    [{ at: { $dateOn: { type: 'past', number: '{{n}}', unit: 'day' } } }, { at: { $dateOn: { type: 'past', number: 1, unit: 'day' } } }],
    [{ id: '{{z}}' }, { id: null }],
    [{ id: '{{missing}}' }, { id: undefined }],
    [{ title: 'x{{evil}}' }, { title: 'x[object Object]' }],
    [{ title: '{{text}}' }, { title: '{"$ne": 0}' }],
    [{ '{{field}}.$eq': 1 }, { 'title.$eq': 1 }],
    [{ id: { $ne: 0 } }, { id: { $ne: 0 } }],
  ])('%j', (filter, expected) => {
    expect(resolveFilter(filter, scope)).toEqual(expected);
  });

  test.each<[unknown, string]>([
    [{ id: '{{evil}}' }, 'filter.id'],
    [{ id: { $eq: '{{evil}}' } }, 'filter.id.$eq'],
    [{ $and: [{ id: { $in: '{{evilList}}' } }] }, 'filter.$and.0.id.$in'],
    [{ id: '{{deepList}}' }, 'filter.id'],
    [{ id: '{{nested}}' }, 'filter.id'],
    [{ id: '{{dotted}}' }, 'filter.id'],
    [{ category: '{{object}}' }, 'filter.category'],
    [{ $or: ['{{evil}}'] }, 'filter.$or.0'],
    [{ '{{operator}}': 1 }, 'filter'],
    [{ id: { '{{operator}}': 1 } }, 'filter.id'],
    [{ '{{dottedOperator}}': 1 }, 'filter'],
    ['{{evil}}', 'filter'],
    ['{{n}}', 'filter'],
    [5, 'filter'],
  ])('%j is refused', (filter, path) => {
    expect(() => resolveFilter(filter, scope)).toThrow(`"${path}"`);
  });

  test('keys follow the same rule', () => {
    expect(resolveKeyFilter('{{n}}', scope)).toBe(1);
    expect(resolveKeyFilter('{{list}}', scope)).toEqual([1, 'a', null]);
    expect(resolveKeyFilter({ a: '{{n}}', b: 2 }, scope)).toEqual({ a: 1, b: 2 });
    expect(() => resolveKeyFilter('{{evil}}', scope)).toThrow('"filterByTk"');
  });
});

describe('conditions', () => {
  test.each<[unknown, number, number]>([
    [undefined, 0, 0],
    [{}, 0, 0],
    [{ $and: [] }, 0, 0],
    [{ $and: [{}, { $or: [] }] }, 0, 0],
    [{ id: {} }, 0, 0],
    [{ id: 1 }, 1, 1],
    [{ id: null }, 1, 1],
    [{ id: undefined }, 1, 0],
    [{ id: { $in: [] } }, 1, 1],
    [{ id: { $in: [1, 2] } }, 1, 1],
    [{ $and: [{ id: { $eq: undefined } }, { title: 'a' }] }, 2, 1],
  ])('%j', (filter, total, defined) => {
    expect(countConditions(filter)).toEqual({ total, defined });
  });

  test('a filter without known values is an error, an empty one selects nothing', () => {
    expect(isSelective({})).toBe(false);
    expect(isSelective({ id: 1 })).toBe(true);
    expect(() => isSelective({ id: undefined })).toThrow(/"filter"/);
  });
});

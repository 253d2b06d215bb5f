import { describe, expect, test } from 'vitest';
import { incompleteConditions, readFilter, writeFilter } from '../model';

describe('a stored filter', () => {
  test.each([
    [{ $and: [{ amount: { $gt: 5 } }] }],
    [{ $or: [{ amount: { $gt: 5 } }, { $and: [{ title: { $includes: 'x' } }, { customer: { name: { $eq: 'A' } } }] }] }],
    [{ $and: [{ paid: { $isTruly: true } }, { $not: { a: 1 } }] }],
    [{ $and: [{ title: {} }] }],
  ])('%j is written as it was read', (filter) => {
    expect(writeFilter(readFilter(filter))).toEqual(filter);
  });

  test.each<[unknown, unknown]>([
    [undefined, { $and: [] }],
    [null, { $and: [] }],
    [{ title: 'x' }, { $and: [{ title: { $eq: 'x' } }] }],
    [{ 'customer.name': { $eq: 'A' } }, { $and: [{ customer: { name: { $eq: 'A' } } }] }],
    [{ amount: { $gt: 1, $lt: 5 } }, { $and: [{ amount: { $gt: 1 } }, { amount: { $lt: 5 } }] }],
    [{ $and: [{ a: 1 }], b: 2 }, { $and: [{ $and: [{ a: { $eq: 1 } }] }, { b: { $eq: 2 } }] }],
  ])('%j of an older shape means the same', (filter, written) => {
    expect(writeFilter(readFilter(filter))).toEqual(written);
  });

  test('a row without a field is not written', () => {
    expect(writeFilter({ kind: 'group', join: '$and', items: [{ kind: 'condition', path: [] }] })).toEqual({ $and: [] });
  });

  test('conditions that compare with nothing are named', () => {
    const filter = { $and: [{ title: {} }, { customer: { name: { $eq: '' } } }, { status: { $eq: null } }, { paid: { $isTruly: true } }, { amount: { $gt: 0 } }, { amount: { $lt: undefined } }] };
    expect(incompleteConditions(filter)).toEqual(['title', 'customer.name', 'amount']);
  });
});

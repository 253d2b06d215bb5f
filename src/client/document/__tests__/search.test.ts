import { describe, expect, it } from 'vitest';
import { addNote, renameNode, searchFlow } from '..';
import { flow } from './flow';

const document = addNote(
  renameNode(flow(['a', { b: { 0: ['c'] } }, 'd'], { c: { collection: 'orders', params: { filter: { status: 'Paid' } } }, d: { text: 'Dear {{$context.data.customer}}' } }), {
    key: 'd',
    title: 'Écrire au client',
  }),
  { id: 'n', at: 'b', text: 'Ask Ben first' },
);

const options = { typeTitle: (type: string, isTrigger: boolean) => (isTrigger ? 'After action' : type === 'branch' ? 'Condition' : 'Echo') };
const search = (query: string) => searchFlow(document, query, options);
const keys = (query: string) => search(query).map(({ key }) => key);

describe('searchFlow', () => {
  it.each<[string, (string | null)[]]>([
    ['node', ['a', 'b', 'c']],
    ['ecrire', ['d']],
    ['condition', ['b']],
    ['after', [null]],
    ['orders', ['c']],
    ['paid status', ['c']],
    ['paid customer', []],
    ['$context.data', ['d']],
    ['ben', ['b']],
    ['  ', []],
  ])('%j', (query, found) => {
    expect(keys(query)).toEqual(found);
  });

  it('says where, with what to highlight', () => {
    expect(search('Paid')).toEqual([{ key: 'c', matches: [{ field: 'config', text: 'Paid', ranges: [[0, 4]], path: 'params.filter.status' }] }]);
    expect(search('customer')[0]!.matches).toEqual([
      { field: 'variable', text: 'Dear {{$context.data.customer}}', ranges: [[21, 29]], path: 'text' },
    ]);
    expect(search('écr cri')[0]!.matches[0]!.ranges).toEqual([[0, 4]]);
  });

  it('puts what was typed as a whole before its words, and does not read single letters into keys', () => {
    const steps = flow(['x3', 'y', 'z']);
    const named = [
      ['x3', 'B7 step 0'],
      ['y', 'B3 step 7'],
      ['z', 'B7 step 3'],
    ].reduce((current, [key, title]) => renameNode(current, { key: key!, title: title! }), steps);
    expect(searchFlow(named, 'B7 step 3', options).map(({ key }) => key)).toEqual(['z']);
    expect(searchFlow(named, 'step 7', options).map(({ key }) => key)).toEqual(['y', 'x3', 'z']);
  });

  it('puts titles first', () => {
    const renamed = renameNode(document, { key: 'd', title: 'orders' });
    expect(searchFlow(renamed, 'orders', options).map(({ key }) => key)).toEqual(['d', 'c']);
  });
});

import { expect, it } from 'vitest';
import { asUseOptions, variableOf } from '../variables';

const compile = String;

it('takes options of a Cascader below the root', () => {
  const variable = variableOf({ value: 'n1', label: 'Query', children: [{ value: 'id', label: 'ID' }] }, ['$jobsMapByNodeKey'], compile);
  expect(variable).toMatchObject({ name: 'n1', path: ['$jobsMapByNodeKey', 'n1'], children: [{ path: ['$jobsMapByNodeKey', 'n1', 'id'] }] });
});

it('puts trees of the flow engine below the root, children that are loaded later too', async () => {
  const item = { name: 'item', title: 'Item', type: '', paths: ['item'], children: async () => [{ name: 'id', title: 'ID', type: 'number', paths: ['item', 'id'] }] };
  const variable = variableOf(item, ['$scopes', 'loop1'], compile);
  expect(variable.path).toEqual(['$scopes', 'loop1', 'item']);
  const children = typeof variable.children === 'function' ? await variable.children() : variable.children;
  expect(children?.map(({ path }) => path)).toEqual([['$scopes', 'loop1', 'item', 'id']]);
});

it('leaves whole paths as they are', () => {
  const whole = { name: 'x', title: 'X', type: 'string', paths: ['$scopes', 'loop1', 'x'] };
  expect(variableOf(whole, ['$scopes', 'loop1'], compile).path).toEqual(['$scopes', 'loop1', 'x']);
});

it('asks hooks of extensions for no more than was asked for, so that what they suggest themselves stays', () => {
  expect({ appends: ['data'], ...asUseOptions({ types: ['string'], depth: undefined }) }).toMatchObject({ appends: ['data'], types: ['string'] });
  expect(asUseOptions({ appends: null })).toMatchObject({ appends: null });
});

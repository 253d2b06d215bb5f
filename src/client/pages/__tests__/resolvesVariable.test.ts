import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../../document/types';
import type { CollectionInfo } from '../../port/HostPort';
import { resolvesVariable } from '../resolvesVariable';

const collection = (name: string, fields: CollectionInfo['fields']): CollectionInfo => ({ dataSource: 'main', name, title: name, primaryKey: 'id', fields });
const COLLECTIONS = [
  collection('orders', [
    { name: 'title', title: 'Title', type: 'string' },
    { name: 'extra', title: 'Extra', type: 'json' },
    { name: 'owner', title: 'Owner', type: 'belongsTo', target: 'users', foreignKey: 'ownerId' },
  ]),
  collection('users', [{ name: 'email', title: 'Email', type: 'string' }]),
];
const catalog = { dataSources: () => [], find: (name: string) => COLLECTIONS.find((item) => item.name === name) };
const withTrigger = (type: string, config: Record<string, unknown>) => ({ trigger: { type, title: '', config } }) as FlowDocument;
const onOrders = withTrigger('action', { collection: 'orders' });

describe('variables of the trigger', () => {
  it.each([
    ['$context.data.title', true],
    ['$context.data.id', true],
    ['$context.data.ownerId', true],
    ['$context.data.owner.email', true],
    ['$context.data.0.title', true],
    ['$context.data.owner.phone', false],
    ['$context.data.gone', false],
    ['$context.data.extra.a.b', undefined],
    ['$context.user.id', true],
    ['$context.user.salary', false],
    ['$context.roleName', true],
    ['$context.date', false],
    ['$system.now', undefined],
  ])('%s: %s', (path, expected) => {
    expect(resolvesVariable(path.split('.'), onOrders, catalog)).toBe(expected);
  });

  it('have no record where a schedule is not about one', () => {
    expect(resolvesVariable(['$context', 'data', 'title'], withTrigger('schedule', { mode: 0 }), catalog)).toBe(false);
  });

  it('differ between trigger types', () => {
    const onChange = withTrigger('collection', { collection: 'orders' });
    expect(resolvesVariable(['$context', 'user', 'email'], onChange, catalog)).toBe(false);
    expect(resolvesVariable(['$context', 'data', 'owner', 'email'], onChange, catalog)).toBe(true);
    expect(resolvesVariable(['$context', 'date'], withTrigger('schedule', { mode: 0 }), catalog)).toBe(true);
  });

  it('are taken as they are for triggers of extensions', () => {
    expect(resolvesVariable(['$context', 'data', 'gone'], withTrigger('webhook', { collection: 'orders' }), catalog)).toBeUndefined();
  });
});

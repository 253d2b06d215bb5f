// @vitest-environment jsdom
import './setup';
import { describe, expect, test } from 'vitest';
import type { KindContext } from '../../registry/kinds';
import { fieldAt } from '../shared/collections';
import { CHAIN, createPort, registry } from './world';

const { port } = createPort();
const context: KindContext = {
  document: CHAIN,
  t: port.t,
  collectionTitle: (name) => port.collections.find(name)?.title,
  hasField: (name, path) => Boolean(fieldAt(port.collections, name, path.split('.'))),
};

const node = (type: string) => registry.node(type)!;
const trigger = (type: string) => registry.trigger(type)!;

describe('one line that says what a node does', () => {
  test.each<[string, object, string | null]>([
    ['calculation', {}, null],
    ['calculation', { expression: '{{$context.data.amount}} * {{$jobsMapByNodeKey.sum.total}}' }, 'amount * Sum.total'],
    ['condition', { calculation: { group: { type: 'and', calculations: [{ calculator: 'gt', operands: ['{{$context.data.amount}}', 500] }, { calculator: 'equal', operands: ['{{$context.roleName}}', 'admin'] }] } } }, 'amount > 500 and roleName = admin'],
    ['condition', { engine: 'math.js', expression: '{{$context.data.amount}} > 1' }, 'amount > 1'],
    ['multi-conditions', { conditions: [{ uid: 'a' }, { uid: 'b' }], continueOnNoMatch: true }, '2 conditions · goes on when none is met'],
    ['end', { endStatus: -1 }, 'Ends as failed'],
    ['output', { value: { id: '{{$context.data.id}}' } }, '{"id":"id"}'],
    ['query', { collection: 'orders', multiple: true, params: { filter: { $and: [{ customer: { name: { $eq: 'A' } } }] } } }, 'Orders · several records · by customer.name'],
    ['create', { collection: 'orders', params: { values: { title: 1, amount: 2 } } }, 'Orders · sets title, amount'],
    ['update', { collection: 'crm:tickets', params: { values: { subject: 1 }, filter: { id: 1 } } }, 'Tickets · sets subject · by id'],
    ['destroy', {}, null],
  ])('%s %j', (type, config, line) => {
    expect(node(type).summary?.(config as Record<string, unknown>, context) ?? null).toBe(line);
  });

  test.each<[string, object, string | null]>([
    ['collection', { collection: 'orders', mode: 3 }, 'Orders · After record added or updated'],
    ['schedule', { mode: 0, startsOn: 'x', repeat: 7_200_000 }, 'Every 2 hours'],
    ['schedule', { mode: 0, startsOn: 'x', repeat: '0 9 * * *' }, 'Cron: 0 9 * * *'],
    ['schedule', { mode: 1, collection: 'orders', startsOn: { field: 'dueAt' } }, 'Orders · by dueAt · Once'],
    ['action', { collection: 'orders' }, 'Orders · bound buttons'],
    ['action', { collection: 'orders', global: true, actions: ['create', 'update'] }, 'Orders · every create action, every update action'],
  ])('%s %j', (type, config, line) => {
    expect(trigger(type).summary?.(config as Record<string, unknown>, context)).toBe(line);
  });
});

describe('what is wrong with a config', () => {
  const faults = (kind: { check?: (config: any, context: KindContext) => { level: string; field?: string; message: string }[] }, config: object) =>
    (kind.check?.(config, context) ?? []).map(({ level, field, message }) => `${level} ${field}: ${message}`);

  test.each<[string, object, string[]]>([
    ['calculation', {}, ['error expression: The expression is empty']],
    ['condition', { rejectOnFalse: true }, ['warning calculation: No condition is set, so it is always met']],
    ['condition', { engine: 'math.js' }, ['error rejectOnFalse: Choose what happens when the condition is not met', 'error expression: The expression is empty']],
    ['multi-conditions', { conditions: [] }, ['error conditions: Add at least one condition']],
    ['multi-conditions', { conditions: [{ uid: 'a', title: 'Large', engine: 'math.js' }] }, ['error conditions.0.expression: Large: The expression is empty']],
    ['query', {}, ['error collection: Choose a collection']],
    ['query', { collection: 'gone' }, ['error collection: Collection "gone" does not exist']],
    ['query', { collection: 'orders', params: { sort: [{ field: 'x' }], appends: ['customer.nope'], filter: { customer: { company: { name: { $eq: 'A' } } } } } }, [
      'error params.appends: Field "customer.nope" does not exist', 'error params.sort: Field "x" does not exist',
    ]],
    ['query', { collection: 'orders', params: { filter: { $and: [{ title: {} }] } } }, ['error params.filter: The condition on "title" has no value. Complete or remove it.']],
    ['update', { collection: 'orders', params: { values: { status: 1 } } }, ['error params.filter: Say which records: without a condition nothing may be changed']],
    ['update', { collection: 'orders', params: { values: { status: 1 }, filterByTk: 1 } }, []],
    ['destroy', { collection: 'orders', params: { filter: { $and: [] } } }, ['error params.filter: Say which records: without a condition nothing is deleted']],
    ['create', { collection: 'orders', params: { values: { gone: 1, customerId: 2 } } }, ['error params.values: Field "gone" does not exist']],
    ['end', {}, []],
    ['output', {}, ['warning value: No value is set, so the output is empty']],
  ])('%s %j', (type, config, expected) => {
    expect(faults(node(type), config)).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ['collection', { collection: 'orders' }, ['error mode: Choose on which change it is triggered']],
    ['collection', { collection: 'orders', mode: 2, changed: ['gone'] }, ['error changed: Field "gone" does not exist']],
    ['schedule', { mode: 0 }, ['error startsOn: Set when it starts; without a start it never runs']],
    ['schedule', { mode: 1, collection: 'orders', startsOn: {} }, ['error startsOn: Choose the date field that starts it']],
    ['action', { collection: 'orders', global: true }, ['error actions: Choose at least one action; without any it never runs']],
    ['action', { collection: 'orders' }, []],
  ])('%s %j', (type, config, expected) => {
    expect(faults(trigger(type), config)).toEqual(expected);
  });
});

describe('branches', () => {
  test('a condition has them only where it says so', () => {
    expect(node('condition').branches({ rejectOnFalse: true })).toEqual([]);
    expect(node('condition').branches({ rejectOnFalse: false })).toEqual([{ index: 0, label: 'No' }, { index: 1, label: 'Yes' }]);
  });

  test('each condition owns one, and they follow it', () => {
    const kind = node('multi-conditions');
    const before = { conditions: [{ uid: 'a', title: 'Large' }, { uid: 'b' }, { uid: 'c' }] };
    expect(kind.branches(before)).toEqual([
      { index: 1, label: 'Large' }, { index: 2, label: 'Condition 2' }, { index: 3, label: 'Condition 3' }, { index: 0, label: 'Otherwise' },
    ]);
    expect([...(kind.moveBranches?.(before, { conditions: [{ uid: 'c' }, { uid: 'a' }] }) ?? [])]).toEqual([[1, 2], [2, null], [3, 1]]);
  });

  test('nothing follows an end', () => {
    expect(node('end').ends(CHAIN.nodes.get('here')!)).toBe(true);
    expect(node('query').ends(CHAIN.nodes.get('here')!)).toBe(false);
  });
});

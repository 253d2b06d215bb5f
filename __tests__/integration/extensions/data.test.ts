import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import { entry, EXTENSION_DIALECTS, ExtensionWorld, outcomes, resolvedNode, type NodeDefinition } from './world';

const { RESOLVED, ERROR } = JOB_STATUS;

describe.each(EXTENSION_DIALECTS)('nodes that ask the database, on %s', (dialect) => {
  let world: ExtensionWorld;
  let groupId: number;

  beforeAll(async () => {
    world = await ExtensionWorld.create({ dialect });
    groupId = (await world.api.create('groups', { title: 'g' })).id;
    for (const amount of [1, 2, 2, 5]) {
      await world.api.create('items', { title: `item ${amount}`, amount, groupId: amount === 5 ? null : groupId });
    }
  });

  afterAll(() => world?.close());

  const quote = (name: string) => `"${name}"`;
  const node = (type: string, config: object): NodeDefinition => ({ key: 'n', type, config });

  describe('aggregate', () => {
    const aggregate = (aggregator: string, config: object = {}) =>
      node('aggregate', { aggregator, collection: 'items', associated: false, params: { field: 'amount' }, ...config });

    it.each([
      ['count', 4],
      ['sum', 10],
      ['avg', 2.5],
      ['min', 1],
      ['max', 5],
    ])('%s', async (aggregator, result) => {
      const execution = await world.run([aggregate(aggregator)]);
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, result]]);
    });

    it('distinct, with a filter from variables', async () => {
      const params = { field: 'amount', distinct: true, filter: { $and: [{ amount: { $lt: '{{$context.data.limit}}' } }] } };
      const execution = await world.run([aggregate('sum', { params })], { limit: 5 });
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, 3]]);
    });

    it('over the records of an association', async () => {
      const association = { associatedCollection: 'groups', name: 'items', associatedKey: '{{$context.data.groupId}}' };
      const execution = await world.run([aggregate('sum', { associated: true, association })], { groupId });
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, 5]]);
    });

    it('rounds', async () => {
      const params = { field: 'amount', filter: { $and: [{ groupId: { $notEmpty: true } }] } };
      expect(outcomes(await world.run([aggregate('avg', { params, precision: 3 })]), 'n')).toEqual([[RESOLVED, 1.667]]);
      expect(outcomes(await world.run([aggregate('avg', { params, precision: 0 })]), 'n')).toEqual([[RESOLVED, 2]]);
    });

    it('over nothing it is 0', async () => {
      const params = { field: 'amount', filter: { $and: [{ amount: { $gt: 1000 } }] } };
      expect(outcomes(await world.run([aggregate('sum', { params })]), 'n')).toEqual([[RESOLVED, 0]]);
    });

    it('a field that does not exist is an error', async () => {
      const execution = await world.run([aggregate('sum', { params: { field: 'nothing' } }), resolvedNode('after')]);
      expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
      expect(outcomes(execution, 'n')).toEqual([[ERROR, expect.objectContaining({ message: expect.any(String) })]]);
      expect(outcomes(execution, 'after')).toEqual([]);
    });

    it('sees what the run has written before', async () => {
      const params = { field: 'id', filter: { $and: [{ token: '{{$context.data.token}}' }] } };
      const count = aggregate('count', { collection: 'ledger', params });
      expect(outcomes(await world.run([entry('e', 1), entry('f', 2), count], { token: 'counted' }), 'n')).toEqual([[RESOLVED, 2]]);
    });

    it('refuses settings', async () => {
      expect((await world.refusal('aggregate', { aggregator: 'median' })).status).toBe(400);
    });
  });

  describe('sql', () => {
    const sql = (text: string, config: object = {}) => node('sql', { dataSource: 'main', sql: text, ...config });
    const amounts = `SELECT ${quote('amount')} AS amount FROM ${quote('items')} WHERE ${quote('amount')} > :least ORDER BY 1`;

    it('reads, with values that are bound', async () => {
      const variables = [{ name: 'least', value: '{{$context.data.least}}' }];
      const execution = await world.run([sql(amounts, { variables })], { least: 1 });
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, [{ amount: 2 }, { amount: 2 }, { amount: 5 }]]]);
    });

    it('what looks like SQL in a value stays a value', async () => {
      const text = `SELECT ${quote('amount')} FROM ${quote('items')} WHERE ${quote('title')} = :title`;
      const variables = [{ name: 'title', value: '{{$context.data.title}}' }];
      const execution = await world.run([sql(text, { variables })], { title: "x' OR '1' = '1" });
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, []]]);
    });

    it('with templates in the statement, where that is allowed', async () => {
      const text = amounts.replace(':least', '{{$context.data.least}}');
      const execution = await world.run([sql(text, { unsafeInjection: true })], { least: 4 });
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, [{ amount: 5 }]]]);
    });

    it('writes', async () => {
      const insert = `INSERT INTO ${quote('ledger')} (${quote('id')}, ${quote('step')}, ${quote('token')}, ${quote('createdAt')})
        VALUES (4711, 'sql', :token, CURRENT_TIMESTAMP)`;
      const variables = [{ name: 'token', value: '{{$context.data.token}}' }];
      const execution = await world.run([sql(insert, { variables })], { token: 'by sql' });
      expect(outcomes(execution, 'n').map(([status]) => status), JSON.stringify(execution.jobs)).toEqual([RESOLVED]);
      expect(await world.ledger('by sql')).toEqual(['sql by sql']);
    });

    it('an empty statement does nothing', async () => {
      expect(outcomes(await world.run([node('sql', { dataSource: 'main' })]), 'n')).toEqual([[RESOLVED, null]]);
    });

    it('a broken statement is an error, and so is an unknown data source', async () => {
      const broken = await world.run([sql('SELEC 1'), resolvedNode('after')]);
      expect(broken.status).toBe(EXECUTION_STATUS.ERROR);
      expect(outcomes(broken, 'n')).toEqual([[ERROR, expect.objectContaining({ message: expect.any(String) })]]);
      expect(outcomes(broken, 'after')).toEqual([]);
      const unknown = await world.run([node('sql', { dataSource: 'gone', sql: 'SELECT 1' })]);
      expect(unknown.status).toBe(EXECUTION_STATUS.ERROR);
    });

    it('a statement that no transaction can hold', async () => {
      expect((await world.run([sql('VACUUM')])).status).toBe(EXECUTION_STATUS.RESOLVED);
    });

    it('inside a request', async () => {
      const workflow = await world.workflow([sql('SELECT 1 AS one')], { sync: true });
      await world.trigger(workflow);
      expect(outcomes((await world.executions(workflow))[0]!, 'n')).toEqual([[RESOLVED, [{ one: 1 }]]]);
    });

    it('is tested', async () => {
      expect(await world.test('sql', { sql: 'SELECT 2 AS two' })).toEqual({ status: RESOLVED, result: [{ two: 2 }] });
      expect((await world.test('sql', { sql: 'SELEC' })).status).toBe(ERROR);
    });
  });
});

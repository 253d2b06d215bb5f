import { describe, expect, it } from 'vitest';
import type { FlowNodeModel, InstructionKind } from '../../contract';
import { officialNode, withConfig } from '../officialNodes';
import type { Processor } from '../Processor';

const processor = { getParsedValue: (value: unknown) => value } as Processor;
const KEY = '17:ask:4-0';

describe('officialNode', () => {
  it('knows nothing of other types, whatever they are called', () => {
    expect(officialNode('mine')).toBeUndefined();
    expect(officialNode('constructor')).toBeUndefined();
  });

  it.each(['aggregate', 'dateCalculation', 'delay', 'dynamic-calculation', 'json-query', 'json-variable-mapping', 'loop', 'parallel', 'variable'])(
    '%s is pure',
    (type) => {
      expect(officialNode(type)?.kind).toBe('pure');
    },
  );
});

describe('sql', () => {
  const kindOf = (config: object) => (officialNode('sql')?.kind as (node: FlowNodeModel) => InstructionKind)({ config } as FlowNodeModel);

  it.each([
    ['INSERT INTO a VALUES (1)', 'database'],
    ['WITH x AS (SELECT 1) UPDATE a SET b = 1', 'database'],
    ['UPDATE a SET title = \'begin\'', 'database'],
    ['VACUUM', 'effect'],
    ['  vacuum analyze', 'effect'],
    ['CREATE INDEX CONCURRENTLY i ON a (b)', 'effect'],
    ['BEGIN; UPDATE a SET b = 1; COMMIT', 'effect'],
    ['UPDATE a SET b = 1; COMMIT', 'effect'],
    ['PRAGMA foreign_keys = ON', 'effect'],
  ])('%s is a %s', (sql, kind) => {
    expect(kindOf({ sql })).toBe(kind);
    expect(kindOf({ sql, dataSource: 'main' })).toBe(kind);
  });

  it('another data source has a transaction of its own', () => {
    expect(kindOf({ sql: 'INSERT INTO a VALUES (1)', dataSource: 'other' })).toBe('effect');
    expect(kindOf({})).toBe('database');
  });
});

describe('the key that a service outside sees', () => {
  const request = (config: object) => officialNode('request')?.withKey?.(config as Record<string, unknown>, KEY, processor);
  const mailer = (config: object) => officialNode('mailer')?.withKey?.(config as Record<string, unknown>, KEY, processor);

  it('is a header of a request, beside those of its settings', () => {
    const own = { name: 'X-A', value: '1' };
    expect(request({ url: 'u' })).toEqual({ url: 'u', headers: [{ name: 'Idempotency-Key', value: KEY }] });
    expect(request({ headers: [own] })).toEqual({ headers: [own, { name: 'Idempotency-Key', value: KEY }] });
  });

  it('is left to the settings where they have it', () => {
    const config = { headers: [{ name: ' idempotency-KEY', value: 'mine' }] };
    expect(request(config)).toBe(config);
    expect(mailer({ messageId: '<mine@x>' })).toEqual({ messageId: '<mine@x>' });
  });

  it.each([
    ['a@example.com', '<17.ask.4-0@example.com>'],
    ['"A" <a@mail.example.com>', '<17.ask.4-0@mail.example.com>'],
    [undefined, '<17.ask.4-0@localhost>'],
  ])('is the id of a message from %s', (from, messageId) => {
    expect(mailer({ from })).toMatchObject({ messageId });
  });
});

it('withConfig leaves the stored node alone', () => {
  class Model {
    id = 1;
    get config() {
      return { a: 1 };
    }
  }
  const stored = new Model() as unknown as FlowNodeModel;
  const changed = withConfig(stored, { a: 2 });
  expect([changed.config, changed.id, stored.config]).toEqual([{ a: 2 }, 1, { a: 1 }]);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tuneSqlite } from '../sqlite';

let folder: string;
let db: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
  db = new Database({ dialect: 'sqlite', storage: join(folder, 'test.sqlite'), logging: false });
  db.collection({ name: 'counters', fields: [{ type: 'string', name: 'name' }, { type: 'integer', name: 'value' }] });
  await db.sync();
  await tuneSqlite(db);
  await counters().create({ name: 'a', value: 0 });
});

afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const counters = () => db.getModel('counters');
const value = async (transaction?: Transaction): Promise<number> =>
  (await counters().findOne({ where: { name: 'a' }, transaction }))!.get('value') as number;
const write = async (newValue: number, transaction?: Transaction) => {
  await counters().update({ value: newValue }, { where: { name: 'a' }, transaction });
};

/** Reads first and writes later, as most transactions do: without a queue two of them cannot both go on. */
const increment = () =>
  db.sequelize.transaction(async (transaction) => {
    const before = await value(transaction);
    await new Promise(setImmediate);
    await write(before + 1, transaction);
  });

it('lets many transactions at the same moment all come through, one after the other', async () => {
  await Promise.all(Array.from({ length: 8 }, () => Promise.all([increment(), increment(), increment()])));
  expect(await value()).toBe(24);
});

it('lets writes outside of transactions wait for them', async () => {
  const writes = Array.from({ length: 16 }, (_, i) => counters().create({ name: `outside ${i}`, value: i }));
  await Promise.all([increment(), ...writes, increment(), increment()]);
  expect(await value()).toBe(3);
  expect(await counters().count()).toBe(17);
});

it('lets reads go on while somebody writes', async () => {
  await db.sequelize.transaction(async (transaction) => {
    await write(5, transaction);
    // in another flow of control, as another request would
    const outside = await new Promise<number>((resolve, reject) => {
      setImmediate(() => value().then(resolve, reject));
    });
    expect(outside).toBe(0);
    expect(await value(transaction)).toBe(5);
  });
});

it('lets a transaction inside another one read instead of waiting for itself', async () => {
  const inner = await db.sequelize.transaction(async (transaction) => {
    await write(7, transaction);
    return db.sequelize.transaction((nested) => value(nested));
  });
  expect(inner).toBe(0);
  expect(await value()).toBe(7);
});

it('lets a hook after the commit write', async () => {
  await db.sequelize.transaction(async (transaction) => {
    transaction.afterCommit(() => increment());
    await write(10, transaction);
  });
  expect(await value()).toBe(11);
});

it('goes on after a transaction that was rolled back, or that failed', async () => {
  const unmanaged = await db.sequelize.transaction();
  await write(100, unmanaged);
  await unmanaged.rollback();
  await expect(
    db.sequelize.transaction(async (transaction) => {
      await write(200, transaction);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await increment();
  expect(await value()).toBe(1);
});

it('lets transactions that the caller ends itself queue too', async () => {
  const one = async () => {
    const transaction = await db.sequelize.transaction();
    await write((await value(transaction)) + 1, transaction);
    await transaction.commit();
  };
  await Promise.all([one(), increment(), one(), increment(), one()]);
  expect(await value()).toBe(5);
});

it('may be asked for twice', async () => {
  const { transaction } = db.sequelize;
  await tuneSqlite(db);
  expect(db.sequelize.transaction).toBe(transaction);
});

import { describe, expect, it } from 'vitest';
import { isConflict, isConnectionFailure, isStorageFailure, isTakenPrimaryKey, isUniqueViolation } from '../failures';

const driver = (code: string, message = code) => Object.assign(new Error(message), { code });
const wrapped = (parent: Error, name = 'SequelizeDatabaseError') => Object.assign(new Error(parent.message), { name, parent, original: parent });

describe('the database is gone', () => {
  const gone = [
    driver('ECONNREFUSED'),
    driver('57P01'),
    driver('PROTOCOL_CONNECTION_LOST'),
    driver('ER_SOCKET_UNEXPECTED_CLOSE'),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('ResourceRequest timed out'),
  ];

  it.each(gone)('%s, for a statement of the engine', (error) => {
    expect(isConnectionFailure(error)).toBe(true);
    expect(isConnectionFailure(wrapped(error))).toBe(true);
  });

  it.each(gone)('%s, for a node when it came through Sequelize', (error) => {
    expect(isStorageFailure(wrapped(error))).toBe(true);
  });

  it.each(gone.slice(1))('%s, for a node also when a driver threw it itself', (error) => {
    expect(isStorageFailure(error)).toBe(true);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'])('%s is not, when a node threw it itself: an HTTP client does so too', (code) => {
    expect(isStorageFailure(driver(code))).toBe(false);
  });

  it('by the names that Sequelize gives it', () => {
    const error = Object.assign(new Error('x'), { name: 'SequelizeConnectionRefusedError' });
    expect(isStorageFailure(error)).toBe(true);
  });

  it.each([new Error('no'), driver('23505'), driver('SQLITE_BUSY'), 'text', null, undefined, 5])('but not: %o', (error) => {
    expect(isConnectionFailure(error)).toBe(false);
    expect(isStorageFailure(error)).toBe(false);
  });
});

describe('two writers in each other’s way', () => {
  it.each([driver('40001'), driver('40P01'), driver('ER_LOCK_DEADLOCK'), driver('SQLITE_BUSY'), Object.assign(new Error('x'), { errno: 1205 })])(
    '%o',
    (error) => {
      expect(isConflict(error)).toBe(true);
      expect(isConflict(wrapped(error))).toBe(true);
    },
  );

  it('but not other errors', () => {
    expect(isConflict(driver('23505'))).toBe(false);
    expect(isConflict(null)).toBe(false);
  });
});

describe('a value is taken', () => {
  const taken = driver('ER_DUP_ENTRY', "(conn=1) Duplicate entry '1' for key 'PRIMARY'");

  it.each([
    driver('23505'),
    taken,
    driver('SQLITE_CONSTRAINT', 'SQLITE_CONSTRAINT: UNIQUE constraint failed: executions.eventKey'),
    Object.assign(new Error('x'), { name: 'SequelizeUniqueConstraintError' }),
  ])('%s', (error) => {
    expect(isUniqueViolation(error)).toBe(true);
  });

  it('of the primary key, on MySQL', () => {
    expect(isTakenPrimaryKey(taken)).toBe(true);
    expect(isTakenPrimaryKey(driver('ER_DUP_ENTRY', "Duplicate entry '1' for key 'executions.PRIMARY'"))).toBe(true);
    expect(isTakenPrimaryKey(driver('ER_DUP_ENTRY', "Duplicate entry 'x' for key 'executions_event_key'"))).toBe(false);
  });

  it('is not a failed check', () => {
    expect(isUniqueViolation(driver('SQLITE_CONSTRAINT', 'SQLITE_CONSTRAINT: NOT NULL constraint failed'))).toBe(false);
  });
});

import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { assertReachable, databaseFromEnvironment } from '../databaseFromEnvironment.mjs';
import { assertNodeVersion, npmError } from '../dependencies.mjs';
import { hostEnvironment } from '../hostEnvironment.mjs';

describe('messages of npm start', () => {
  it('names the Node that is needed and the one that runs', () => {
    expect(() => assertNodeVersion('18.19.0')).toThrow('Node 20 or newer is needed; this is Node 18.19.0.');
    expect(() => assertNodeVersion('20.0.0')).not.toThrow();
  });

  it.each([
    ['a missing compiler', 'gyp ERR! stack Error: not found: make', /install a C\+\+ compiler, make and Python 3/],
    ['a full disk', 'npm error code ENOSPC', /The disk is full/],
    ['anything else', 'npm error code E404', /npm could not install the packages/],
  ])('explains %s', (_, output, sentence) => {
    expect(npmError(output).message).toMatch(sentence);
  });

  it('refuses a database that the host does not know', () => {
    expect(() => databaseFromEnvironment({ DB_DIALECT: 'oracle' })).toThrow(/it can be sqlite, postgres, mysql or mariadb/);
  });

  it('says where a database server was looked for', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const database = databaseFromEnvironment({ DB_DIALECT: 'postgres', DB_PORT: String(port) });
    await expect(assertReachable(database)).rejects.toThrow(`PostgreSQL cannot be used: connect ECONNREFUSED 127.0.0.1:${port}`);
  });
});

describe('environment of a host', () => {
  const environment = (storagePath: string) =>
    hostEnvironment({ storagePath, port: 1234, database: { dialect: 'sqlite', storage: '/data/db.sqlite' } });

  it('keeps two hosts apart', () => {
    const [first, second] = [environment('/data/a'), environment('/data/b')];
    for (const name of ['STORAGE_PATH', 'SOCKET_PATH', 'PM2_HOME']) {
      expect(first[name]).not.toBe(second[name]);
    }
  });

  it('finds a short place for the socket of a deep folder', () => {
    const deep = `/${'folder/'.repeat(30)}`;
    expect(environment(deep).SOCKET_PATH!.length).toBeLessThan(100);
    expect(environment(deep).SOCKET_PATH).not.toBe(environment(`${deep}other`).SOCKET_PATH);
  });

  it('hides the test runner, which the host would treat differently', () => {
    expect(process.env.VITEST).toBe('true');
    expect(environment('/data/a')).not.toHaveProperty('VITEST');
  });
});

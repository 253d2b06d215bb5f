import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Sequelize } from 'sequelize';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isConnectionFailure } from '../failures';
import { guardConnections } from '../guardConnections';

const message = (type: string, body: Buffer | string): Buffer => {
  const content = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
};

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', 'I');
const FAREWELL = message('E', 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');

/** What a PostgreSQL that is being shut down says to somebody who has just come: all of it at once. */
let server: Server;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, FAREWELL])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => void server.close());

it('a connection that is ended while it is being made is a connection that failed, and no uncaught exception', async () => {
  const { port } = server.address() as AddressInfo;
  const sequelize = new Sequelize('postgres', 'postgres', '', { dialect: 'postgres', host: '127.0.0.1', port, logging: false });
  guardConnections({ sequelize });
  guardConnections({ sequelize });
  const error: unknown = await sequelize.query('SELECT 1').catch((reason: unknown) => reason);
  expect(isConnectionFailure(error)).toBe(true);
  await sequelize.close();
});

import type { Database } from '@nocobase/database';
import type { EventEmitter } from 'node:events';

type ClientClass = new (...options: unknown[]) => EventEmitter;

const guarded = new WeakSet<object>();

/**
 * Connections to the main database, if it is PostgreSQL, have a listener for errors from their first moment on. Sequelize adds its own one a moment after a
 * connection stands; when the server is shut down or fails over just then, "ready" and "terminating connection" arrive together,
 * in between, and Node.js ends a process in which nobody listens. With a listener the connection is merely broken: the next
 * statement on it fails, as on any other that was lost.
 */
export function guardConnections({ sequelize }: Pick<Database, 'sequelize'>): void {
  const manager = sequelize.connectionManager as unknown as { lib: { Client: ClientClass } };
  if (sequelize.getDialect() !== 'postgres' || guarded.has(manager)) {
    return;
  }
  guarded.add(manager);
  class GuardedClient extends manager.lib.Client {
    constructor(...options: unknown[]) {
      super(...options);
      this.on('error', () => undefined);
    }
  }
  manager.lib = Object.create(manager.lib, { Client: { value: GuardedClient } }) as typeof manager.lib;
}

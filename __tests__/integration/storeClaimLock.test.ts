import { describe, expect, it } from 'vitest';
import { MYSQL_CLAIM_LOCK } from '../../src/server/storage/claimLock';
import { withServer } from '../helpers/databaseServers';
import { DIALECTS } from '../helpers/dialects';
import { openStore } from './storeWorld';

type Sql = Parameters<Parameters<typeof withServer>[1]>[0];

describe.runIf(DIALECTS.includes('mariadb'))('the lock of claims on mariadb', () => {
  it('is taken from a connection that keeps it and gives no sign', async () => {
    const world = await openStore('mariadb');
    const keeping = async (sql: Sql) => {
      expect(await sql(`SELECT GET_LOCK(${MYSQL_CLAIM_LOCK}, 0) AS locked`)).toMatchObject([{ locked: 1 }]);
      const id = await world.insert(await world.addWorkflow());
      expect(await world.store.claim({ owner: 'a', leaseMs: 8_000, limit: 100, exceptKeys: [] })).toMatchObject([{ id }]);
    };
    try {
      await withServer('mariadb', keeping, world.app.db.sequelize.getDatabaseName());
    } finally {
      await world.close();
    }
  });
});

import { EXECUTION_STATUS } from '../../../src/common/status';
import { withServer, type ServerDialect } from '../../helpers/databaseServers';
import type { TestHost } from '../../helpers/host';
import { waitFor } from '../../helpers/waitFor';
import type { Sent } from '../clients';
import { audit, type Audit } from '../soak/audit';

const LIVE = { $or: [{ status: EXECUTION_STATUS.STARTED }, { status: { $empty: true } }] };

/** Waits until no execution is live. */
export async function whenAllEnded(host: TestHost): Promise<void> {
  const live = async () => (await host.api.get('executions:list', { filter: LIVE, pageSize: 1, fields: ['id'] })).meta.count;
  await waitFor(async () => (await live()) === 0, { what: 'all runs to end', timeoutMs: 180_000 });
}

/** Compares what clients know with the database; its statements are written for PostgreSQL. */
export function checkDatabase(sent: readonly Sent[], { api, dialect, database }: TestHost): Promise<Audit> {
  const forMariadb = (statement: string) =>
    statement
      .replaceAll('"', '`')
      .replace(/([\w.]*context)->'data'->>'(\w+)'/g, "JSON_VALUE($1, '$$.data.$2')")
      .replace(/::\w+/g, '');
  return withServer(
    dialect as ServerDialect,
    (sql) => audit(sent, api, dialect === 'mariadb' ? (statement) => sql(forMariadb(statement)) : sql),
    (database as { database: string }).database,
  );
}

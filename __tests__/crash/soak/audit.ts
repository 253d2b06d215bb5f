import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import type { ApiClient } from '../../helpers/api';
import type { Sent } from '../clients';
import { SHAPES } from '../workflows';

type Sql = (statement: string) => Promise<Record<string, unknown>[]>;

export interface Audit {
  executions: number;
  ledgerRows: number;
  /** invariant and what is wrong with it; empty when all hold */
  violations: string[];
}

/** What is in one list and not in the other, however often. */
function differences(actual: string[], expected: string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of expected) counts.set(item, (counts.get(item) ?? 0) - 1);
  for (const item of actual) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].filter(([, count]) => count !== 0).map(([item, count]) => `${item} ${count > 0 ? `${count} too many` : `${-count} missing`}`);
}

/**
 * Compares what clients know with what the database holds, when everything has come to rest. The names of the
 * invariants are those of the report (`docs/proof/`).
 */
export async function audit(sent: readonly Sent[], api: ApiClient, sql: Sql): Promise<Audit> {
  const violations: string[] = [];
  const check = (invariant: string, problems: readonly unknown[]) => {
    if (problems.length) violations.push(`${invariant}: ${problems.length} × ${JSON.stringify(problems.slice(0, 3))}`);
  };
  const rowsOf = async (statement: string) => (await sql(statement)).map((row) => JSON.stringify(row));

  const titles = new Set((await sql('SELECT title FROM orders')).map(({ title }) => String(title)));
  check('I1 record of an answered request', sent.filter(({ status, token }) => status === 200 && !titles.has(token)));
  const ordered = sent.filter(({ token }) => titles.has(token)).flatMap(({ keys, token }) => keys.map((key) => `${key} ${token}`));

  const executions = await sql(`SELECT id, "key", status, context->'data'->>'title' AS title FROM executions`);
  check('I1 one execution for each record and workflow', differences(executions.map(({ key, title }) => `${String(key)} ${String(title)}`), ordered));
  check('I1 every execution resolved', executions.filter(({ status }) => status !== EXECUTION_STATUS.RESOLVED));

  const ledger = await sql('SELECT workflow, step, token, counter FROM ledger');
  const expected = ordered.flatMap((order) => {
    const [key = '', ...token] = order.split(' ');
    return SHAPES[key]!.steps.map((step) => `${key} ${step} ${token.join(' ')}`);
  });
  check('I2 every effect exactly once', differences(ledger.map(({ workflow, step, token }) => `${String(workflow)} ${String(step)} ${String(token)}`), expected));

  check('I3 no open job in an ended execution', await rowsOf(
    `SELECT j.id FROM jobs j JOIN executions e ON e.id = j."executionId" WHERE e.status <> 0 AND j.status = ${JOB_STATUS.PENDING}`,
  ));
  check('I4 no job without its execution', await rowsOf('SELECT j.id FROM jobs j LEFT JOIN executions e ON e.id = j."executionId" WHERE e.id IS NULL'));
  check('I4 one job for each node', await rowsOf(
    `SELECT e.id FROM executions e LEFT JOIN jobs j ON j."executionId" = e.id GROUP BY e.id, e."workflowId"
     HAVING count(j.id) <> (SELECT count(*) FROM flow_nodes n WHERE n."workflowId" = e."workflowId") OR count(DISTINCT j."nodeId") <> count(j.id)`,
  ));
  // Each run reads a counter, adds one and writes it back: two holders of one lane would leave a gap or a repetition.
  const counters = ledger.filter(({ workflow }) => workflow === 'effects').map(({ counter }) => String(counter));
  check('I5 no two runs of one workflow at a time', differences(counters, counters.map((_, i) => String(i + 1))));
  check('I6 no lease is left', await rowsOf('SELECT id FROM executions WHERE "leaseUntil" IS NOT NULL OR "leaseOwner" IS NOT NULL'));
  // Timers of several processes may order the same continuation; what comes after the end is removed within an hour.
  check('I7 no order is left for a run that could take it', await rowsOf(
    'SELECT s.id FROM "workflowSignals" s LEFT JOIN executions e ON e.id = s."executionId" WHERE e.id IS NULL OR e.status IS NULL OR e.status = 0',
  ));

  const workflows = await api.list('workflows', { appends: ['stats', 'versionStats'] });
  check('I9 counters', workflows.flatMap(({ key, stats, versionStats }) => {
    const runs = executions.filter((execution) => execution.key === key).length;
    return Number(stats.executed) === runs && Number(versionStats.executed) === runs ? [] : [{ key, runs, stats, versionStats }];
  }));
  check('I10 one enabled version', await rowsOf('SELECT "key" FROM workflows WHERE enabled GROUP BY "key" HAVING count(*) > 1'));
  check('I11 results', await rowsOf(
    `SELECT j.id, j.result FROM jobs j JOIN executions e ON e.id = j."executionId"
     WHERE e."key" = 'pure' AND j.result::text <> ((e.context->'data'->>'amount')::bigint * 2 + 1)::text`,
  ));
  check('I13 the token of the user who did it', await rowsOf(
    `SELECT e.id FROM executions e LEFT JOIN jobs j ON j."executionId" = e.id WHERE position('${api.token}' IN concat_ws(' ', e.context, j.result, j.meta)) > 0`,
  ));
  return { executions: executions.length, ledgerRows: ledger.length, violations };
}

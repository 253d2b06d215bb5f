import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../../common/status';
import type { ExecutionModel } from '../contract';
import { STALE_SIGNAL_MS } from '../storage/SqlRunStore';
import { deletesFrom, idsOf } from './repairs';
import type { Check, CheckContext, Place } from './types';

/** A worker needs this long at most to notice what is due; later than that nobody does. */
const PATIENCE_MS = 120_000;

const LIVE = '(e.#status IS NULL OR e.#status = 0)';

async function abort({ plugin }: CheckContext, places: Place[], reason: string): Promise<void> {
  for (const id of idsOf(places)) {
    const execution = (await plugin.db.getModel('executions').findByPk(id)) as unknown as ExecutionModel | null;
    if (execution) {
      await plugin.abort(execution, { reason });
    }
  }
}

/** Executions, jobs, and what they still have to be told. */
export const runChecks: Check[] = [
  {
    code: 'orphan-job',
    level: 'warning',
    message: 'A job belongs to an execution that has been deleted.',
    find: ({ rows }) =>
      rows(`SELECT j.#id AS id, j.#executionId AS detail FROM @jobs j WHERE NOT EXISTS (SELECT 1 FROM @executions e WHERE e.#id = j.#executionId)`),
    repair: { what: 'Deletes it.', run: deletesFrom('jobs') },
  },
  {
    code: 'waiting-in-ended',
    level: 'error',
    message: 'A job still waits for an answer although its execution has ended.',
    find: ({ rows }) =>
      rows(`SELECT j.#id AS id, j.#executionId AS detail FROM @jobs j JOIN @executions e ON e.#id = j.#executionId
        WHERE j.#status = 0 AND j.#waiting = TRUE AND e.#status <> 0`),
    repair: {
      what: 'Aborts the job; the execution stays as it ended.',
      async run({ plugin }, places) {
        await plugin.db
          .getModel('jobs')
          .update({ status: JOB_STATUS.ABORTED }, { where: { id: idsOf(places), status: JOB_STATUS.PENDING } });
      },
    },
  },
  {
    code: 'foreign-upstream',
    level: 'error',
    message: 'A job names a job of another execution as the one before it.',
    find: ({ rows }) =>
      rows(`SELECT j.#id AS id, j.#executionId AS detail FROM @jobs j JOIN @jobs u ON u.#id = j.#upstreamId
        WHERE u.#executionId <> j.#executionId`),
    repair: {
      what: 'Removes the link.',
      async run({ plugin }, places) {
        await plugin.db.getModel('jobs').update({ upstreamId: null }, { where: { id: idsOf(places) } });
      },
    },
  },
  {
    code: 'waiting-at-missing-node',
    level: 'error',
    message: 'An execution waits at a node that has been deleted, so no answer can let it go on.',
    find: ({ rows }) =>
      rows(`SELECT e.#id AS id, j.#nodeKey AS detail FROM @executions e JOIN @jobs j ON j.#executionId = e.#id
        WHERE e.#status = 0 AND j.#status = 0 AND EXISTS (SELECT 1 FROM @workflows w WHERE w.#id = e.#workflowId)
          AND NOT EXISTS (SELECT 1 FROM @flow_nodes n WHERE n.#id = j.#nodeId)`),
    repair: { what: 'Cancels the execution.', run: (context, places) => abort(context, places, EXECUTION_REASON.MANUAL_CANCEL) },
  },
  {
    code: 'live-without-version',
    level: 'error',
    message: 'An execution has not ended although its version has been deleted, so nothing can execute it.',
    find: ({ rows }) =>
      rows(`SELECT e.#id AS id, e.#key AS detail FROM @executions e
        WHERE ${LIVE} AND NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#id = e.#workflowId)`),
    repair: { what: 'Cancels it.', run: (context, places) => abort(context, places, EXECUTION_REASON.MANUAL_CANCEL) },
  },
  {
    code: 'wrong-key',
    level: 'error',
    message: 'An execution carries another key than its workflow, so lists do not show it there.',
    find: ({ rows }) =>
      rows(`SELECT e.#id AS id, w.#key AS detail FROM @executions e JOIN @workflows w ON w.#id = e.#workflowId WHERE e.#key <> w.#key OR e.#key IS NULL`),
    repair: {
      what: 'Gives it the key of its workflow.',
      async run({ plugin }, places) {
        for (const { id, detail: key } of places) {
          await plugin.db.getModel('executions').update({ key }, { where: { id }, hooks: false, silent: true });
        }
      },
    },
  },
  {
    code: 'lease-on-ended',
    level: 'warning',
    message: 'A process still counts as executing an execution that has ended.',
    find: ({ rows, nowMs }) =>
      rows(`SELECT e.#id AS id, e.#leaseOwner AS detail FROM @executions e
        WHERE e.#leaseUntil IS NOT NULL AND e.#leaseUntil > 0 AND e.#leaseUntil < ${nowMs} - ${PATIENCE_MS} AND e.#status <> 0
          AND e.#status <> ${EXECUTION_STATUS.ABORTED}`),
    repair: { what: 'Ends its lease.', run: endLeases },
  },
  {
    code: 'not-taken-up',
    level: 'error',
    message: 'An execution was interrupted some time ago and no worker has taken it up: no worker runs, or all are stuck.',
    find: ({ rows, nowMs }) =>
      rows(`SELECT e.#id AS id, e.#key AS detail FROM @executions e
        WHERE ${LIVE} AND e.#leaseUntil > 0 AND e.#leaseUntil < ${nowMs} - ${PATIENCE_MS}`),
    repair: {
      what: 'Lets any worker take it up; does nothing while no worker runs.',
      async run({ plugin }) {
        await plugin.app.emitAsync('workflow:recover');
      },
    },
  },
  {
    code: 'overdue',
    level: 'error',
    message: 'The time limit of an execution passed some time ago and it has not been aborted.',
    find: ({ rows, writer, nowMs }) =>
      rows(`SELECT e.#id AS id, e.#key AS detail FROM @executions e WHERE e.#status = 0 AND e.#expiresAt IS NOT NULL
        AND ${EXPIRES_MS[writer.dialect]} < ${nowMs} - ${PATIENCE_MS}`),
    repair: { what: 'Aborts it, reason timeout.', run: (context, places) => abort(context, places, EXECUTION_REASON.TIMEOUT) },
  },
  {
    code: 'waits-for-nothing',
    level: 'error',
    message: 'An execution has begun, nobody executes it, and none of its jobs waits: it will never end.',
    find: ({ rows, nowMs, writer }) =>
      rows(`SELECT e.#id AS id, e.#key AS detail FROM @executions e
        WHERE e.#status = 0 AND e.#startedAt IS NOT NULL AND (e.#leaseUntil IS NULL OR e.#leaseUntil = 0)
          AND ${UPDATED_MS[writer.dialect]} < ${nowMs} - ${PATIENCE_MS}
          AND NOT EXISTS (SELECT 1 FROM @jobs j WHERE j.#executionId = e.#id AND j.#status = 0)
          AND NOT EXISTS (SELECT 1 FROM @workflowSignals s WHERE s.#executionId = e.#id)`),
    repair: { what: 'Cancels it. To execute it again, replay it.', run: (context, places) => abort(context, places, EXECUTION_REASON.MANUAL_CANCEL) },
  },
  {
    code: 'child-of-aborted',
    level: 'error',
    message: 'An execution goes on although the one that started it was aborted.',
    find: ({ rows }) =>
      rows(`SELECT e.#id AS id, e.#parentExecutionId AS detail FROM @executions e JOIN @executions p ON p.#id = e.#parentExecutionId
        WHERE ${LIVE} AND p.#status = ${EXECUTION_STATUS.ABORTED}`),
    repair: { what: 'Aborts it, too.', run: (context, places) => abort(context, places, EXECUTION_REASON.PARENT_ABORTED) },
  },
  {
    code: 'stale-signal',
    level: 'warning',
    message: 'A request is stored for an execution that has ended or has been deleted.',
    // An answer may come twice, the second while the first ends the execution. Workers clean that up after a while.
    find: ({ rows, nowMs }) =>
      rows(`SELECT s.#id AS id, s.#executionId AS detail FROM @workflowSignals s WHERE s.#createdAt < ${nowMs} - ${2 * STALE_SIGNAL_MS}
        AND NOT EXISTS (SELECT 1 FROM @executions e WHERE e.#id = s.#executionId AND ${LIVE})`),
    repair: { what: 'Deletes the request.', run: deletesFrom('workflowSignals') },
  },
];

const EXPIRES_MS = {
  postgres: 'extract(epoch from e.#expiresAt) * 1000',
  mysql: 'UNIX_TIMESTAMP(e.#expiresAt) * 1000',
  sqlite: '(julianday(e.#expiresAt) - 2440587.5) * 86400000',
};
const UPDATED_MS = {
  postgres: 'extract(epoch from e.#updatedAt) * 1000',
  mysql: 'UNIX_TIMESTAMP(e.#updatedAt) * 1000',
  sqlite: '(julianday(e.#updatedAt) - 2440587.5) * 86400000',
};

async function endLeases({ plugin }: CheckContext, places: Place[]): Promise<void> {
  await plugin.db
    .getModel('executions')
    .update({ leaseOwner: null, leaseUntil: null }, { where: { id: idsOf(places) }, hooks: false, silent: true });
}

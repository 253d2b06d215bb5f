import type { Transaction } from 'sequelize';
import { EXECUTION_REASON, EXECUTION_STATUS, isLive, JOB_STATUS } from '../../common/status';
import type { ExecutionModel, WorkflowPlugin } from '../contract';
import { passing } from '../engine/faults';
import { engineTransaction } from '../storage/engineTransaction';
import { retryOnConflict } from '../storage/transactions';

export interface AbortOptions {
  reason?: string;
  transaction?: Transaction;
}

/** The part of the plugin that has to hear of it, in this process. */
export interface AbortListener extends WorkflowPlugin {
  onAborted(execution: ExecutionModel, reason: string | undefined): void;
}

/**
 * Aborts a live execution: its status, its pending jobs and its live children change in one transaction.
 * What runs in this process is told after the commit.
 * @returns true only for the one caller that did it; false when it had already ended
 */
export async function abortExecution(
  plugin: AbortListener,
  execution: ExecutionModel,
  { reason, transaction }: AbortOptions = {},
): Promise<boolean> {
  if (!transaction) {
    // The run may be storing what it did at this moment; on MariaDB the two can lock each other out.
    return passing('cancel', () =>
      retryOnConflict(() => engineTransaction(plugin.db.sequelize, (tx) => abortExecution(plugin, execution, { reason, transaction: tx }))),
    );
  }
  const expected = execution.status === undefined ? EXECUTION_STATUS.STARTED : execution.status;
  if (!isLive(expected)) {
    return false;
  }
  const [affected] = await plugin.db.getModel('executions').update(
    { status: EXECUTION_STATUS.ABORTED, endedAt: new Date(), ...(reason ? { reason } : {}) },
    { where: { id: execution.id, status: expected }, individualHooks: true, transaction },
  );
  if (!affected) {
    return false;
  }
  await plugin.db.getRepository('jobs').update({
    values: { status: JOB_STATUS.ABORTED },
    filter: { executionId: execution.id, status: JOB_STATUS.PENDING },
    individualHooks: false,
    transaction,
  });
  const children = (await plugin.db.getRepository('executions').find({
    // two conditions: `IN (NULL, 0)` never matches NULL
    filter: { parentExecutionId: execution.id, $or: [{ status: null }, { status: EXECUTION_STATUS.STARTED }] },
    transaction,
  })) as unknown as ExecutionModel[];
  for (const child of children) {
    await abortExecution(plugin, child, { reason: EXECUTION_REASON.PARENT_ABORTED, transaction });
  }
  const tell = () => {
    execution.set({ status: EXECUTION_STATUS.ABORTED, reason }, { raw: true });
    plugin.onAborted(execution, reason);
  };
  if (typeof transaction.afterCommit === 'function') {
    transaction.afterCommit(tell);
  } else {
    tell();
  }
  return true;
}

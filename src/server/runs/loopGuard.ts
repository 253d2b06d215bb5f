import type { Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import type { Id, WorkflowModel } from '../contract';

/**
 * Stops workflows that trigger themselves, directly or through others: an event whose chain of executions already
 * holds `stackLimit` runs of this version is refused.
 * @throws Error('event is not valid')
 */
export async function assertLoopAllowed(
  db: Database,
  workflow: WorkflowModel,
  stack: Id[],
  transaction?: Transaction,
): Promise<void> {
  if (stack.length === 0) {
    return;
  }
  const count = await db.getModel('executions').count({ where: { id: stack, workflowId: workflow.id }, transaction });
  if (count >= (workflow.options?.stackLimit || 1)) {
    throw new Error('event is not valid');
  }
}

import { Op, type Transaction } from 'sequelize';
import type { Id, WorkflowPlugin } from '../contract';

/**
 * True once the version has an execution: its definition is history then and may not change.
 * The counter is written when a worker first claims a run, so runs that still wait are looked up.
 */
export async function isExecuted(plugin: WorkflowPlugin, workflowId: Id, transaction?: Transaction): Promise<boolean> {
  const { db } = plugin;
  const stats = await db.getModel('workflowVersionStats').findByPk(workflowId, { transaction });
  // Beyond 2^53 the counter comes back as a string.
  if (Number(stats?.get('executed') ?? 0) > 0) {
    return true;
  }
  const waiting = await db
    .getModel('executions')
    .findOne({
      attributes: ['id'],
      where: { workflowId, [Op.or]: [{ epoch: 0 }, { status: null }] },
      transaction,
      raw: true,
    });
  return waiting !== null;
}

import type { Context } from '@nocobase/actions';
import { col, type Transaction } from 'sequelize';
import type { Id, WorkflowModel, WorkflowPlugin } from '../contract';
import type { GraphChanges, NodeLinks } from '../definition/GraphDraft';
import { isExecuted } from './executed';
import { refuse } from './refuse';

/** The definition of one version, locked for a change. */
export interface Structure {
  workflow: WorkflowModel;
  nodes: NodeLinks[];
  transaction: Transaction;
}

interface StructureOptions {
  workflowId: Id;
  /** answer when the version has executions: a text, or an error of its own */
  executed: string | (() => Error);
  /** answer when there is no such version */
  missing: [status: 400 | 404, message: string];
}

/**
 * Runs a change of the nodes of one version in a transaction. Changes of the same version wait for each other;
 * a version with executions is refused.
 * @throws HttpError 400 when executed, or what `missing` says
 */
export async function withStructure<T>(
  plugin: WorkflowPlugin,
  ctx: Context,
  { workflowId, executed, missing }: StructureOptions,
  change: (structure: Structure) => Promise<T>,
): Promise<T> {
  const { db } = plugin;
  return db.sequelize.transaction(async (transaction) => {
    // A write that changes nothing locks the row on every dialect, SQLite included.
    await db
      .getModel('workflows')
      .update(
        { key: col('key') },
        { where: { id: workflowId }, hooks: false, silent: true, validate: false, transaction },
      );
    const workflow: WorkflowModel | null = await db
      .getRepository('workflows')
      .findOne({ filterByTk: workflowId, transaction });
    if (!workflow) {
      return refuse(ctx, ...missing);
    }
    if (await isExecuted(plugin, workflowId, transaction)) {
      if (typeof executed === 'function') {
        throw executed();
      }
      return refuse(ctx, 400, executed);
    }
    const nodes = (await db.getModel('flow_nodes').findAll({
      attributes: ['id', 'upstreamId', 'downstreamId', 'branchIndex'],
      where: { workflowId },
      raw: true,
      transaction,
    })) as unknown as NodeLinks[];
    return change({ workflow, nodes, transaction });
  });
}

/** Writes changed links, deletes removed nodes and notes the change on the workflow. */
export async function applyChanges(
  plugin: WorkflowPlugin,
  ctx: Context,
  { workflow, transaction }: Structure,
  { updated, removed }: GraphChanges,
): Promise<void> {
  const { db } = plugin;
  if (updated.length === 0 && removed.length === 0) {
    return;
  }
  for (const { id, upstreamId, downstreamId, branchIndex } of updated) {
    await db.getModel('flow_nodes').update({ upstreamId, downstreamId, branchIndex }, { where: { id }, transaction });
  }
  if (removed.length > 0) {
    await db.getRepository('flow_nodes').destroy({ filterByTk: removed, transaction });
  }
  await touch(plugin, ctx, workflow.id, transaction);
}

/** Notes who changed a workflow and when. Without hooks: its trigger has not changed. */
export async function touch(
  plugin: WorkflowPlugin,
  ctx: Context,
  workflowId: Id,
  transaction: Transaction,
): Promise<void> {
  const userId: Id | undefined = ctx.state.currentUser?.id;
  await plugin.db
    .getModel('workflows')
    .update(
      { updatedAt: new Date(), ...(userId ? { updatedById: userId } : {}) },
      { where: { id: workflowId }, hooks: false, silent: true, transaction },
    );
}

/**
 * @throws HttpError 404 when there is no such node at all, 400 when it belongs to another workflow
 */
export async function assertUpstream(
  plugin: WorkflowPlugin,
  ctx: Context,
  { nodes, transaction }: Structure,
  upstreamId: Id | null,
): Promise<void> {
  if (upstreamId === null || nodes.some(({ id }) => String(id) === String(upstreamId))) {
    return;
  }
  const other = await plugin.db.getModel('flow_nodes').findByPk(upstreamId, { attributes: ['id'], transaction });
  if (other) refuse(ctx, 400, 'Upstream node is not in the same workflow');
  refuse(ctx, 404, 'Upstream node not found');
}

/** @throws HttpError 400 when `WORKFLOW_NODES_LIMIT` is set and reached */
export function assertNodesLimit(ctx: Context, { nodes }: Structure): void {
  const limit = nodesLimit();
  if (limit > 0 && nodes.length >= limit) {
    refuse(ctx, 400, 'The number of nodes in a workflow cannot exceed {{limit}}', { limit });
  }
}

/** Greatest number of nodes in a version; NaN or 0: no limit. */
export function nodesLimit(): number {
  return Number.parseInt(process.env.WORKFLOW_NODES_LIMIT ?? '', 10);
}

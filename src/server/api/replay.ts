import type { Context, Next } from '@nocobase/actions';
import type { Transaction } from 'sequelize';
import type { ExecutionModel, Id, JobModel, WorkflowModel, WorkflowPlugin } from '../contract';
import { InputError } from './errors';
import { parseBody, requireId } from './input';
import { refuse } from './refuse';
import { replaySchema } from './schemas';

/** The part of the plugin that makes ids of jobs. */
type ReplayPlugin = WorkflowPlugin & { snowflake?: { next(): string } };

/**
 * Action `executions:replay`: a new execution of the same version with the same event, from the start or from a node.
 * What ran stays as it is. Unlike `executions:rerun` it is for executions that have ended, too.
 */
export function createReplayAction(plugin: ReplayPlugin) {
  const { db } = plugin;

  async function replay(ctx: Context, next: Next): Promise<void> {
    const origin: ExecutionModel | null = await db.getRepository('executions').findOne({ filterByTk: requireId(ctx) });
    if (!origin) {
      return ctx.throw(404);
    }
    const { nodeId } = parseBody(ctx, replaySchema);
    const workflow: WorkflowModel | null = await db.getRepository('workflows').findOne({ filterByTk: origin.workflowId });
    if (!workflow) {
      return refuse(ctx, 400, 'The version that was executed has been deleted');
    }
    const userId: Id | undefined = ctx.state.currentUser?.id;
    const id = await db.sequelize.transaction(async (transaction) => {
      const [run] = await enqueue(workflow, origin, { userId, isPartial: nodeId != null, transaction });
      if (nodeId != null) {
        await beginAt(nodeId, { origin, workflow, executionId: run!.executionId, transaction });
      }
      return run!.executionId;
    });
    plugin.runs.kick();
    ctx.body = { id, workflowId: workflow.id };
    ctx.status = 202;
    await next();
  }

  function enqueue(
    workflow: WorkflowModel,
    { context }: ExecutionModel,
    { userId, isPartial, transaction }: { userId?: Id; isPartial: boolean; transaction: Transaction },
  ) {
    const request = { workflow, context, manually: true, origin: { source: 'replay', userId } };
    return plugin.runs.enqueue([request], { mode: 'async', transaction, deferred: isPartial }).catch((error: unknown) => {
      throw error instanceof Error && error.message === 'event is not valid' ? new InputError({ context: error.message }) : error;
    });
  }

  /** Copies what ran up to the node, and asks for the node to be executed in place of its own copy. */
  async function beginAt(
    nodeId: Id,
    { origin, workflow, executionId, transaction }: { origin: ExecutionModel; workflow: WorkflowModel; executionId: Id; transaction: Transaction },
  ): Promise<void> {
    const jobs = (await db.getModel('jobs').findAll({
      where: { executionId: origin.id },
      order: [['id', 'ASC']],
      transaction,
    })) as unknown as JobModel[];
    const last = jobs.findLastIndex((job) => String(job.nodeId) === String(nodeId));
    if (last < 0) {
      throw new InputError({ nodeId: '"nodeId" is not a node that was executed' });
    }
    const copies = new Map<string, string>();
    for (const job of jobs.slice(0, last + 1)) {
      copies.set(String(job.id), plugin.snowflake!.next());
    }
    await db.getModel('jobs').bulkCreate(
      jobs.slice(0, last + 1).map((job) => {
        const { upstreamId, ...values } = job.get({ plain: true }) as unknown as JobModel;
        const copy = copies.get(String(job.id));
        return { ...values, id: copy, executionId, upstreamId: upstreamId == null ? null : (copies.get(String(upstreamId)) ?? null), waiting: false };
      }),
      { transaction, hooks: false },
    );
    // As if it had begun before: its time limit counts from now.
    const startedAt = new Date();
    const { timeout } = workflow.options ?? {};
    const expiresAt = timeout ? new Date(startedAt.getTime() + timeout) : null;
    await db.getModel('executions').update({ startedAt, expiresAt }, { where: { id: executionId }, hooks: false, transaction });
    await db.getModel('workflowSignals').create(
      {
        id: plugin.snowflake!.next(),
        executionId,
        kind: 'rerun',
        jobId: null,
        payload: { nodeId: String(nodeId), overwrite: true },
        createdAt: Date.now(),
      },
      { transaction, hooks: false },
    );
  }

  return { replay };
}

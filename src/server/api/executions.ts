import actions, { type Context, type Next } from '@nocobase/actions';
import { EXECUTION_REASON, EXECUTION_STATUS, isLive } from '../../common/status';
import type { ExecutionModel, WorkflowPlugin } from '../contract';
import { InputError } from './errors';
import { parseBody, requireId, requireSelection } from './input';
import { refuse } from './refuse';
import { rerunSchema } from './schemas';

/** Actions on runs: `destroy`, `cancel`, `rerun`. */
export function createExecutionActions(plugin: WorkflowPlugin) {
  const { db } = plugin;

  async function findExecution(ctx: Context, appends: string[] = []): Promise<ExecutionModel> {
    const execution: ExecutionModel | null = await db
      .getRepository('executions')
      .findOne({ filterByTk: requireId(ctx), appends });
    return execution ?? ctx.throw(404);
  }

  /** Runs that have not ended are skipped. */
  async function destroy(ctx: Context, next: Next): Promise<void> {
    requireSelection(ctx);
    ctx.action.mergeParams({ filter: { status: { $ne: EXECUTION_STATUS.STARTED } } });
    await actions.destroy(ctx, next);
  }

  async function cancel(ctx: Context, next: Next): Promise<void> {
    const execution = await findExecution(ctx, ['jobs']);
    if (!isLive(execution.status)) {
      ctx.throw(400);
    }
    if (await plugin.isProcessing(execution.id)) {
      refuse(ctx, 409, 'Execution is being processed');
    }
    if (!(await plugin.abort(execution, { reason: EXECUTION_REASON.MANUAL_CANCEL }))) {
      // It ended, or somebody began to execute it, since it was read.
      await execution.reload();
      if (isLive(execution.status)) refuse(ctx, 409, 'Execution is being processed');
      ctx.throw(400);
    }
    ctx.body = execution;
    await next();
  }

  async function rerun(ctx: Context, next: Next): Promise<void> {
    const execution = await findExecution(ctx);
    if (execution.status !== EXECUTION_STATUS.STARTED) {
      refuse(ctx, 400, 'Only started executions can be rerun');
    }
    const { nodeId, overwrite } = parseBody(ctx, rerunSchema);
    if (nodeId != null) {
      const filter = { id: nodeId, workflowId: execution.workflowId };
      if (!(await db.getRepository('flow_nodes').count({ filter }))) {
        throw new InputError({ nodeId: '"nodeId" is not a node of the executed version' });
      }
    }
    await plugin.rerun(execution, { ...(nodeId == null ? {} : { nodeId }), overwrite: overwrite === true });
    ctx.body = execution;
    ctx.status = 202;
    await next();
  }

  return { destroy, cancel, rerun };
}

import type { Context, Next } from '@nocobase/actions';
import { EXECUTION_STATUS } from '../../common/status';
import { PLUGIN_NAME } from '../../common/constants';
import type { ExecutionModel, JobModel, WorkflowPlugin } from '../contract';
import { parseBody, requireId } from './input';
import { resumeJobSchema } from './schemas';

/** Action on jobs: `resume`. */
export function createJobActions(plugin: WorkflowPlugin) {
  async function resume(ctx: Context, next: Next): Promise<void> {
    const filterByTk = requireId(ctx);
    const values = parseBody(ctx, resumeJobSchema);
    const { db } = plugin;
    const job: JobModel | null = await db.getRepository('jobs').findOne({ filterByTk });
    if (!job) {
      return ctx.throw(404, 'Job not found');
    }
    const execution: ExecutionModel | null = await db
      .getRepository('executions')
      .findOne({ filterByTk: job.executionId });
    if (execution?.status !== EXECUTION_STATUS.STARTED) {
      return ctx.throw(400, 'Execution is not running');
    }
    if (await plugin.abortExecutionIfExpired(execution)) {
      ctx.throw(400, ctx.t('Execution timed out', { ns: PLUGIN_NAME }));
    }
    if (await plugin.isProcessing(execution.id)) {
      ctx.throw(409, 'Execution is being processed');
    }
    job.set(values);
    ctx.body = job;
    ctx.status = 202;
    await next();
    // Stores what was set together with the order to go on.
    await plugin.resume(job);
  }

  return { resume };
}

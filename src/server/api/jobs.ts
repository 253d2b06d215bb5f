import type { Context, Next } from '@nocobase/actions';
import { EXECUTION_STATUS } from '../../common/status';
import type { ExecutionModel, JobModel, WorkflowPlugin } from '../contract';
import { parseBody, requireId } from './input';
import { refuse } from './refuse';
import { resumeJobSchema } from './schemas';

/** Action on jobs: `resume`. */
export function createJobActions(plugin: WorkflowPlugin) {
  async function resume(ctx: Context, next: Next): Promise<void> {
    const filterByTk = requireId(ctx);
    const values = parseBody(ctx, resumeJobSchema);
    const { db } = plugin;
    const job: JobModel | null = await db.getRepository('jobs').findOne({ filterByTk });
    if (!job) {
      return refuse(ctx, 404, 'Job not found');
    }
    const execution: ExecutionModel | null = await db
      .getRepository('executions')
      .findOne({ filterByTk: job.executionId });
    if (execution?.status !== EXECUTION_STATUS.STARTED) {
      return refuse(ctx, 400, 'Execution is not running');
    }
    if (await plugin.abortExecutionIfExpired(execution)) {
      refuse(ctx, 400, 'Execution timed out');
    }
    if (await plugin.isProcessing(execution.id)) {
      refuse(ctx, 409, 'Execution is being processed');
    }
    job.set(values);
    ctx.body = job;
    ctx.status = 202;
    await next();
    // Stores what was set together with the order to go on.
    await plugin.resume(job, { fromOutside: true });
  }

  return { resume };
}

import type { Context, Next } from '@nocobase/actions';
import { Op } from 'sequelize';
import type { ExecutionModel, JobModel, WorkflowModel, WorkflowPlugin } from '../contract';
import { shorten } from '../definition/shorten';
import { createEnvironmentMasker } from '../expressions/mask';
import { buildScope } from '../expressions/scope';
import { resolveTemplate } from '../expressions/template';
import { toJobState } from '../processor/jobModels';
import { previewOccurrences } from '../triggers/schedule/previewOccurrences';
import { isAbsent, parseBody, parseId, requireId } from './input';
import { refuse } from './refuse';
import { previewScheduleSchema } from './schemas';

const DEFAULT_PREVIEW = 5;

/** Actions that explain runs and configs: `workflows:samples`, `workflows:previewSchedule`, `jobs:explain`. */
export function createInsightActions(plugin: WorkflowPlugin) {
  const { db } = plugin;
  const createMask = () => createEnvironmentMasker(plugin.app.environment);

  /** What the variables of a workflow held in its last run, shortened, secrets masked. */
  async function samples(ctx: Context, next: Next): Promise<void> {
    const workflow: WorkflowModel | null = await db
      .getRepository('workflows')
      .findOne({ filterByTk: requireId(ctx), fields: ['id', 'key'] });
    if (!workflow) {
      return refuse(ctx, 404, 'workflow not found');
    }
    const execution = (await db.getModel('executions').findOne({
      where: { key: workflow.key, status: { [Op.ne]: null } },
      order: [['id', 'DESC']],
    })) as unknown as ExecutionModel | null;
    if (!execution) {
      ctx.body = { context: null, results: {}, executionId: null, at: null };
      return next();
    }
    const mask = createMask();
    const { id, context } = execution;
    ctx.body = {
      executionId: id,
      at: execution.get('createdAt') as Date,
      context: mask(shorten(context)),
      results: Object.fromEntries((await latestJobs(execution)).map(({ nodeKey, result }) => [nodeKey, mask(shorten(result))])),
    };
    await next();
  }

  /** The latest job of every node, as variables see it. */
  async function latestJobs({ id }: ExecutionModel): Promise<JobModel[]> {
    const latest = (await db.getModel('jobs').findAll({
      attributes: [[db.sequelize.fn('MAX', db.sequelize.col('id')), 'id']],
      where: { executionId: id },
      group: ['nodeId'],
      raw: true,
    })) as unknown as JobModel[];
    return (await db
      .getModel('jobs')
      .findAll({ where: { id: latest.map((job) => job.id) }, order: [['id', 'ASC']] })) as unknown as JobModel[];
  }

  /** When a schedule as it is being edited would fire next. */
  async function previewSchedule(ctx: Context, next: Next): Promise<void> {
    const { filterByTk } = ctx.action.params;
    const { config = {}, count = DEFAULT_PREVIEW } = parseBody(ctx, previewScheduleSchema);
    const workflow: WorkflowModel | null = isAbsent(filterByTk)
      ? null
      : await db.getRepository('workflows').findOne({ filterByTk: parseId(filterByTk), fields: ['id', 'key'], appends: ['stats'] });
    const zone = config.timezone;
    ctx.body = {
      occurrences: previewOccurrences(config, Date.now(), count, Number(workflow?.stats?.executed ?? 0)),
      timezone: typeof zone === 'string' && zone ? zone : Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    await next();
  }

  /** A job with what its node was told (config with variables resolved) and, when it failed, why. */
  async function explain(ctx: Context, next: Next): Promise<void> {
    const job: JobModel | null = await db.getRepository('jobs').findOne({ filterByTk: requireId(ctx) });
    if (!job) {
      return refuse(ctx, 404, 'Job not found');
    }
    const execution: ExecutionModel | null = await db.getRepository('executions').findOne({ filterByTk: job.executionId });
    const mask = createMask();
    const { input, inputError } = execution ? await resolveInput(execution, job) : {};
    ctx.body = mask({ ...job.toJSON<object>(), input: input ?? null, ...(inputError ? { inputError } : {}), error: errorOf(job) });
    await next();
  }

  /** Resolved with what earlier jobs hold. A loop's own variables are those of its last round. */
  async function resolveInput(execution: ExecutionModel, job: JobModel): Promise<{ input?: unknown; inputError?: string }> {
    const processor = plugin.createProcessor(execution);
    try {
      await processor.prepare();
      const node = processor.nodes.find(({ id }) => String(id) === String(job.nodeId));
      if (!node) {
        return {};
      }
      const earlier = (await db.getModel('jobs').findAll({
        where: { executionId: execution.id, id: { [Op.lt]: job.id } },
        order: [['id', 'ASC']],
      })) as unknown as JobModel[];
      const { $scopes } = processor.getScope(node.id) as { $scopes?: Record<string, unknown> };
      const scope = buildScope({
        context: execution.context,
        jobsByNodeKey: new Map(earlier.map((row) => [row.nodeKey, toJobState(row)])),
        systemFunctions: () => plugin.functions.getEntities(),
        execution: () => execution,
        scopes: () => $scopes ?? {},
        env: () => plugin.app.environment.getVariables(),
        node,
      });
      return { input: resolveTemplate(node.config, scope) };
    } catch (error) {
      return { inputError: error instanceof Error ? error.message : String(error) };
    }
  }

  return { samples, previewSchedule, explain };
}

/** Nodes leave an error as its text or as an object with a message. */
function errorOf({ status, result }: JobModel): { message: string; cause: string | null; stack: string | null } | null {
  if (status >= 0) {
    return null;
  }
  const { message, cause, stack } = (typeof result === 'object' && result !== null ? result : { message: result }) as {
    message?: unknown;
    cause?: unknown;
    stack?: unknown;
  };
  const text = (value: unknown) => (typeof value === 'string' ? value : value == null ? null : JSON.stringify(value));
  return { message: text(message) ?? '', cause: text((cause as { message?: unknown } | null)?.message ?? cause), stack: text(stack) };
}

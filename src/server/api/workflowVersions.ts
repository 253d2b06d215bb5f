import type { Context, Next } from '@nocobase/actions';
import type { ProcessorContract, WorkflowModel, WorkflowPlugin } from '../contract';
import type { RevisionValues, WorkflowRepository } from '../repositories/WorkflowRepository';
import { checkWorkflow } from '../definition/checkWorkflow';
import { WorkflowValidationError } from './errors';
import { isAbsent, parseBody, parseId, requireId } from './input';
import { refuse } from './refuse';
import { revisionSchema, type WorkflowValues } from './schemas';

/** Actions that use a version as a whole: `revision`, `execute`, `validate`. */
export function createVersionActions(
  plugin: WorkflowPlugin,
  withCategoryIds: (values: WorkflowValues) => Promise<WorkflowValues>,
) {
  const repository = () => plugin.db.getRepository('workflows') as unknown as WorkflowRepository;

  async function revision(ctx: Context, next: Next): Promise<void> {
    const filterByTk = requireId(ctx);
    const values = await withCategoryIds(parseBody(ctx, revisionSchema, WorkflowValidationError));
    const { key } = ctx.action.params.filter ?? {};
    if (key !== undefined && typeof key !== 'string') {
      throw new WorkflowValidationError({ 'filter.key': '"filter.key" must be a string' });
    }
    const copy = await repository().revision({
      filterByTk,
      filter: key ? { key } : {},
      values: values as RevisionValues,
      context: ctx,
    });
    ctx.body = copy ?? refuse(ctx, 404, 'workflow not found');
    await next();
  }

  async function execute(ctx: Context, next: Next): Promise<void> {
    const { filterByTk, values, autoRevision } = ctx.action.params;
    if (!values) {
      ctx.throw(400, 'values is required');
    }
    if (isAbsent(filterByTk)) {
      ctx.throw(400, 'filterByTk is required');
    }
    const id = parseId(filterByTk);
    const workflow: WorkflowModel | null =
      plugin.enabledCache.get(Number(id)) ?? (await repository().findOne({ filterByTk: id }));
    if (!workflow) {
      return refuse(ctx, 404, 'workflow not found');
    }
    let processor: ProcessorContract | null | void;
    try {
      processor = await plugin.execute(workflow, values, { manually: true, origin: { userId: ctx.state.currentUser?.id } });
    } catch (error) {
      ctx.throw(400, error instanceof Error ? error.message : String(error));
    }
    if (processor === undefined) {
      refuse(ctx, 400, 'workflow not triggered');
    }
    if (!processor) {
      ctx.body = { execution: null };
      return next();
    }
    const { id: executionId, status } = processor.execution;
    ctx.body = { execution: { id: executionId, status } };
    if (Number(autoRevision) === 1 && !workflow.get('executed')) {
      const { key, current, enabled } = workflow;
      const copy = await repository().revision({
        filterByTk: workflow.id,
        filter: { key },
        values: { current, enabled },
        context: ctx,
      });
      ctx.body.newVersionId = copy?.id;
    }
    await next();
  }

  async function validate(ctx: Context, next: Next): Promise<void> {
    const workflow: WorkflowModel | null = await repository().findOne({
      filterByTk: requireId(ctx),
      appends: ['nodes'],
    });
    if (!workflow) {
      return refuse(ctx, 404, 'workflow not found');
    }
    ctx.body = { problems: checkWorkflow(workflow, workflow.nodes ?? [], plugin) };
    await next();
  }

  return { revision, execute, validate };
}

import actions, { type Context, type Next } from '@nocobase/actions';
import type { Id, WorkflowModel, WorkflowPlugin } from '../contract';
import { WorkflowValidationError } from './errors';
import { isExecuted } from './executed';
import { refuse } from './refuse';
import { describeFlow } from './saveFlow';
import { parseBody, requireId, requireSelection } from './input';
import { createWorkflowSchema, updateWorkflowSchema, type WorkflowValues } from './schemas';
import { assertTriggerValid } from './validateDefinition';

/** Actions on the rows of `workflows`: `list`, `get`, `create`, `update`, `destroy`, `sync`. */
export function createWorkflowActions(plugin: WorkflowPlugin) {
  const { db } = plugin;
  const repository = () => db.getRepository('workflows');

  async function list(ctx: Context, next: Next): Promise<void> {
    await actions.list(ctx, next);
  }

  /** The default action, and what the editor needs: `revision` and `notes`. */
  async function get(ctx: Context, next: Next): Promise<void> {
    await actions.get(ctx, async () => {});
    const workflow = ctx.body as WorkflowModel | null | undefined;
    if (workflow?.id != null) {
      ctx.body = { ...workflow.toJSON<object>(), ...(await describeFlow(plugin, workflow)) };
    }
    await next();
  }

  async function create(ctx: Context, next: Next): Promise<void> {
    const values = parseBody(ctx, createWorkflowSchema, WorkflowValidationError);
    assertTriggerValid(plugin, values);
    ctx.body = await repository().create({ values: await withCategoryIds(values), context: ctx });
    await next();
  }

  async function update(ctx: Context, next: Next): Promise<void> {
    const filterByTk = requireId(ctx);
    const values = parseBody(ctx, updateWorkflowSchema, WorkflowValidationError);
    const workflow: WorkflowModel | null = await repository().findOne({ filterByTk });
    if (!workflow) {
      return refuse(ctx, 404, 'workflow not found');
    }
    if ('config' in values) {
      if (await isExecuted(plugin, filterByTk)) {
        refuse(ctx, 400, 'config of executed workflow can not be updated');
      }
      assertTriggerValid(plugin, { type: workflow.type, config: values.config });
    }
    ctx.body = await repository().update({ filterByTk, values: await withCategoryIds(values), context: ctx });
    await next();
  }

  async function destroy(ctx: Context, next: Next): Promise<void> {
    const selection = requireSelection(ctx);
    ctx.body = await db.sequelize.transaction(async (transaction) => {
      const fields = ['id', 'key', 'current'];
      const selected: WorkflowModel[] = await repository().find({ ...selection, fields, transaction });
      const removedKeys = selected.filter(({ current }) => current).map(({ key }) => key);
      const versions: WorkflowModel[] = removedKeys.length
        ? await repository().find({ filter: { key: removedKeys }, fields, transaction })
        : [];
      const ids = new Map([...selected, ...versions].map(({ id }) => [String(id), id]));
      if (ids.size === 0) {
        return 0;
      }
      const count: number = await repository().destroy({
        filterByTk: [...ids.values()],
        individualHooks: true,
        transaction,
      });
      if (removedKeys.length) {
        await db.getRepository('workflowStats').destroy({ filter: { key: removedKeys }, transaction });
      }
      const workflowKeys = [...new Set(selected.map(({ key }) => key))];
      const counted = await db.getModel('userWorkflowTaskStats').findAll({
        attributes: ['userId'],
        where: { workflowKey: workflowKeys },
        group: ['userId'],
        transaction,
      });
      const userIds = counted.map((row) => row.get('userId') as Id);
      await plugin.repairTaskStats({ workflowKeys, ...(userIds.length ? { userIds } : {}), transaction });
      return count;
    });
    await next();
  }

  async function sync(ctx: Context, next: Next): Promise<void> {
    const { filterByTk, filter } = ctx.action.params;
    const workflows: WorkflowModel[] = await repository().find(filterByTk || filter ? requireSelection(ctx) : {});
    for (const workflow of workflows) {
      await plugin.toggle(workflow, false);
      await plugin.toggle(workflow, workflow.enabled);
    }
    ctx.status = 204;
    await next();
  }

  /**
   * Categories may come as ids or as whole records; what is written is ids.
   * @throws WorkflowValidationError when one does not exist
   */
  async function withCategoryIds<T extends WorkflowValues>(values: T): Promise<T> {
    if (!values.categories) {
      return values;
    }
    const ids = values.categories.map((item) => (typeof item === 'object' ? item.id : item));
    const found = ids.length ? await db.getRepository('workflowCategories').count({ filter: { id: ids } }) : 0;
    if (found !== new Set(ids.map(String)).size) {
      throw new WorkflowValidationError({ categories: '"categories" holds a category that does not exist' });
    }
    return { ...values, categories: ids };
  }

  return { list, get, create, update, destroy, sync, withCategoryIds };
}

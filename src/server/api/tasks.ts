import actions, { type Context, type Next } from '@nocobase/actions';
import type { Id, WorkflowPlugin } from '../contract';

const MAX_PAGE_SIZE = 200;

interface WorkflowTaskStats {
  workflowKey: string;
  title: string;
  stats: { pending: number; all: number };
}

/** Actions on the to-do numbers of the current user. */
export function createTaskActions(plugin: WorkflowPlugin) {
  const { db } = plugin;

  async function listMine(ctx: Context, next: Next): Promise<void> {
    ctx.action.mergeParams({ filter: { userId: currentUserId(ctx) } });
    await actions.list(ctx, next);
  }

  /** Numbers per workflow over all task types, by title. */
  async function listMineByWorkflow(ctx: Context, next: Next): Promise<void> {
    const { type, search } = ctx.action.params;
    const page = Math.max(1, Math.trunc(Number(ctx.action.params.page)) || 1);
    const pageSize = Math.min(
      MAX_PAGE_SIZE,
      Math.max(1, Math.trunc(Number(ctx.action.params.pageSize)) || MAX_PAGE_SIZE),
    );
    const totals = await sumByWorkflow(currentUserId(ctx), typeof type === 'string' && type ? type : undefined);
    const title = typeof search === 'string' ? search.trim() : '';
    const workflows =
      totals.size === 0
        ? []
        : await db.getRepository('workflows').find({
            filter: { key: [...totals.keys()], current: true, ...(title ? { title: { $includes: title } } : {}) },
            fields: ['key', 'title'],
            sort: ['title', 'id'],
            offset: (page - 1) * pageSize,
            limit: pageSize + 1,
          });
    const rows: WorkflowTaskStats[] = workflows
      .slice(0, pageSize)
      .map(({ key, title: name }: { key: string; title: string }) => ({
        workflowKey: key,
        title: name,
        stats: totals.get(key)!,
      }));
    ctx.body = { rows, page, pageSize, hasNext: workflows.length > pageSize };
    await next();
  }

  async function sumByWorkflow(userId: Id, type?: string): Promise<Map<string, WorkflowTaskStats['stats']>> {
    const rows = await db.getRepository('userWorkflowTaskStats').find({
      filter: { userId, all: { $gt: 0 }, ...(type ? { type } : {}) },
    });
    const totals = new Map<string, WorkflowTaskStats['stats']>();
    for (const row of rows as Array<{ workflowKey: string; pending: number; all: number }>) {
      const { pending, all } = totals.get(row.workflowKey) ?? { pending: 0, all: 0 };
      totals.set(row.workflowKey, { pending: pending + row.pending, all: all + row.all });
    }
    return totals;
  }

  return { listMine, listMineByWorkflow };
}

function currentUserId(ctx: Context): Id {
  return ctx.state.currentUser?.id ?? ctx.throw(401);
}

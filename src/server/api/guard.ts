import type { Context, Next } from '@nocobase/actions';
import type { HandlerType } from '@nocobase/resourcer';
import { isValidFilter } from '@nocobase/utils';
import type { WorkflowPlugin } from '../contract';
import { InputError } from './errors';
import { isPlainObject } from '../expressions/ownMembers';
import { isAbsent, parseId, parseObject } from './input';
import { findParamProblems } from './queryParams';
import { refuse } from './refuse';
import { categorySchema } from './schemas';

/** Resources whose rows are found by an integer id, by themselves or as an association of one of them. */
const RESOURCES = new Set([
  'workflows',
  'flow_nodes',
  'executions',
  'jobs',
  'workflowCategories',
  'userWorkflowTasks',
  'userWorkflowTaskStats',
]);

/** Resources of the engine, with keys of other kinds. */
const INTERNAL_RESOURCES = new Set([
  'workflowStats',
  'workflowVersionStats',
  'workflowTasks',
  'workflowCategoryRelations',
  'workflowSignals',
  'workflowOccurrences',
  'workflowProcesses',
]);

/** Actions that look a row up by the values of some fields. */
const COMPOUND = ['firstOrCreate', 'updateOrCreate'];

/** Default actions of the host that would write definitions past our checks. */
const REFUSED: Record<string, string[]> = {
  workflows: ['firstOrCreate', 'updateOrCreate'],
  flow_nodes: ['firstOrCreate', 'updateOrCreate'],
  'workflows.nodes': ['update', 'destroy', 'firstOrCreate', 'updateOrCreate', 'add', 'set', 'remove', 'toggle'],
};

/** Actions that the host refuses with a 500 when they come without a selection, before it asks who sends them. */
const NEED_SELECTION = ['update', 'destroy'];

/** PostgreSQL's class "data exception". */
const POSTGRES_DATA_EXCEPTION = /^22/;
/** MySQL and MariaDB: value out of range, wrong, truncated or too long. */
const MYSQL_DATA_ERRORS = [1264, 1292, 1366, 1406];

/**
 * Looks at every request to our resources before its action: keys have to be keys, and what changes a definition
 * goes through the actions that check it. A value that the database cannot take is the caller's mistake as well.
 */
export function registerGuard(plugin: WorkflowPlugin): void {
  const { app } = plugin;
  app.dataSourceManager.use(
    async (ctx: Context, next: Next) => {
      if (isOurs(ctx)) {
        assertFilter(ctx);
      }
      await next();
    },
    { tag: 'workflowSelection', before: 'validate-filter-params' },
  );
  // Among the host's own checks: after those of the role, before those that count the rows.
  app.acl.use(
    async (ctx: Context, next: Next) => {
      if (isOurs(ctx)) {
        assertAvailable(ctx);
        assertKeys(ctx);
        assertCategory(ctx);
        await assertMovable(ctx, plugin);
      }
      await next();
    },
    { tag: 'workflowGuard', group: 'workflowGuard', after: 'core', before: 'after' },
  );
  app.resourceManager.use(
    (async (ctx: Context, next: Next) => {
      try {
        await next();
      } catch (error) {
        throw isOurs(ctx) ? explain(error, ctx, plugin) : error;
      }
    }) as unknown as HandlerType,
    { tag: 'workflowErrors', after: 'acl', before: 'default' },
  );
}

function rootResource({ action }: Context): string {
  return action.resourceName.split('.')[0]!;
}

function isOurs(ctx: Context): boolean {
  const dataSource = ctx.get('x-data-source');
  const name = rootResource(ctx);
  return (!dataSource || dataSource === 'main') && (RESOURCES.has(name) || INTERNAL_RESOURCES.has(name));
}

/** Whether its names and values exist is looked at when it is known that the user may ask. */
function assertFilter({ action: { actionName, params } }: Context): void {
  const { filterByTk, filter } = params;
  if (Array.isArray(filter) && !filter.every(isPlainObject)) {
    throw new InputError({ filter: '"filter" must be an object' });
  }
  if (!NEED_SELECTION.includes(actionName)) {
    return;
  }
  const hasFilter = typeof filter === 'object' && isValidFilter(filter);
  if (isAbsent(filterByTk) && !hasFilter) {
    throw new InputError({ filterByTk: 'filterByTk or filter is required' });
  }
  if (filter && !hasFilter) {
    throw new InputError({ filter: '"filter" must hold a condition' });
  }
}

function assertAvailable(ctx: Context): void {
  const { resourceName, actionName, params } = ctx.action;
  const sorts = ['flow_nodes', 'workflowCategories'].includes(resourceName);
  if (REFUSED[resourceName]?.includes(actionName) || (actionName === 'move' && !sorts)) {
    refuse(ctx, 405, '{{action}} is not available', { action: `${resourceName}:${actionName}` });
  }
  if (COMPOUND.includes(actionName) && !(Array.isArray(params.filterKeys) && params.filterKeys.length > 0)) {
    throw new InputError({ filterKeys: '"filterKeys" must be a list of fields' });
  }
}

function assertKeys(ctx: Context): void {
  const { sourceId, params } = ctx.action;
  if (INTERNAL_RESOURCES.has(rootResource(ctx))) {
    return;
  }
  if (!isAbsent(sourceId)) {
    parseId(sourceId, 'sourceId');
  }
  [params.filterByTk ?? []]
    .flat()
    .filter((id) => !isAbsent(id))
    .forEach((id) => parseId(id));
}

/** The host would store the text of an object. */
function assertCategory({ action: { resourceName, params } }: Context): void {
  if (resourceName === 'workflowCategories' && !isAbsent(params.values)) {
    parseObject(params.values, categorySchema);
  }
}

/** The host's action takes it for granted that both rows exist. */
async function assertMovable(ctx: Context, { db }: WorkflowPlugin): Promise<void> {
  const { resourceName, actionName, params } = ctx.action;
  if (resourceName !== 'workflowCategories' || actionName !== 'move') {
    return;
  }
  const { sourceId, targetId, sortField } = params;
  if (!isAbsent(sortField) && sortField !== 'sort') {
    throw new InputError({ sortField: '"sortField" must be "sort"' });
  }
  const ids = Object.entries({ sourceId, targetId }).filter(([, id]) => !isAbsent(id));
  if (isAbsent(sourceId)) {
    throw new InputError({ sourceId: 'sourceId is required' });
  }
  for (const [name, value] of ids) {
    const filterByTk = parseId(value, name);
    if (!(await db.getRepository('workflowCategories').count({ filterByTk }))) {
      refuse(ctx, 404, '{{field}}: category not found', { field: name });
    }
  }
}

/** The error to answer with: a mistake of the caller names the parameter. */
function explain(error: unknown, ctx: Context, plugin: WorkflowPlugin): unknown {
  if ((error as { status?: unknown } | null)?.status) {
    return error;
  }
  const problems = findParamProblems(ctx, plugin);
  if (problems) {
    return new InputError(problems);
  }
  if (!isDataError(error)) {
    return error;
  }
  const at = isAbsent(ctx.action.params.filter) ? 'values' : 'filter';
  return new InputError({ [at]: `"${at}": a value is not valid: ${(error as Error).message}` });
}

function isDataError(error: unknown): boolean {
  const { original } = (error ?? {}) as { original?: { code?: string; errno?: number } };
  return POSTGRES_DATA_EXCEPTION.test(original?.code ?? '') || MYSQL_DATA_ERRORS.includes(Number(original?.errno));
}

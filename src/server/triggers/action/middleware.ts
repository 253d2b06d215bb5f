import type { Context, Next } from '@nocobase/actions';
import { joinCollectionName, type ICollection } from '@nocobase/data-source-manager';
import type { WorkflowPlugin } from '../../contract';
import { getAssociation } from './associations';
import { WriteCapture } from './captureWrites';
import { explainUnknown } from './explainUnknown';
import { findTriggerWorkflowsProblem, parseTriggerWorkflows, type TriggerItem } from './parseTriggerWorkflows';
import { createPlan, WRITE_KINDS, type Plan, type SkippedItem } from './plan';
import { setReports, type SkipReason, type WorkflowReport } from './report';
import { Submission } from './Submission';
import type { WorkflowIndex } from './WorkflowIndex';

interface Target {
  collection: ICollection;
  /** true for a resource such as `posts.tags` that is a many-to-many association */
  throughAssociation: boolean;
}

/** Checks the list of keys before anybody reads it: the stock pre-action trigger takes it for one text. */
export async function normalizeKeyList(ctx: Context, next: Next): Promise<void> {
  const { triggerWorkflows: list } = ctx.action.params;
  const problem = findTriggerWorkflowsProblem(list);
  if (problem) {
    ctx.throw(400, problem);
  }
  if (Array.isArray(list)) {
    ctx.action.params.triggerWorkflows = list.join(',');
  }
  await next();
}

/** Triggers workflows around the actions that write, on every data source. */
export function createActionMiddleware(plugin: WorkflowPlugin, index: WorkflowIndex) {
  const capture = new WriteCapture();

  return async function triggerWorkflows(ctx: Context, next: Next): Promise<void> {
    const kinds = WRITE_KINDS[ctx.action?.actionName ?? ''];
    if (!kinds) {
      return next();
    }
    const target = findTarget(ctx);
    if (!target) {
      return next();
    }
    const { collection, throughAssociation } = target;
    const { name: dataSourceName, collectionManager } = ctx.dataSource;
    const items = parseTriggerWorkflows(ctx.action.params.triggerWorkflows);
    if (!items.length && !index.findGlobals(joinCollectionName(dataSourceName, collection.options.name)).length) {
      return next();
    }
    const findCollection = (name: string) => collectionManager.getCollection(name);
    const plan = createPlan({ items, kinds, dataSourceName, collection, index, findCollection });
    const transactional = collectionManager.db === plugin.app.db;
    const submission = new Submission(plugin, { ctx, plan, collection, findCollection, transactional });
    if (plan.runs.length && collectionManager.db) {
      const { db } = collectionManager;
      capture.watch(ctx, submission, { db, collectionName: collection.options.name, throughAssociation });
    }
    try {
      await next();
      await submission.storeRest(kinds.length === 1 ? kinds[0]! : null);
    } catch (error) {
      // what is committed is going to run, even when a later part of the request fails
      await submission.settle();
      kickAfterResponse(plugin, ctx, submission);
      throw error;
    }
    const reports = await submission.settle();
    kickAfterResponse(plugin, ctx, submission);
    reports.push(...(await reportSkipped(plugin, plan, reports, items)));
    warn(plugin, reports);
    setReports(ctx, reports);
  };
}

function findTarget(ctx: Context): Target | null {
  const manager = ctx.dataSource.collectionManager;
  const [sourceName = '', associationName] = ctx.action.resourceName.split('.');
  const source: ICollection | undefined = manager.getCollection(sourceName);
  if (!source || !associationName) {
    // an update may name the inheriting collection that holds the row
    const { actionName, params } = ctx.action;
    const collection = (actionName === 'update' && manager.getCollection(params.targetCollection)) || source;
    return collection ? { collection, throughAssociation: false } : null;
  }
  const step = getAssociation(source, associationName);
  const collection = step && manager.getCollection(step.target);
  const type = source.model?.associations?.[associationName]?.associationType;
  return collection ? { collection, throughAssociation: type === 'BelongsToMany' } : null;
}

/** Leaves the machine to the response first: the runs are stored and lose nothing by a moment's wait. */
function kickAfterResponse(plugin: WorkflowPlugin, ctx: Context, { hasQueuedRuns }: Submission): void {
  if (!hasQueuedRuns) {
    return;
  }
  if (ctx.res.writableEnded || ctx.res.destroyed) {
    plugin.runs.kick();
  } else {
    ctx.res.once('close', () => plugin.runs.kick());
  }
}

async function reportSkipped(
  plugin: WorkflowPlugin,
  plan: Plan,
  reports: WorkflowReport[],
  items: TriggerItem[],
): Promise<WorkflowReport[]> {
  const listed = new Set(items.map(({ key }) => key));
  const idle = reports.length ? [] : plan.runs.filter(({ workflow }) => listed.has(workflow.key));
  const skipped: SkippedItem[] = [
    ...plan.skipped,
    ...(await explain(plugin, plan)),
    ...idle.map(
      ({ workflow: { key }, path }): SkippedItem => ({ item: { key, path }, reason: 'nothing_written' }),
    ),
  ];
  return skipped.map(({ item: { key, path }, reason }) => ({
    key,
    ...(path.length && { association: path.join('.') }),
    reason,
  }));
}

/** Reasons that come from the submitted data, not from a mistake. */
const ORDINARY: ReadonlySet<SkipReason> = new Set<SkipReason>(['association_empty', 'nothing_written']);

function warn(plugin: WorkflowPlugin, reports: WorkflowReport[]): void {
  const mistakes = reports.flatMap((report) =>
    'reason' in report && !ORDINARY.has(report.reason) ? `${report.key}: ${report.reason}` : [],
  );
  if (mistakes.length) {
    plugin.getLogger().warn(`post-action: workflows were not triggered: ${mistakes.join(', ')}`);
  }
}

/** The write is done: not even a lost database may turn the answer into a failure now. */
async function explain(plugin: WorkflowPlugin, plan: Plan): Promise<SkippedItem[]> {
  try {
    return await explainUnknown(plugin, plan.unknown);
  } catch (error) {
    plugin.getLogger().error('post-action: keys could not be looked up', { error });
    return [];
  }
}

import { joinCollectionName } from '@nocobase/data-source-manager';
import type { ICollection } from '@nocobase/data-source-manager';
import type { WorkflowModel } from '../../contract';
import { getAssociation } from './associations';
import { normalizeCollectionName } from './collectionName';
import type { TriggerItem } from './parseTriggerWorkflows';
import type { SkipReason } from './report';
import type { WorkflowIndex } from './WorkflowIndex';

/** What a write turned out to be; also the values of `config.actions`. */
export type WriteKind = 'create' | 'update';

/** What the actions that can trigger may turn out to do. */
export const WRITE_KINDS: Readonly<Record<string, readonly WriteKind[]>> = {
  create: ['create'],
  update: ['update'],
  firstOrCreate: ['create', 'update'],
  updateOrCreate: ['create', 'update'],
};

/** A workflow that runs for every row the request writes. */
export interface PlannedRun {
  workflow: WorkflowModel;
  /** to-one associations from the written row to the one that is handed over */
  path: string[];
}

export interface SkippedItem {
  item: TriggerItem;
  reason: SkipReason;
}

/** What a request is going to trigger, known before its action runs. */
export interface Plan {
  runs: PlannedRun[];
  skipped: SkippedItem[];
  /** keys of no enabled post-action workflow; why, is only worth a query when the action has succeeded */
  unknown: TriggerItem[];
}

export interface PlanInput {
  items: TriggerItem[];
  kinds: readonly WriteKind[];
  dataSourceName: string;
  collection: ICollection;
  index: WorkflowIndex;
  /** looks up a collection of the same data source */
  findCollection(name: string): ICollection | undefined;
}

/** True when the workflow may start after a write of this kind; local workflows take both. */
export function acceptsKind({ config }: WorkflowModel, kind: WriteKind): boolean {
  return !config.global || (Array.isArray(config.actions) && config.actions.includes(kind));
}

/** Local workflows in the order of the list come first, global ones after them, none twice. */
export function createPlan(input: PlanInput): Plan {
  const { items, kinds, dataSourceName, collection, index } = input;
  const plan: Plan = { runs: [], skipped: [], unknown: [] };
  for (const item of items) {
    const workflow = index.findByKey(item.key);
    if (!workflow) {
      plan.unknown.push(item);
      continue;
    }
    const end = followPath(input, item.path);
    const reason =
      'reason' in end ? end.reason : rejectWorkflow(workflow, joinCollectionName(dataSourceName, end.name));
    if (reason) {
      plan.skipped.push({ item, reason });
    } else if (!kinds.some((kind) => acceptsKind(workflow, kind))) {
      plan.skipped.push({ item, reason: 'action_not_selected' });
    } else if (!workflow.config.global || item.path.length) {
      plan.runs.push({ workflow, path: item.path });
    }
  }
  for (const workflow of index.findGlobals(joinCollectionName(dataSourceName, collection.options.name))) {
    if (kinds.some((kind) => acceptsKind(workflow, kind))) {
      plan.runs.push({ workflow, path: [] });
    }
  }
  return plan;
}

function followPath(
  { collection, findCollection }: PlanInput,
  path: string[],
): { name: string } | { reason: SkipReason } {
  let current: ICollection | undefined = collection;
  for (const segment of path) {
    const step = current && getAssociation(current, segment);
    if (!step) {
      return { reason: 'association_not_found' };
    }
    if (step.kind === 'many') {
      return { reason: 'association_to_many' };
    }
    current = findCollection(step.target);
  }
  return current ? { name: current.options.name } : { reason: 'association_not_found' };
}

function rejectWorkflow(workflow: WorkflowModel, collectionName: string): SkipReason | null {
  return normalizeCollectionName(workflow.config.collection) === collectionName ? null : 'collection_mismatch';
}

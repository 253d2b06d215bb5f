import type { HostPort } from '../port/HostPort';
import { spellingsOf, type BindTarget } from './target';

/** A workflow as far as a binding looks at it. */
export interface BindableWorkflow {
  id: string;
  key: string;
  title: string;
  type: string;
  sync: boolean;
  enabled: boolean;
  config: Record<string, unknown>;
}

const FIELDS = ['id', 'key', 'title', 'type', 'sync', 'enabled', 'config'];
const PAGE_SIZE = 100;

/** Whether the button starts the workflow, as far as its type and mode go. */
export function accepts(target: BindTarget, workflow: BindableWorkflow, context: string): boolean {
  const config = workflow.config ?? {};
  if (target.optionFilter) return target.optionFilter({ ...workflow, config });
  return target.types.some(({ type, accepts: fits }) => type === workflow.type && fits(config, context));
}

/**
 * Enabled workflows that may be bound, by title.
 * @param context path whose data the workflow would get
 * @param collection of that data
 * @param text part of the title; '' for all
 * @throws {RequestRefused}
 */
export async function findCandidates(
  port: HostPort,
  target: BindTarget,
  { collection, context, text, signal }: { collection: string; context: string; text: string; signal?: AbortSignal },
): Promise<BindableWorkflow[]> {
  const { types, optionFilter, filter } = target;
  const conditions = [
    { enabled: true },
    ...(optionFilter ? [] : [{ type: { $in: types.map(({ type }) => type) } }]),
    { $or: spellingsOf(collection).map((spelling) => ({ 'config.collection': spelling })) },
    ...(text ? [{ title: { $includes: text } }] : []),
    ...(filter ? [filter] : []),
  ];
  const { data } = await port.request<BindableWorkflow[]>({
    action: 'workflows:list',
    params: { filter: { $and: conditions }, fields: FIELDS, sort: ['title'], page: 1, pageSize: PAGE_SIZE },
    signal,
  });
  return data.filter((workflow) => accepts(target, workflow, context));
}

/**
 * The workflows with these keys: the enabled version of each, else the one that the list of workflows shows.
 * Keys of workflows that were deleted are missing in the answer.
 * @throws {RequestRefused}
 */
export async function loadBound(
  port: HostPort,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, BindableWorkflow>> {
  const found = new Map<string, BindableWorkflow>();
  if (!keys.length) return found;
  const filter = { $and: [{ key: { $in: [...keys] } }, { $or: [{ enabled: true }, { current: true }] }] };
  const { data } = await port.request<BindableWorkflow[]>({
    action: 'workflows:list',
    params: { filter, fields: FIELDS, paginate: false },
    signal,
  });
  for (const workflow of data) {
    if (workflow.enabled || !found.has(workflow.key)) found.set(workflow.key, workflow);
  }
  return found;
}

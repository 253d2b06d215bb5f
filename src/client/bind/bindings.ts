/** One workflow that a button starts. */
export interface Binding {
  workflowKey: string;
  /** dot path of to-one associations from the form's record to the data that the workflow gets; '' = the whole form */
  context: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Bindings as pages store them: rows of `{ workflowKey, context? }`, in the order of the list.
 * Rows without a workflow, and whatever else stands in the stored value, are left out.
 */
export function readBindings(stored: unknown): Binding[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null)
    .map((row) => ({ workflowKey: textOf(row.workflowKey), context: textOf(row.context) }))
    .filter(({ workflowKey }) => workflowKey !== '');
}

/**
 * The request parameter that starts the stored bindings.
 * @returns undefined when there are none: the parameter is left out then
 * @example triggerWorkflowsParam([{ workflowKey: 'a' }, { workflowKey: 'b', context: 'author' }]) // 'a,b!author'
 */
export function triggerWorkflowsParam(stored: unknown): string | undefined {
  const items = readBindings(stored).map(({ workflowKey, context }) => [workflowKey, context].filter(Boolean).join('!'));
  return items.join(',') || undefined;
}

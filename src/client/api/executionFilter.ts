import type { ExecutionFilter } from './types';

/** The filter in the server's language; undefined when everything fits. */
export function executionFilter({ key, statuses, from, to, record }: ExecutionFilter): Record<string, unknown> | undefined {
  const conditions: Record<string, unknown>[] = [
    ...(key ? [{ key }] : []),
    // A status may be null, which is no value that `$in` finds.
    ...(statuses?.length ? [{ $or: statuses.map((status) => ({ status: status === null ? { $empty: true } : status })) }] : []),
    ...(from ? [{ createdAt: { $gte: from } }] : []),
    ...(to ? [{ createdAt: { $lt: to } }] : []),
    ...(record ? [{ recordKey: record }] : []),
  ];
  if (conditions.length === 0) return undefined;
  return conditions.length === 1 ? conditions[0] : { $and: conditions };
}

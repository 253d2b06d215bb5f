import type { ClientExecution, ClientJob, ClientNode } from '../registry/types';

/** What a to-do or a run shows: an execution with its jobs, and the nodes of its version. */
export interface FlowValues {
  execution?: Partial<ClientExecution> & { jobs?: ClientJob[] };
  nodes?: ClientNode[];
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** Result of the newest job of a node. */
function resultOf(key: string, { execution, nodes = [] }: FlowValues): unknown {
  const id = nodes.find((node) => node.key === key)?.id;
  const jobs = (execution?.jobs ?? []).filter(
    ({ nodeKey, nodeId }) => nodeKey === key || (id !== undefined && String(nodeId) === String(id)),
  );
  return jobs.sort((left, right) => Number(BigInt(left.id) - BigInt(right.id))).at(-1)?.result;
}

/**
 * Value behind a variable in an execution that is over or waits.
 * @param path `$context.data.title`, `$jobsMapByNodeKey.<key>.id`, or the same in double braces
 */
export function flowValueAt(values: FlowValues | undefined, path: string | undefined): unknown {
  const [root, ...names] = (path ?? '').replace(/^\{\{\s*|\s*\}\}$/g, '').split('.');
  if (!values || !root) return undefined;
  if (root === '$context') return names.reduce(memberOf, values.execution?.context);
  if (root !== '$jobsMapByNodeKey' || !names[0]) return undefined;
  return names.slice(1).reduce(memberOf, resultOf(names[0], values));
}

import type { Id } from '../contract';
import { isSameId, type NodeLinks } from './GraphDraft';

export type GraphProblemCode = 'no-head' | 'several-heads' | 'broken-link' | 'shared-place' | 'unreachable';

export interface GraphProblem {
  code: GraphProblemCode;
  /** undefined: the workflow as a whole */
  nodeId?: Id;
  message: string;
}

/**
 * Checks the nodes of one version: one head, links that agree in both directions, one node per place,
 * and every node reachable from the head. What is reachable along agreeing links cannot contain a cycle;
 * a cycle shows as unreachable nodes.
 */
export function validateGraph(rows: readonly NodeLinks[]): GraphProblem[] {
  if (rows.length === 0) {
    return [];
  }
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  const problems: GraphProblem[] = [];
  const heads = rows.filter((row) => row.upstreamId === null);
  if (heads.length === 0) {
    problems.push({ code: 'no-head', message: 'No node begins the workflow' });
  }
  for (const { id } of heads.slice(1)) {
    problems.push({ code: 'several-heads', nodeId: id, message: 'Another node begins the workflow already' });
  }
  const places = new Set<string>();
  for (const row of rows) {
    problems.push(...brokenLinks(row, byId));
    const place = `${row.upstreamId}/${row.branchIndex}`;
    if (row.upstreamId !== null && places.has(place)) {
      problems.push({ code: 'shared-place', nodeId: row.id, message: 'Another node stands at the same place' });
    }
    places.add(place);
  }
  const reached = reachable(heads.slice(0, 1), rows);
  for (const row of rows.filter(({ id }) => !reached.has(String(id)))) {
    problems.push({ code: 'unreachable', nodeId: row.id, message: 'The node is never reached' });
  }
  return problems;
}

function brokenLinks(row: NodeLinks, byId: Map<string, NodeLinks>): GraphProblem[] {
  const broken = (message: string): GraphProblem => ({ code: 'broken-link', nodeId: row.id, message });
  const upstream = row.upstreamId === null ? undefined : byId.get(String(row.upstreamId));
  const downstream = row.downstreamId === null ? undefined : byId.get(String(row.downstreamId));
  const problems: GraphProblem[] = [];
  if (row.upstreamId !== null && !upstream) {
    problems.push(broken('Its upstream node is not in the workflow'));
  }
  if (upstream && row.branchIndex === null && !isSameId(upstream.downstreamId, row.id)) {
    problems.push(broken('Its upstream node goes on with another node'));
  }
  if (row.downstreamId !== null && !downstream) {
    problems.push(broken('Its downstream node is not in the workflow'));
  }
  if (downstream && (!isSameId(downstream.upstreamId, row.id) || downstream.branchIndex !== null)) {
    problems.push(broken('Its downstream node follows another node'));
  }
  return problems;
}

function reachable(heads: readonly NodeLinks[], rows: readonly NodeLinks[]): Set<string> {
  const children = new Map<string, NodeLinks[]>();
  for (const row of rows.filter(({ upstreamId }) => upstreamId !== null)) {
    const key = String(row.upstreamId);
    children.set(key, [...(children.get(key) ?? []), row]);
  }
  const reached = new Set<string>();
  const stack = [...heads];
  for (let row = stack.pop(); row; row = stack.pop()) {
    const key = String(row.id);
    if (!reached.has(key)) {
      reached.add(key);
      stack.push(...(children.get(key) ?? []));
    }
  }
  return reached;
}

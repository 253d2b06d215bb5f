import { buildDocument, type NodeRow } from '../../../document/build';
import type { JobRow } from '../../../api/types';

/** `key:type` hangs below `upstream`, in a branch where one is given. */
export interface Sketch {
  key: string;
  type?: string;
  after?: string;
  branch?: number;
  config?: Record<string, unknown>;
}

/** A flow whose nodes carry their place in the list as id: the first has 1. */
export function flowOf(sketches: readonly Sketch[]) {
  const idOf = (key: string | undefined) => (key === undefined ? null : sketches.findIndex((sketch) => sketch.key === key) + 1);
  const nodes: NodeRow[] = sketches.map(({ key, type = 'calculation', after, branch, config = {} }, index) => ({
    id: index + 1,
    key,
    type,
    title: key,
    config,
    upstreamId: idOf(after),
    branchIndex: branch ?? null,
    downstreamId: idOf(sketches.find((other) => other.after === key && other.branch === undefined)?.key),
  }));
  return buildDocument({ id: 1, key: 'wf', title: 'Flow', type: 'action', nodes }).document;
}

/** `[id, node key, status]` */
export const jobsOf = (document: ReturnType<typeof flowOf>, rows: readonly [number, string, number?][]): JobRow[] =>
  rows.map(([id, nodeKey, status = 1]) => ({ id, nodeKey, nodeId: document.nodes.get(nodeKey)?.id ?? null, status }));

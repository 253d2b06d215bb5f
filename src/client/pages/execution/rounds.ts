import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey } from '../../document/types';
import type { JobRow } from '../../api/types';
import { compareIds } from './jobRows';

/** Jobs of each node, oldest first. */
export type JobsByNode = ReadonlyMap<NodeKey, readonly JobRow[]>;

/** A node whose branch was gone through more than once. */
export interface RepeatedNode {
  key: NodeKey;
  /** how often, as far as the chosen rounds of the loops around it say */
  rounds: number;
  /** from 0 */
  shown: number;
}

export function jobsByNode(document: FlowDocument, jobs: readonly JobRow[]): JobsByNode {
  const keyById = new Map([...document.nodes.values()].map(({ id, key }) => [id, key]));
  const found = new Map<NodeKey, JobRow[]>();
  for (const job of jobs) {
    const key = keyById.get(String(job.nodeId)) ?? job.nodeKey;
    if (key === null || key === undefined) continue;
    const list = found.get(key);
    if (list) list.push(job);
    else found.set(key, [job]);
  }
  for (const list of found.values()) list.sort((a, b) => compareIds(a.id, b.id));
  return found;
}

/** Ids from `from` on and below `to`. */
interface Span {
  from?: JobRow['id'];
  to?: JobRow['id'];
}

const within = ({ from, to }: Span) => ({ id }: JobRow) =>
  (from === undefined || compareIds(id, from) >= 0) && (to === undefined || compareIds(id, to) < 0);

/**
 * What belongs to the chosen rounds. A round begins with a job of the first node of the branch and lasts until the next
 * of its jobs; loops inside of loops are cut twice.
 *
 * @param chosen round per node, from 0; the last one where nothing was chosen
 * @returns jobs per node, and the nodes that went round more than once
 */
export function showRounds(
  document: FlowDocument,
  all: JobsByNode,
  chosen: ReadonlyMap<NodeKey, number>,
): { jobs: JobsByNode; repeated: RepeatedNode[] } {
  const index = indexOf(document);
  const shown = new Map<NodeKey, readonly JobRow[]>();
  const repeated: RepeatedNode[] = [];
  /** what counts inside the branches of a node */
  const inside = new Map<NodeKey, Span>();

  for (const { key } of index.order) {
    const owner = index.owner(key);
    const span = (owner && inside.get(owner.key)) ?? {};
    const jobs = (all.get(key) ?? []).filter(within(span));
    if (jobs.length > 0) shown.set(key, jobs);
    // Several heads at once are parallel branches or a choice, not rounds.
    const heads = index.branches(key);
    const starts = heads.length === 1 ? (all.get(heads[0]!.head.key) ?? []).filter(within(span)) : [];
    if (starts.length < 2) {
      inside.set(key, span);
      continue;
    }
    const at = Math.min(chosen.get(key) ?? starts.length - 1, starts.length - 1);
    repeated.push({ key, rounds: starts.length, shown: at });
    inside.set(key, { from: starts[at]!.id, to: starts[at + 1]?.id ?? span.to });
  }
  for (const [key, jobs] of all) if (!document.nodes.has(key)) shown.set(key, jobs);
  return { jobs: shown, repeated };
}

/** Rounds that show a job: for jobs that were chosen in a list of all. */
export function roundsOfJob(document: FlowDocument, all: JobsByNode, nodeKey: NodeKey, job: JobRow): Map<NodeKey, number> {
  const index = indexOf(document);
  const rounds = new Map<NodeKey, number>();
  const owners: NodeKey[] = [];
  for (let owner = index.owner(nodeKey); owner; owner = index.owner(owner.key)) owners.unshift(owner.key);
  let span: Span = {};
  for (const key of owners) {
    const heads = index.branches(key);
    const starts = heads.length === 1 ? (all.get(heads[0]!.head.key) ?? []).filter(within(span)) : [];
    if (starts.length < 2) continue;
    const at = starts.findLastIndex(({ id }) => compareIds(id, job.id) <= 0);
    if (at < 0) continue;
    rounds.set(key, at);
    span = { from: starts[at]!.id, to: starts[at + 1]?.id ?? span.to };
  }
  return rounds;
}

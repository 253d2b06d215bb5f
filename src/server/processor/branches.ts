import type { FlowNodeModel } from '../contract';
import type { JobState } from '../engine/types';

/** Heads of the branches of a node, in the order of their index. */
export function getBranches(nodes: FlowNodeModel[], node: FlowNodeModel): FlowNodeModel[] {
  return nodes
    .filter((item) => String(item.upstreamId) === String(node.id) && item.branchIndex !== null)
    .sort((a, b) => Number(a.branchIndex) - Number(b.branchIndex));
}

/** First node of the branch that the node stands in; with `parent`, of the branch of that parent. */
export function findBranchStart(node: FlowNodeModel, parent?: FlowNodeModel): FlowNodeModel | null {
  for (let current: FlowNodeModel | null | undefined = node; current; current = current.upstream) {
    if (current.branchIndex !== null && (!parent || current.upstream === parent)) {
      return current;
    }
  }
  return null;
}

/** The node that owns the branch, or null on the main chain. */
export function findBranchParent(node?: FlowNodeModel | null): FlowNodeModel | null {
  for (let current: FlowNodeModel | null | undefined = node; current; current = current.upstream) {
    if (current.branchIndex !== null) {
      return current.upstream ?? null;
    }
  }
  return null;
}

/** Last node of the chain that the node stands in. */
export function findChainEnd(node: FlowNodeModel): FlowNodeModel {
  let end = node;
  while (end.downstream) {
    end = end.downstream;
  }
  return end;
}

/** The newest job of the chain that begins at this node. */
export function findLastJob(head: FlowNodeModel, jobsByNodeKey: ReadonlyMap<string, JobState>): JobState | undefined {
  let last: JobState | undefined;
  for (let node: FlowNodeModel | null | undefined = findChainEnd(head); node; node = node === head ? null : node.upstream) {
    const job = jobsByNodeKey.get(node.key);
    if (job && (!last || BigInt(job.id) > BigInt(last.id))) {
      last = job;
    }
  }
  return last;
}

import { isLive, type ExecutionStatus } from '../../../common/status';
import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey } from '../../document/types';
import type { KindRegistry } from '../../registry/kinds';
import type { JobsByNode } from './rounds';

/** Which way a run went. */
export interface RunPaths {
  /** nodes that the run left out for good */
  skipped: ReadonlySet<NodeKey>;
  /** branches that were gone into, by branching node */
  takenBranches: ReadonlyMap<NodeKey, ReadonlySet<number>>;
}

/** Types that go into one of their branches and leave the others. */
const CHOOSING = new Set(['condition', 'multi-conditions']);

/**
 * Reads the way of a run from its jobs.
 *
 * A node without a job was skipped when it can no longer get one: because the run has ended, because the node that
 * opens its branch is done, or because that node has chosen another branch.
 */
export function runPaths(document: FlowDocument, jobs: JobsByNode, status: ExecutionStatus, registry: KindRegistry): RunPaths {
  const index = indexOf(document);
  const skipped = new Set<NodeKey>();
  const takenBranches = new Map<NodeKey, Set<number>>();

  for (const node of index.order) {
    const last = jobs.get(node.key)?.at(-1);
    const heads = index.branches(node.key);
    if (!last) continue;
    const taken = new Set(heads.filter(({ head }) => jobs.has(head.key)).map(({ branch }) => branch));
    const isDone = !isLive(last.status);
    if (taken.size === 0 && isDone && CHOOSING.has(node.type)) {
      // It went somewhere, but where nothing stands: clear when there is only one such branch.
      const empty = registry.node(node.type)?.branches(node.config).filter(({ index: at }) => !heads.some(({ branch }) => branch === at));
      if (empty?.length === 1 && heads.length > 0) taken.add(empty[0]!.index);
    }
    if (taken.size > 0) takenBranches.set(node.key, taken);
  }

  const hasEnded = !isLive(status);
  for (const node of index.order) {
    if (jobs.has(node.key)) continue;
    const owner = index.owner(node.key);
    const ownerJob = owner && jobs.get(owner.key)?.at(-1);
    const isLeftOut =
      owner !== null &&
      (skipped.has(owner.key) ||
        (ownerJob !== null && ownerJob !== undefined && !isLive(ownerJob.status)) ||
        (CHOOSING.has(owner.type) && takenBranches.has(owner.key) && !takenBranches.get(owner.key)!.has(branchOf(document, node.key))));
    const previous = index.previous(node.key);
    if (hasEnded || isLeftOut || (previous && skipped.has(previous.key))) skipped.add(node.key);
  }
  return { skipped, takenBranches };
}

/** Branch in which a node stands: that of the head of its chain. */
function branchOf(document: FlowDocument, key: NodeKey): number {
  const index = indexOf(document);
  let node = document.nodes.get(key)!;
  for (let before = index.previous(node.key); before; before = index.previous(node.key)) node = before;
  return node.branch ?? -1;
}

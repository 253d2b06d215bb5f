import { removeBranch, renumberBranches } from '../../../document/commands/branches';
import { updateConfig } from '../../../document/commands/nodes';
import { indexOf } from '../../../document/FlowIndex';
import type { Config, FlowDocument, FlowNode, NodeKey } from '../../../document/types';
import { chainAt, subtree } from '../../../document/walk';
import type { KindRegistry } from '../../../registry/kinds';

/** Where branches go with a new config; only those that hold nodes. */
function moves(document: FlowDocument, node: FlowNode, config: Config, registry: KindRegistry): ReadonlyMap<number, number | null> {
  const planned = registry.node(node.type)?.moveBranches?.(node.config, config);
  if (!planned) return new Map();
  return new Map(
    indexOf(document)
      .branches(node.key)
      .filter(({ branch }) => planned.has(branch))
      .map(({ branch }) => [branch, planned.get(branch) ?? null]),
  );
}

/** How many nodes go because the new config has no branch for them. */
export function lostNodes(document: FlowDocument, node: FlowNode, config: Config, registry: KindRegistry): number {
  let count = 0;
  for (const [branch, target] of moves(document, node, config, registry)) {
    if (target !== null) continue;
    for (const { key } of chainAt(document, { upstream: node.key, branch })) count += subtree(document, key).length;
  }
  return count;
}

/**
 * Gives a node a new config; its branches follow it.
 * @throws {DocumentError} unknown-node
 */
export function configure(document: FlowDocument, key: NodeKey, config: Config, registry: KindRegistry): FlowDocument {
  const node = document.nodes.get(key);
  const targets = node ? moves(document, node, config, registry) : new Map<number, number | null>();
  let result = document;
  for (const [branch, target] of targets) if (target === null) result = removeBranch(result, { key, branch });
  const isMoving = [...targets].some(([branch, target]) => target !== null && target !== branch);
  if (isMoving) result = renumberBranches(result, { key, to: (index) => targets.get(index) ?? index });
  return updateConfig(result, { key, config });
}

import type { FlowDocument, NodeKey } from '../types';
import { rootsOf } from './move';
import { removeNode } from './nodes';

/**
 * Removes the chosen nodes with their branches.
 * @throws {DocumentError} unknown-node, nothing-selected
 */
export function removeNodes(document: FlowDocument, { keys }: { keys: Iterable<NodeKey> }): FlowDocument {
  return rootsOf(document, keys).reduce((current, key) => removeNode(current, { key }), document);
}

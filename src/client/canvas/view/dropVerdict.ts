import { canMove } from '../../document/commands/move';
import type { FlowDocument, NodeKey, Place } from '../../document/types';

/** Whether dragged nodes may be dropped at a place: `same` is where they stand already. */
export type DropVerdict = 'fits' | 'warns' | 'no';

/** @param keys the outermost of the dragged nodes */
export function dropVerdict(document: FlowDocument, keys: readonly NodeKey[], place: Place): DropVerdict {
  if (!canMove(document, keys, place)) return 'no';
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) {
    const node = document.nodes.get(only);
    const isBefore = node && node.upstream === place.upstream && node.branch === place.branch;
    const isAfter = place.upstream === only && place.branch === null;
    if (isBefore || isAfter) return 'no';
  }
  return 'fits';
}

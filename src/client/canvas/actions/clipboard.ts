import type { FlowDocument, NodeKey, Place } from '../../document/types';

export interface Pasted {
  document: FlowDocument;
  /** new nodes, and the first of each branch among them that is the root of what was pasted */
  keys: readonly NodeKey[];
  roots: readonly NodeKey[];
  /** variables that mean nothing here, by node */
  broken: ReadonlyMap<NodeKey, readonly string[]>;
}

export function copyText(_document: FlowDocument, _keys: Iterable<NodeKey>): string {
  return '';
}

export function pasteText(_document: FlowDocument, _place: Place, _text: string, _newKey: () => NodeKey): Pasted | null {
  return null;
}

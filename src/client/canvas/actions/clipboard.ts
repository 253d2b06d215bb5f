import { copyNodes, readClipboard, writeClipboard } from '../../document/clipboard';
import { pasteNodes, preparePaste, type PreparePaste } from '../../document/commands/paste';
import type { FlowDocument, NodeKey } from '../../document/types';
import { chainFrom } from '../../document/walk';

export interface Pasted {
  document: FlowDocument;
  /** new nodes; `roots` are those of the pasted chain itself */
  keys: readonly NodeKey[];
  roots: readonly NodeKey[];
  /** nodes with variables that mean nothing here */
  broken: ReadonlySet<NodeKey>;
}

/** Nodes with their branches as text for the system clipboard. */
export const copyText = (document: FlowDocument, keys: Iterable<NodeKey>): string => writeClipboard(copyNodes(document, keys));

/** Puts the nodes of a text at a place; null when the text holds none. */
export function pasteText(document: FlowDocument, text: string, options: PreparePaste): Pasted | null {
  const { place } = options;
  const fragment = readClipboard(text);
  if (!fragment) return null;
  const prepared = preparePaste(document, fragment, options);
  const pasted = pasteNodes(document, { place, fragment: prepared.fragment });
  const keys = [...prepared.fragment.nodes.keys()];
  const isNew = new Set(keys);
  return {
    document: pasted,
    keys,
    roots: chainFrom(pasted, prepared.fragment.head)
      .map(({ key }) => key)
      .filter((key) => isNew.has(key)),
    broken: new Set(prepared.broken.map(({ key }) => key)),
  };
}

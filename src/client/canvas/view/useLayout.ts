import { useMemo, useRef } from 'react';
import type { FlowDocument, FlowNode, NodeKey } from '../../document/types';
import { layoutFlow } from '../../layout/layout';
import type { BranchColumn, Layout } from '../../layout/types';
import type { KindRegistry } from '../../registry/kinds';
import type { ForeignBranch } from '../state/CanvasStore';

export const CARD_HEIGHT = 88;
export const TRIGGER_HEIGHT = 116;
export const CARD_WIDTH = 240;

const SIZES = new Map([['trigger', { width: CARD_WIDTH, height: TRIGGER_HEIGHT }]]);

/** Columns of a node: those that its card announced, else those that its config opens. */
export function columnsOf(
  node: FlowNode,
  registry: KindRegistry,
  foreign: ReadonlyMap<NodeKey, readonly ForeignBranch[]>,
): readonly BranchColumn[] {
  const announced = foreign.get(node.key);
  const kind = registry.node(node.type);
  if (announced?.length) {
    return announced.map(({ index, label, addable, end, dashed, hasController }) => ({
      index,
      label: label || (hasController ? '' : undefined),
      addable,
      end,
      dashed,
      // A node with one branch only repeats it or skips it; its line goes back.
      loop: announced.length === 1,
    }));
  }
  return (kind?.branches(node.config) ?? []).map(({ index, label }) => ({ index, label: label || undefined }));
}

interface Input {
  document: FlowDocument;
  registry: KindRegistry;
  foreign: ReadonlyMap<NodeKey, readonly ForeignBranch[]>;
  sizes: ReadonlyMap<string, { width: number; height: number }>;
  folded: ReadonlySet<NodeKey>;
  readOnly: boolean;
}

/** Where everything stands; parts that did not move are the same objects as before. */
export function useLayout({ document, registry, foreign, sizes, folded, readOnly }: Input): Layout {
  const previous = useRef<Layout>();
  return useMemo(() => {
    previous.current = layoutFlow(
      {
        document,
        columns: (node) => columnsOf(node, registry, foreign),
        ends: (node) => registry.node(node.type)?.ends(node) ?? false,
        height: () => CARD_HEIGHT,
        sizes: new Map([...SIZES, ...sizes]),
        collapsed: folded,
        readOnly,
      },
      previous.current,
    );
    return previous.current;
    // Titles and workflow data do not move anything.
  }, [document.nodes, document.notes, registry, foreign, sizes, folded, readOnly]);
}

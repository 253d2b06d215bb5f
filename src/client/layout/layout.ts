import type { NodeKey } from '../document/types';
import { METRICS } from './metrics';
import { Plotter } from './Plotter';
import type { Area, Box, Edge, Layout, LayoutInput, Slot } from './types';
import { YIndex } from './YIndex';

/**
 * Where everything of a flow stands. Two passes over the nodes, linear in their number.
 * @param previous an earlier layout: what has not moved is taken from it, so that equal parts are identical (`===`)
 */
export function layoutFlow(input: LayoutInput, previous?: Layout): Layout {
  const plotted = new Plotter(input);
  const boxes = reuse(plotted.boxes, previous?.boxes);
  const slots = reuse(plotted.slots, previous?.slots);
  const edges = reuse(plotted.edges, previous?.edges);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const boxIndex = new YIndex(boxes);
  const slotIndex = new YIndex(slots);
  const edgeIndex = new YIndex(edges);
  return {
    boxes,
    slots,
    edges,
    bounds: boundsOf(boxes, edges),
    box: (id) => byId.get(id),
    card: (key: NodeKey) => byId.get(`node:${key}`),
    visible: (area) => ({
      boxes: boxIndex.within(area),
      slots: slotIndex.within(area),
      edges: edgeIndex.within(area),
    }),
  };
}

function boundsOf(boxes: readonly Box[], edges: readonly Edge[]): Area {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  const include = (area: Area) => {
    left = Math.min(left, area.x);
    top = Math.min(top, area.y);
    right = Math.max(right, area.x + area.width);
    bottom = Math.max(bottom, area.y + area.height);
  };
  boxes.forEach(include);
  edges.forEach(include);
  const { margin } = METRICS;
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}

type Part = Box | Edge | Slot;

/** Takes parts that are as they were from the earlier layout. */
function reuse<T extends Part>(parts: readonly T[], earlier: readonly T[] | undefined): T[] {
  if (!earlier) return [...parts];
  const before = new Map(earlier.map((part) => [part.id, part]));
  return parts.map((part) => {
    const old = before.get(part.id);
    return old && isSame(old, part) ? old : part;
  });
}

/** `place` is a part of a slot's id, and `path` follows from the rest of an edge only in part: both are compared as they are. */
const isSame = (a: Part, b: Part): boolean => {
  for (const name in b) {
    if (name !== 'place' && a[name as keyof Part] !== b[name as keyof Part]) return false;
  }
  return true;
};

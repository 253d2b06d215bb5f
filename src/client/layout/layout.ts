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
  const boxes = reuse(plotted.boxes, previous?.boxes, isSameBox);
  const slots = reuse(plotted.slots, previous?.slots, isSameSlot);
  const edges = reuse<Edge>(plotted.edges, previous?.edges, isSameEdge);
  let byId: Map<string, Box> | undefined;
  const find = (id: string) => (byId ??= new Map(boxes.map((box) => [box.id, box]))).get(id);
  const boxIndex = new YIndex(boxes);
  const slotIndex = new YIndex(slots);
  const edgeIndex = new YIndex(edges);
  return {
    boxes,
    slots,
    edges,
    bounds: boundsOf(boxes, edges),
    box: find,
    card: (key: NodeKey) => find(`node:${key}`),
    visible: (area) => ({
      boxes: boxIndex.within(area),
      slots: slotIndex.within(area),
      edges: edgeIndex.within(area),
    }),
  };
}

function boundsOf(boxes: readonly Box[], edges: readonly Edge[]): Area {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  const include = ({ x, y, width, height }: Area) => {
    if (x < left) left = x;
    if (y < top) top = y;
    if (x + width > right) right = x + width;
    if (y + height > bottom) bottom = y + height;
  };
  boxes.forEach(include);
  edges.forEach(include);
  const { margin } = METRICS;
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}

/**
 * Takes parts that are as they were from the earlier layout. Most edits change a stretch in the middle or push down
 * what follows it, so parts are looked for at the same distance from the beginning and from the end first.
 */
function reuse<T extends { readonly id: string }>(parts: T[], earlier: readonly T[] | undefined, isSame: (a: T, b: T) => boolean): T[] {
  if (!earlier) return parts;
  const shift = earlier.length - parts.length;
  let byId: Map<string, T> | undefined;
  const find = (id: string) => (byId ??= new Map(earlier.map((part) => [part.id, part]))).get(id);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const sameFromStart = earlier[i];
    const sameFromEnd = earlier[i + shift];
    const old = sameFromStart?.id === part.id ? sameFromStart : sameFromEnd?.id === part.id ? sameFromEnd : find(part.id);
    if (old && isSame(old, part)) parts[i] = old;
  }
  return parts;
}

const isSameBox = (a: Box, b: Box): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.label === b.label && a.hidden === b.hidden;

const isSameSlot = (a: Slot, b: Slot): boolean => a.x === b.x && a.y === b.y;

const isSameEdge = (a: Edge, b: Edge): boolean =>
  a.to === b.to &&
  a.dashed === b.dashed &&
  a.arrow === b.arrow &&
  a.corners.length === b.corners.length &&
  a.corners.every((value, i) => value === b.corners[i]);

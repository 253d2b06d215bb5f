import type { NodeKey } from '../document/types';
import { METRICS } from './metrics';
import type { Edge, EdgeKind } from './types';

export type Point = readonly [x: number, y: number];

const round = (value: number): number => Math.round(value * 100) / 100;

/** Path through points whose lines are horizontal or vertical, with rounded corners. */
export function roundedPath(points: readonly Point[], radius: number = METRICS.radius): string {
  const corners = points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    return !before || !after || !isStraight(before, point, after);
  });
  const [start, ...rest] = corners;
  if (!start) return '';
  let path = `M${round(start[0])} ${round(start[1])}`;
  let before = start;
  rest.forEach((point, i) => {
    const after = rest[i + 1];
    if (!after) {
      path += `L${round(point[0])} ${round(point[1])}`;
      return;
    }
    const reach = Math.min(radius, length(before, point) / 2, length(point, after) / 2);
    const [ax, ay] = towards(point, before, reach);
    const [bx, by] = towards(point, after, reach);
    path += `L${round(ax)} ${round(ay)}Q${round(point[0])} ${round(point[1])} ${round(bx)} ${round(by)}`;
    before = point;
  });
  return path;
}

/** Also where two points fall together: then nothing turns. */
const isStraight = (a: Point, b: Point, c: Point): boolean =>
  (a[0] === b[0] && b[0] === c[0]) || (a[1] === b[1] && b[1] === c[1]);

const length = ([ax, ay]: Point, [bx, by]: Point): number => Math.abs(ax - bx) + Math.abs(ay - by);

const towards = ([x, y]: Point, [tx, ty]: Point, by: number): Point => [
  x + Math.sign(tx - x) * by,
  y + Math.sign(ty - y) * by,
];

/** What an edge is made from. */
export interface EdgeLink extends Pick<Edge, 'from' | 'to' | 'branch' | 'dashed' | 'arrow'> {
  id: string;
  kind: EdgeKind;
}

/** Most edges of a large flow are never drawn, so the text of their paths waits until somebody asks. */
export class Line implements Edge {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: NodeKey | null;
  readonly to: NodeKey | null;
  readonly branch?: number;
  readonly dashed?: boolean;
  readonly arrow?: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  private text?: string;

  constructor(link: EdgeLink, readonly corners: readonly number[]) {
    this.id = link.id;
    this.kind = link.kind;
    this.from = link.from;
    this.to = link.to;
    this.branch = link.branch;
    this.dashed = link.dashed;
    this.arrow = link.arrow;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < corners.length; i += 2) {
      const x = corners[i]!;
      const y = corners[i + 1]!;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    this.x = left;
    this.y = top;
    this.width = right - left;
    this.height = bottom - top;
  }

  get path(): string {
    this.text ??= roundedPath(this.corners.flatMap((x, i) => (i % 2 ? [] : [[x, this.corners[i + 1]!] as const])));
    return this.text;
  }
}

import { METRICS } from './metrics';
import type { Area } from './types';

export type Point = readonly [x: number, y: number];

const round = (value: number): number => Math.round(value * 100) / 100;

/** Path through points whose lines are horizontal or vertical, with rounded corners. */
export function roundedPath(points: readonly Point[], radius: number = METRICS.radius): string {
  const corners = points.filter(([x, y], i) => i === 0 || x !== points[i - 1]![0] || y !== points[i - 1]![1]);
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

const length = ([ax, ay]: Point, [bx, by]: Point): number => Math.abs(ax - bx) + Math.abs(ay - by);

const towards = ([x, y]: Point, [tx, ty]: Point, by: number): Point => [
  x + Math.sign(tx - x) * by,
  y + Math.sign(ty - y) * by,
];

/** The rectangle around points. */
export function areaOf(points: readonly Point[]): Area {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

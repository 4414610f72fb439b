import { type Box, type Matrix, pointOf } from './geometry.ts';

/** Numbers by which PDF.js writes the segments of a path, and how many coordinates follow each. */
const coordinatesOf: readonly number[] = [2, 2, 6, 4, 0];
const [moveTo, lineTo, closePath] = [0, 1, 4];

/** Two coordinates. */
export type Point = readonly [number, number];

/** Outlines of straight lines; what holds a curve is no rule and is left out. */
export function outlinesOf(data: ArrayLike<unknown>): Point[][] {
  const outlines: Point[][] = [];
  const numbers = Array.from(data, Number);
  for (let at = 0; at < numbers.length; ) {
    const kind = numbers[at] ?? -1;
    const count = coordinatesOf[kind];
    if (count === undefined) break;
    addPoint(outlines, kind, [numbers[at + 1] ?? 0, numbers[at + 2] ?? 0]);
    at += 1 + count;
  }
  return outlines.filter((points) => points.length > 1);
}

function addPoint(outlines: Point[][], kind: number, point: Point): void {
  const current = outlines.at(-1);
  if (kind === moveTo) outlines.push([point]);
  else if (kind === lineTo) current?.push(point);
  else if (kind !== closePath) outlines.push([]);
  else if (current?.[0] !== undefined) current.push(current[0]);
}

/** The box around points after a transformation. */
export function boxAround(matrix: Matrix, points: readonly Point[]): Box {
  const moved = points.map(([x, y]) => pointOf(matrix, x, y));
  let [left, top, right, bottom] = [1e9, 1e9, -1e9, -1e9];
  for (const [x, y] of moved) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, right, bottom };
}

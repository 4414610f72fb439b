/** Left, top, right and bottom in points; the origin is the upper left corner of the page as shown. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `[a b c d e f]` of ISO 32000-2, 8.3.3. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ];
}

export function pointOf([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The box around a rectangle given by two opposite corners, after a transformation. */
export function boxOf(matrix: Matrix, rectangle: readonly number[]): Box {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rectangle;
  const corners = [
    pointOf(matrix, x1, y1),
    pointOf(matrix, x2, y1),
    pointOf(matrix, x1, y2),
    pointOf(matrix, x2, y2),
  ];
  const across = corners.map(([x]) => x);
  const down = corners.map(([, y]) => y);
  return {
    left: Math.min(...across),
    top: Math.min(...down),
    right: Math.max(...across),
    bottom: Math.max(...down),
  };
}

/** The smallest box around others; there must be one. */
export function unionOf(boxes: readonly Box[]): Box {
  let { left, top, right, bottom } = boxes[0] ?? { left: 0, top: 0, right: 0, bottom: 0 };
  for (const box of boxes) {
    left = Math.min(left, box.left);
    top = Math.min(top, box.top);
    right = Math.max(right, box.right);
    bottom = Math.max(bottom, box.bottom);
  }
  return { left, top, right, bottom };
}

/** A matrix of six finite numbers, whatever a file says. */
export function matrixOf(values: ArrayLike<unknown> | null | undefined): Matrix {
  const numbers = Array.from({ length: 6 }, (_, index) => Number(values?.[index]));
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return numbers.every(Number.isFinite) ? [a, b, c, d, e, f] : identity;
}

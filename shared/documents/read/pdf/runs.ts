import type { TextContent } from 'pdfjs-dist/types/src/display/api.d.ts';
import { type Matrix, matrixOf, multiply, pointOf } from './geometry.ts';
import type { TextRun } from './lines.ts';

/** A run and how far its text is turned, in degrees clockwise. Turned runs have the places they have once the page is turned back. */
export interface RawRun extends TextRun {
  /** 0, 90, 180 or 270; 360 for text set from the top down, as in Japanese. */
  readonly turn: number;
  /** Where it begins on the page as shown. */
  readonly origin: readonly [number, number];
}

interface Setting {
  readonly styles: TextContent['styles'];
  readonly viewport: Matrix;
  /** Heading levels by the ids of marked content. */
  readonly levels: ReadonlyMap<string, number>;
  isBold(font: string): boolean;
}

type Item = TextContent['items'][number];
type TextItem = Extract<Item, { str: string }>;

/** Runs of the items of a page. Items of spaces only are left out: gaps tell the same. */
export function runsOf(items: readonly Item[], setting: Setting): RawRun[] {
  const runs: RawRun[] = [];
  const marks: (number | undefined)[] = [];
  for (const item of items) {
    if ('str' in item) {
      if (item.str.trim() !== '') runs.push(runOf(item, marks.at(-1), setting));
    } else if (item.type === 'endMarkedContent') marks.pop();
    else marks.push(setting.levels.get(item.id ?? '') ?? marks.at(-1));
  }
  return runs;
}

function runOf(item: TextItem, headingLevel: number | undefined, setting: Setting): RawRun {
  const matrix = multiply(setting.viewport, matrixOf(item.transform));
  const origin = pointOf(matrix, 0, 0);
  const isVertical = setting.styles[item.fontName]?.vertical === true;
  const turn = isVertical ? 360 : turnOf(matrix);
  const size = Math.hypot(matrix[2], matrix[3]) || Math.hypot(matrix[0], matrix[1]) || 1;
  const length = isVertical ? item.height : item.width;
  const [left, baseline] = turned(origin, turn);
  return {
    text: item.str,
    left,
    right: left + length,
    baseline,
    size,
    isBold: setting.isBold(item.fontName),
    isRightToLeft: item.dir === 'rtl',
    ...(headingLevel === undefined ? {} : { headingLevel }),
    ...(turn === 0 ? {} : { turnedBox: turnedBox(origin, turn, { length, size }) }),
    turn,
    origin,
  };
}

/** To the nearest quarter: text on a slight slant is read as if it were straight. */
function turnOf(matrix: Matrix): number {
  const degrees = (Math.atan2(matrix[1], matrix[0]) * 180) / Math.PI;
  return (Math.round(degrees / 90) * 90 + 360) % 360;
}

/** The place of a point once the page is turned back, so that the text runs from left to right. */
function turned([x, y]: readonly [number, number], turn: number): [number, number] {
  switch (turn) {
    case 90:
    case 360:
      return [y, -x];
    case 180:
      return [-x, -y];
    case 270:
      return [-y, x];
    default:
      return [x, y];
  }
}

function turnedBox(
  [x, y]: readonly [number, number],
  turn: number,
  { length, size }: { length: number; size: number },
) {
  if (turn === 180) return { left: x - length, right: x, top: y - size * 0.2, bottom: y + size };
  if (turn === 270) return { left: x - size, right: x, top: y - length, bottom: y };
  return { left: x - size * 0.2, right: x + size, top: y, bottom: y + length };
}

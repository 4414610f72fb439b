import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Box, identity, type Matrix, matrixOf, multiply, pointOf } from './geometry.ts';
import { boxAround, outlinesOf, type Point } from './outlines.ts';

/** What the operators of a page draw, as far as it helps to read its text. The origin is the upper left corner. */
export interface Graphics {
  /** Lines along the edges of the page, as boxes without height or width. */
  readonly rules: readonly Box[];
  /** Where each stretch of text begins and whether the page shows it. */
  readonly shows: readonly TextShow[];
}

export interface TextShow {
  readonly x: number;
  readonly y: number;
  /** Where it ends, across the page. */
  readonly end: number;
  readonly letters: number;
  /** What it says; PDF.js gives no text that stands beyond the edges of its page. */
  readonly text: string;
  readonly visibility: 'visible' | 'invisible' | 'white' | 'layer-off';
}

/** A list of operators as PDF.js gives it. */
export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** Drawings of more lines than this are pictures, and no table has as many. */
const maxRules = 4_000;
const maxFills = 2_000;
const ruleWidth = 3;

interface State {
  matrix: Matrix;
  fill: string;
  mode: number;
  fontSize: number;
  spacing: number;
  wordSpacing: number;
  stretch: number;
  leading: number;
}

interface Walk {
  state: State;
  readonly saved: State[];
  /** Of each open stretch of marked content, whether it is on a layer that is off. */
  readonly marks: boolean[];
  hiddenMarks: number;
  readonly isLayerShown: (group: unknown) => boolean;
  readonly rules: Box[];
  readonly fills: { box: Box; colour: string }[];
  readonly shows: TextShow[];
  text: Matrix;
  line: Matrix;
}

/** Follows the operators of a page; `viewport` turns its coordinates into those of the page as shown. */
export function graphicsOf(
  { fnArray, argsArray }: OperatorList,
  viewport: Matrix,
  isLayerShown: (group: unknown) => boolean,
): Graphics {
  const walk: Walk = {
    state: {
      matrix: viewport,
      fill: '#000000',
      mode: 0,
      fontSize: 1,
      spacing: 0,
      wordSpacing: 0,
      stretch: 1,
      leading: 0,
    },
    saved: [],
    marks: [],
    hiddenMarks: 0,
    isLayerShown,
    rules: [],
    fills: [],
    shows: [],
    text: identity,
    line: identity,
  };
  for (const [index, operator] of fnArray.entries()) {
    const args = argsArray[index];
    handlers.get(operator)?.(walk, Array.isArray(args) ? args : []);
  }
  return { rules: walk.rules, shows: walk.shows };
}

type Handler = (walk: Walk, args: readonly unknown[]) => void;

const restore: Handler = (walk) => {
  walk.state = walk.saved.pop() ?? walk.state;
};
const save: Handler = (walk) => {
  walk.saved.push({ ...walk.state });
};

const handlers = new Map<number, Handler>([
  [OPS.save, save],
  [OPS.restore, restore],
  [OPS.transform, (walk, args) => transform(walk, args)],
  [
    OPS.paintFormXObjectBegin,
    (walk, args) => {
      save(walk, args);
      if (isArrayLike(args[0])) transform(walk, args[0]);
    },
  ],
  [OPS.paintFormXObjectEnd, restore],
  [OPS.setFillRGBColor, (walk, [colour]) => set(walk, { fill: String(colour) })],
  [OPS.setFillTransparent, (walk) => set(walk, { fill: 'none' })],
  [OPS.setFillColorN, (walk) => set(walk, { fill: 'pattern' })],
  [OPS.setTextRenderingMode, (walk, [mode]) => set(walk, { mode: Number(mode) })],
  [OPS.setFont, (walk, [, size]) => set(walk, { fontSize: Number(size) })],
  [OPS.setCharSpacing, (walk, [value]) => set(walk, { spacing: Number(value) })],
  [OPS.setWordSpacing, (walk, [value]) => set(walk, { wordSpacing: Number(value) })],
  [OPS.setHScale, (walk, [value]) => set(walk, { stretch: Number(value) / 100 })],
  [OPS.setLeading, (walk, [value]) => set(walk, { leading: -Number(value) })],
  [OPS.beginText, (walk) => setText(walk, identity)],
  [OPS.setTextMatrix, (walk, [matrix]) => setText(walk, matrixOf(arrayOf(matrix)))],
  [OPS.moveText, (walk, [x, y]) => moveText(walk, Number(x), Number(y))],
  [
    OPS.setLeadingMoveText,
    (walk, [x, y]) => {
      walk.state.leading = Number(y);
      moveText(walk, Number(x), Number(y));
    },
  ],
  // `T*` is `0 -TL Td` and `TD` sets TL to -y (ISO 32000-2, table 106): the leading is kept as what it adds to y.
  [OPS.nextLine, (walk) => moveText(walk, 0, walk.state.leading)],
  [OPS.showText, (walk, [glyphs]) => show(walk, arrayOf(glyphs))],
  [OPS.showSpacedText, (walk, [glyphs]) => show(walk, arrayOf(glyphs))],
  [OPS.constructPath, (walk, [paint, data]) => path(walk, Number(paint), arrayOf(data)[0])],
  [OPS.shadingFill, (walk) => fillAll(walk)],
  [OPS.beginMarkedContent, (walk) => mark(walk, false)],
  [
    OPS.beginMarkedContentProps,
    (walk, [tag, group]) => mark(walk, tag === 'OC' && group !== null && !walk.isLayerShown(group)),
  ],
  [OPS.endMarkedContent, (walk) => endMark(walk)],
]);

function mark(walk: Walk, isHidden: boolean): void {
  walk.marks.push(isHidden);
  if (isHidden) walk.hiddenMarks += 1;
}

function endMark(walk: Walk): void {
  if (walk.marks.pop() === true) walk.hiddenMarks -= 1;
}

function set(walk: Walk, change: Partial<State>): void {
  Object.assign(walk.state, change);
}

function transform(walk: Walk, values: ArrayLike<unknown>): void {
  walk.state.matrix = multiply(walk.state.matrix, matrixOf(values));
}

function setText(walk: Walk, matrix: Matrix): void {
  walk.text = matrix;
  walk.line = matrix;
}

function moveText(walk: Walk, x: number, y: number): void {
  setText(walk, multiply(walk.line, [1, 0, 0, 1, x, y]));
}

/** Notes where the text begins, and moves on by its width (ISO 32000-2, 9.4.4). */
function show(walk: Walk, glyphs: ArrayLike<unknown>): void {
  const { matrix, stretch } = walk.state;
  let width = 0;
  const text: string[] = [];
  for (const glyph of Array.from(glyphs)) {
    width += advanceOf(glyph, walk.state);
    const unicode: unknown = Reflect.get(Object(glyph), 'unicode');
    if (typeof unicode === 'string') text.push(unicode);
  }
  const [x, y] = pointOf(multiply(matrix, walk.text), 0, 0);
  const letters = text.filter((each) => each.trim() !== '').length;
  walk.text = multiply(walk.text, [1, 0, 0, 1, width * stretch, 0]);
  if (letters === 0) return;
  const [end] = pointOf(multiply(matrix, walk.text), 0, 0);
  const visibility = visibilityAt(walk, x, y);
  walk.shows.push({ x, y, end, letters, text: text.join(''), visibility });
}

/** Numbers among the glyphs move back by thousandths of the size. */
function advanceOf(glyph: unknown, { fontSize, spacing, wordSpacing }: State): number {
  if (typeof glyph === 'number') return (-glyph / 1_000) * fontSize;
  if (typeof glyph !== 'object' || glyph === null || !('width' in glyph)) return 0;
  const isSpace = 'isSpace' in glyph && glyph.isSpace === true;
  return (Number(glyph.width) / 1_000) * fontSize + spacing + (isSpace ? wordSpacing : 0);
}

function visibilityAt(walk: Walk, x: number, y: number): TextShow['visibility'] {
  if (walk.hiddenMarks > 0) return 'layer-off';
  const { mode, fill } = walk.state;
  if (mode === 3 || mode === 7) return 'invisible';
  const isFilledOnly = mode === 0 || mode === 4;
  if (!isFilledOnly || !isWhite(fill)) return 'visible';
  const behind = walk.fills.findLast(({ box }) => contains(box, x + 1, y - 1));
  return behind === undefined || isWhite(behind.colour) ? 'white' : 'visible';
}

function isWhite(colour: string): boolean {
  return /^#f[b-f]f[b-f]f[b-f]$/i.test(colour);
}

function contains(box: Box, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** A shading or a picture may be behind everything that follows. */
function fillAll(walk: Walk): void {
  const everywhere = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
  if (walk.fills.length < maxFills) walk.fills.push({ box: everywhere, colour: 'pattern' });
}

const filling = new Set<number>([
  ...[OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke],
  ...[OPS.closeFillStroke, OPS.closeEOFillStroke],
]);
const stroking = new Set<number>([
  ...[OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke],
  ...[OPS.closeFillStroke, OPS.closeEOFillStroke],
]);

function path(walk: Walk, paint: number, data: unknown): void {
  const isFilled = filling.has(paint);
  const isStroked = stroking.has(paint);
  if (!isArrayLike(data) || (!isFilled && !isStroked)) return;
  for (const points of outlinesOf(data)) {
    const box = boxAround(walk.state.matrix, points);
    if (isFilled) addFill(walk, box);
    addRules(walk, points, { box, isStroked });
  }
}

function addRules(
  walk: Walk,
  points: readonly Point[],
  { box, isStroked }: { box: Box; isStroked: boolean },
): void {
  const isThin = Math.min(box.right - box.left, box.bottom - box.top) < ruleWidth;
  const isRectangle = points.length === 4 || points.length === 5;
  if (isThin) addRule(walk, box);
  else if (isStroked && isRectangle) addEdges(walk, box);
  else if (isStroked) addSegments(walk, points);
}

function addFill(walk: Walk, box: Box): void {
  if (walk.fills.length < maxFills) walk.fills.push({ box, colour: walk.state.fill });
}

function addRule(walk: Walk, { left, top, right, bottom }: Box): void {
  if (walk.rules.length >= maxRules) return;
  if (right - left >= bottom - top) {
    const middle = (top + bottom) / 2;
    walk.rules.push({ left, right, top: middle, bottom: middle });
  } else {
    const middle = (left + right) / 2;
    walk.rules.push({ left: middle, right: middle, top, bottom });
  }
}

function addEdges(walk: Walk, { left, top, right, bottom }: Box): void {
  addRule(walk, { left, right, top, bottom: top });
  addRule(walk, { left, right, top: bottom, bottom });
  addRule(walk, { left, right: left, top, bottom });
  addRule(walk, { left: right, right, top, bottom });
}

function addSegments(walk: Walk, points: readonly Point[]): void {
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (next === undefined) return;
    const box = boxAround(walk.state.matrix, [point, next]);
    if (Math.min(box.right - box.left, box.bottom - box.top) < 1) addRule(walk, box);
  }
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function arrayOf(value: unknown): ArrayLike<unknown> {
  return isArrayLike(value) ? value : [];
}

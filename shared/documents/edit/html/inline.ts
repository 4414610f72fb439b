import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment } from 'parse5';
import type { SourcePiece } from '../text/text-segments.ts';

export type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** A piece of a segment and where it is; those of a segment tile its range. */
export interface RunPiece {
  readonly start: number;
  readonly end: number;
  readonly piece: SourcePiece;
}

/** Elements whose content is no text of the page, or none to be rewritten. */
export function isSkipped({ tagName, attrs }: Element): boolean {
  const isKept = attrs.some(({ name, value }) => name === 'translate' && value === 'no');
  return isKept || skipped.has(tagName);
}

const skipped: ReadonlySet<string> = new Set([
  ...['script', 'style', 'template', 'noscript', 'svg', 'math', 'iframe', 'object', 'pre'],
  ...['textarea', 'xmp', 'plaintext', 'noembed', 'noframes', 'canvas', 'video', 'audio', 'link'],
]);

/** Deeper than this, what stands within a line is taken apart. */
const maxDepth = 64;

/** Elements that stand within a line, with nothing but such elements in them, and whose tags are both in the source. */
export function inlineElementsIn(tree: Node): ReadonlySet<Node> {
  const all: Node[] = [];
  const stack: Node[] = [tree];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    all.push(node);
    if ('childNodes' in node) stack.push(...node.childNodes);
  }
  const depths = new Map<Node, number>();
  for (const node of all.reverse()) {
    const depth = defaultTreeAdapter.isElementNode(node) ? inlineDepth(node, depths) : 0;
    if (depth !== undefined && depth <= maxDepth) depths.set(node, depth);
  }
  return new Set(depths.keys());
}

/** Levels of inline elements in an element and itself; `undefined` if it is none. */
function inlineDepth(element: Element, depths: ReadonlyMap<Node, number>): number | undefined {
  if (isMark(element)) return 1;
  if (!isGroup(element)) return undefined;
  let deepest = 0;
  for (const child of element.childNodes) {
    const depth = depths.get(child);
    if (depth === undefined) return undefined;
    deepest = Math.max(deepest, depth);
  }
  return deepest + 1;
}

const marks: ReadonlySet<string> = new Set([
  ...['br', 'img', 'wbr', 'input', 'code', 'kbd', 'samp', 'var', 'tt'],
]);

const groups: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'data', 'del', 'dfn', 'em', 'font'],
  ...['i', 'ins', 'label', 'mark', 'q', 's', 'small', 'span', 'strike', 'strong', 'sub', 'sup'],
  ...['time', 'u'],
]);

/** Written as a whole: what has no text, and text that must stay. */
function isMark(element: Element): boolean {
  const { sourceCodeLocation: location, tagName } = element;
  if (location === undefined || location === null) return false;
  const isWhole = location.endTag !== undefined || element.childNodes.length === 0;
  return isWhole && (marks.has(tagName) || (groups.has(tagName) && isSkipped(element)));
}

function isGroup({ tagName, sourceCodeLocation }: Element): boolean {
  const { startTag, endTag } = sourceCodeLocation ?? {};
  return groups.has(tagName) && startTag !== undefined && endTag !== undefined;
}

/** A node as a piece; `undefined` where it is no stretch of the source. */
export function pieceOf(node: Node, source: string): RunPiece | undefined {
  const location = 'sourceCodeLocation' in node ? node.sourceCodeLocation : undefined;
  if (location === undefined || location === null) return undefined;
  const { startOffset: start, endOffset: end } = location;
  if (defaultTreeAdapter.isTextNode(node)) {
    return textPiece(node.value, { start, raw: source.slice(start, end) });
  }
  if (defaultTreeAdapter.isElementNode(node) && !isMark(node)) return groupOf(node, source);
  return { start, end, piece: { type: 'mark', start, end } };
}

/**
 * The parser may put together text from several places, which is no stretch of the source. White space behind `</body>` is put to the text
 * before it: that text ends at the tag.
 */
function textPiece(
  text: string,
  { start, raw }: { readonly start: number; readonly raw: string },
): RunPiece | undefined {
  const cut = raw.search(/<[a-z/!?]/i);
  const own = cut < 0 ? raw : raw.slice(0, cut);
  const decoded = own === text ? text : decodeText(own);
  const rest = text.startsWith(decoded) ? text.slice(decoded.length) : undefined;
  if (own === '' || rest === undefined || (rest !== '' && (cut < 0 || rest.trim() !== ''))) {
    return undefined;
  }
  return { start, end: start + own.length, piece: { type: 'text', text: decoded } };
}

/** A character before the text keeps its first line end, which a fragment may not have. */
function decodeText(raw: string): string {
  const [first, second] = parseFragment(`.${raw}`).childNodes;
  if (first === undefined || second !== undefined || !('value' in first)) return raw;
  return first.value.slice(1);
}

function groupOf(element: Element, source: string): RunPiece | undefined {
  const { startTag, endTag } = element.sourceCodeLocation ?? {};
  if (startTag === undefined || endTag === undefined) return undefined;
  let at = startTag.endOffset;
  const content: SourcePiece[] = [];
  for (const child of element.childNodes) {
    const piece = pieceOf(child, source);
    if (piece === undefined || piece.start !== at) return undefined;
    content.push(piece.piece);
    at = piece.end;
  }
  if (at !== endTag.startOffset) return undefined;
  const open = { start: startTag.startOffset, end: startTag.endOffset };
  const close = { start: endTag.startOffset, end: endTag.endOffset };
  return { start: open.start, end: close.end, piece: { type: 'group', open, close, content } };
}

/** Without the white space and the marks at the ends, and with one space for each stretch of white space. */
export function trimRun(
  run: readonly RunPiece[],
  source: string,
): {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly SourcePiece[];
} {
  const pieces = [...run];
  const isSpare = (each: RunPiece | undefined) =>
    each !== undefined &&
    (each.piece.type === 'mark' ||
      (each.piece.type === 'text' && /^[ \t\r\n\f]*$/.test(each.piece.text)));
  while (isSpare(pieces.at(-1))) pieces.pop();
  pieces.splice(
    0,
    Math.max(
      0,
      pieces.findIndex((each) => !isSpare(each)),
    ),
  );
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return { start: 0, end: 0, pieces: [] };
  const start = startOf(first, source);
  const end = endOf(last, source);
  const collapsed = pieces.map(({ piece }, index) => {
    const isFirst = index === 0;
    return trimmed(collapse(piece), isFirst, index === pieces.length - 1);
  });
  return { start, end, pieces: collapsed };
}

function startOf({ start, end, piece }: RunPiece, source: string): number {
  if (piece.type !== 'text') return start;
  return start + (/^[ \t\r\n\f]*/.exec(source.slice(start, end))?.[0].length ?? 0);
}

function endOf({ start, end, piece }: RunPiece, source: string): number {
  if (piece.type !== 'text') return end;
  const raw = source.slice(start, end);
  let length = raw.length;
  while (length > 0 && ' \t\r\n\f'.includes(raw[length - 1] ?? '-')) length -= 1;
  return start + length;
}

function collapse(piece: SourcePiece): SourcePiece {
  if (piece.type === 'text') return { ...piece, text: piece.text.replace(/[ \t\r\n\f]+/g, ' ') };
  return piece.type === 'mark' ? piece : { ...piece, content: piece.content.map(collapse) };
}

function trimmed(piece: SourcePiece, isFirst: boolean, isLast: boolean): SourcePiece {
  if (piece.type !== 'text') return piece;
  const text = isFirst ? piece.text.replace(/^ /, '') : piece.text;
  return { ...piece, text: isLast ? text.replace(/ $/, '') : text };
}

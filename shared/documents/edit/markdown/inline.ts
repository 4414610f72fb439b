import type { default as MarkdownIt, Token } from 'markdown-it';
import type { SourcePiece } from '../text/text-segments.ts';

/** The parser, whose helpers know the grammar of addresses and titles. */
export type MarkdownParser = InstanceType<typeof MarkdownIt>;

/** What an inline token consists of, with the texts of its images. */
export interface InlinePieces {
  readonly pieces: readonly SourcePiece[];
  readonly images: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
}

/** Matches the children of an inline token against its content, one after the other; `undefined` where they do not fit. */
export function inlinePieces(
  token: Token,
  made: { readonly toSource: (at: number) => number; readonly parser: MarkdownParser },
): InlinePieces | undefined {
  const scan: Scan = {
    ...made,
    content: token.content,
    at: 0,
    stack: [{ pieces: [], open: undefined }],
    images: [],
    isAutolink: false,
  };
  for (const child of token.children ?? []) {
    const fits = scan.isAutolink
      ? endAutolink(child, scan)
      : (scanners[child.type] ?? unknown)(child, scan);
    if (!fits) return undefined;
  }
  const isComplete = scan.at === scan.content.length && scan.stack.length === 1;
  const pieces = scan.stack[0]?.pieces;
  return isComplete && pieces !== undefined ? { pieces, images: scan.images } : undefined;
}

interface Scan {
  readonly content: string;
  readonly toSource: (at: number) => number;
  readonly parser: MarkdownParser;
  at: number;
  readonly stack: { readonly pieces: SourcePiece[]; readonly open: Extent | undefined }[];
  readonly images: { start: number; end: number; text: string }[];
  isAutolink: boolean;
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Takes a token from where the scan is; false if it is not there. */
type Scanner = (token: Token, scan: Scan) => boolean;

const unknown: Scanner = () => false;

const openGroup: Scanner = ({ markup }, scan) => {
  const open = take(markup, scan);
  if (open === undefined) return false;
  scan.stack.push({ pieces: [], open });
  return true;
};

const closeGroup: Scanner = ({ markup }, scan) => endGroup(take(markup, scan), scan, true);

const scanners: Readonly<Record<string, Scanner>> = {
  text: ({ content }, scan) => take(content, scan) !== undefined && addText(content, scan),
  text_special: ({ markup, content }, scan) =>
    take(markup, scan) !== undefined && addText(content, scan),
  softbreak: (_, scan) => match(/ *\n */y, scan) !== undefined && addText(' ', scan),
  hardbreak: (_, scan) => addMark(match(/(?: {2,}|\\)\n */y, scan), scan),
  html_inline: ({ content }, scan) => addMark(take(content, scan), scan),
  code_inline: ({ markup }, scan) => addMark(takeCode(markup, scan), scan),
  footnote_ref: (_, scan) => addMark(match(/\[\^[^\]\n]*\]/y, scan), scan),
  footnote_anchor: () => true,
  strong_open: openGroup,
  strong_close: closeGroup,
  em_open: openGroup,
  em_close: closeGroup,
  s_open: openGroup,
  s_close: closeGroup,
  link_open(token, scan) {
    if (token.markup !== 'autolink') return openGroup({ ...token, markup: '[' } as Token, scan);
    scan.isAutolink = true;
    return addMark(match(/<[^<>\s]*>/y, scan), scan);
  },
  link_close: (_, scan) => endGroup(takeTarget(scan), scan),
  image: takeImage,
};

/** The text of an address in angle brackets is the address itself. */
const endAutolink: Scanner = ({ type }, scan) => {
  if (type === 'link_close') scan.isAutolink = false;
  return true;
};

function take(text: string, scan: Scan): Extent | undefined {
  if (!scan.content.startsWith(text, scan.at)) return undefined;
  return advance(scan.at + text.length, scan);
}

function match(pattern: RegExp, scan: Scan): Extent | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.content)?.[0];
  return found === undefined ? undefined : advance(scan.at + found.length, scan);
}

function advance(to: number, scan: Scan): Extent {
  const extent = { start: scan.toSource(scan.at), end: scan.toSource(to) };
  scan.at = to;
  return extent;
}

function addText(text: string, { stack }: Scan): boolean {
  if (text !== '') stack.at(-1)?.pieces.push({ type: 'text', text });
  return true;
}

function addMark(extent: Extent | undefined, { stack }: Scan): boolean {
  if (extent === undefined) return false;
  stack.at(-1)?.pieces.push({ type: 'mark', ...extent });
  return true;
}

function endGroup(close: Extent | undefined, { stack }: Scan, isTight = false): boolean {
  const group = stack.length > 1 ? stack.pop() : undefined;
  if (close === undefined || group?.open === undefined) return false;
  const { open, pieces } = group;
  stack.at(-1)?.pieces.push({ type: 'group', open, close, isTight, content: pieces });
  return true;
}

function takeCode(markup: string, scan: Scan): Extent | undefined {
  const { content, at } = scan;
  if (!content.startsWith(markup, at)) return undefined;
  let end = content.indexOf(markup, at + markup.length);
  while (end >= 0) {
    let last = end + markup.length;
    while (content[last] === '`') last += 1;
    if (last - end === markup.length) return advance(last, scan);
    end = content.indexOf(markup, last);
  }
  return undefined;
}

function takeImage(token: Token, scan: Scan): boolean {
  const start = scan.at;
  const label = take(`![${token.content}`, scan);
  if (label === undefined) return false;
  const target = takeTarget(scan);
  if (target === undefined) return false;
  const mark = { start: label.start, end: target.end };
  const text = (token.children ?? []).map(({ content }) => content).join('');
  const isPlain = token.children?.every(({ type }) => type === 'text' || type === 'text_special');
  if (isPlain === true && text.trim() !== '') {
    scan.images.push({ start: scan.toSource(start + 2), end: label.end, text });
  }
  return addMark(mark, scan);
}

/** What stands behind the text of a link or image: `](address "title")`, `][label]` or `]`. */
function takeTarget(scan: Scan): Extent | undefined {
  const { content, at } = scan;
  if (content[at] !== ']') return undefined;
  const inline = content[at + 1] === '(' ? endOfInlineTarget(scan) : undefined;
  if (inline !== undefined) return advance(inline, scan);
  return match(/\](?:\[[^\]]*\])?/y, scan);
}

function endOfInlineTarget({ content, at, parser }: Scan): number | undefined {
  const { parseLinkDestination, parseLinkTitle } = parser.helpers;
  const afterSpace = (from: number) => {
    let end = from;
    while (/\s/.test(content[end] ?? '')) end += 1;
    return end;
  };
  let end = afterSpace(at + 2);
  const destination = parseLinkDestination(content, end, content.length);
  if (destination.ok) end = afterSpace(destination.pos);
  const title = parseLinkTitle(content, end, content.length);
  if (title.ok) end = afterSpace(title.pos);
  return content[end] === ')' ? end + 1 : undefined;
}

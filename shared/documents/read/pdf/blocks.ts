import type { UnitKind } from '#shared/domain/document.ts';
import type { TextLine, TextRun } from './lines.ts';

/** A paragraph, heading, item or row, made of lines. */
export interface PdfBlock {
  readonly kind: UnitKind;
  readonly text: string;
  readonly level?: number;
  readonly marker?: string;
  readonly cells?: readonly string[];
  /** Line of the page, from 1. */
  readonly line: number;
}

/** Sizes of the document's type: what body text has, and the larger sizes in falling order. */
export interface TypeScale {
  readonly body: number;
  readonly headings: readonly number[];
  /** Usual distance of two lines of a paragraph, as a multiple of their size. */
  readonly leading: number;
}

const item = /^([-•▪◦‣–·]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)/;
const caption = /^(?:Table|Figure|Fig\.)\s+\d+/;
const numberedHeading = /^\d{1,2}(?:\.\d{1,2}){1,3}\.? \p{Lu}[^.;:]{2,70}$/u;
const numbered = /^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\p{L}/u;

/** The size in which most characters are set is the body's; headings are the sizes well above it. */
export function typeScaleOf(lines: readonly TextLine[]): TypeScale {
  const characters = new Map<number, number>();
  for (const line of lines) {
    const size = rounded(line.size);
    characters.set(size, (characters.get(size) ?? 0) + line.text.length);
  }
  const body = [...characters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const larger = [...characters.keys()].filter((size) => size > body * 1.08);
  return { body, headings: larger.sort((a, b) => b - a), leading: leadingOf(lines, body) };
}

/** The median distance of neighbouring lines of body text: within paragraphs there are far more of them than between. */
function leadingOf(lines: readonly TextLine[], body: number): number {
  const distances = lines.flatMap((line, index) => {
    const distance = (lines[index + 1]?.top ?? 0) - line.top;
    return rounded(line.size) === body && distance > 0 ? [distance / line.size] : [];
  });
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 1.2;
}

/** Makes blocks of the lines of a page. */
export function blocksOf(lines: readonly TextLine[], scale: TypeScale): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  let open: { lines: TextLine[]; line: number } | undefined;
  const close = () => {
    if (open !== undefined) blocks.push(prose(open.lines, open.line));
    open = undefined;
  };
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const cells = cellsOf(line);
    const level = headingLevel(line, scale);
    const isRow =
      cells.length > 1 &&
      (isLikeRow(cells, lines[index - 1]) || isLikeRow(cells, lines[index + 1]));
    if (isRow) {
      close();
      blocks.push({ kind: 'table-row', text: cells.join(' | '), cells, line: number });
    } else if (level !== undefined) {
      close();
      addHeading(blocks, { text: line.text, level, line: number });
    } else {
      if (open !== undefined && beginsBlock(line, open.lines.at(-1), scale)) close();
      open ??= { lines: [], line: number };
      open.lines.push(line);
    }
  }
  close();
  return blocks;
}

/** A heading of two lines is one heading. */
function addHeading(
  blocks: PdfBlock[],
  heading: { text: string; level: number; line: number },
): void {
  const last = blocks.at(-1);
  if (
    last?.kind === 'heading' &&
    last.level === heading.level &&
    last.line === heading.line - 1 &&
    !numbered.test(heading.text)
  ) {
    blocks[blocks.length - 1] = {
      ...last,
      text: `${last.text} ${heading.text}`,
      line: heading.line,
    };
    return;
  }
  blocks.push({ kind: 'heading', ...heading });
}

function headingLevel(line: TextLine, scale: TypeScale): number | undefined {
  if (line.text.length > 160 || (item.test(line.text) && !numbered.test(line.text)))
    return undefined;
  const rank = scale.headings.indexOf(rounded(line.size));
  if (rank !== -1) return Math.min(6, rank + 1);
  // Many papers set headings in the size of the body; a number of several parts on a line of its own still tells them.
  if (numberedHeading.test(line.text))
    return (line.text.split(' ')[0] ?? '').split('.').filter(Boolean).length;
  const isShortBold = line.isBold && line.text.length <= 80 && !/[.,;:]$/.test(line.text);
  return isShortBold ? Math.min(6, scale.headings.length + 1) : undefined;
}

function beginsBlock(line: TextLine, before: TextLine | undefined, scale: TypeScale): boolean {
  if (before === undefined) return true;
  const gap = line.top - before.top;
  // Far below, or above: another column or another paragraph.
  if (gap < 0 || gap > before.size * scale.leading * 1.25) return true;
  if (item.test(line.text) || caption.test(line.text)) return true;
  const isIndented =
    line.left - before.left > line.size * 0.9 && line.left - before.left < line.size * 4;
  const isShortBefore = before.right < line.right - line.size * 6;
  return (
    Math.abs(line.size - before.size) > 1 ||
    (isIndented && /[.!?:]$/.test(before.text)) ||
    (isShortBefore && /[.!?:]$/.test(before.text))
  );
}

function prose(lines: readonly TextLine[], line: number): PdfBlock {
  const text = lines.map((each) => each.text).reduce(joinLines, '');
  const marker = item.exec(text)?.[1];
  if (marker !== undefined)
    return { kind: 'list-item', text: text.slice(marker.length).trim(), marker, level: 0, line };
  return { kind: caption.test(text) ? 'caption' : 'paragraph', text, line };
}

/** A hyphen at the end of a line goes where a small letter follows; otherwise lines join with a space. */
function joinLines(text: string, next: string): string {
  if (text === '') return next;
  if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(next)) return text.slice(0, -1) + next;
  return `${text} ${next}`;
}

/** Runs that stand apart by more than a few spaces are cells. */
function cellsOf(line: TextLine): string[] {
  const cells: { text: string; right: number }[] = [];
  for (const run of line.runs) {
    const last = cells.at(-1);
    if (last !== undefined && run.left - last.right < run.size * 1.4) {
      last.text += spaced(run, last.right);
      last.right = run.right;
    } else {
      cells.push({ text: run.text, right: run.right });
    }
  }
  return cells.map((cell) => cell.text.trim()).filter((text) => text !== '');
}

function spaced(run: TextRun, right: number): string {
  return run.left - right > run.size * 0.15 ? ` ${run.text}` : run.text;
}

/** A single line with gaps is chance; two neighbours with the same number of cells are rows. */
function isLikeRow(cells: readonly string[], neighbour: TextLine | undefined): boolean {
  return neighbour !== undefined && cells.length > 1 && cellsOf(neighbour).length === cells.length;
}

function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}

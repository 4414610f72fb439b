import type { UnitKind } from '#shared/domain/document.ts';
import { alignedRows } from './aligned.ts';
import type { PdfRow, PdfTable } from './grids.ts';
import { joinLines, lineOf, type TextLine, type TextRun } from './lines.ts';

/** A paragraph, heading, item or row, made of lines. */
export interface PdfBlock {
  readonly kind: UnitKind;
  readonly text: string;
  readonly level?: number;
  readonly marker?: string;
  readonly note?: string;
  readonly row?: PdfRow;
  /** The row is the first of its table. */
  readonly isFirst?: boolean;
  /** Line of the page, from 1. */
  readonly line: number;
  readonly runs: readonly TextRun[];
}

/** Sizes of the document's type: what body text has, and the larger sizes in falling order. */
export interface TypeScale {
  readonly body: number;
  readonly headings: readonly number[];
  /** Usual distance of two lines of a paragraph, as a multiple of their size. */
  readonly leading: number;
  /** The file says itself what its headings are, so that their size decides nothing. */
  readonly isTagged: boolean;
}

/** Lines of a page in reading order. A run of `tables` stands for the table in its place. */
export interface PageLines {
  readonly lines: readonly TextLine[];
  readonly tables: ReadonlyMap<TextRun, PdfTable>;
  readonly height: number;
}

const item = /^([-•▪◦‣–·]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)/;
const caption = /^(?:Table|Figure|Fig\.|Tabelle|Abbildung|Abb\.)\s+\d+/;
const numberedHeading = /^\d{1,2}(?:\.\d{1,2}){1,3}\.? \p{Lu}[^.;:]{2,70}$/u;
const numbered = /^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\p{L}/u;
/** Lines further apart are no paragraph, even where a document has few others. */
const widestLeading = 2.2;
/** An entry of a table of contents. */
const leaders = /(?:\. ?){4} ?[\divxlc]{1,6}$/i;
const noteMark = /^(?:\d{1,3}|[*†‡§¶]{1,3})$/;

/** The size in which most characters are set is the body's; headings are the sizes well above it. */
export function typeScaleOf(lines: readonly TextLine[]): TypeScale {
  const characters = new Map<number, number>();
  for (const line of lines) {
    const size = rounded(line.size);
    characters.set(size, (characters.get(size) ?? 0) + line.text.length);
  }
  const body = [...characters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const larger = [...characters.keys()].filter((size) => size > body * 1.08);
  return {
    body,
    headings: larger.sort((a, b) => b - a),
    leading: leadingOf(lines, body),
    isTagged: lines.some((line) => line.headingLevel !== undefined),
  };
}

/** The median distance of neighbouring lines of body text: within paragraphs there are far more of them than between. */
function leadingOf(lines: readonly TextLine[], body: number): number {
  const distances = lines.flatMap((line, index) => {
    const distance = (lines[index + 1]?.baseline ?? 0) - line.baseline;
    return rounded(line.size) === body && distance > 0 ? [distance / line.size] : [];
  });
  const usual = distances.sort((a, b) => a - b)[Math.floor((distances.length - 1) / 2)] ?? 1.2;
  return Math.min(usual, widestLeading);
}

interface Walk {
  readonly page: PageLines;
  readonly scale: TypeScale;
  readonly blocks: PdfBlock[];
  /** Lines of the paragraph that is being gathered. */
  open: TextLine[];
  /** Line of the page on which it begins, and the one that comes next. */
  openedAt: number;
  number: number;
}

/** Makes blocks of the lines of a page. */
export function blocksOf(page: PageLines, scale: TypeScale): PdfBlock[] {
  const walk: Walk = { page, scale, blocks: [], open: [], openedAt: 1, number: 1 };
  for (let index = 0; index < page.lines.length; ) index += addLine(walk, index);
  close(walk);
  return walk.blocks;
}

/** Adds what begins with a line and gives the number of lines that it takes. */
function addLine(walk: Walk, index: number): number {
  const line = walk.page.lines[index];
  if (line === undefined) return 1;
  const stand = line.runs.find((run) => walk.page.tables.has(run));
  if (stand !== undefined) return addTable(walk, line, stand);
  const rows = line.stretches.length > 1 ? alignedRows(walk.page.lines, index) : undefined;
  if (rows !== undefined) {
    addRows(walk, rows);
    return rows.length;
  }
  addProse(walk, line);
  return 1;
}

/** What stands beside a table on the height of its top comes behind it. */
function addTable(walk: Walk, line: TextLine, stand: TextRun): number {
  addRows(walk, walk.page.tables.get(stand)?.rows ?? []);
  const others = line.runs.filter((run) => run !== stand);
  const more = others.find((run) => walk.page.tables.has(run));
  if (more !== undefined) return addTable(walk, lineOf(others), more);
  if (others.length > 0) addProse(walk, lineOf(others));
  return 1;
}

function addRows(walk: Walk, rows: readonly PdfRow[]): void {
  close(walk);
  for (const [index, row] of rows.entries()) {
    const text = row.cells.join(' | ');
    const line = walk.number;
    const isFirst = index === 0;
    walk.blocks.push({ kind: 'table-row', text, row, isFirst, line, runs: row.runs });
    walk.number += 1;
  }
}

function addProse(walk: Walk, line: TextLine): void {
  const level = headingLevel(line, walk.scale);
  if (level !== undefined) {
    close(walk);
    addHeading(walk, line, level);
  } else {
    if (beginsBlock(line, walk.open.at(-1), walk.scale)) close(walk);
    if (walk.open.length === 0) walk.openedAt = walk.number;
    walk.open.push(line);
  }
  walk.number += 1;
}

function close(walk: Walk): void {
  if (walk.open.length > 0) walk.blocks.push(proseOf(walk));
  walk.open = [];
}

/** A heading of two lines is one heading. */
function addHeading(walk: Walk, line: TextLine, level: number): void {
  const { text, runs } = line;
  const last = walk.blocks.at(-1);
  const continues =
    last?.kind === 'heading' &&
    last.level === level &&
    last.line + linesIn(last) === walk.number &&
    last.text.length + text.length < 200 &&
    !numbered.test(text);
  if (continues && last !== undefined) {
    walk.blocks[walk.blocks.length - 1] = {
      ...last,
      text: `${last.text} ${text}`,
      runs: [...last.runs, ...runs],
    };
    return;
  }
  walk.blocks.push({ kind: 'heading', text, level, line: walk.number, runs });
}

function linesIn({ runs }: PdfBlock): number {
  return new Set(runs.map((run) => Math.round(run.baseline / 4))).size;
}

function headingLevel(line: TextLine, scale: TypeScale): number | undefined {
  if (line.headingLevel !== undefined) return Math.min(9, line.headingLevel);
  if (scale.isTagged || !/\p{L}/u.test(line.text) || leaders.test(line.text)) return undefined;
  if (line.text.length > 160 || (item.test(line.text) && !numbered.test(line.text)))
    return undefined;
  const rank = scale.headings.indexOf(rounded(line.size));
  if (rank !== -1) return Math.min(6, rank + 1);
  // Many papers set headings in the size of the body; a number of several parts on a line of its own still tells them.
  if (numberedHeading.test(line.text))
    return (line.text.split(' ')[0] ?? '').split('.').filter(Boolean).length;
  const isShortBold =
    line.isBold &&
    line.text.length <= 80 &&
    line.size >= scale.body * 0.98 &&
    !/[.,;:]$/.test(line.text) &&
    !caption.test(line.text);
  return isShortBold ? Math.min(6, scale.headings.length + 1) : undefined;
}

function beginsBlock(line: TextLine, before: TextLine | undefined, scale: TypeScale): boolean {
  if (before === undefined) return true;
  const gap = line.baseline - before.baseline;
  const isSameSize = Math.abs(line.size - before.size) <= 1;
  // Above: the next column. A sentence may go on there.
  if (gap < 0) return !isSameSize || !goesOn(before.text, line.text);
  if (gap > before.size * scale.leading * 1.25) return true;
  if (item.test(line.text) || caption.test(line.text) || leaders.test(before.text)) return true;
  if (line.isRightToLeft) return !isSameSize;
  const isIndented =
    line.left - before.left > line.size * 0.9 && line.left - before.left < line.size * 4;
  const isShortBefore = before.right < line.right - line.size * 6;
  return !isSameSize || ((isIndented || isShortBefore) && /[.!?:]$/.test(before.text));
}

function goesOn(text: string, next: string): boolean {
  return /[\p{L},-]$/u.test(text) && /^\p{Ll}/u.test(next);
}

function proseOf({ open, openedAt: line, scale, page }: Walk): PdfBlock {
  const text = open.map((each) => each.text).reduce(joinLines, '');
  const runs = open.flatMap((each) => each.runs);
  const note = noteOf(open, scale, page.height);
  if (note !== undefined)
    return { kind: 'footnote', text: text.slice(note.length).trim(), note, line, runs };
  const marker = item.exec(text)?.[1];
  if (marker !== undefined) {
    return {
      kind: 'list-item',
      text: text.slice(marker.length).trim(),
      marker,
      level: 0,
      line,
      runs,
    };
  }
  return { kind: caption.test(text) ? 'caption' : 'paragraph', text, line, runs };
}

/** A footnote is small, stands in the lower half and begins with a raised mark; anything less certain stays a paragraph. */
function noteOf(
  lines: readonly TextLine[],
  scale: TypeScale,
  pageHeight: number,
): string | undefined {
  const first = lines[0];
  const mark = first?.runs[0];
  if (first === undefined || mark === undefined || first.runs.length < 2) return undefined;
  const isSmall = first.size < scale.body * 0.96 && mark.size < first.size * 0.85;
  const isLow = first.baseline > pageHeight / 2;
  return isSmall && isLow && noteMark.test(mark.text.trim()) ? mark.text.trim() : undefined;
}

function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}

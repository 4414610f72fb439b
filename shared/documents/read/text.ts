import type { DocumentWarning, SourceFile } from '#shared/domain/document.ts';
import { decodeText, refuseLongText } from '../decode-text.ts';
import { textLimits } from '../limits.ts';
import { countOf, linesOf } from '../lines.ts';
import type { ReadContent } from '../read-content.ts';
import { refuseComplex } from '../refuse-complex.ts';
import { createUnitList, type NewUnit } from '../unit-list.ts';

interface Block {
  readonly lines: readonly string[];
  /** Line of the file, from 1. */
  readonly line: number;
}

const bullet = /^\s*(?:([-*•–])|(\d{1,3}[.)]|[a-z][.)]))\s+(?=\S)/;
const numberedHeading = /^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\p{Lu}[^.!?]{0,70}$/u;

const clock = String.raw`\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?`;
const speaker = String.raw`(?:(?:spk|ch)_\d{1,3}|[\p{Lu}\d][^\s:][^:]{0,58}?)`;
/** `Anna Berg: …`, `[00:12:05] Ben: …`, `[00:12:05] …`, `Ben Ode  0:12`, as transcripts have it; `Date: …` is cut off as well. */
const spokenLine = new RegExp(
  String.raw`^\s*(?:[\[(]${clock}[\])]|(?:${clock}\s*[-–—|]?\s*)?${speaker}(?:\s*[\[(]?${clock}[\])]?)?\s?:(?:\s|$)|${speaker}\s+[\[(]?${clock}[\])]?\s*$)`,
  'u',
);

/**
 * Reads plain text: paragraphs between blank lines and form feeds, list items, and the lines that stand where headings stand. Form feeds
 * are the ends of pages, as printers take them. In a transcript without blank lines each speaker begins a paragraph.
 */
export async function readText({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  refuseLongText(bytes);
  const { text, guessed } = decodeText(bytes);
  refuseManyParagraphs(text);
  const list = createUnitList(documentId);
  for (const block of blocksOf(text)) {
    for (const unit of unitsOf(block)) list.add(unit);
    refuseComplex('paragraphs', list.units.length, textLimits.units);
  }
  const title = list.units.find((unit) => unit.kind === 'heading')?.text;
  const pageCount = text.trimEnd().split('\f').length;
  return {
    ...(title === undefined ? {} : { title }),
    ...(pageCount === 1 ? {} : { pageCount }),
    units: list.units,
    warnings: guessWarning(guessed),
  };
}

/** The warning for a guessed encoding, shared by the readers of text. */
export function guessWarning(guessed: string | undefined): DocumentWarning[] {
  if (guessed === undefined) return [];
  const message = `The encoding was guessed to be ${guessed}; check characters with marks.`;
  return [{ code: 'encoding-guessed', message, count: 1 }];
}

/** Before any is read. Blank lines in a row count too, which hardly a text has many of. */
function refuseManyParagraphs(text: string): void {
  for (const mark of ['\n\n', '\r\n\r\n', '\r\r', '\f']) {
    const limit = textLimits.units * 2;
    refuseComplex('paragraphs', countOf(text, mark, limit), limit);
  }
}

function* blocksOf(text: string): Generator<Block> {
  let current: { lines: string[]; line: number } | undefined;
  let number = 0;
  for (const wholeLine of linesOf(text)) {
    number += 1;
    for (const [part, line] of wholeLine.split('\f').entries()) {
      if (current !== undefined && (part > 0 || line.trim() === '')) {
        yield current;
        current = undefined;
      }
      if (line.trim() === '') continue;
      current ??= { lines: [], line: number };
      current.lines.push(line);
    }
  }
  if (current !== undefined) yield current;
}

function unitsOf({ lines, line }: Block): NewUnit[] {
  const [first = '', second = ''] = lines;
  const place = { kind: 'text' as const, line };
  const underline = /^\s*(=|-|~)\1{2,}\s*$/.exec(second)?.[1];
  if (underline !== undefined) {
    const heading = {
      kind: 'heading' as const,
      text: first,
      level: underline === '=' ? 1 : 2,
      place,
    };
    const rest = lines.slice(2);
    return rest.length === 0 ? [heading] : [heading, ...unitsOf({ lines: rest, line: line + 2 })];
  }
  if (lines.length === 1) {
    const level = headingLevel(first.trim());
    if (level !== undefined) return [{ kind: 'heading', text: first, level, place }];
  }
  if (lines.some((each) => bullet.test(each))) return listUnits(lines, line);
  if (isTranscript(lines)) return spokenUnits(lines, line);
  return [{ kind: 'paragraph', text: lines.join(' '), place }];
}

/** Most lines name who speaks, or when; lines that go on with a sentence may stand between. */
function isTranscript(lines: readonly string[]): boolean {
  const spoken = lines.filter((each) => spokenLine.test(each)).length;
  return spoken > 1 && spoken * 3 >= lines.length && spokenLine.test(lines[0] ?? '');
}

function spokenUnits(lines: readonly string[], firstLine: number): NewUnit[] {
  const starts = lines.flatMap((each, index) => (spokenLine.test(each) ? [index] : []));
  return starts.map((start, position) => ({
    kind: 'paragraph',
    text: lines.slice(start, starts[position + 1]).join(' '),
    place: { kind: 'text', line: firstLine + start },
  }));
}

function headingLevel(text: string): number | undefined {
  const number = numberedHeading.exec(text)?.[1];
  if (number !== undefined) return number.split('.').length;
  const hasLetters = /\p{Lu}{2}/u.test(text);
  return hasLetters && text.length <= 70 && text === text.toUpperCase() && !/[.!?]$/.test(text)
    ? 1
    : undefined;
}

/** A line with a bullet begins an item; other lines go on with what is before them. */
function listUnits(lines: readonly string[], firstLine: number): NewUnit[] {
  const units: {
    kind: 'list-item' | 'paragraph';
    text: string;
    marker?: string;
    level?: number;
    place: { kind: 'text'; line: number };
  }[] = [];
  for (const [index, line] of lines.entries()) {
    const match = bullet.exec(line);
    const place = { kind: 'text' as const, line: firstLine + index };
    const last = units.at(-1);
    if (match !== null) {
      const level = Math.min(9, Math.floor((line.length - line.trimStart().length) / 2));
      const marker = match[1] ?? match[2] ?? '';
      units.push({ kind: 'list-item', text: line.slice(match[0].length), marker, level, place });
    } else if (last !== undefined) {
      last.text += ` ${line}`;
    } else {
      units.push({ kind: 'paragraph', text: line, place });
    }
  }
  return units;
}

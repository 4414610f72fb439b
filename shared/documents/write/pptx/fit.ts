import type { Bullet } from '#shared/domain/presentation.ts';
import type { Run } from '#shared/domain/report.ts';
import { widthOfText } from '../text-width.ts';
import { type Frame, unitsPerPoint } from './markup.ts';

/** Width of an average Latin letter in ems, on the wide side: a line too many is better than text beyond the frame. */
const letterWidth = 0.53;
const lineHeight = 1.2;
/** Shapes keep 0.05 inch free above and below, 0.1 inch on the sides. */
const inset = { x: 14.4, y: 7.2 } as const;
const bulletIndent = 27;

/** Room for text, in points. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

export function roomOf({ width, height }: Frame): Room {
  return { width: width / unitsPerPoint - inset.x, height: height / unitsPerPoint - inset.y };
}

/** Lines that a text is likely to need. An estimate: which font a reader has is not known. */
export function estimateLines(text: string, widthInPoints: number, size: number): number {
  const perLine = Math.max(Math.floor(widthInPoints / (size * letterWidth)), 1);
  return Math.max(Math.ceil(widthOfText(text) / perLine), 1);
}

/** How large texts are, and by how much they are made smaller to fit. */
export interface TextSizes {
  readonly sizes: readonly number[];
  readonly scale: number;
}

/** Height of a bullet in points, with the space before it. */
export function heightOfBullet({ level, runs }: Bullet, room: Room, text: TextSizes): number {
  const size = (text.sizes[level] ?? 14) * text.scale;
  const lines = estimateLines(textOf(runs), room.width - bulletIndent * (level + 1), size);
  return lines * size * lineHeight + (level === 0 ? 9 : 4) * text.scale;
}

export function textOf(runs: readonly Run[]): string {
  return runs
    .map(({ text, citations = [] }) => text + citations.map(() => ' [00]').join(''))
    .join('');
}

/** Largest piece of a text that a room holds, in widths of letters. */
export function lettersIn(room: Room, size: number): number {
  const perLine = Math.max(Math.floor(room.width / (size * letterWidth)), 1);
  return perLine * Math.max(Math.floor(room.height / (size * lineHeight)) - 1, 1);
}

/** Parts runs into pieces of at most so many letters, at spaces where there are any. The pieces together are the runs. */
export function splitRuns(runs: readonly Run[], maxWidth: number): Run[][] {
  const pieces: Run[][] = [];
  let piece: Run[] = [];
  let width = 0;
  for (const run of runs) {
    let { text } = run;
    while (width + widthOfText(text) > maxWidth) {
      const cut = cutAt(text, maxWidth - width);
      // At least a character has to go into every piece.
      const end = cut === 0 && piece.length === 0 ? firstCharacter(text) : cut;
      if (end > 0) piece.push({ ...withoutCitations(run), text: text.slice(0, end) });
      pieces.push(piece);
      piece = [];
      width = 0;
      text = text.slice(end);
    }
    piece.push({ ...run, text });
    width += widthOfText(text);
  }
  return piece.length === 0 && pieces.length > 0 ? pieces : [...pieces, piece];
}

function cutAt(text: string, maxWidth: number): number {
  let end = 0;
  let width = 0;
  for (const character of text) {
    width += widthOfText(character);
    if (width > maxWidth) break;
    end += character.length;
  }
  const atSpace = text.lastIndexOf(' ', end - 1) + 1;
  return atSpace > end / 2 ? atSpace : end;
}

function firstCharacter(text: string): number {
  return [...text][0]?.length ?? 0;
}

/** A citation belongs to the end of its run. */
function withoutCitations({ citations: _citations, ...run }: Run): Run {
  return run;
}

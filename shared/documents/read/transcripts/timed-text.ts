import { textLimits } from '../../limits.ts';
import { countOf, linesOf } from '../../lines.ts';
import { refuseComplex } from '../../refuse-complex.ts';

/** Lines between blank ones. */
export type TextBlock = readonly string[];

/** Lines of a block that belong to one timing line; without one, they are text that stands outside of any cue. */
export interface TimedPart {
  readonly timing?: string;
  readonly lines: readonly string[];
}

const arrow = '-->';

/** Blocks of a WebVTT or SRT file. Refuses a file of too many cues before it is taken apart. */
export function* blocksOf(text: string): Generator<TextBlock> {
  refuseComplex('cues', countOf(text, arrow, textLimits.units), textLimits.units);
  let lines: string[] = [];
  for (const line of linesOf(text)) {
    if (line.trim() !== '') lines.push(line);
    else if (lines.length > 0) {
      yield lines;
      lines = [];
    }
  }
  if (lines.length > 0) yield lines;
}

/**
 * Cuts a block at its timing lines. The line before a timing line is the cue's number or name where `isName` says so, and then no text:
 * always at the head of a WebVTT block, a number in SRT.
 */
export function timedPartsOf(
  block: TextBlock,
  isName: (line: string, position: number) => boolean,
): TimedPart[] {
  const parts: { timing?: string; lines: string[] }[] = [{ lines: [] }];
  for (const [index, line] of block.entries()) {
    if (!line.includes(arrow)) {
      parts.at(-1)?.lines.push(line);
      continue;
    }
    const before = parts.at(-1)?.lines;
    const name = before?.at(-1);
    if (name !== undefined && isName(name, index - 1)) before?.pop();
    parts.push({ timing: line, lines: [] });
  }
  return parts.filter(({ timing, lines }) => timing !== undefined || lines.length > 0);
}

import type { SourceFile } from '#shared/domain/document.ts';
import { decodeText, refuseLongText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { guessWarning } from './text.ts';
import { readCueText, withoutOverrides } from './transcripts/cue-text.ts';
import { type Cue, contentOfCues } from './transcripts/cues.ts';
import { withNamedSpeakers } from './transcripts/named-speakers.ts';
import {
  blocksOf,
  type TextBlock,
  type TimedPart,
  timedPartsOf,
} from './transcripts/timed-text.ts';
import { parseTiming, type Timing } from './transcripts/times.ts';

/**
 * Reads SubRip subtitles, for which there is no standard, so as players do: numbers may be missing, fractions follow a comma, a dot or a
 * colon, tags and `{\an8}` are format. `locator.cue` counts the timing lines. Text outside of a cue, which a blank line within one gives,
 * has the number of the cue before it and no times, and is counted as malformed.
 */
export async function readSrt({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  refuseLongText(bytes);
  const { text, guessed } = decodeText(bytes);
  const reading: Reading = { cues: [], count: 0, malformed: 0 };
  for (const block of blocksWithNumbers(text)) {
    for (const part of timedPartsOf(block, isNumber)) takePart(part, reading);
  }
  const { cues, malformed } = reading;
  const content = contentOfCues(documentId, withNamedSpeakers(cues), { malformed });
  return { ...content, warnings: [...guessWarning(guessed), ...content.warnings] };
}

interface Reading {
  readonly cues: Cue[];
  count: number;
  malformed: number;
}

function takePart({ timing, lines }: TimedPart, reading: Reading): void {
  const { isWellFormed, ...times }: Timing =
    timing === undefined ? { isWellFormed: false } : parseTiming(timing);
  if (timing !== undefined) reading.count += 1;
  if (!isWellFormed) reading.malformed += 1;
  const cue = Math.max(1, reading.count);
  for (const { voice, text } of readCueText(withoutOverrides(lines.join('\n')))) {
    reading.cues.push({ cue, speaker: voice, ...times, text });
  }
}

/** Some files have a blank line behind each number. */
function* blocksWithNumbers(text: string): Generator<TextBlock> {
  let held: TextBlock | undefined;
  for (const block of blocksOf(text)) {
    if (held !== undefined && block[0]?.includes('-->') !== true) yield held;
    held = undefined;
    if (block.length === 1 && isNumber(block[0] ?? '')) held = block;
    else yield block;
  }
  if (held !== undefined) yield held;
}

function isNumber(line: string): boolean {
  return /^\s*\d{1,9}\s*$/.test(line);
}

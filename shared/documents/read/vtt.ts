import type { SourceFile } from '#shared/domain/document.ts';
import { decodeText, refuseLongText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace } from '../unit-list.ts';
import { guessWarning } from './text.ts';
import { readCueText, type VoiceText } from './transcripts/cue-text.ts';
import { type Cue, contentOfCues } from './transcripts/cues.ts';
import { withNamedSpeakers } from './transcripts/named-speakers.ts';
import { spokenEntry } from './transcripts/spoken-entry.ts';
import {
  blocksOf,
  type TextBlock,
  type TimedPart,
  timedPartsOf,
} from './transcripts/timed-text.ts';
import { parseTiming } from './transcripts/times.ts';

interface Reading {
  readonly cues: Cue[];
  readonly notes: { text: string; cue: number }[];
  title: string | undefined;
  /** Timing lines so far: the number of the current cue. */
  count: number;
  malformed: number;
  settings: number;
}

/**
 * Reads WebVTT (W3C WebVTT 1.0), that of Zoom with the speaker's name before the text, and that of Microsoft Graph's `metadataContent`
 * with a JSON object for each cue. Names of cues and their settings are no text. `locator.cue` counts the timing lines; text that stands
 * outside of a cue has the number of the one before it and no times.
 */
export async function readVtt({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  refuseLongText(bytes);
  const { text, guessed } = decodeText(bytes);
  const reading: Reading = {
    cues: [],
    notes: [],
    title: undefined,
    count: 0,
    malformed: 0,
    settings: 0,
  };
  let isFirst = true;
  for (const block of blocksOf(text)) {
    if (isFirst && /^WEBVTT(?:[ \t]|$)/.test(block[0] ?? '')) takeHeader(block, reading);
    else takeBlock(block, reading);
    isFirst = false;
  }
  const content = contentOfCues(documentId, withNamedSpeakers(reading.cues), reading);
  return { ...content, warnings: [...guessWarning(guessed), ...content.warnings] };
}

/** `WEBVTT - Title` and, below it, lines such as `Kind: captions`. */
function takeHeader(block: TextBlock, reading: Reading): void {
  const [first = '', ...others] = block;
  const title = collapseWhiteSpace(first.slice('WEBVTT'.length)).replace(/^[-–—:]\s*/, '');
  if (title !== '') reading.title = title;
  const timed = others.findIndex((line) => line.includes('-->'));
  const lines = timed < 0 ? others : others.slice(0, timed);
  if (lines.length > 0) reading.notes.push({ text: lines.join(' '), cue: 1 });
  if (timed >= 0) takeBlock(others.slice(timed), reading);
}

function takeBlock(block: TextBlock, reading: Reading): void {
  const isTimed = block.some((line) => line.includes('-->'));
  if (!isTimed && takeSettings(block, reading)) return;
  for (const part of timedPartsOf(block, (_, position) => position === 0)) takePart(part, reading);
}

/** Whether it is a note, a style sheet or a region. */
function takeSettings(block: TextBlock, reading: Reading): boolean {
  const [keyword = ''] = /^(?:NOTE|STYLE|REGION)(?=\s|$)/.exec(block[0] ?? '') ?? [];
  if (keyword === '') return false;
  const text = block.join(' ').slice(keyword.length);
  if (keyword === 'NOTE' && !recognition.test(text)) {
    if (text.trim() !== '') reading.notes.push({ text, cue: Math.max(1, reading.count) });
  } else {
    reading.settings += 1;
  }
  return true;
}

/** What Microsoft Stream notes about every cue. */
const recognition = /^\s*(?:confidence|duration|recognizability|language)\s*:\s*\S+\s*$/i;

function takePart({ timing, lines }: TimedPart, reading: Reading): void {
  const payload = lines.join('\n');
  if (timing === undefined) {
    reading.malformed += 1;
    const cue = Math.max(1, reading.count);
    for (const { voice, text } of readCueText(payload)) {
      reading.cues.push({ cue, speaker: voice, text });
    }
    return;
  }
  reading.count += 1;
  const { startInMs, endInMs, isWellFormed } = parseTiming(timing);
  if (!isWellFormed) reading.malformed += 1;
  for (const { voice, text } of voicesOf(payload)) {
    reading.cues.push({ cue: reading.count, speaker: voice, startInMs, endInMs, text });
  }
}

function voicesOf(payload: string): VoiceText[] {
  const entry = spokenEntry(payload);
  return entry === undefined ? readCueText(payload) : [entry];
}

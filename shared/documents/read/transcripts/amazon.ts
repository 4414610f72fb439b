import type { Cue } from './cues.ts';
import { type JsonObject, listOf, objectOf, textAt } from './json-value.ts';

/**
 * Cues of a batch job of Amazon Transcribe: its `audio_segments`, or in older files its `items`, cut where another speaker or channel
 * begins and else behind sentences; without both, the transcripts as a whole. `undefined` if the file is none of these.
 */
export function readAmazon(root: JsonObject): readonly Cue[] | undefined {
  const results = objectOf(root['results']);
  const transcripts = listOf(results?.['transcripts']);
  if (results === undefined || transcripts === undefined) return undefined;
  const segments = segmentCues(listOf(results['audio_segments']) ?? []);
  if (segments.length > 0) return segments;
  const items = itemCues(results);
  return items.length > 0 ? items : wholeCues(transcripts);
}

function segmentCues(segments: readonly unknown[]): Cue[] {
  return segments.flatMap((each, index) => {
    const segment = objectOf(each) ?? {};
    const text = textAt(segment, ['transcript']);
    if (text === undefined) return [];
    return [{ cue: index + 1, speaker: speakerOf(segment), ...timesOf(segment), text }];
  });
}

function wholeCues(transcripts: readonly unknown[]): Cue[] {
  return transcripts.flatMap((each, index) => {
    const text = textAt(objectOf(each) ?? {}, ['transcript']);
    return text === undefined ? [] : [{ cue: index + 1, text }];
  });
}

interface GrowingCue {
  readonly cue: number;
  readonly speaker: string | undefined;
  readonly startInMs: number | undefined;
  endInMs: number | undefined;
  text: string;
}

function itemCues(results: JsonObject): GrowingCue[] {
  const speakers = speakersByStart(results);
  const cues: GrowingCue[] = [];
  let isOver = true;
  for (const each of listOf(results['items']) ?? []) {
    const item = objectOf(each) ?? {};
    const text = textAt(objectOf(listOf(item['alternatives'])?.[0]) ?? {}, ['content']);
    if (text === undefined) continue;
    const last = cues.at(-1);
    if (item['type'] === 'punctuation' && last !== undefined) {
      last.text += text;
      isOver = /[.?!。？！]/.test(text);
      continue;
    }
    const speaker = speakerOf(item) ?? speakers.get(String(item['start_time']));
    const goesOn = !isOver && speaker === last?.speaker;
    addWord(cues, { speaker, text, ...timesOf(item) }, goesOn);
    isOver = false;
  }
  return cues;
}

interface Word {
  readonly speaker: string | undefined;
  readonly text: string;
  readonly startInMs?: number;
  readonly endInMs?: number;
}

function addWord(cues: GrowingCue[], word: Word, goesOn: boolean): void {
  const { speaker, text, startInMs, endInMs } = word;
  const last = cues.at(-1);
  if (last === undefined || !goesOn) {
    cues.push({ cue: cues.length + 1, speaker, startInMs, endInMs, text });
    return;
  }
  last.text += ` ${text}`;
  last.endInMs = endInMs ?? last.endInMs;
}

/** Older files name the speaker of a word only in the segments, by the word's start. */
function speakersByStart(results: JsonObject): ReadonlyMap<string, string> {
  const speakers = new Map<string, string>();
  for (const segment of listOf(objectOf(results['speaker_labels'])?.['segments']) ?? []) {
    for (const each of listOf(objectOf(segment)?.['items']) ?? []) {
      const item = objectOf(each) ?? {};
      const speaker = speakerOf(item);
      if (speaker !== undefined) speakers.set(String(item['start_time']), speaker);
    }
  }
  return speakers;
}

function speakerOf(object: JsonObject): string | undefined {
  return textAt(object, ['speaker_label', 'channel_label']);
}

/** Seconds as decimal text. */
function timesOf(object: JsonObject): { startInMs?: number; endInMs?: number } {
  const startInMs = millisecondsOf(object['start_time']);
  const endInMs = millisecondsOf(object['end_time']);
  return {
    ...(startInMs === undefined ? {} : { startInMs }),
    ...(endInMs === undefined ? {} : { endInMs }),
  };
}

function millisecondsOf(seconds: unknown): number | undefined {
  const value = typeof seconds === 'string' || typeof seconds === 'number' ? Number(seconds) : -1;
  return value >= 0 && Number.isFinite(value) ? Math.round(value * 1_000) : undefined;
}

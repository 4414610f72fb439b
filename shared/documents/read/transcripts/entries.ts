import type { Cue } from './cues.ts';
import { type JsonObject, listOf, objectOf, textAt } from './json-value.ts';
import { parseClock } from './times.ts';

const textKeys = ['text', 'spokenText', 'transcript', 'content', 'Content', 'caption', 'sentence'];
const speakerKeys = [
  ...['speakerDisplayName', 'speakerName', 'speaker', 'speaker_name', 'speakerLabel'],
  ...['speaker_label', 'speakerId', 'speaker_id', 'username', 'user_name', 'userName'],
  ...['participant', 'ParticipantRole', 'name', 'author'],
];
const startKeys = [
  ...['startInMs', 'startMs', 'start_ms', 'BeginOffsetMillis', 'startOffset', 'startTime'],
  ...['start_time', 'start', 'begin', 'startDateTime', 'ts', 'offset', 'timestamp', 'time'],
];
const endKeys = [
  ...['endInMs', 'endMs', 'end_ms', 'EndOffsetMillis', 'endOffset', 'endTime', 'end_time'],
  ...['end', 'endDateTime', 'end_ts'],
];
/** Keys under which programs keep the list, at the root or one level below. */
const listKeys = [
  ...['entries', 'segments', 'utterances', 'cues', 'captions', 'sentences', 'monologues'],
  ...['transcript', 'transcripts', 'Transcript', 'transcription', 'results', 'result', 'data'],
  ...['callTranscripts', 'transcript_list', 'transcriptList', 'items', 'value'],
];

export interface EntryCues {
  readonly cues: readonly Cue[];
  /** Entries without a text that can be read. */
  readonly malformed: number;
}

/**
 * Cues of a list of objects with a text each and the usual names for speaker, start and end: the transcript file of Microsoft Teams and
 * Stream (`entries`), a list of what Microsoft Graph calls `metadataContent`, Call Analytics of Amazon Transcribe (`Transcript`), Zoom's
 * `ts`, `end_ts` and `username`, Whisper, AssemblyAI, Gong and what people write themselves. `undefined` if there is no such list.
 */
export function readEntries(root: unknown): EntryCues | undefined {
  const entries = findEntries(root);
  if (entries === undefined) return undefined;
  const toMs = timeReader(entries);
  let malformed = 0;
  const cues = entries.flatMap((entry, index): Cue[] => {
    const text = textAt(entry, textKeys);
    const isEmpty = text === undefined && textKeys.some((key) => typeof entry[key] === 'string');
    if (text === undefined) {
      if (!isEmpty) malformed += 1;
      return [];
    }
    const startInMs = toMs(entry, startKeys);
    const endInMs = toMs(entry, endKeys);
    const isOrdered = endInMs === undefined || startInMs === undefined || endInMs >= startInMs;
    const times = { startInMs, endInMs: isOrdered ? endInMs : undefined };
    return [{ cue: index + 1, speaker: speakerOf(entry), ...times, text }];
  });
  return { cues, malformed };
}

/** The first list, at the root or at most two levels below it, of which most entries have a text. */
function findEntries(root: unknown): readonly JsonObject[] | undefined {
  let level: readonly unknown[] = [root];
  for (let depth = 0; depth < 3; depth += 1) {
    for (const value of level) {
      const entries = entriesOf(value);
      if (entries !== undefined) return entries;
    }
    level = level.flatMap(valuesBelow);
  }
  return undefined;
}

function valuesBelow(value: unknown): readonly unknown[] {
  const object = objectOf(value) ?? objectOf(listOf(value)?.[0]);
  if (object === undefined) return [];
  return listKeys.map((key) => object[key]).filter((each) => each !== undefined);
}

/** Gong and others keep the sentences of a speaker in a list of their own. */
function entriesOf(value: unknown): readonly JsonObject[] | undefined {
  const list = listOf(value);
  if (list === undefined) return undefined;
  const entries = list.flatMap((each): JsonObject[] => {
    const entry = objectOf(each) ?? {};
    const sentences = hasText(entry) ? undefined : listOf(entry['sentences']);
    return sentences?.map((inner) => ({ ...entry, ...objectOf(inner) })) ?? [entry];
  });
  const withText = entries.filter(hasText).length;
  return withText > 0 && withText * 2 >= entries.length ? entries : undefined;
}

function hasText(entry: JsonObject): boolean {
  return textAt(entry, textKeys) !== undefined;
}

function speakerOf(entry: JsonObject): string | undefined {
  for (const key of speakerKeys) {
    const value = entry[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
    const name = textAt(objectOf(value) ?? {}, ['displayName', 'name', 'label', 'id']);
    if (name !== undefined) return name;
  }
  return undefined;
}

type TimeReader = (entry: JsonObject, keys: readonly string[]) => number | undefined;

/**
 * Names say milliseconds; without that, numbers are seconds unless all are whole and an entry would last longer than anyone speaks on
 * average. Points in time count from the earliest.
 */
function timeReader(entries: readonly JsonObject[]): TimeReader {
  const numbers = entries.flatMap((entry) => {
    const [, value] = valueAt(entry, startKeys) ?? [];
    return typeof value === 'number' ? [value] : [];
  });
  const last = numbers.reduce((most, each) => Math.max(most, each), 0);
  const isWhole = numbers.every((each) => Number.isInteger(each));
  const unitInMs = isWhole && last / numbers.length > 300 ? 1 : 1_000;
  const origin = entries.reduce((least, entry) => {
    const [, value] = valueAt(entry, startKeys) ?? [];
    return Math.min(least, pointInTime(value) ?? least);
  }, Number.POSITIVE_INFINITY);
  return (entry, keys) => {
    const [key, value] = valueAt(entry, keys) ?? [];
    if (key === undefined) return undefined;
    const isInMs = /ms$|millis$/i.test(key);
    return positive(timeOf(value, { unitInMs: isInMs ? 1 : unitInMs, origin }));
  };
}

function valueAt(entry: JsonObject, keys: readonly string[]) {
  const key = keys.find((each) => ['string', 'number'].includes(typeof entry[each]));
  return key === undefined ? undefined : ([key, entry[key]] as const);
}

function timeOf(
  value: unknown,
  { unitInMs, origin }: { readonly unitInMs: number; readonly origin: number },
): number | undefined {
  if (typeof value === 'number') return value * unitInMs;
  if (typeof value !== 'string') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * unitInMs;
  const point = pointInTime(value);
  return point === undefined ? (parseClock(value) ?? duration(value)) : point - origin;
}

/** ISO 8601 with a date, in milliseconds since 1970. */
function pointInTime(value: unknown): number | undefined {
  const pattern =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))?$/;
  const match = typeof value === 'string' ? pattern.exec(value) : null;
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1, 7)
    .map(Number);
  const zone = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === '-' ? -1 : 1);
  const inSeconds = ((daysSince1970(year, month, day) * 24 + hours) * 60 + minutes - zone) * 60;
  return (inSeconds + seconds + Number(match[7] ?? 0)) * 1_000;
}

/** Of the Gregorian calendar; years begin in March, so that the leap day is their last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + dayOfYear - 719_468;
}

/** ISO 8601, for example `PT1M2.5S`. */
function duration(value: string): number | undefined {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(value);
  if (match === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((each) => Number(each ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

function positive(timeInMs: number | undefined): number | undefined {
  const isTime = timeInMs !== undefined && Number.isFinite(timeInMs) && timeInMs >= 0;
  return isTime ? Math.round(timeInMs) : undefined;
}

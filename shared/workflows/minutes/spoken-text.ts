import type { Unit } from '#shared/domain/document.ts';

/** A stretch of a unit with the speaker that the text itself names before it. */
export interface SpokenStretch {
  readonly speaker?: string;
  readonly startInMs?: number;
  readonly from: number;
  readonly to: number;
}

/** Finds in running text who speaks where. */
export interface SpeakerMarks {
  /** Stretches of a unit in order; together with the marks between them they are its whole text. */
  stretchesOf(unit: Unit): SpokenStretch[];
}

const clock = String.raw`\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?`;
const word = String.raw`\p{Lu}[\p{L}\d_'’.-]{0,40}`;
const nameText = String.raw`${word}(?:,? (?:${word}|\d{1,3}|von|van|de|der|den|dos|da|zu|la|le|bin|al)){0,4}(?: ?\([^()]{1,40}\))?`;
/** `[00:12:05] Ben Ode:`, `Ben Ode [00:12:05]:`, `Ben Ode (12:05):`, `Ben:`, `spk_0:`. */
const colonMark = new RegExp(
  String.raw`(?:[\[(]?(${clock})[\])]?\s*[-–—|]?\s*)?(${nameText}|spk_\d{1,3}|ch_\d{1,3})(?:\s*[\[(]?(${clock})[\])]?)?\s?:(?=\s|$)`,
  'gu',
);
/** `Ben Ode   0:12`, as Teams writes it above what is said. */
const timeMark = new RegExp(String.raw`^(${nameText})\s+[\[(]?(${clock})[\])]?(?=\s|$)`, 'u');
/** `[00:12:05] I will …` */
const bareTime = new RegExp(String.raw`^[\[(](${clock})[\])]\s*`, 'u');

/** Words before a colon that are no names. */
const noNames =
  /^(?:notes?|agenda|topics?|actions?|action items?|decisions?|decided|todo|to-do|date|time|place|location|subject|attendees|participants|present|absent|apologies|title|summary|minutes|transcript|recording|meeting|question|answer|warning|example|re|ps|datum|zeit|ort|betreff|teilnehmer|teilnehmende|anwesend|abwesend|entschuldigt|thema|themen|beschluss|beschlüsse|aufgabe|aufgaben|protokoll|tagesordnung|top \d+|frage|antwort|hinweis|beispiel|titel|besprechung)$/iu;

/** Learns from all units which names are speakers: those of attendees, those with a time, those that come back, or nearly all. */
export function createSpeakerMarks(
  units: readonly Unit[],
  attendeeNames: readonly string[],
): SpeakerMarks {
  const known = new Set(attendeeNames.map((name) => name.toLowerCase()));
  const begun = units.filter(({ text }) => leadingMark(text)?.name !== undefined).length;
  const marks = units.flatMap(({ text }) => marksIn(text));
  const counts = new Map<string, number>();
  for (const { name = '' } of marks) counts.set(name, (counts.get(name) ?? 0) + 1);
  const timed = new Set(
    marks.flatMap(({ name, startInMs }) => (startInMs === undefined ? [] : name)),
  );
  const isMostly = begun * 10 >= units.length * 6 && begun > 1;
  const isSpeaker = (name: string) =>
    !noNames.test(name) &&
    (isMostly || timed.has(name) || (counts.get(name) ?? 0) > 1 || isKnown(name, known));
  return { stretchesOf: (unit) => stretchesOf(unit, isSpeaker) };
}

/** `00:12:05` and `12:05` in milliseconds. */
export function clockInMs(text: string): number | undefined {
  const parts = text.replace(',', '.').split(':').map(Number);
  if (parts.some((part) => Number.isNaN(part))) return undefined;
  return Math.round(parts.reduce((sum, part) => sum * 60 + part, 0) * 1_000);
}

interface Mark {
  readonly name?: string;
  readonly startInMs?: number;
  /** Characters [at, end) of the unit that are the mark. */
  readonly at: number;
  readonly end: number;
}

function isKnown(name: string, known: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return known.has(lower) || [...known].some((each) => each.split(' ').includes(lower));
}

function leadingMark(text: string): Mark | undefined {
  const [first] = colonMarks(text);
  if (first?.at === 0) return first;
  const [all, name, time] = timeMark.exec(text) ?? [];
  if (all !== undefined && name !== undefined) return markOf({ name, time, at: 0, all });
  const [bare, bareClock] = bareTime.exec(text) ?? [];
  return bare === undefined ? undefined : markOf({ time: bareClock, at: 0, all: bare });
}

/** The mark at the head of a text and those within it. */
function marksIn(text: string): Mark[] {
  const leading = leadingMark(text);
  const others = colonMarks(text).filter(({ at }) => at > 0 && at >= (leading?.end ?? 0));
  return leading === undefined ? others : [leading, ...others];
}

function colonMarks(text: string): Mark[] {
  return [...text.matchAll(colonMark)]
    .map(({ 0: all, 1: before, 2: name, 3: behind, index }) =>
      markOf({ name, time: before ?? behind, at: index, all }),
    )
    .filter(({ at, startInMs }) => at === 0 || isFreshStart(text, at, startInMs));
}

/** Within a paragraph a speaker begins behind a sentence, or with a time: `I told Ben: no` is no new turn. */
function isFreshStart(text: string, at: number, startInMs: number | undefined): boolean {
  const before = text.slice(0, at).trimEnd();
  if (before.length === at) return false;
  return startInMs !== undefined || /[.!?…"”’)\]]$/u.test(before);
}

function markOf(found: {
  name?: string | undefined;
  time?: string | undefined;
  at: number;
  all: string;
}): Mark {
  const startInMs = found.time === undefined ? undefined : clockInMs(found.time);
  return {
    ...(found.name === undefined ? {} : { name: found.name.trim() }),
    ...(startInMs === undefined ? {} : { startInMs }),
    at: found.at,
    end: found.at + found.all.length,
  };
}

function stretchesOf({ text }: Unit, isSpeaker: (name: string) => boolean): SpokenStretch[] {
  const marks = marksIn(text).filter(({ name }) => name === undefined || isSpeaker(name));
  const starts = marks[0]?.at === 0 ? marks : [{ at: 0, end: 0 }, ...marks];
  return starts.map(({ end, ...mark }, index): SpokenStretch => {
    const to = starts[index + 1]?.at ?? text.length;
    const { name, startInMs } = mark as Mark;
    return {
      ...(name === undefined ? {} : { speaker: name }),
      ...(startInMs === undefined ? {} : { startInMs }),
      from: end,
      to,
    };
  });
}

import type { Document, Unit } from '#shared/domain/document.ts';
import type { CodeStage, StageContext } from '../definition.ts';
import { inputsOf } from './inputs.ts';
import { MinutesParams } from './params.ts';
import { type Turn, type TurnPiece, TurnsOutput } from './schemas.ts';
import { splitSentenceSpans } from './sentence-spans.ts';
import { createSpeakerMarks } from './spoken-text.ts';

/** A longer speech is cut behind a sentence, so that a quote has a place that can be found again. */
const turnCharacters = 900;
/** Where no sentence ends, it is cut all the same. */
const mostCharacters = 1_600;

/** Merges what a person says without another between into turns. Nothing is left out: what is only noise is marked as that. */
export const turnsStage: CodeStage = {
  kind: 'code',
  name: 'turns',
  title: 'Finding who speaks when',
  run: makeTurns,
};

/** The turns of the stage; made anew where it has not run, as in an estimate. */
export function turnsOf(context: StageContext): TurnsOutput {
  return TurnsOutput.safeParse(context.earlier('turns')).data ?? makeTurns(context);
}

export function makeTurns(context: Pick<StageContext, 'documents' | 'params'>): TurnsOutput {
  const params = MinutesParams.parse(context.params);
  const { transcripts, agenda } = inputsOf(context);
  const names = params.attendees.map(({ name }) => name);
  const drafts = transcripts.flatMap((document) => mergeDocument(document, names));
  return {
    turns: drafts.map(({ length: _, ...turn }, index) => ({ id: `t${index + 1}`, ...turn })),
    agenda: Array.isArray(params.agenda) ? params.agenda : agendaOf(agenda),
  };
}

type Draft = Omit<Turn, 'id'> & { length: number };

/** What a unit, or a part of one, says. */
interface Stretch {
  readonly unit: Unit;
  readonly speaker: string | undefined;
  readonly startInMs: number | undefined;
  readonly pieces: readonly TurnPiece[];
  readonly isFiller: boolean;
  /** A heading or a row of a table is nobody's speech and goes on with nothing. */
  readonly isApart: boolean;
}

function mergeDocument(document: Document, attendeeNames: readonly string[]): Draft[] {
  const drafts: Draft[] = [];
  let last: Stretch | undefined;
  for (const stretch of stretchesIn(document, attendeeNames)) {
    const draft = drafts.at(-1);
    if (draft !== undefined && last !== undefined && goesOn(last, stretch, draft)) {
      extend(draft, stretch);
    } else {
      drafts.push(draftOf(stretch));
    }
    last = stretch;
  }
  return drafts;
}

function goesOn(last: Stretch, next: Stretch, draft: Draft): boolean {
  if (last.speaker !== next.speaker || last.isApart || next.isApart) return false;
  if ((draft.isFiller === true) !== next.isFiller) return false;
  // Text without speakers has paragraphs, and each is a turn of its own.
  if (next.speaker === undefined && next.unit.kind !== 'cue') return false;
  const length = draft.length + lengthOf(next);
  if (length > mostCharacters) return false;
  return length <= turnCharacters || !isSentenceEnd(last);
}

function draftOf(stretch: Stretch): Draft {
  return {
    ...(stretch.speaker === undefined ? {} : { speaker: stretch.speaker }),
    pieces: [...stretch.pieces],
    unitIds: [stretch.unit.id],
    ...(stretch.startInMs === undefined ? {} : { startInMs: stretch.startInMs }),
    ...(stretch.isFiller ? { isFiller: true } : {}),
    length: lengthOf(stretch),
  };
}

function extend(draft: Draft, stretch: Stretch): void {
  draft.pieces.push(...stretch.pieces);
  if (draft.unitIds.at(-1) !== stretch.unit.id) draft.unitIds.push(stretch.unit.id);
  draft.length += lengthOf(stretch);
}

function stretchesIn(document: Document, attendeeNames: readonly string[]): Stretch[] {
  const marks = createSpeakerMarks(
    document.units.filter(({ author }) => author === undefined),
    attendeeNames,
  );
  let current: { speaker?: string; startInMs?: number } = {};
  return document.units.flatMap((unit) => {
    const isApart = unit.kind === 'heading' || unit.kind === 'title' || unit.table !== undefined;
    if (isApart) current = {};
    const isNamed = unit.author !== undefined || isApart;
    const spoken = isNamed ? [{ from: 0, to: unit.text.length }] : marks.stretchesOf(unit);
    return spoken.flatMap((stretch) => {
      if ('speaker' in stretch && stretch.speaker !== undefined) current = {};
      current = { ...current, ...stretch };
      const speaker = unit.author ?? current.speaker;
      const startInMs = timeOf(unit) ?? current.startInMs;
      return cutLong(unit, stretch).map(
        (pieces): Stretch => ({
          unit,
          speaker,
          startInMs,
          pieces,
          isFiller: isFiller(pieces.map(({ from, to }) => unit.text.slice(from, to)).join(' ')),
          isApart,
        }),
      );
    });
  });
}

function timeOf({ locator }: Unit): number | undefined {
  return locator.kind === 'cue' ? locator.startInMs : undefined;
}

/** A stretch of a unit in parts that are no longer than a turn may be. */
function cutLong(unit: Unit, { from, to }: { from: number; to: number }): TurnPiece[][] {
  const text = unit.text.slice(from, to);
  const spans = text.trim() === '' ? [] : splitSentenceSpans(text, mostCharacters);
  const parts: { from: number; to: number }[] = [];
  for (const span of spans) {
    const last = parts.at(-1);
    if (last !== undefined && span.to - last.from <= turnCharacters) last.to = span.to;
    else parts.push({ ...span });
  }
  if (parts.length === 0) return [[]];
  return parts.map((part) => [{ unitId: unit.id, from: from + part.from, to: from + part.to }]);
}

function lengthOf({ pieces }: Stretch): number {
  return pieces.reduce((sum, { from, to }) => sum + to - from, 0);
}

function isSentenceEnd({ unit, pieces }: Stretch): boolean {
  const last = pieces.at(-1);
  return last === undefined || /[.!?…]["”’)]?\s*$/u.test(unit.text.slice(last.from, last.to));
}

/** Sounds and remarks of the recorder. A yes or a no, however short, is an answer and stays. */
function isFiller(text: string): boolean {
  const rest = text
    .replace(
      /[[(](?:inaudible|laughter|laughs?|music|applause|silence|crosstalk|noise|cough\w*|pause|unverständlich|lachen|gelächter|musik|applaus|stille)[\])]/giu,
      ' ',
    )
    .replace(/\b(?:u+h+|u+m+|e+r+m*|h+m+|a+h+|o+h+|ä+h*m*|ö+h+m*)\b/giu, ' ');
  return text.trim() !== '' && !/[\p{L}\p{N}]/u.test(rest);
}

/** Points of an agenda file: its list items and table rows, or else its headings, or else its paragraphs. */
function agendaOf(document: Document | undefined): string[] {
  const units = document?.units ?? [];
  const kinds: readonly Unit['kind'][][] = [['list-item', 'table-row'], ['heading'], ['paragraph']];
  for (const kind of kinds) {
    const found = units.filter((unit) => kind.includes(unit.kind) && unit.table?.isHeader !== true);
    if (found.length > 0) return found.slice(0, 100).map(({ text }) => text.slice(0, 200));
  }
  return [];
}

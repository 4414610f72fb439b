import type { CodeStage, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import type { Span } from '../quotes.ts';
import { deadlineIn, resolveDue } from './dates.ts';
import { resolveOwner } from './owners.ts';
import { MinutesParams } from './params.ts';
import { createPeople, type People } from './people.ts';
import {
  type DroppedNote,
  type Due,
  type Item,
  type Note,
  NotesOutput,
  type Passage,
  type ResolveOutput,
  type Turn,
} from './schemas.ts';
import { covers, signalsIn } from './signals.ts';
import { isSaidNear, plain, sourcesNear } from './support.ts';
import { createTurnTexts, type TurnTexts } from './turn-text.ts';
import { turnsOf } from './turns.ts';

/** Finds every quote, and resolves owners against the attendees and dates against the day of the meeting. */
export const resolveStage: CodeStage = {
  kind: 'code',
  name: 'resolve',
  title: 'Resolving owners and dates',
  run(context) {
    const { notes, passedOver, unanswered } = NotesOutput.parse(context.earlier('notes'));
    const params = MinutesParams.parse(context.params);
    const { turns } = turnsOf(context);
    const texts = createTurnTexts(context, turns);
    const people = createPeople(params.attendees, turns);
    const given = { texts, people, meetingDate: meetingDateOf(context).date };
    const items: Item[] = [];
    const dropped: DroppedNote[] = [];
    for (const note of notes) {
      const verdict = resolveNote(note, given);
      if ('reason' in verdict) dropped.push({ kind: note.kind, text: note.text, ...verdict });
      else items.push(verdict);
    }
    const output: ResolveOutput = {
      items,
      dropped,
      passedOver: passedOver.flatMap(({ id, reason }) =>
        placesOf([id], texts).map((place) => ({ ...place, reason })),
      ),
      unaccounted: placesOf(stillOpen(unanswered, items, texts), texts),
    };
    return output;
  },
};

/** The day that dates are reckoned from, and whether it is only assumed to be that of the meeting. */
export function meetingDateOf({
  params,
  submittedAt,
}: Pick<StageContext, 'params' | 'submittedAt'>): { date: string; isAssumed: boolean } {
  const { date } = MinutesParams.parse(params);
  return { date: date ?? submittedAt.slice(0, 10), isAssumed: date === undefined };
}

interface Given {
  readonly texts: TurnTexts;
  readonly people: People;
  readonly meetingDate: string;
}

interface Found {
  readonly turn: Turn;
  readonly span: Span;
  /** What stands there. */
  readonly quote: string;
}

function resolveNote(note: Note, given: Given): Item | Pick<DroppedNote, 'reason'> {
  const { texts } = given;
  const found = findTurn(note, texts);
  if (found === undefined) return { reason: 'quote-not-found' };
  const { turn, span, quote } = found;
  const isCommitment = note.kind === 'action' || note.kind === 'decision';
  const isTrue =
    unsupportedFigures(note.text, sourcesNear(turn, note.corrects, texts)).length === 0;
  // The words themselves are true where the model's are not: nothing that was agreed may be lost over a wrong figure.
  if (!isTrue && !isCommitment) return { reason: 'figure-not-in-source' };
  return {
    id: note.id,
    kind: note.kind,
    text: isTrue ? note.text : quote,
    topic: note.topic,
    evidence: texts.evidenceOf(turn, span),
    turn: turn.id,
    at: span.from,
    owner: ownerOf(note, found, given),
    due: dueOf(note, found, given),
    ...(note.corrects === undefined ? {} : { corrects: note.corrects }),
    isWithdrawn: note.isWithdrawn === true,
    remarks: isTrue
      ? []
      : [
          'The wording of the model had a figure that was not said; the words of the transcript are shown.',
        ],
  };
}

function ownerOf(note: Note, { turn, quote }: Found, { texts, people }: Given): Item['owner'] {
  if (note.kind !== 'action') return { said: '', names: [], status: 'none' };
  return resolveOwner({ quote, owner: note.owner }, { turn, texts, people });
}

/** As the model has copied it from the transcript; where it has not, as the quote says it. */
function dueOf(note: Note, { turn, quote }: Found, { texts, meetingDate }: Given): Due {
  if (note.due !== undefined && isSaidNear(note.due, turn, texts)) {
    const due = resolveDue(note.due, meetingDate);
    const isInTurn = plain(texts.textOf(turn)).includes(plain(note.due));
    return isInTurn ? due : withRemark(due, 'Said only beside it.');
  }
  const own = note.kind === 'action' ? deadlineIn(quote, meetingDate) : undefined;
  if (note.due === undefined) {
    return own === undefined
      ? { said: '', status: 'none' }
      : withRemark(own, 'Read from the quote by program.');
  }
  const lie = `The model named “${note.due}”, which the transcript does not say there.`;
  return own === undefined
    ? { said: '', status: 'unsupported', remark: lie }
    : withRemark(own, `${lie} Read from the quote by program.`);
}

function withRemark(due: Due, remark: string): Due {
  return { ...due, remark: [remark, ...(due.remark === undefined ? [] : [due.remark])].join(' ') };
}

/** The turn that the model names if the quote stands there, or else the first in which it stands. */
function findTurn(note: Note, texts: TurnTexts): Found | undefined {
  const named = texts.turn(note.turn);
  for (const turn of [...(named === undefined ? [] : [named]), ...texts.turns]) {
    if (turn.isFiller === true) continue;
    const span = texts.findIn(turn, note.quote);
    if (span !== undefined && texts.evidenceOf(turn, span).length > 0) {
      return { turn, span, quote: texts.textOf(turn).slice(span.from, span.to) };
    }
  }
  return undefined;
}

/** A signal of which one call says nothing may have been noted after all. */
function stillOpen(ids: readonly string[], items: readonly Item[], texts: TurnTexts): string[] {
  return ids.filter((id) => {
    const signal = signalOf(id, texts);
    return !items.some((item) => {
      if (item.turn !== signal?.turn) return false;
      const length = item.evidence.reduce((sum, { quote }) => sum + quote.length + 1, 0);
      return covers({ from: item.at, to: item.at + length }, signal.span);
    });
  });
}

function placesOf(ids: readonly string[], texts: TurnTexts): Passage[] {
  return ids.flatMap((id) => {
    const signal = signalOf(id, texts);
    const turn = signal === undefined ? undefined : texts.turn(signal.turn);
    if (signal === undefined || turn === undefined) return [];
    const { span } = signal;
    return [{ evidence: texts.evidenceOf(turn, span), turn: turn.id, at: span.from }];
  });
}

function signalOf(id: string, texts: TurnTexts) {
  const turn = texts.turn(id.split('.')[0] ?? '');
  return turn && signalsIn(turn, texts).find((each) => each.id === id);
}

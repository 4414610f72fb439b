import type { CallSpec } from '#shared/domain/call.ts';
import type { AnswerFault, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { contradictionOf } from './owners.ts';
import { MinutesParams } from './params.ts';
import { createPeople } from './people.ts';
import { NotesAnswer, type Turn } from './schemas.ts';
import { covers, signalsIn } from './signals.ts';
import { isSaidNear, sourcesNear } from './support.ts';
import { createTurnTexts, type TurnTexts } from './turn-text.ts';
import { turnsOf } from './turns.ts';

/** Faults of an answer to `minutes.notes`: quotes, ids, figures, owners, dates, and signals of which it says nothing. */
export function checkNotes(
  answer: unknown,
  spec: CallSpec,
  context: StageContext,
): readonly AnswerFault[] {
  const parsed = NotesAnswer.parse(answer);
  const { turns } = turnsOf(context);
  const texts = createTurnTexts(context, turns);
  const check = createNoteCheck(spec, context, texts);
  const unanswered = unansweredSignals(parsed, spec, texts);
  return [
    ...parsed.notes.flatMap((note, index) => check(note, `Note ${index + 1}`)),
    ...(unanswered.length === 0
      ? []
      : [
          fault(
            `Account for these signals, by a note that quotes the sentence or in "passedOver": ${unanswered.slice(0, 40).join(', ')}.`,
          ),
        ]),
  ];
}

/** Signals of a call that no note quotes and that are not passed over. */
export function unansweredSignals(answer: NotesAnswer, spec: CallSpec, texts: TurnTexts): string[] {
  const asked = new Set(signalsOf(spec));
  const passedOver = new Set(answer.passedOver.map(({ id }) => id));
  const quoted = answer.notes.flatMap((note) => {
    const turn = texts.turn(note.turn);
    const span = turn === undefined ? undefined : texts.findIn(turn, note.quote);
    return span === undefined ? [] : [{ turn: note.turn, span }];
  });
  return [...asked].filter((id) => {
    if (passedOver.has(id)) return false;
    const turn = texts.turn(id.split('.')[0] ?? '');
    const signal = turn && signalsIn(turn, texts).find((each) => each.id === id);
    return !quoted.some(
      (each) =>
        each.turn === signal?.turn && signal !== undefined && covers(each.span, signal.span),
    );
  });
}

export function signalsOf(spec: CallSpec): string[] {
  return listIn(spec, 'signals');
}

type NoteCheck = (note: NotesAnswer['notes'][number], name: string) => AnswerFault[];

function createNoteCheck(spec: CallSpec, context: StageContext, texts: TurnTexts): NoteCheck {
  const asked = new Set(listIn(spec, 'turns'));
  const people = createPeople(MinutesParams.parse(context.params).attendees, texts.turns);
  return (note, name) => {
    const turn = asked.has(note.turn) ? texts.turn(note.turn) : undefined;
    if (turn === undefined) {
      return [fault(`${name}: "turn" must be the id of a line of the section "turns".`)];
    }
    if (texts.findIn(turn, note.quote) === undefined) {
      return [
        fault(
          `${name}: the quote does not stand letter by letter in turn ${turn.id}; copy it from there or leave the note out.`,
        ),
      ];
    }
    return [
      ...figureFaults(note, name, { turn, texts }),
      ...(note.kind === 'action' ? ownerFaults(note, name, { turn, texts, people }) : []),
      ...(note.due === undefined || isSaidNear(note.due, turn, texts)
        ? []
        : [fault(`${name}: "due" must be copied from the transcript as it was said there.`)]),
      ...topicFaults(note, name, Number(spec.context['topics'])),
    ];
  };
}

function figureFaults(
  note: NotesAnswer['notes'][number],
  name: string,
  { turn, texts }: { turn: Turn; texts: TurnTexts },
): AnswerFault[] {
  const sources = sourcesNear(turn, note.corrects, texts);
  if (unsupportedFigures(note.text, sources).length === 0) return [];
  return [fault(`${name}: the text has a figure that is not in the transcript there.`)];
}

function ownerFaults(
  note: NotesAnswer['notes'][number],
  name: string,
  given: { turn: Turn; texts: TurnTexts; people: ReturnType<typeof createPeople> },
): AnswerFault[] {
  const contradiction = contradictionOf(note, given);
  return contradiction === undefined ? [] : [fault(`${name}: ${contradiction}`)];
}

function topicFaults(
  { topic }: NotesAnswer['notes'][number],
  name: string,
  topics: number,
): AnswerFault[] {
  const number = Number(/^a(\d{1,3})$/.exec(topic)?.[1] ?? 0);
  return number > topics ? [fault(`${name}: there is no point of the agenda of that id.`)] : [];
}

function listIn(spec: CallSpec, key: string): string[] {
  const value = spec.context[key];
  return Array.isArray(value) ? value.map(String) : [];
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}

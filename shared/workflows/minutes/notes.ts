import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { ModelStage } from '../definition.ts';
import { describeLanguage } from '../language-param.ts';
import { type PromptLine, writePrompt } from '../prompt.ts';
import { checkNotes, signalsOf, unansweredSignals } from './notes-check.ts';
import { MinutesParams } from './params.ts';
import { notesPrompt } from './prompts.ts';
import { type Note, NotesAnswer, type NotesOutput, type Turn } from './schemas.ts';
import { signalsIn } from './signals.ts';
import { createTurnTexts, type TurnTexts } from './turn-text.ts';
import { turnsOf } from './turns.ts';

/** Turns before and behind a part that come along to be understood. */
const turnsBefore = 4;
const turnsAfter = 2;

/** Reads the transcript part by part and notes decisions, actions, points and questions. */
export const notesStage: ModelStage = {
  kind: 'model',
  name: 'notes',
  title: 'Reading for decisions and actions',
  tracksCoverage: true,
  isAdvisory: false,
  maxRounds: 1,
  answer: NotesAnswer,

  plan(context) {
    const params = MinutesParams.parse(context.params);
    const { turns, agenda } = turnsOf(context);
    const texts = createTurnTexts(context, turns);
    const spoken = turns.filter((turn) => turn.isFiller !== true);
    return packTurns(spoken, texts, params.chunkTokens).map((part, index) =>
      planCall(part, { index, params, agenda, texts }),
    );
  },

  answerTokens(spec) {
    const turns = textTokens(spec);
    return { low: 200 + turns * 0.1, expected: 700 + turns * 0.45, high: 3_000 + turns * 1.5 };
  },

  check: checkNotes,

  assemble(context) {
    const output: NotesOutput = { notes: [], passedOver: [], unanswered: [] };
    const texts = createTurnTexts(context, turnsOf(context).turns);
    for (const outcome of context.outcomes) {
      if (!outcome.isAnswered) continue;
      const answer = NotesAnswer.parse(outcome.answer);
      for (const note of answer.notes) output.notes.push(numbered(note, output.notes.length + 1));
      const known = new Set(signalsOf(outcome.spec));
      output.passedOver.push(...answer.passedOver.filter(({ id }) => known.has(id)));
      output.unanswered.push(...unansweredSignals(answer, outcome.spec, texts));
    }
    return { output, isComplete: true };
  },
};

/** Notes of the same part may not be told apart by their place alone. */
function numbered(note: NotesAnswer['notes'][number], number: number): Note {
  const { isWithdrawn, owner, due, corrects, ...others } = note;
  return {
    id: `n${number}`,
    ...others,
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
    ...(corrects === undefined ? {} : { corrects }),
    ...(isWithdrawn === true ? { isWithdrawn } : {}),
  };
}

function packTurns(turns: readonly Turn[], texts: TurnTexts, maxTokens: number): Turn[][] {
  const parts: Turn[][] = [];
  let tokens = 0;
  for (const turn of turns) {
    const own = estimateTokens(texts.textOf(turn)) + 8;
    const current = parts.at(-1);
    if (current === undefined || tokens + own > maxTokens) {
      parts.push([turn]);
      tokens = own;
      continue;
    }
    current.push(turn);
    tokens += own;
  }
  return parts;
}

function planCall(
  part: readonly Turn[],
  {
    index,
    params,
    agenda,
    texts,
  }: { index: number; params: MinutesParams; agenda: readonly string[]; texts: TurnTexts },
): CallSpec {
  const first = part[0]?.id ?? '';
  const last = part.at(-1)?.id ?? '';
  const signals = part.flatMap((turn) => signalsIn(turn, texts));
  return {
    callId: callIdOf('notes', 0, index),
    prompt: notesPrompt.id,
    messages: writePrompt({
      ...notesPrompt,
      facts: {
        Language: describeLanguage(params.language),
        Style: params.style,
        ...(params.attendees.length === 0
          ? {}
          : { Invited: params.attendees.map(({ name }) => name).join(', ') }),
      },
      sections: {
        agenda: agenda.map((text, position): PromptLine => ({ tag: `a${position + 1}`, text })),
        before: linesOf(neighbours(first, -turnsBefore, texts), texts),
        turns: linesOf(part, texts),
        after: linesOf(neighbours(last, turnsAfter, texts), texts),
        signals: signals.map(({ id, turn, span }): PromptLine => {
          const owner = texts.turn(turn);
          const text = owner === undefined ? '' : texts.textOf(owner).slice(span.from, span.to);
          return { tag: id, text };
        }),
      },
    }),
    maxOutputTokens: 12_000,
    temperature: 0.2,
    unitIds: [...new Set(part.flatMap(({ unitIds }) => unitIds))],
    context: {
      turns: part.map(({ id }) => id),
      signals: signals.map(({ id }) => id),
      topics: agenda.length,
    },
  };
}

function neighbours(id: string, reach: number, texts: TurnTexts): Turn[] {
  const distances = Array.from({ length: Math.abs(reach) }, (_, step) => step + 1);
  const ordered = reach < 0 ? distances.map((step) => -step).reverse() : distances;
  return ordered.flatMap((distance) => texts.beside(id, distance) ?? []);
}

function linesOf(turns: readonly Turn[], texts: TurnTexts): PromptLine[] {
  return turns.map((turn) => ({
    tag: [
      turn.id,
      ...(turn.speaker === undefined ? [] : [turn.speaker.replace(/[[\]]/g, '')]),
    ].join(' '),
    text: texts.textOf(turn),
  }));
}

function textTokens({ messages }: CallSpec): number {
  return messages
    .filter(({ role }) => role === 'user')
    .reduce((sum, { content }) => sum + estimateTokens(content), 0);
}

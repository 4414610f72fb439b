import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type {
  AssembleContext,
  CallOutcome,
  ModelStage,
  PlanContext,
  StageContext,
} from '../definition.ts';
import { describeLanguage } from '../language-param.ts';
import { writePrompt } from '../prompt.ts';
import { checkAnswer } from './check-answer.ts';
import { judgeAnswer } from './judge.ts';
import { AnswerQuestionsParams } from './params.ts';
import { type Passage, passagesOf } from './passages.ts';
import { answerPrompt } from './prompts.ts';
import { askedOf, type Question, questionsOf } from './question-list.ts';
import { widening } from './retrieve.ts';
import { AnswerOutput, type Look, QuestionAnswer, RetrieveOutput } from './schemas.ts';
import { choosePassages, passageLines, type Room } from './shown-passages.ts';

/** About twelve passages of usual length. */
const firstLookTokens = 6_000;
const secondLookTokens = 16_000;

/**
 * Answers each question from the passages found for it. What is then not answered in full, by the judgement of code, is looked at once
 * more with wider context: nothing is called not found after one look.
 */
export const answerStage: ModelStage = {
  kind: 'model',
  name: 'answer',
  title: 'Answering the questions',
  tracksCoverage: true,
  isAdvisory: false,
  maxRounds: 2,
  answer: QuestionAnswer,

  plan(context) {
    const list = questionsOf(context);
    const passages = passagesOf(list.library);
    const { ranked } = RetrieveOutput.parse(context.earlier('retrieve'));
    const room = roomOf(context);
    return pendingIn(context).flatMap((question, index): CallSpec[] => {
      const shown = choosePassages(passages, ranked[question.id] ?? [], room);
      return shown.length === 0 ? [] : [planCall(context, question, { shown, index })];
    });
  },

  answerTokens() {
    return { low: 300, expected: 900, high: 3_000 };
  },

  check: checkAnswer,

  assemble(context) {
    const looks = looksBefore(context);
    for (const outcome of context.outcomes) {
      const id = questionIdOf(outcome.spec);
      looks[id] = [...(looks[id] ?? []), lookOf(outcome)];
    }
    const isComplete = !Object.values(looks).some((each) => isWorthAnotherLook(context, each));
    return { output: { looks } satisfies AnswerOutput, isComplete };
  },
};

/** The question that a call is about. */
export function questionIdOf({ context }: CallSpec): string {
  return String(context['question']);
}

function pendingIn(context: PlanContext): readonly Question[] {
  const asked = askedOf(questionsOf(context));
  if (context.round === 0) return asked;
  const looks = looksBefore(context);
  return asked.filter(({ id }) => isWorthAnotherLook(context, looks[id] ?? []));
}

function isWorthAnotherLook(context: StageContext, looks: readonly Look[]): boolean {
  const last = looks.at(-1);
  if (last === undefined) return false;
  return !last.isAnswered || judgeAnswer(context, last).status !== 'answered';
}

function roomOf(context: PlanContext): Room {
  const { topK } = AnswerQuestionsParams.parse(context.params);
  return context.round === 0
    ? { passages: topK, tokens: firstLookTokens, withNeighbours: 0 }
    : { passages: topK * widening, tokens: secondLookTokens, withNeighbours: topK };
}

function planCall(
  context: PlanContext,
  question: Question,
  { shown, index }: { shown: readonly Passage[]; index: number },
): CallSpec {
  const params = AnswerQuestionsParams.parse(context.params);
  const language =
    params.language === 'auto' ? 'the language of the question' : describeLanguage(params.language);
  return {
    callId: callIdOf('answer', context.round, index),
    prompt: answerPrompt.id,
    messages: writePrompt({
      ...answerPrompt,
      facts: {
        Language: language,
        Length: `at most ${params.maxWords} words`,
        ...(context.round === 0
          ? {}
          : {
              Look: 'second, with more passages; the first found no full answer with true quotes',
            }),
      },
      sections: {
        question: [{ tag: question.id, text: question.text }],
        passages: passageLines(context, shown),
      },
    }),
    maxOutputTokens: 8_000,
    temperature: 0.2,
    unitIds: [...new Set(shown.flatMap(({ pieces }) => pieces.map(({ unitId }) => unitId)))],
    context: { question: question.id },
  };
}

function looksBefore({ previous }: Pick<AssembleContext, 'previous'>): AnswerOutput['looks'] {
  return { ...AnswerOutput.safeParse(previous).data?.looks };
}

function lookOf(outcome: CallOutcome): Look {
  const units = [...outcome.spec.unitIds];
  if (!outcome.isAnswered) return { isAnswered: false, units, code: outcome.error.code };
  const { status, statements, missing } = QuestionAnswer.parse(outcome.answer);
  return {
    isAnswered: true,
    units,
    answer: { status, statements, ...(missing === undefined ? {} : { missing }) },
  };
}

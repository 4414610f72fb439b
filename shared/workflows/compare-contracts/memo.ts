import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerFault, ModelStage, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { describeLanguage } from '../language-param.ts';
import { type PromptLine, writePrompt } from '../prompt.ts';
import { changesOf } from './classify.ts';
import { CompareParams, describeViewpoint } from './params.ts';
import { memoPrompt } from './prompts.ts';
import { type Change, ClassifyOutput, type Judgement, MemoAnswer, type Risk } from './schemas.ts';
import { cutText } from './shown-change.ts';

const maxChanges = 60;
const maxShownText = 700;

/** A change with what is thought of it; without a judgement where its call failed or left it out. */
export interface JudgedChange {
  readonly change: Change;
  readonly judgement: Judgement | undefined;
}

/** Puts into a few sentences what matters; without it the memo lists the judgements themselves. */
export const memoStage: ModelStage = {
  kind: 'model',
  name: 'memo',
  title: 'Writing the memo',
  tracksCoverage: false,
  isAdvisory: true,
  maxRounds: 1,
  answer: MemoAnswer,

  plan(context) {
    const offered = offeredChanges(context);
    return offered.length === 0 ? [] : [planCall(context, offered)];
  },

  answerTokens: () => memoTokens,

  check(answer, _spec, context) {
    const { headline, points } = MemoAnswer.parse(answer);
    const offered = offeredChanges(context);
    const named = new Set(points.flatMap(({ from }) => from.map(bareId)));
    const forgotten = offered
      .filter(({ judgement, change }) => judgement?.risk === 'high' && !named.has(change.id))
      .map(({ change }) => change.id);
    return [
      ...faultsOf('The headline', headline, offered),
      ...points.flatMap((point, index) => faultsOf(`Point ${index + 1}`, point, offered)),
      ...(forgotten.length === 0
        ? []
        : [fault(`No point names ${forgotten.join(', ')}, which are of high risk.`)]),
    ];
  },

  assemble({ outcomes, ...context }) {
    const [outcome] = outcomes;
    if (outcome?.isAnswered !== true) return { output: undefined, isComplete: true };
    const { headline, points } = MemoAnswer.parse(outcome.answer);
    const offered = offeredChanges(context);
    const isTrue = (claim: MemoAnswer['headline']) => faultsOf('', claim, offered).length === 0;
    const clean = ({ text, from }: MemoAnswer['headline']) => ({
      text,
      from: [...new Set(from.map(bareId))],
    });
    const output = {
      ...(isTrue(headline) ? { headline: clean(headline) } : {}),
      points: points.filter(isTrue).map(clean),
    };
    return { output, isComplete: true };
  },
};

/** Tokens of the answer, thinking included. */
export const memoTokens = { low: 500, expected: 1_500, high: 4_000 };

/** Every change with its judgement, in the order of the documents. */
export function judgedChanges(context: StageContext): JudgedChange[] {
  const output = ClassifyOutput.safeParse(context.earlier('classify')).data;
  const judgements = new Map((output?.judged ?? []).map((each) => [each.id, each] as const));
  return changesOf(context).map((change) => ({ change, judgement: judgements.get(change.id) }));
}

const order: Readonly<Record<Risk, number>> = { high: 3, medium: 2, low: 1, none: 0 };

/** The material ones, highest risk first. */
export function byRisk(changes: readonly JudgedChange[]): JudgedChange[] {
  return changes
    .filter(({ judgement }) => judgement?.isMaterial === true)
    .toSorted(
      (left, right) =>
        order[right.judgement?.risk ?? 'none'] - order[left.judgement?.risk ?? 'none'],
    );
}

function offeredChanges(context: StageContext): JudgedChange[] {
  return byRisk(judgedChanges(context)).slice(0, maxChanges);
}

function planCall(context: StageContext, offered: readonly JudgedChange[]): CallSpec {
  const params = CompareParams.parse(context.params);
  return {
    callId: callIdOf('memo', 0, 0),
    prompt: memoPrompt.id,
    messages: writePrompt({
      ...memoPrompt,
      facts: {
        Viewpoint: describeViewpoint(params.viewpoint),
        Language: describeLanguage(params.language),
      },
      sections: { changes: offered.flatMap(linesOf) },
    }),
    maxOutputTokens: 8_000,
    temperature: 0.3,
    unitIds: [],
    context: {},
  };
}

function linesOf({ change, judgement }: JudgedChange): PromptLine[] {
  const { id, clause, type, before, after } = change;
  return [
    {
      tag: `${id} ${judgement?.risk ?? 'none'}`,
      text: `${clause} (${type}): ${judgement?.why ?? ''}`,
    },
    { tag: `${id} before`, text: cutText(before, maxShownText) },
    { tag: `${id} after`, text: cutText(after, maxShownText) },
  ].filter(({ text }) => text !== '');
}

function faultsOf(
  subject: string,
  { text, from }: MemoAnswer['headline'],
  offered: readonly JudgedChange[],
): AnswerFault[] {
  const ids = from.map(bareId);
  const named = offered.filter(({ change }) => ids.includes(change.id));
  if (named.length === 0 || ids.some((id) => named.every(({ change }) => change.id !== id))) {
    return [fault(`${subject}: "from" must name ids of the differences that are given.`)];
  }
  const sources = named.flatMap(({ change, judgement }) => [
    change.before,
    change.after,
    change.clause,
    judgement?.why ?? '',
  ]);
  return unsupportedFigures(text, sources).length === 0
    ? []
    : [fault(`${subject} has a figure that is in none of the differences that it names.`)];
}

function bareId(id: string): string {
  return id.replace(/[[\]\s]/gu, '');
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}

import type { CallSpec } from '#shared/domain/call.ts';
import { exactly, multiplied, type Range } from '#shared/domain/estimate.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerFault, CallOutcome, ModelStage, StageContext } from '../definition.ts';
import { unsupportedFigures } from '../figures.ts';
import { describeLanguage } from '../language-param.ts';
import { type PromptLine, writePrompt } from '../prompt.ts';
import { CompareParams, describeViewpoint } from './params.ts';
import { classifyPrompt } from './prompts.ts';
import { type MaterialityRule, rulesOf } from './rules.ts';
import {
  type Change,
  ClassifyAnswer,
  ClassifyOutput,
  DiffOutput,
  type Judgement,
  Risk,
} from './schemas.ts';
import { cutText, linesOfDifference } from './shown-change.ts';

const maxChangesPerCall = 12;
const maxCharactersPerCall = 16_000;
const maxShownText = 4_000;

type Answered = ClassifyAnswer['changes'][number];

/** Has the model judge each difference; in a second round those that its answers have left out. */
export const classifyStage: ModelStage = {
  kind: 'model',
  name: 'classify',
  title: 'Judging the changes',
  tracksCoverage: true,
  isAdvisory: false,
  maxRounds: 2,
  leavesHoles: (output) => ClassifyOutput.parse(output).missing.length > 0,
  answer: ClassifyAnswer,

  plan(context) {
    const changes = changesOf(context);
    const before = ClassifyOutput.safeParse(context.previous).data;
    const asked =
      before === undefined ? changes : changes.filter(({ id }) => before.missing.includes(id));
    return batchesOf(asked).map((batch, index) =>
      planCall(context, { batch, callId: callIdOf('classify', context.round, index) }),
    );
  },

  answerTokens: (spec) => answerTokensOf(idsOf(spec).length),

  check(answer, spec, context) {
    const { changes } = ClassifyAnswer.parse(answer);
    const rules = rulesOf(CompareParams.parse(context.params).materiality);
    const asked = new Map(
      changesOf(context)
        .filter(({ id }) => idsOf(spec).includes(id))
        .map((change) => [change.id, change] as const),
    );
    return [
      ...countFaults(changes, [...asked.keys()]),
      ...changes.flatMap((answered) => {
        const change = asked.get(answered.id);
        return change === undefined ? [] : faultsOf(answered, change, rules);
      }),
    ];
  },

  assemble(context) {
    const rules = rulesOf(CompareParams.parse(context.params).materiality);
    const changes = new Map(changesOf(context).map((change) => [change.id, change] as const));
    const before = ClassifyOutput.safeParse(context.previous).data;
    const judged = new Map((before?.judged ?? []).map((each) => [each.id, each] as const));
    const failed = context.outcomes.flatMap((outcome) =>
      outcome.isAnswered ? [] : idsOf(outcome.spec).map((id) => ({ id, code: outcome.error.code })),
    );
    for (const outcome of context.outcomes) {
      for (const [change, answered] of answersOf(outcome, changes)) {
        if (!judged.has(change.id)) judged.set(change.id, judgementOf(answered, change, rules));
      }
    }
    const hasFailed = new Set(failed.map(({ id }) => id));
    const asked = context.outcomes.flatMap(({ spec }) => idsOf(spec));
    const output: ClassifyOutput = {
      judged: [...judged.values()],
      missing: asked.filter((id) => !judged.has(id) && !hasFailed.has(id)),
      failed: [...(before?.failed ?? []), ...failed],
    };
    return { output, isComplete: output.missing.length === 0 };
  },
};

/** Answers of a call about changes that it was asked about. */
function answersOf(
  outcome: CallOutcome,
  changes: ReadonlyMap<string, Change>,
): (readonly [Change, Answered])[] {
  if (!outcome.isAnswered) return [];
  const asked = idsOf(outcome.spec);
  return ClassifyAnswer.parse(outcome.answer).changes.flatMap((answered) => {
    const change = asked.includes(answered.id) ? changes.get(answered.id) : undefined;
    return change === undefined ? [] : [[change, answered] as const];
  });
}

/** The differences that the stages before have found. */
export function changesOf(context: StageContext): readonly Change[] {
  return DiffOutput.parse(context.earlier('diff')).changes;
}

/** Tokens of an answer about so many changes, thinking included. */
export function answerTokensOf(changes: number): Range {
  return multiplied({ low: 110, expected: 220, high: 600 }, exactly(changes + 1));
}

function batchesOf(changes: readonly Change[]): Change[][] {
  const batches: Change[][] = [];
  let characters = 0;
  for (const change of changes) {
    const length =
      Math.min(change.before.length, maxShownText) + Math.min(change.after.length, maxShownText);
    const current = batches.at(-1);
    const isFull =
      current === undefined ||
      current.length >= maxChangesPerCall ||
      characters + length > maxCharactersPerCall;
    if (isFull) batches.push([change]);
    else current.push(change);
    characters = isFull ? length : characters + length;
  }
  return batches;
}

function planCall(
  context: StageContext,
  { batch, callId }: { readonly batch: readonly Change[]; readonly callId: CallSpec['callId'] },
): CallSpec {
  const params = CompareParams.parse(context.params);
  return {
    callId,
    prompt: classifyPrompt.id,
    messages: writePrompt({
      ...classifyPrompt,
      facts: {
        Viewpoint: describeViewpoint(params.viewpoint),
        Language: describeLanguage(params.language),
        Changes: `${batch.length}, each to be answered for once`,
      },
      sections: {
        rules: rulesOf(params.materiality).map(({ id, weight, title, why }) => ({
          tag: `${id} ${weight}`,
          text: `${title}: ${why}`,
        })),
        changes: batch.flatMap(linesOf),
      },
    }),
    maxOutputTokens: Math.max(6_000, batch.length * 1_000),
    temperature: 0.2,
    unitIds: [...new Set(batch.flatMap(({ unitIds }) => unitIds))],
    context: { ids: batch.map(({ id }) => id) },
  };
}

function linesOf({ id, type, clause, before, after, operations, hits }: Change): PromptLine[] {
  const isEdited = type === 'changed' || type === 'moved and changed';
  const lines: PromptLine[] = [
    { tag: `${id} clause ${type}`, text: clause },
    { tag: `${id} before`, text: isEdited ? cutText(before, maxShownText) : before },
    { tag: `${id} after`, text: isEdited ? cutText(after, maxShownText) : after },
    { tag: `${id} difference`, text: isEdited ? linesOfDifference(operations) : '' },
    { tag: `${id} rules`, text: hits.map(({ rule }) => rule).join(', ') },
  ];
  return lines.filter(({ text }) => text.trim() !== '');
}

function idsOf(spec: CallSpec): string[] {
  const { ids } = spec.context;
  return Array.isArray(ids) ? ids.map(String) : [];
}

function countFaults(answered: readonly Answered[], asked: readonly string[]): AnswerFault[] {
  const ids = answered.map(({ id }) => id);
  const left = asked.filter((id) => !ids.includes(id));
  const twice = asked.filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id));
  const unknown = ids.filter((id) => !asked.includes(id)).length;
  return [
    ...(left.length === 0
      ? []
      : [fault(`There is no answer for ${left.join(', ')}; answer for every id once.`)]),
    ...(twice.length === 0
      ? []
      : [fault(`There are two answers for ${twice.join(', ')}; give one.`)]),
    ...(unknown === 0
      ? []
      : [fault('There is an answer for an id that is not given; leave it out.')]),
  ];
}

function faultsOf(
  answered: Answered,
  change: Change,
  rules: readonly MaterialityRule[],
): AnswerFault[] {
  const known = new Set(rules.map(({ id }) => id));
  const decisive = decisiveRules(change);
  const isUnknown = answered.rules.some((id) => !known.has(id));
  const isContradicted = !answered.material && decisive.length > 0;
  const isFalse = unsupportedFigures(answered.why, sourcesOf(change, rules)).length > 0;
  return [
    ...(isUnknown
      ? [fault(`${change.id}: "rules" has an id that is none of the rules given.`)]
      : []),
    ...(isFalse
      ? [
          fault(
            `${change.id}: "why" has a figure that is in neither text of the difference; write figures as they stand there.`,
          ),
        ]
      : []),
    ...(isContradicted
      ? [
          fault(
            `${change.id}: by the rules ${decisive.join(', ')} this is material; say so, or keep to your answer if "why" says what makes it immaterial.`,
          ),
        ]
      : []),
  ];
}

function decisiveRules({ hits }: Change): string[] {
  return hits.filter(({ decisive }) => decisive !== undefined).map(({ rule }) => rule);
}

/** What an explanation may take its figures from. */
function sourcesOf(change: Change, rules: readonly MaterialityRule[]): string[] {
  const { before, after, clause } = change;
  return [before, after, clause, ...rules.flatMap(({ title, why }) => [title, why])];
}

/** What stands up of an answer. Where the program contradicts it, the change counts as material and both opinions are shown. */
function judgementOf(
  answered: Answered,
  change: Change,
  rules: readonly MaterialityRule[],
): Judgement {
  const decisive = decisiveRules(change);
  const isDisputed = !answered.material && decisive.length > 0;
  const known = answered.rules.filter((id) => rules.some((rule) => rule.id === id));
  const isTrue = unsupportedFigures(answered.why, sourcesOf(change, rules)).length === 0;
  return {
    id: change.id,
    kind: answered.kind,
    isMaterial: answered.material || isDisputed,
    risk: isDisputed ? atLeast(leastRiskOf(decisive, rules), answered.risk) : answered.risk,
    why: isTrue ? answered.why : withheld,
    rules: [...new Set(isDisputed ? [...known, ...decisive] : known)],
    isDisputed,
  };
}

/** What a rule of medium weight decides may be a small matter; what one of high weight decides is none. */
function leastRiskOf(decisive: readonly string[], rules: readonly MaterialityRule[]): Risk {
  const isHigh = rules.some(({ id, weight }) => weight === 'high' && decisive.includes(id));
  return isHigh ? 'medium' : 'low';
}

function atLeast(least: Risk, risk: Risk): Risk {
  const order = Risk.options;
  return order.indexOf(risk) < order.indexOf(least) ? least : risk;
}

const withheld =
  'The explanation of the model was left out, since it had a figure that stands in neither version. Read both texts.';

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}

import { chunkDocuments } from '#shared/documents/chunk.ts';
import type { CallSpec } from '#shared/domain/call.ts';
import { costOf } from '#shared/domain/cost.ts';
import {
  type Estimate,
  exactly,
  multiplied,
  type Range,
  type StageEstimate,
  sumOfRanges,
} from '#shared/domain/estimate.ts';
import type { ProviderProfile } from '#shared/domain/providers.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { ModelStage, StageContext, Workflow } from '#shared/workflows/definition.ts';

/** What is known of a task before anything is asked. */
export type ParsedInputs = Omit<StageContext, 'earlier'>;

/**
 * What a task will take at a provider. The first stage that asks is planned for real, from the really parsed documents, so that its calls
 * are exact; of the stages behind it the workflow says what they will be.
 */
export function estimateTask(
  workflow: Workflow,
  inputs: ParsedInputs,
  profile: ProviderProfile,
): Estimate {
  const stages = estimateStages(workflow, inputs, profile).map(roundedStage);
  const inputTokens = sumOfRanges(stages.map((stage) => stage.inputTokens));
  const outputTokens = sumOfRanges(stages.map((stage) => stage.outputTokens));
  return {
    stages,
    calls: sumOfRanges(stages.map((stage) => stage.calls)),
    inputTokens,
    outputTokens,
    costInMicroUsd: costRange(inputTokens, outputTokens, profile),
    minutes: sumOfRanges(stages.map((stage) => minutesOf(stage, profile))),
    provider: profile.name,
    isPriceAssumed: profile.price.isAssumed === true,
  };
}

function estimateStages(
  workflow: Workflow,
  inputs: ParsedInputs,
  profile: ProviderProfile,
): StageEstimate[] {
  const outputs = new Map<string, unknown>();
  const context: StageContext = { ...inputs, earlier: (stage) => outputs.get(stage) };
  for (const stage of workflow.stages) {
    if (stage.kind === 'code') {
      outputs.set(stage.name, stage.run(context));
      continue;
    }
    // They ask, not the task itself; that it comes to them shows that nothing has to be asked before.
    if (stage.kind === 'children')
      return [...(workflow.estimateRest?.(context, []) ?? [])].map(withSpread);
    const calls = firstRound(stage, context);
    if (calls.length > 0) {
      const rest = workflow.estimateRest?.(context, calls) ?? [];
      return [estimateCalls(stage, calls, profile), ...rest].map(withSpread);
    }
    const round = { ...context, round: 0, outcomes: [], previous: undefined };
    outputs.set(stage.name, stage.assemble(round).output);
  }
  return [];
}

function firstRound(stage: ModelStage, context: StageContext): readonly CallSpec[] {
  const maxTokens = stage.chunkTokens?.(context.params);
  const chunks = maxTokens === undefined ? [] : chunkDocuments(context.documents, { maxTokens });
  return stage.plan({ ...context, round: 0, chunks, previous: undefined });
}

/** How far the count of tokens may be off (`tokens.ts`): for Latin script the truth is between 0.7 and 1.2 of the estimate. */
const countError: Range = { low: 0.7, expected: 1, high: 1.2 };

function estimateCalls(
  stage: ModelStage,
  calls: readonly CallSpec[],
  { hiddenPromptTokens }: ProviderProfile,
): StageEstimate {
  const counted = calls.flatMap(({ messages }) =>
    messages.map(({ content }) => estimateTokens(content)),
  );
  const inputTokens = counted.reduce((sum, tokens) => sum + tokens, 0);
  const answers = calls.map((spec) => stage.answerTokens?.(spec) ?? guessAnswer(spec));
  return {
    stage: stage.name,
    calls: exactly(calls.length),
    inputTokens: sumOfRanges([
      multiplied(exactly(inputTokens), countError),
      exactly(calls.length * hiddenPromptTokens),
    ]),
    outputTokens: sumOfRanges(answers),
  };
}

function guessAnswer({ maxOutputTokens }: CallSpec): Range {
  return multiplied(exactly(maxOutputTokens), { low: 0.01, expected: 0.2, high: 0.8 });
}

/** An answer that does not pass is asked for again, and each try is paid: none, one in twenty, two in five. Terse data counts less than prose. */
const inputSpread: Range = { low: 0.8, expected: 1.05, high: 1.4 };
/** The same of answers; who hardly thinks and answers tersely was seen at a third of the least that a stage reckons with. */
const outputSpread: Range = { low: 0.3, expected: 1.05, high: 1.4 };

function withSpread(stage: StageEstimate): StageEstimate {
  return {
    ...stage,
    inputTokens: multiplied(stage.inputTokens, inputSpread),
    outputTokens: multiplied(stage.outputTokens, outputSpread),
  };
}

function costRange(
  inputTokens: Range,
  outputTokens: Range,
  { price }: ProviderProfile,
): Estimate['costInMicroUsd'] {
  const cost = (pick: keyof Range) =>
    costOf({ inputTokens: inputTokens[pick], outputTokens: outputTokens[pick] }, price) ?? 0;
  return { low: cost('low'), expected: cost('expected'), high: cost('high') };
}

/** Seconds before the first token, and tokens of an answer that come in a second: what providers of the model were seen to do. */
const secondsBeforeAnswer: Range = { low: 0.3, expected: 2, high: 8 };
const tokensPerSecond: Range = { low: 150, expected: 60, high: 25 };
/** Steps of the machine around the calls of a stage. */
const secondsAroundStage: Range = { low: 0, expected: 3, high: 15 };

/** As many calls at once as the provider takes, and no more a minute than it allows. */
function minutesOf({ calls, outputTokens }: StageEstimate, { limits }: ProviderProfile): Range {
  const at = (pick: keyof Range) => {
    if (calls[pick] === 0) return 0;
    const answer = outputTokens[pick] / calls[pick] / tokensPerSecond[pick];
    const waves = calls[pick] / Math.min(limits.maxInFlight, calls[pick]);
    const byCalls = (waves * (secondsBeforeAnswer[pick] + answer) + secondsAroundStage[pick]) / 60;
    const byLimit =
      limits.requestsPerMinute === undefined ? 0 : calls[pick] / limits.requestsPerMinute - 1;
    return Math.max(byCalls, byLimit);
  };
  return { low: at('low'), expected: at('expected'), high: at('high') };
}

function roundedStage({ stage, calls, inputTokens, outputTokens }: StageEstimate): StageEstimate {
  return {
    stage,
    calls: rounded(calls),
    inputTokens: rounded(inputTokens),
    outputTokens: rounded(outputTokens),
  };
}

function rounded({ low, expected, high }: Range): Range {
  return { low: Math.floor(low), expected: Math.round(expected), high: Math.ceil(high) };
}

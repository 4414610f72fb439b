import type { CallSpec } from '#shared/domain/call.ts';
import { exactly, multiplied, type Range, type StageEstimate } from '#shared/domain/estimate.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import type { StageContext } from '../definition.ts';
import { answerTokens } from './answer-tokens.ts';
import { isAsking } from './check-stages.ts';
import type { AskingDefinition, WorkflowDefinition } from './definition.ts';

/** Tokens of the rules and the schema around a question. */
const rules = 700;

/** The stages behind the first that asks, told from its questions: how many there are, and how much their answers hold. */
export function estimateRest(
  definition: WorkflowDefinition,
  context: StageContext,
  calls: readonly CallSpec[],
): readonly StageEstimate[] {
  const asking = definition.stages.filter(isAsking);
  const [first, ...others] = asking;
  if (first === undefined) return [];
  const answers = new Map([
    [first.name, { calls: exactly(calls.length), tokens: answersOf(first, calls) }],
  ]);
  return others.map((stage) => {
    const estimate = estimateStage(stage, { definition, context, answers, calls: calls.length });
    answers.set(stage.name, { calls: estimate.calls, tokens: estimate.outputTokens });
    return estimate;
  });
}

interface Answers {
  readonly calls: Range;
  readonly tokens: Range;
}

function answersOf(stage: AskingDefinition, calls: readonly Pick<CallSpec, 'context'>[]): Range {
  const all = calls.map((spec) => answerTokens(spec, stage.schema));
  const sum = (pick: keyof Range) => all.reduce((total, range) => total + range[pick], 0);
  return { low: sum('low'), expected: sum('expected'), high: sum('high') };
}

function estimateStage(
  stage: AskingDefinition,
  known: {
    definition: WorkflowDefinition;
    context: StageContext;
    answers: ReadonlyMap<string, Answers>;
    calls: number;
  },
): StageEstimate {
  const names = sourcesOf(stage, known.definition);
  const before = names.flatMap((name) => known.answers.get(name) ?? []);
  const isOfDocuments = names.length === 0;
  // Half of what a model answers is thinking, which later stages do not read.
  const read: Range = isOfDocuments
    ? exactly(textTokens(known.context))
    : {
        low: total(before, 'low') * 0.3,
        expected: total(before, 'expected') * 0.6,
        high: total(before, 'high'),
      };
  const count = callsOf(stage, read, known.calls);
  const each = answerTokens({ context: { readTokens: read.expected } }, stage.schema);
  return {
    stage: stage.name,
    calls: count,
    inputTokens: {
      low: read.low + count.low * rules * 0.7,
      expected: read.expected + count.expected * rules,
      high: read.high * 1.5 + count.high * rules * 1.5,
    },
    outputTokens: stage.kind === 'map' ? multiplied(each, exactly(count.expected)) : each,
  };
}

/** The stages that ask and whose answers it reads, behind those that only check them. */
function sourcesOf(stage: AskingDefinition, { stages }: WorkflowDefinition): string[] {
  if (stage.kind === 'map') return [];
  const names = stage.kind === 'reduce' ? [stage.from] : (stage.from ?? []);
  return names.map((name) => {
    const source = stages.find((each) => each.name === name);
    return source?.kind === 'verify' ? source.of : name;
  });
}

/** Of a reduce the inner nodes of its tree; each holds as much as fits. */
function callsOf(stage: AskingDefinition, read: Range, mapCalls: number): Range {
  if (stage.kind === 'map') return exactly(mapCalls);
  if (stage.kind === 'model') return { low: 0, expected: 1, high: 1 };
  const nodes = (tokens: number) => Math.max(1, Math.ceil((tokens / stage.tokens) * 1.3));
  return { low: 1, expected: nodes(read.expected), high: nodes(read.high) + 2 };
}

function total(answers: readonly Answers[], pick: keyof Range): number {
  return answers.reduce((sum, { tokens }) => sum + tokens[pick], 0);
}

function textTokens({ documents }: StageContext): number {
  return documents
    .flatMap(({ units }) => units)
    .reduce((sum, { text }) => sum + estimateTokens(text), 0);
}

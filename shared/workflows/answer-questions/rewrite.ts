import type { CallSpec } from '#shared/domain/call.ts';
import { callIdOf } from '#shared/domain/ids.ts';
import type { AnswerFault, ModelStage, PlanContext } from '../definition.ts';
import { writePrompt } from '../prompt.ts';
import { describeLanguages } from './languages.ts';
import { rewritePrompt } from './prompts.ts';
import { askedOf, type Question, questionsOf } from './question-list.ts';
import { RewriteAnswer, type RewriteOutput } from './schemas.ts';

/** Questions of one call: few enough that none is forgotten. */
const questionsPerCall = 10;
/** Names enough to see what the documents are about. */
const maxDocumentNames = 60;
const maxQueries = 4;

/** Finds other words for each question, so that a passage is found that says it differently. */
export const rewriteStage: ModelStage = {
  kind: 'model',
  name: 'rewrite',
  title: 'Finding words to search for',
  tracksCoverage: false,
  // Without it the words of the question itself are searched for; the report says so.
  isAdvisory: true,
  maxRounds: 1,
  answer: RewriteAnswer,

  plan(context) {
    const questions = askedOf(questionsOf(context));
    const batches = Array.from(
      { length: Math.ceil(questions.length / questionsPerCall) },
      (_, at) => questions.slice(at * questionsPerCall, (at + 1) * questionsPerCall),
    );
    return batches.map((batch, index) => planCall(context, batch, index));
  },

  answerTokens(spec) {
    const questions = idsOf(spec).length;
    return {
      low: 100 + questions * 30,
      expected: 300 + questions * 80,
      high: 1_000 + questions * 250,
    };
  },

  check(answer, spec) {
    const ids = idsOf(spec);
    const { rewrites } = RewriteAnswer.parse(answer);
    const withQueries = new Set(
      rewrites.filter(({ queries }) => queries.length > 0).map(({ id }) => id),
    );
    const missing = ids.filter((id) => !withQueries.has(id));
    const isAnyUnknown = rewrites.some(({ id }) => !ids.includes(id));
    return [
      ...missing.map((id) => fault(`Question ${id} has no queries; write 2 to 4 for it.`)),
      ...(isAnyUnknown ? [fault('Use only the ids of the questions that are given.')] : []),
    ];
  },

  assemble({ outcomes }) {
    const output: RewriteOutput = { queries: {}, missing: 0 };
    for (const { spec, ...outcome } of outcomes) {
      const rewrites = outcome.isAnswered ? RewriteAnswer.parse(outcome.answer).rewrites : [];
      for (const id of idsOf(spec)) {
        const queries = rewrites.filter((each) => each.id === id).flatMap((each) => each.queries);
        if (queries.length === 0) output.missing += 1;
        else output.queries[id] = [...new Set(queries)].slice(0, maxQueries);
      }
    }
    return { output, isComplete: true };
  },
};

function planCall(context: PlanContext, batch: readonly Question[], index: number): CallSpec {
  const { library } = questionsOf(context);
  return {
    callId: callIdOf('rewrite', context.round, index),
    prompt: rewritePrompt.id,
    messages: writePrompt({
      ...rewritePrompt,
      facts: { 'Languages of the documents': describeLanguages(library) },
      sections: {
        documents: library
          .slice(0, maxDocumentNames)
          .map(({ name, title }) => ({ tag: 'document', text: title ?? name })),
        questions: batch.map(({ id, text }) => ({ tag: id, text })),
      },
    }),
    maxOutputTokens: 6_000,
    temperature: 0.3,
    unitIds: [],
    context: { questions: batch.map(({ id }) => id) },
  };
}

function idsOf({ context }: CallSpec): string[] {
  const ids = context['questions'];
  return Array.isArray(ids) ? ids.map(String) : [];
}

function fault(sentence: string): AnswerFault {
  return { sentence, isFatal: false };
}

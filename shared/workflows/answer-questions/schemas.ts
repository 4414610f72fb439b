import * as z from 'zod';
import { ErrorCodeSchema } from '#shared/domain/errors.ts';
import { UnitId } from '#shared/domain/ids.ts';
import { Evidence } from '../evidence.ts';

/** Answer to `answer-questions.rewrite`. */
export const RewriteAnswer = z.object({
  rewrites: z.array(
    z.object({
      id: z.string().transform(plainId),
      queries: z.array(z.string().trim().min(1).max(300)),
    }),
  ),
});
export type RewriteAnswer = z.infer<typeof RewriteAnswer>;

/** Search queries by the id of the question. */
export const RewriteOutput = z.object({
  queries: z.record(z.string(), z.array(z.string())),
  /** Questions that the model has not written queries for. */
  missing: z.int().min(0),
});
export type RewriteOutput = z.infer<typeof RewriteOutput>;

/** The best passages for each question, the best first, by their position in {@link passagesOf}. */
export const RetrieveOutput = z.object({
  passages: z.int().min(0),
  ranked: z.record(z.string(), z.array(z.int().min(0))),
});
export type RetrieveOutput = z.infer<typeof RetrieveOutput>;

/** How far a question is answered, as the model says it. */
const AnswerStatus = z
  .string()
  .transform((status) =>
    status
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, '-'),
  )
  .pipe(z.enum(['answered', 'partial', 'not-found']));

const ClaimedEvidence = z.object({
  quote: z.string().max(4_000),
  /** Unit id as the model wrote it. */
  unit: z.string().transform(plainId),
});

/** A sentence of an answer with what the model says supports it. */
export const ClaimedStatement = z.object({
  text: z.string().trim().min(1).max(2_000),
  evidence: z.array(ClaimedEvidence),
});
export type ClaimedStatement = z.infer<typeof ClaimedStatement>;

/** Answer to `answer-questions.answer`. */
export const QuestionAnswer = z.object({
  status: AnswerStatus,
  statements: z.array(ClaimedStatement),
  missing: z
    .string()
    .trim()
    .max(1_000)
    .nullish()
    .transform((missing) => (missing === null || missing === '' ? undefined : missing)),
});
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

/** One look at a question: what the model was shown and what it said. */
export const Look = z.discriminatedUnion('isAnswered', [
  z.object({
    isAnswered: z.literal(true),
    /** Units that it was shown. */
    units: z.array(UnitId),
    answer: z.object({
      status: z.enum(['answered', 'partial', 'not-found']),
      statements: z.array(ClaimedStatement),
      missing: z.string().optional(),
    }),
  }),
  z.object({ isAnswered: z.literal(false), units: z.array(UnitId), code: ErrorCodeSchema }),
]);
export type Look = z.infer<typeof Look>;

/** The looks at each question in their order, by its id; none at a question that no passage has a word of. */
export const AnswerOutput = z.object({ looks: z.record(z.string(), z.array(Look)) });
export type AnswerOutput = z.infer<typeof AnswerOutput>;

/** What became of a question. `kept`: its answer cell was left alone. */
export const QuestionStatus = z.enum(['answered', 'partial', 'not-found', 'failed', 'kept']);
export type QuestionStatus = z.infer<typeof QuestionStatus>;

/** A statement as it is delivered; without evidence only where the task is not strict. */
export const Statement = z.object({ text: z.string(), evidence: z.array(Evidence) });
export type Statement = z.infer<typeof Statement>;

export const DropReason = z.enum(['no-quote', 'quote-not-found', 'figure-not-in-source']);
export type DropReason = z.infer<typeof DropReason>;

/** A question with its checked answer. */
export const VerifiedQuestion = z.object({
  id: z.string(),
  status: QuestionStatus,
  statements: z.array(Statement),
  /** What the documents do not say, in the words of the model. */
  missing: z.string().optional(),
  dropped: z.array(z.object({ text: z.string(), reason: DropReason })),
  /** How often the model has looked at it. */
  looks: z.int().min(0),
  /** Of a failed question. */
  code: ErrorCodeSchema.optional(),
});
export type VerifiedQuestion = z.infer<typeof VerifiedQuestion>;

export const VerifyOutput = z.object({ questions: z.array(VerifiedQuestion) });
export type VerifyOutput = z.infer<typeof VerifyOutput>;

function plainId(id: string): string {
  return id.replace(/[[\]\s]/g, '');
}

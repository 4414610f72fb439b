import * as z from 'zod';
import { LanguageTag } from '../language-param.ts';

/** More would not fit into one workbook that a person reads. */
export const maxQuestions = 500;
const maxQuestionLength = 2_000;

const questionText = z.string().trim().min(1).max(maxQuestionLength);
const column = z.string().trim().min(1).max(200);

/** Parameters of `answer-questions`. */
export const AnswerQuestionsParams = z.strictObject({
  questions: z
    .union([
      z.string().trim().min(1).max(100_000),
      z
        .array(
          z.union([
            questionText,
            z.strictObject({ id: z.string().trim().min(1).max(60), text: questionText }),
          ]),
        )
        .min(1)
        .max(maxQuestions),
    ])
    .describe(
      'A list of questions, each a text or {id, text}; or the name of an input that is an XLSX, ODS or CSV with a column of questions; or questions as one text, one a line',
    ),
  questionColumn: column
    .optional()
    .describe(
      'Header or letter of the column with the questions; found by its header where not given',
    ),
  answerColumn: column
    .optional()
    .describe(
      'Header or letter of the column to fill in; found by its header where not given, else the first free column',
    ),
  sourcesColumn: column
    .optional()
    .describe(
      'Header or letter of the column for the sources; where not given, one with such a header or a free one beside the answers, else the sources stand below the answer',
    ),
  sheet: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Sheet with the questions; every sheet with a column of questions where not given'),
  overwrite: z
    .boolean()
    .default(false)
    .describe(
      'Also answer questions whose answer cell holds a text already, and replace that text; otherwise they are left alone',
    ),
  strict: z
    .boolean()
    .default(true)
    .describe(
      'true: only what a quote found in the documents supports is an answer; false: other statements are kept too, and marked',
    ),
  maxWords: z.int().min(10).max(2_000).default(120).describe('Most words of an answer'),
  language: z
    .union([z.literal('auto'), LanguageTag])
    .default('auto')
    .describe(
      'Language of the answers as a BCP 47 tag, for example en, de or pt-BR; auto: the language of each question',
    ),
  topK: z
    .int()
    .min(1)
    .max(40)
    .default(8)
    .describe('How many passages of the documents one question is answered from at first'),
});
export type AnswerQuestionsParams = z.infer<typeof AnswerQuestionsParams>;

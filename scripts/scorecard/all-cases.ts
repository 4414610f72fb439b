import { answerQuestionsCases } from './answer-questions.ts';
import { compareContractsCases } from './compare-contracts.ts';
import { extractTableCases } from './extract-table.ts';
import { minutesCases } from './minutes.ts';
import type { ScoreCase } from './score.ts';
import { summarizeCases } from './summarize.ts';
import { translateCases } from './translate.ts';

/** The cases of each workflow. `rows` is the size of a table. */
export const caseLists: Readonly<Record<string, (given: { rows?: number }) => ScoreCase[]>> = {
  summarize: summarizeCases,
  'answer-questions': answerQuestionsCases,
  translate: translateCases,
  'extract-table': extractTableCases,
  minutes: minutesCases,
  'compare-contracts': compareContractsCases,
};

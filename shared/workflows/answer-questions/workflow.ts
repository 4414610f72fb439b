import { DocumentFormat } from '#shared/domain/document.ts';
import type { Workflow } from '../definition.ts';
import { accountForQuestions } from './account.ts';
import { answerStage } from './answer.ts';
import { estimateAnswers } from './estimate.ts';
import { AnswerQuestionsParams } from './params.ts';
import { filledNameOf, renderAnswers } from './render.ts';
import { retrieveStage } from './retrieve.ts';
import { rewriteStage } from './rewrite.ts';
import { verifyStage } from './verify.ts';

/** Answers questions from up to 200 documents; what no quote supports is not found. */
export const answerQuestions: Workflow = {
  id: 'answer-questions',
  version: 1,
  title: 'Answer questions',
  description:
    'Answers a list of questions, or the questions of a workbook, from up to 200 documents. Every answer is supported by quotes that were found in the documents by program, or it is “not found”. A workbook of questions comes back filled in and otherwise untouched.',
  acceptedFormats: DocumentFormat.options,
  // 200 documents and the workbook with the questions.
  maxDocuments: 201,
  params: AnswerQuestionsParams,
  stages: [rewriteStage, retrieveStage, answerStage, verifyStage],
  artifacts: [
    { name: 'answers.xlsx', format: 'xlsx' },
    { name: 'answers.docx', format: 'docx' },
  ],
  furtherArtifacts: {
    described: '<name>-answered with the ending of an XLSX, CSV or TSV with the questions',
    names(params, inputs) {
      const { questions } = AnswerQuestionsParams.parse(params);
      const source = inputs.find(({ name }) => name === questions);
      if (source?.format !== 'xlsx' && source?.format !== 'csv') return [];
      return [filledNameOf(source.name, source.format)];
    },
  },
  account: accountForQuestions,
  render: renderAnswers,
  estimateRest: estimateAnswers,
};

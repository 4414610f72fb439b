import type { ArtifactContent } from '../artifact-content.ts';
import { createCitationList } from '../citation-list.ts';
import type { RenderContext, Rendering } from '../definition.ts';
import { filledCells } from './filled-workbook.ts';
import { languageOfAnswers, type Phrases, phrasesIn } from './languages.ts';
import { AnswerQuestionsParams } from './params.ts';
import { type QuestionList, questionsOf } from './question-list.ts';
import { answersReport, noticesOf } from './report.ts';
import { type AnswersResult, resultOf } from './result.ts';
import { answersWorkbook } from './workbook.ts';

/** Makes the result and its files: the answers as a workbook and a report and, of questions in a workbook, a copy of it that is filled in. */
export function renderAnswers(context: RenderContext): Rendering {
  const list = questionsOf(context);
  const language = languageOfAnswers(AnswerQuestionsParams.parse(context.params), list.questions);
  const phrases = phrasesIn(language);
  const citations = createCitationList(context);
  const result = resultOf(context, citations);
  const notices = noticesOf(context, result);
  const frame = { citations: citations.all, notices, language, unsupported: phrases.unsupported };
  return {
    result,
    citations: citations.all,
    contents: {
      'answers.xlsx': { format: 'xlsx', workbook: answersWorkbook(result, frame) },
      'answers.docx': {
        format: 'docx',
        report: answersReport(context, result, { language, notices, phrases }),
      },
      ...filledWorkbook(list, result, phrases),
    },
  };
}

function filledWorkbook(
  list: QuestionList,
  { questions }: AnswersResult,
  phrases: Phrases,
): Record<string, ArtifactContent> {
  const { id, name, format } = list.source?.document ?? {};
  if (id === undefined || (format !== 'xlsx' && format !== 'csv')) return {};
  return {
    [filledNameOf(name ?? '', format)]: {
      format: 'filled-workbook',
      original: id,
      originalFormat: format,
      cells: filledCells(list, questions, phrases),
    },
  };
}

/** `security.xlsx` becomes `security-answered.xlsx`; what a name of an artifact may not have is left out. */
export function filledNameOf(name: string, format: 'xlsx' | 'csv'): string {
  const extension = /\.tsv$/iu.test(name) ? 'tsv' : format;
  const stem = name.replace(/\.[^.]+$/u, '').replace(/[^\p{L}\p{N}._ -]+/gu, '-');
  return `${stem === '' ? 'questions' : stem}-answered.${extension}`;
}

import type { Report, ReportBlock, Run } from '#shared/domain/report.ts';
import type { RenderContext } from '../definition.ts';
import { answeredBy, documentRemarks, gapNotices, simulatedNotices } from '../notices.ts';
import type { Phrases } from './languages.ts';
import type { AnsweredQuestion, AnswersResult } from './result.ts';
import { RewriteOutput } from './schemas.ts';
import { statusWords } from './workbook.ts';

const maxQuestionsNamed = 20;

/** What a reader must know first: what is missing and who has answered. */
export function noticesOf(context: RenderContext, result: AnswersResult): string[] {
  const failed = result.questions.filter(({ status }) => status === 'failed');
  const names = failed.slice(0, maxQuestionsNamed).map(({ id, label }) => label ?? id);
  const more = failed.length - names.length;
  const rewritten = RewriteOutput.safeParse(context.earlier('rewrite')).data;
  const unsearched = rewritten === undefined ? result.questions.length : rewritten.missing;
  return [
    ...(failed.length > 0
      ? [
          `${failed.length} of ${result.questions.length} questions could not be put to the model and are not answered: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}. They are marked “failed”; that is not the same as “not found”.`,
        ]
      : []),
    ...gapNotices(context, 'This set of answers'),
    ...(unsearched > 0
      ? [
          `For ${unsearched} questions no further words to search for could be written; they were searched for with their own words only.`,
        ]
      : []),
    ...simulatedNotices(
      context,
      'These answers were put together by a program from sentences of the documents',
    ),
  ];
}

/** `answers.docx`: each question with its answer and footnotes, and a list of what was not found. */
export function answersReport(
  context: RenderContext,
  result: AnswersResult,
  frame: {
    readonly language: string;
    readonly notices: readonly string[];
    readonly phrases: Phrases;
  },
): Report {
  return {
    title: result.title,
    subtitle: subtitleOf(result),
    language: frame.language,
    blocks: [
      ...frame.notices.map((text): ReportBlock => ({ kind: 'notice', text })),
      { kind: 'lead', runs: [{ text: leadOf(result) }] },
      ...openQuestions(result),
      { kind: 'heading', level: 1, text: 'Questions and answers' },
      ...result.questions.flatMap((question) => questionBlocks(question, frame.phrases)),
    ],
    colophon: colophonOf(context, result),
  };
}

const maxDocumentsNamed = 5;

function subtitleOf({ documents }: AnswersResult): string {
  const names = documents.slice(0, maxDocumentsNamed).map(({ name }) => name);
  const more = documents.length - names.length;
  return [...names, ...(more > 0 ? [`and ${more} more documents`] : [])].join(' · ');
}

function leadOf({ counts, questions }: AnswersResult): string {
  const parts = [
    `${counts.answered} of ${questions.length} questions are answered in full`,
    ...(counts.partial > 0 ? [`${counts.partial} in part`] : []),
    ...(counts['not-found'] > 0 ? [`${counts['not-found']} not found in the documents`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.kept > 0 ? [`${counts.kept} not asked`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** What a reader has to find out elsewhere. */
function openQuestions({ questions }: AnswersResult): ReportBlock[] {
  const open = questions.filter(({ status }) => status !== 'answered');
  if (open.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'Not answered, or not in full' },
    {
      kind: 'table',
      header: ['Question', 'Status', 'Remarks'],
      rows: open.map(({ id, label, question, status, missing = '', issues }) => [
        [{ text: `${label ?? id}: `, isBold: true }, { text: question }],
        [{ text: statusWords[status] }],
        [{ text: [missing, ...issues].filter((text) => text !== '').join(' ') }],
      ]),
    },
  ];
}

function questionBlocks(question: AnsweredQuestion, phrases: Phrases): ReportBlock[] {
  const { id, label, status, statements, missing } = question;
  const isWhole = status === 'answered';
  const runs = statements.map(({ text, citations }, index): Run => {
    const space = index === 0 ? '' : ' ';
    return citations.length > 0
      ? { text: `${space}${text}`, citations: [...citations] }
      : { text: `${space}${text} ${phrases.unsupported}` };
  });
  const state: Run[] = isWhole ? [] : [{ text: `${statusText(question, phrases)} `, isBold: true }];
  const open: Run[] =
    missing === undefined
      ? []
      : [{ text: `${runs.length > 0 ? ' ' : ''}${phrases.openPart} ${missing}`, isItalic: true }];
  return [
    { kind: 'heading', level: 2, text: `${label ?? id}. ${question.question}` },
    {
      kind: 'paragraph',
      runs: status === 'not-found' ? [...state, ...open] : [...state, ...runs, ...open],
    },
  ];
}

function statusText({ status, issues }: AnsweredQuestion, phrases: Phrases): string {
  switch (status) {
    case 'failed':
      return phrases.notAnswered;
    case 'not-found':
      return phrases.notFound;
    case 'kept':
      return issues[0] ?? 'Not asked.';
    case 'answered':
    case 'partial':
      return 'In part:';
  }
}

function colophonOf(context: RenderContext, result: AnswersResult): string[] {
  const { units, used, skipped, failed } = context.coverage.totals;
  return [
    answeredBy(context, 'sentences are picked from the documents, not written by a language model'),
    `All ${result.documents.length} documents were searched by words. Of ${units} parts of the files, ${used} were read for a question, ${skipped} were not and ${failed} failed. Every quote was found in the documents by program.`,
    result.dropped === 0
      ? 'No statement had to be dropped.'
      : `${result.dropped} ${result.dropped === 1 ? 'statement was' : 'statements were'} dropped because the quote or a figure could not be found in the documents.`,
    ...documentRemarks(context),
  ];
}

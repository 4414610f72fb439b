import type { Citation } from '#shared/domain/citation.ts';
import type { Cell, Column, Sheet, Workbook } from '#shared/domain/workbook.ts';
import type { AnsweredQuestion, AnswersResult } from './result.ts';
import type { QuestionStatus } from './schemas.ts';

/** What the workbook says beside the result. */
export interface WorkbookFrame {
  readonly citations: readonly Citation[];
  /** What is missing, for the first lines of the first sheet. */
  readonly notices: readonly string[];
  readonly language: string;
  readonly unsupported: string;
}

export const statusWords: Readonly<Record<QuestionStatus, string>> = {
  answered: 'answered',
  partial: 'partial',
  'not-found': 'not found',
  failed: 'failed',
  kept: 'not asked',
};

/** `answers.xlsx`: the answers, the quote behind each statement, and what a reader must know. */
export function answersWorkbook(result: AnswersResult, frame: WorkbookFrame): Workbook {
  return {
    title: result.title,
    language: frame.language,
    sheets: [answersSheet(result, frame), evidenceSheet(result), issuesSheet(result)],
  };
}

function answersSheet(result: AnswersResult, frame: WorkbookFrame): Sheet {
  const { counts } = result;
  const totals = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${statusWords[status as QuestionStatus]}`);
  return {
    name: 'Answers',
    notes: [
      ...frame.notices.map((text) => ({ text, isBold: true, mark: 'warning' as const })),
      { text: `${result.title}: ${totals.join(', ')}.` },
    ],
    columns: [
      text('Id', 16),
      text('Question', 45),
      text('Status', 12),
      text('Answer', 70),
      text('Not found', 35),
      text('Sources', 45),
      text('Documents', 30),
      text('Issues', 45),
    ],
    rows: result.questions.map((question) => answerRow(question, frame)),
  };
}

function answerRow(question: AnsweredQuestion, frame: WorkbookFrame): Cell[] {
  const { id, label, status, statements, missing = '', issues } = question;
  const cited = frame.citations.filter((each) => question.citations.includes(each.id));
  const answer = statements.map((each) =>
    each.citations.length > 0 ? each.text : `${each.text} ${frame.unsupported}`,
  );
  return [
    textCell(label ?? id),
    textCell(question.question),
    { ...textCell(statusWords[status]), ...markOf(status) },
    textCell(answer.join(' ')),
    textCell(missing),
    textCell(
      [...new Set(cited.map(({ documentName, place }) => `${documentName}, ${place}`))].join('; '),
    ),
    textCell([...new Set(cited.map(({ documentName }) => documentName))].join('; ')),
    textCell(issues.join(' ')),
  ];
}

function markOf(status: QuestionStatus): { mark?: 'warning' | 'missing' } {
  if (status === 'answered' || status === 'kept') return {};
  return { mark: status === 'partial' ? 'warning' : 'missing' };
}

function evidenceSheet({ questions }: AnswersResult): Sheet {
  const rows = questions.flatMap(({ id, label, statements }) =>
    statements.flatMap(({ text: said, citations }) =>
      citations.map((citation): Cell[] => [
        textCell(label ?? id),
        textCell(said),
        { kind: 'citation', id: citation, show: 'quote' },
        { kind: 'citation', id: citation, show: 'document' },
        { kind: 'citation', id: citation, show: 'place' },
      ]),
    ),
  );
  return {
    name: 'Evidence',
    columns: [
      text('Question', 16),
      text('Statement', 60),
      text('Quote', 60),
      text('Document', 30),
      text('Place', 30),
    ],
    rows,
  };
}

function issuesSheet({ questions }: AnswersResult): Sheet {
  const rows = questions.flatMap(({ id, label, status, issues }) =>
    issues.map((issue): Cell[] => [
      textCell(label ?? id),
      textCell(statusWords[status]),
      textCell(issue),
    ]),
  );
  return {
    name: 'Issues',
    columns: [text('Question', 16), text('Status', 12), text('Issue', 100)],
    rows,
  };
}

function text(title: string, width: number): Column {
  return { title, type: 'text', width, wrap: true };
}

function textCell(value: string): Cell {
  return value === '' ? { kind: 'empty' } : { kind: 'text', text: value };
}

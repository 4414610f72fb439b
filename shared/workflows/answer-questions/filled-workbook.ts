import type { FilledCell } from '../artifact-content.ts';
import { columnName } from './grid.ts';
import type { Phrases } from './languages.ts';
import type { QuestionList } from './question-list.ts';
import type { AnsweredQuestion } from './result.ts';

/** The cells of the user's workbook that get an answer or its sources, and headers for columns that are new. */
export function filledCells(
  { questions, source }: QuestionList,
  answered: readonly AnsweredQuestion[],
  phrases: Phrases,
): FilledCell[] {
  const headers = (source?.sheets ?? []).flatMap((each): FilledCell[] => {
    const { grid, headerRow, questionColumn, answerColumn, sourcesColumn } = each;
    if (headerRow === 0) return [];
    const header = (column: number, text: string) => ({
      sheet: grid.sheet,
      cell: `${columnName(column)}${headerRow}`,
      text,
      styleOf: `${columnName(questionColumn)}${headerRow}`,
    });
    return [
      ...(each.isAnswerColumnNew ? [header(answerColumn, phrases.answer)] : []),
      ...(sourcesColumn !== undefined && each.isSourcesColumnNew
        ? [header(sourcesColumn, phrases.sources)]
        : []),
    ];
  });
  const byId = new Map(answered.map((each) => [each.id, each]));
  const cells = questions.flatMap(({ id, origin }): FilledCell[] => {
    const question = byId.get(id);
    if (question === undefined || origin === undefined || origin.leftAlone !== undefined) return [];
    const { sheet, questionCell: styleOf, answerCell, sourcesCell } = origin;
    const text = answerText(question, phrases);
    const { citations } = question;
    if (citations.length === 0) return [{ sheet, cell: answerCell, text, styleOf }];
    return sourcesCell === undefined
      ? [{ sheet, cell: answerCell, text, styleOf, citations }]
      : [
          { sheet, cell: answerCell, text, styleOf },
          { sheet, cell: sourcesCell, text: '', styleOf, citations },
        ];
  });
  return [...headers, ...cells];
}

function answerText({ status, statements, missing }: AnsweredQuestion, phrases: Phrases): string {
  if (status === 'failed') return phrases.notAnswered;
  if (status === 'not-found') return phrases.notFound;
  const said = statements.map(({ text, citations }) =>
    citations.length > 0 ? text : `${text} ${phrases.unsupported}`,
  );
  const open =
    status === 'partial' && missing !== undefined ? [`${phrases.openPart} ${missing}`] : [];
  return [said.join(' '), ...open].join('\n');
}

import { describe, expect, it } from '@jest/globals';
import { gridsOf } from '#shared/workflows/answer-questions/grid.ts';
import { questionsOf } from '#shared/workflows/answer-questions/question-list.ts';
import { findQuestionSheets } from '#shared/workflows/answer-questions/question-sheet.ts';
import { readDocument } from '../../../support/read-document.ts';
import { documentFromLines } from '../../../support/sample-documents.ts';
import { row, workbookFile } from '../../../support/workbook-files.ts';

const workbookOf = (rows: string, after = '') =>
  readDocument(workbookFile({ sheets: [{ name: 'Ask', rows, after }] }), ['xlsx']);
const library = documentFromLines(['Something is said here.'], { position: 2, name: 'library.md' });

async function questionsIn(rows: string, params: Record<string, unknown> = {}, after = '') {
  const document = await workbookOf(rows, after);
  return questionsOf({
    documents: [document, library],
    params: { questions: document.name, ...params },
  });
}

describe('findQuestionSheets', () => {
  it.each([
    [
      ['No', 'Question', 'Answer', 'Sources'],
      { questionColumn: 1, answerColumn: 2, sourcesColumn: 3 },
    ],
    [
      ['Frage', 'Antwort'],
      { questionColumn: 0, answerColumn: 1, sourcesColumn: 2, isSourcesColumnNew: true },
    ],
    [['Answer', 'Question'], { questionColumn: 1, answerColumn: 0, sourcesColumn: undefined }],
    [['Question', 'Owner'], { answerColumn: 2, isAnswerColumnNew: true, sourcesColumn: 3 }],
  ])('finds the columns of %j', async (header, expected) => {
    const body = header.map((_, index) =>
      index === header.indexOf('Question') ? 'Why?' : `x${index}`,
    );
    const document = await workbookOf(row(1, header) + row(2, body));

    expect(findQuestionSheets(gridsOf(document), {})[0]).toMatchObject(expected);
  });

  it('takes columns by header or letter', async () => {
    const document = await workbookOf(
      row(1, ['A', 'Point', 'Reply']) + row(2, ['1', 'Why so', 'x']),
    );
    const [byName] = findQuestionSheets(gridsOf(document), {
      questionColumn: 'point',
      answerColumn: 'F',
    });

    expect(byName).toMatchObject({ questionColumn: 1, answerColumn: 5, isAnswerColumnNew: true });
  });

  it.each([{ questionColumn: 'None' }, { sheet: 'None' }, { answerColumn: 'No such' }])(
    'refuses %j, which the workbook does not have',
    async (wanted) => {
      const document = await workbookOf(row(1, ['Question']) + row(2, ['Why?']));

      expect(() => findQuestionSheets(gridsOf(document), wanted)).toThrow('Expected');
    },
  );
});

describe('questionsOf a workbook', () => {
  it('leaves answers and formulas alone unless it is told to replace answers', async () => {
    const rows =
      row(1, ['Question', 'Answer']) +
      row(2, ['Who?', 'Somebody wrote this']) +
      row(3, ['Where?', '<c r="B3"><f>1+1</f><v>2</v></c>']) +
      row(4, ['When?']);
    const leftAlone = async (overwrite: boolean) =>
      (await questionsIn(rows, { overwrite })).questions.map(({ origin }) => origin?.leftAlone);

    expect(await leftAlone(false)).toEqual([
      'it is answered in the workbook already',
      'its answer cell holds a formula',
      undefined,
    ]);
    expect(await leftAlone(true)).toEqual([
      undefined,
      'its answer cell holds a formula',
      undefined,
    ]);
  });

  it('knows the place of each question and of its answer', async () => {
    const { questions } = await questionsIn(
      row(3, ['No', 'Question']) + row(4, [1, 'Who?']) + row(6, [2, 'Where?']),
    );

    expect(questions).toMatchObject([
      { id: 'q1', label: 'Ask!B4', origin: { answerCell: 'C4', sourcesCell: 'D4' } },
      { id: 'q2', label: 'Ask!B6', origin: { answerCell: 'C6', sourcesCell: 'D6' } },
    ]);
  });

  it('does not search the workbook itself', async () => {
    const { library: searched } = await questionsIn(row(1, ['Question']) + row(2, ['Who?']));

    expect(searched.map(({ name }) => name)).toEqual(['library.md']);
  });
});

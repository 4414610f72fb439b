import type { Document, DocumentFormat } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import { columnName, type GridRow, gridsOf } from './grid.ts';
import { AnswerQuestionsParams, maxQuestions } from './params.ts';
import { findQuestionSheets, type QuestionSheet } from './question-sheet.ts';

/** A question with where it came from. */
export interface Question {
  /** `q1`, `q2`, … in the order in which they were asked. */
  readonly id: string;
  readonly text: string;
  /** The id that the submitter gave, or the place in the workbook: `Security!B7`. */
  readonly label: string | undefined;
  readonly origin: QuestionOrigin | undefined;
}

/** The row that a question of a workbook stands in. */
export interface QuestionOrigin {
  readonly sheet: string;
  readonly unitId: UnitId;
  readonly questionCell: string;
  readonly answerCell: string;
  /** `undefined`: the sources stand below the answer. */
  readonly sourcesCell: string | undefined;
  /** Why its answer cell is left alone, if so; nothing is asked then. */
  readonly leftAlone: string | undefined;
}

/** The questions of a task and the documents that may answer them. */
export interface QuestionList {
  readonly questions: readonly Question[];
  /** The input that the questions came in. */
  readonly source:
    | { readonly document: Document; readonly sheets: readonly QuestionSheet[] }
    | undefined;
  /** All other documents. */
  readonly library: readonly Document[];
}

const tableFormats: readonly DocumentFormat[] = ['xlsx', 'ods', 'csv'];
const lists = new WeakMap<readonly Document[], Map<string, QuestionList>>();

/** Reads the questions from the parameters or the workbook that they name. Throws `invalid_params` where there are none to be found. */
export function questionsOf(context: Pick<StageContext, 'params' | 'documents'>): QuestionList {
  const params = AnswerQuestionsParams.parse(context.params);
  // Every check of an answer asks for them again.
  const known = lists.get(context.documents) ?? new Map<string, QuestionList>();
  lists.set(context.documents, known);
  const key = JSON.stringify(params);
  const list = known.get(key) ?? readQuestions(context.documents, params);
  known.set(key, list);
  return list;
}

/** Questions that the model is asked: not those whose answer cell is left alone. */
export function askedOf({ questions }: QuestionList): readonly Question[] {
  return questions.filter(({ origin }) => origin?.leftAlone === undefined);
}

function readQuestions(
  documents: readonly Document[],
  params: AnswerQuestionsParams,
): QuestionList {
  const { questions } = params;
  if (typeof questions !== 'string') return listed(documents, questions);
  const document = documents.find(({ name }) => name === questions);
  if (document !== undefined) return ofWorkbook(documents, document, params);
  if (/^[^\n?]+\.(?:xlsx?|xlsm|ods|csv|tsv|docx?|odt|pdf|rtf|txt|md|json)$/iu.test(questions)) {
    throw invalid(
      'Expected the parameter questions to name one of the inputs, got a file name that none of them has; do send that file with the documents.',
    );
  }
  return listed(
    documents,
    questions.split('\n').filter((line) => line.trim() !== ''),
  );
}

function listed(
  documents: readonly Document[],
  given: readonly (string | { readonly id: string; readonly text: string })[],
): QuestionList {
  refuseTooMany(given.length);
  refuseNoLibrary(documents);
  const questions = given.map((each, index): Question => {
    const isText = typeof each === 'string';
    return {
      id: `q${index + 1}`,
      text: (isText ? each : each.text).trim(),
      label: isText ? undefined : each.id,
      origin: undefined,
    };
  });
  return { questions, source: undefined, library: documents };
}

function ofWorkbook(
  documents: readonly Document[],
  document: Document,
  params: AnswerQuestionsParams,
): QuestionList {
  if (!tableFormats.includes(document.format)) {
    throw invalid(
      `Expected the input with the questions to be an XLSX, ODS or CSV file, got ${document.format}; do save it as one of those or send the questions as a list.`,
    );
  }
  const library = documents.filter(
    ({ id }) => id !== document.id && !document.attachments.includes(id),
  );
  refuseNoLibrary(library);
  const sheets = findQuestionSheets(gridsOf(document), params);
  const questions = sheets
    .flatMap((sheet) => rowsWithQuestions(sheet).map((row) => ({ sheet, row })))
    .map(({ sheet, row }, index) => questionAt(sheet, row, { index, params }));
  if (questions.length === 0) {
    throw invalid(
      'Expected at least one question below the header of the column of questions, got none; do fill in the column or name another in questionColumn.',
    );
  }
  refuseTooMany(questions.length);
  return { questions, source: { document, sheets }, library };
}

function rowsWithQuestions({ grid, headerRow, questionColumn }: QuestionSheet): GridRow[] {
  const header = grid.rows.find(({ row }) => row === headerRow)?.cells.get(questionColumn)?.text;
  return grid.rows.filter(({ row, cells }) => {
    const text = cells.get(questionColumn)?.text ?? '';
    // A header may be repeated on every printed page.
    return row > headerRow && /[\p{L}\p{N}]/u.test(text) && text !== header;
  });
}

function questionAt(
  sheet: QuestionSheet,
  gridRow: GridRow,
  { index, params }: { index: number; params: AnswerQuestionsParams },
): Question {
  const { grid, questionColumn, answerColumn, sourcesColumn } = sheet;
  const { row, cells, unitOf } = gridRow;
  const unitId = unitOf.get(questionColumn);
  const prefix = grid.sheet === '' ? '' : `${grid.sheet}!`;
  const isSourcesFree =
    sourcesColumn !== undefined &&
    refusalOf(sheet, gridRow, { column: sourcesColumn, params }) === undefined;
  return {
    id: `q${index + 1}`,
    text: cells.get(questionColumn)?.text ?? '',
    label: `${prefix}${columnName(questionColumn)}${row}`,
    ...(unitId === undefined
      ? { origin: undefined }
      : {
          origin: {
            sheet: grid.sheet,
            unitId,
            questionCell: `${columnName(questionColumn)}${row}`,
            answerCell: `${columnName(answerColumn)}${row}`,
            sourcesCell: isSourcesFree ? `${columnName(sourcesColumn)}${row}` : undefined,
            leftAlone: refusalOf(sheet, gridRow, { column: answerColumn, params }),
          },
        }),
  };
}

/** Why a cell may not be filled in. */
function refusalOf(
  { grid }: QuestionSheet,
  { row, cells }: GridRow,
  { column, params }: { column: number; params: AnswerQuestionsParams },
): string | undefined {
  const cell = cells.get(column);
  if (cell?.hasFormula === true) return 'its answer cell holds a formula';
  if (cell !== undefined && !params.overwrite) return 'it is answered in the workbook already';
  const isCovered = grid.merges.some(
    ({ top, bottom, left, right }) =>
      row >= top &&
      row <= bottom &&
      column >= left &&
      column <= right &&
      (row !== top || column !== left),
  );
  return isCovered ? 'its answer cell is hidden below merged cells' : undefined;
}

function refuseTooMany(count: number): void {
  if (count <= maxQuestions) return;
  throw invalid(
    `Expected at most ${maxQuestions} questions, got ${count}; do split them over several tasks.`,
  );
}

function refuseNoLibrary(library: readonly Document[]): void {
  if (library.length > 0) return;
  throw invalid(
    'Expected documents to answer the questions from, got only the workbook of questions; do send the documents with it.',
  );
}

function invalid(message: string): QuireError {
  return new QuireError('invalid_params', message, { details: { param: 'questions' } });
}

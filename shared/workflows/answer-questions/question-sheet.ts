import { QuireError } from '#shared/domain/errors.ts';
import { columnName, columnOf, type Grid, type GridRow } from './grid.ts';
import type { AnswerQuestionsParams } from './params.ts';

/** Where the questions of a sheet stand and where their answers go. Columns count from 0. */
export interface QuestionSheet {
  readonly grid: Grid;
  /** Row of the headers; 0 where the sheet has none. */
  readonly headerRow: number;
  readonly questionColumn: number;
  readonly answerColumn: number;
  /** The column has no header yet. */
  readonly isAnswerColumnNew: boolean;
  /** `undefined`: the sources stand below the answer. */
  readonly sourcesColumn: number | undefined;
  readonly isSourcesColumnNew: boolean;
}

type Wanted = Pick<
  AnswerQuestionsParams,
  'questionColumn' | 'answerColumn' | 'sourcesColumn' | 'sheet'
>;

/** The sheets that have a column of questions. Throws `invalid_params` where there is none, or where a column that was named is not there. */
export function findQuestionSheets(grids: readonly Grid[], wanted: Wanted): QuestionSheet[] {
  const named =
    wanted.sheet === undefined ? grids : grids.filter(({ sheet }) => sheet === wanted.sheet);
  if (named.length === 0) {
    throw invalid(
      'sheet',
      'Expected the parameter sheet to name a sheet of the workbook that has content, got another; do name one of its sheets exactly as it is written on its tab.',
    );
  }
  const sheets = named.flatMap((grid) => sheetOf(grid, wanted) ?? []);
  if (sheets.length > 0) return sheets;
  throw invalid(
    'questionColumn',
    wanted.questionColumn === undefined
      ? 'Expected a column of questions with a header such as “Question”, got none; do name the column by its header or letter in the parameter questionColumn.'
      : 'Expected the parameter questionColumn to be the header or the letter of a column with content, got another; do check its spelling.',
  );
}

const questionHeader =
  /^(?:questions?|question text|query|queries|requirements?|frage(?:n|text)?|anforderung(?:en)?|preguntas?|domand[ae]|perguntas?|vra(?:ag|gen)|質問|问题|問題)\b|(?:^|\s)questions?$/iu;
const answerHeader =
  /^(?:(?:your|vendor|supplier|our)\s)?(?:answers?|responses?|reply|replies|antwort(?:en)?|réponses?|respuestas?|rispost[ae]|respostas?|antwoord(?:en)?|回答|答案)\b/iu;
const sourcesHeader =
  /^(?:sources?|references?|evidence|citations?|quellen?|belege?|nachweise?|fuentes?|fonti|fontes?|bron(?:nen)?|出典|来源)\b/iu;
/** A header is short; a question that begins with the word is not. */
const maxHeaderLength = 60;
/** A header stands at the top of its sheet. */
const maxRowsAboveHeader = 30;

function sheetOf(grid: Grid, wanted: Wanted): QuestionSheet | undefined {
  const found = findQuestionColumn(grid, wanted.questionColumn);
  if (found === undefined) return undefined;
  const { headerRow, questionColumn } = found;
  const header = grid.rows.find(({ row }) => row === headerRow);
  const answer = answerColumnOf(grid, header, { wanted, questionColumn });
  const sources = sourcesColumnOf(grid, header, {
    wanted: wanted.sourcesColumn,
    answerColumn: answer.column,
    questionColumn,
  });
  return {
    grid,
    headerRow,
    questionColumn,
    answerColumn: answer.column,
    isAnswerColumnNew: answer.isNew,
    sourcesColumn: sources?.column,
    isSourcesColumnNew: sources?.isNew ?? false,
  };
}

interface FoundColumn {
  readonly column: number;
  readonly isNew: boolean;
}

function findQuestionColumn(grid: Grid, wanted: string | undefined) {
  const test =
    wanted === undefined
      ? (text: string) => isHeader(text, questionHeader)
      : (text: string) => isSame(text, wanted);
  for (const { row, cells } of grid.rows.slice(0, maxRowsAboveHeader)) {
    for (const [column, { text }] of cells) {
      if (test(text)) return { headerRow: row, questionColumn: column };
    }
  }
  const letter = wanted === undefined ? undefined : columnOf(wanted);
  if (letter !== undefined && letter <= grid.lastColumn) {
    return { headerRow: headerRowAt(grid, letter), questionColumn: letter };
  }
  return wanted === undefined ? columnOfQuestions(grid) : undefined;
}

/** A column named by its letter has a header if its first cell does not ask anything. */
function headerRowAt({ rows }: Grid, column: number): number {
  const first = rows.find(({ cells }) => cells.has(column));
  const text = first?.cells.get(column)?.text ?? '';
  return first !== undefined && isHeader(text, /./u) ? first.row : 0;
}

/** Without any header: the column most of whose cells end in a question mark. */
function columnOfQuestions(grid: Grid) {
  for (let column = 0; column <= grid.lastColumn; column += 1) {
    const texts = grid.rows.flatMap(({ cells }) => cells.get(column)?.text ?? []);
    const asked = texts.filter((text) => /[?？؟]$/u.test(text)).length;
    if (asked > 0 && asked * 2 > texts.length) {
      return { headerRow: headerRowAt(grid, column), questionColumn: column };
    }
  }
  return undefined;
}

function answerColumnOf(
  grid: Grid,
  header: GridRow | undefined,
  { wanted, questionColumn }: { wanted: Wanted; questionColumn: number },
): FoundColumn {
  if (wanted.answerColumn !== undefined) {
    return named(grid, header, { name: wanted.answerColumn, param: 'answerColumn' });
  }
  const known = findHeader(header, answerHeader, [questionColumn]);
  if (known !== undefined) return { column: known, isNew: false };
  return { column: grid.lastColumn + 1, isNew: true };
}

function sourcesColumnOf(
  grid: Grid,
  header: GridRow | undefined,
  given: { wanted: string | undefined; answerColumn: number; questionColumn: number },
): FoundColumn | undefined {
  const { wanted, answerColumn, questionColumn } = given;
  if (wanted !== undefined) return named(grid, header, { name: wanted, param: 'sourcesColumn' });
  const known = findHeader(header, sourcesHeader, [questionColumn, answerColumn]);
  if (known !== undefined) return { column: known, isNew: false };
  const beside = answerColumn + 1;
  const isFree = grid.rows.every(({ cells }) => !cells.has(beside));
  const isMerged = grid.merges.some(({ left, right }) => beside >= left && beside <= right);
  return isFree && !isMerged ? { column: beside, isNew: true } : undefined;
}

/** A column by its header or its letter; a letter of a free column makes it a new one. */
function named(
  grid: Grid,
  header: GridRow | undefined,
  { name, param }: { name: string; param: string },
): FoundColumn {
  const known = [...(header?.cells ?? [])].find(([, { text }]) => isSame(text, name));
  if (known !== undefined) return { column: known[0], isNew: false };
  const column = columnOf(name);
  if (column !== undefined) {
    return { column, isNew: grid.rows.every(({ cells }) => !cells.has(column)) };
  }
  throw invalid(
    param,
    `Expected the parameter ${param} to be the header or the letter of a column, got another; do check its spelling. The headers of the sheet reach to column ${columnName(grid.lastColumn)}.`,
  );
}

function findHeader(
  header: GridRow | undefined,
  pattern: RegExp,
  taken: readonly number[],
): number | undefined {
  const cells = [...(header?.cells ?? [])];
  return cells.find(
    ([column, { text }]) => !taken.includes(column) && isHeader(text, pattern),
  )?.[0];
}

function isHeader(text: string, pattern: RegExp): boolean {
  return text.length <= maxHeaderLength && !/[?？]$/u.test(text) && pattern.test(text);
}

function isSame(text: string, name: string): boolean {
  return text.trim().toLowerCase() === name.trim().toLowerCase();
}

function invalid(param: string, message: string): QuireError {
  return new QuireError('invalid_params', message, { details: { param } });
}

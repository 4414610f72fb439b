import type { HiddenText } from '#shared/domain/document.ts';
import type { OpcPackage } from '../../opc.ts';
import { a1Of } from '../sheet/a1.ts';
import { type SheetContent, usedRangeOf } from '../sheet/add-sheet.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import type { Notices } from '../sheet/notices.ts';
import type { NamedTable } from '../sheet/regions.ts';
import { type Persons, readComments } from './comments.ts';
import { readDrawings } from './drawing.ts';
import type { CellStyles } from './formats.ts';
import { addLinks } from './links.ts';
import { printTitleRowOf } from './names.ts';
import { readPageTexts } from './page-text.ts';
import { readSheetData, type SheetData } from './sheet-data.ts';
import { noteSheetParts, readTables } from './sheet-parts.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

/** What all sheets of a workbook share. */
export interface WorkbookContext {
  readonly file: OpcPackage;
  readonly fileName: string;
  readonly workbook: Workbook;
  readonly notices: Notices;
  readonly budget: SheetBudget;
  readonly persons: Persons;
  readonly styles: CellStyles;
  readonly strings: readonly string[];
}

/** All sheets in the order of their tabs. Two that share a name or a part are read as they stand. */
export function readSheets(context: WorkbookContext) {
  const hidden: HiddenText[] = [];
  const sheets = context.workbook.sheets.map((sheet, index) => {
    const { content, data } = readSheet(sheet, index, context);
    noteHidden(content, data, context.notices);
    for (const { text, range } of data.hiddenCells) {
      hidden.push({ text, locator: { ...placeOf(sheet.name, a1Of(range)), headingPath: [] } });
    }
    return content;
  });
  return { sheets, hidden };
}

function placeOf(sheet: string, range: string) {
  return { kind: 'sheet' as const, sheet, range };
}

function readSheet(sheet: WorkbookSheet, index: number, context: WorkbookContext) {
  const { file, workbook, notices } = context;
  const bytes = sheet.part === '' ? undefined : file.read(sheet.part);
  if (bytes === undefined) {
    const message = `The sheet “${sheet.name}” is named in the workbook, but has no part in the file.`;
    notices.add({ code: 'malformed', message });
  }
  const data = bytes === undefined ? noData : readSheetData(bytes, context);
  const rows = addLinks(data, file.hyperlinksOf(sheet.part));
  const tables: NamedTable[] = readTables(file, sheet.part);
  const range = usedRangeOf(rows);
  const content: SheetContent = {
    name: sheet.name,
    isHidden: sheet.isHidden,
    rows,
    hints: {
      tables,
      filters: data.filters,
      headersUntilRow: Math.max(data.frozenRows, printTitleRowOf(workbook.names, index)),
      ...(data.hiddenColumns.size === 0
        ? {}
        : { isHiddenColumn: (column) => data.hiddenColumns.has(column) }),
    },
    merges: data.merges,
    comments: readComments(file, sheet.part, context.persons),
    texts: [
      ...readPageTexts(data.pageTexts, { sheet: sheet.name, file: context.fileName, range }),
      ...readDrawings(sheet.part, { ...context, epoch: workbook.epoch }),
    ],
  };
  noteSheetParts(sheet, context);
  return { content, data };
}

const noData: SheetData = {
  rows: [],
  merges: [],
  filters: [],
  links: [],
  frozenRows: 0,
  hiddenColumns: new Set(),
  hiddenRows: 0,
  hiddenCells: [],
  pageTexts: [],
  validations: 0,
  uncached: { count: 0 },
  misplaced: 0,
};

function noteHidden(
  { name, isHidden, rows }: SheetContent,
  data: SheetData,
  notices: Notices,
): void {
  const sheet = `on the sheet “${name}”`;
  if (isHidden) {
    notices.add({
      code: 'hidden-content',
      message: `The sheet “${name}” is hidden; it is read and marked.`,
    });
  }
  notices.add({
    code: 'hidden-content',
    message: `Hidden rows ${sheet} are read and marked.`,
    count: data.hiddenRows,
  });
  const used = new Set<number>();
  for (const { column, cells } of data.hiddenColumns.size === 0 ? [] : rows) {
    for (const [index, text] of cells.entries()) if (text !== '') used.add(column + index);
  }
  notices.add({
    code: 'hidden-content',
    message: `Hidden columns ${sheet} are read and marked, as tables of their own.`,
    count: [...used].filter((column) => data.hiddenColumns.has(column)).length,
  });
  notices.add({
    code: 'hidden-text',
    message: `Cells ${sheet} whose number format shows nothing are kept apart.`,
    count: data.hiddenCells.length,
  });
  const { first, count } = data.uncached;
  notices.add({
    code: 'no-cached-value',
    message: `Formulas ${sheet} were saved without their values; the formulas are shown instead.`,
    count,
    ...(first === undefined ? {} : { locator: { ...placeOf(name, a1Of(first)), headingPath: [] } }),
  });
  notices.add({
    code: 'unsupported-part',
    message: `Rules for input ${sheet} are not read, nor their lists and prompts.`,
    count: data.validations,
  });
  notices.add({
    code: 'malformed',
    message: `Rows or cells ${sheet} are out of order or out of bounds; they are read where they can be.`,
    count: data.misplaced,
  });
}

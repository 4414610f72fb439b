import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../opc.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList } from '../unit-list.ts';
import { parseXml } from '../xml.ts';
import { addSheets } from './sheet/add-sheets.ts';
import { createSheetBudget } from './sheet/budget.ts';
import { createNotices } from './sheet/notices.ts';
import { readPersons } from './xlsx/comments.ts';
import { readCellStyles } from './xlsx/formats.ts';
import { readNames } from './xlsx/names.ts';
import { readSheets, type WorkbookContext } from './xlsx/sheets.ts';
import { readSharedStrings } from './xlsx/strings.ts';
import { parsePart, readTitle, readWorkbook } from './xlsx/workbook.ts';

/**
 * Reads an Excel workbook (ECMA-376 part 1, 18), transitional or strict, with or without macros, in one pass over each sheet. A row with
 * content is a unit: its cells as Excel shows them, dates as ISO 8601. Formulas are not calculated; the values are those saved with them.
 * Hidden rows, columns and sheets are read and marked.
 */
export async function readXlsx({ documentId, name, bytes }: SourceFile): Promise<ReadContent> {
  const file = openPackage(bytes);
  const main = file === undefined ? undefined : mainPartOf(file);
  const root = main === undefined ? undefined : file?.read(main);
  if (file === undefined || main === undefined || root === undefined) throw missingMainPart();

  const notices = createNotices();
  const workbook = readWorkbook(parseXml(root), file.relationshipsOf(main));
  const partOf = (type: string) => relatedPartOf(file, main, type);
  const context: WorkbookContext = {
    file,
    fileName: name,
    workbook,
    notices,
    budget: createSheetBudget(),
    persons: readPersons(file, main),
    styles: readCellStyles(parsePart(file, partOf('styles')), workbook.epoch),
    strings: readSharedStrings(file.read(partOf('sharedStrings') ?? '')),
  };
  const { sheets, hidden } = readSheets(context);
  const sheetNames = workbook.sheets.map((sheet) => sheet.name);
  const units = createUnitList(documentId);
  addSheets(sheets, readNames(workbook.names, sheetNames, notices), units);
  noteUnreadParts(file, main, context);
  const title = readTitle(file);
  return {
    ...(title === undefined ? {} : { title }),
    ...(sheetNames.length === 0 ? {} : { pageCount: sheetNames.length }),
    units: units.units,
    warnings: notices.warnings(),
    hidden,
  };
}

function relatedPartOf(file: OpcPackage, main: string, type: string): string | undefined {
  return file.relationshipsOf(main).find((each) => each.type === type)?.target;
}

const unreadParts: readonly (readonly [type: string, message: string])[] = [
  ['vbaProject', 'Macros are neither run nor read.'],
  ['pivotCacheDefinition', 'Data that pivot tables keep a copy of are not read; their cells are.'],
  ['externalLink', 'Copies of values of other workbooks are not read; no link is followed.'],
];

function noteUnreadParts(file: OpcPackage, main: string, { notices }: WorkbookContext): void {
  const types = file.relationshipsOf(main).map(({ type }) => type);
  for (const [wanted, message] of unreadParts) {
    const count = types.filter((type) => type === wanted).length;
    notices.add({ code: 'unsupported-part', message, count });
  }
}

function missingMainPart(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a workbook with a main part; it is missing. Save it again with Excel and send the new file.',
  );
}

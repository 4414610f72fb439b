import type { Citation } from '#shared/domain/citation.ts';
import type { Workbook } from '#shared/domain/workbook.ts';
import { citationFinder } from './cited.ts';
import { createPackage, type PackageWriter } from './package.ts';
import { addProperties } from './properties.ts';
import { typographyOf } from './script.ts';
import { createWarningTally, type WrittenFile } from './written-file.ts';
import type { CellContext } from './xlsx/cells.ts';
import { createFormulaWriter } from './xlsx/formulas.ts';
import { layOut, type SheetLayout } from './xlsx/layout.ts';
import { type ExcelLimits, excelLimits } from './xlsx/limits.ts';
import { writeLinks } from './xlsx/links.ts';
import { quotedSheet } from './xlsx/references.ts';
import { createSharedStrings } from './xlsx/shared-strings.ts';
import { sheetXml, totalOf } from './xlsx/sheet-part.ts';
import { createStyleSheet } from './xlsx/styles.ts';
import { tableXml } from './xlsx/table-part.ts';
import { element, xmlDeclaration } from './xml-writer.ts';

/**
 * Writes a workbook as an Excel file (ISO 29500-1, SpreadsheetML). Every sheet is a table object with a filter and a header that stays
 * in view. Texts are shared strings, so none is ever a formula; formulas come from {@link Workbook} only and hold their value. The same
 * workbook gives the same bytes. What Excel cannot hold is said in the file at the place and in the warnings.
 *
 * @param limits Excel's own, unless a test wants to reach them
 */
export async function writeXlsx(
  workbook: Workbook,
  citations: readonly Citation[] = [],
  limits: ExcelLimits = excelLimits,
): Promise<WrittenFile> {
  const warnings = createWarningTally();
  const layouts = layOut(workbook, limits, warnings);
  const file = createPackage();
  const context: CellContext = {
    strings: createSharedStrings(),
    styles: createStyleSheet(),
    formulas: createFormulaWriter(layouts),
    warnings,
    limits,
    find: citationFinder(citations),
  };
  file.relate('', { type: 'officeDocument', target: workbookPart });
  addProperties(file, workbook);
  file.add({
    name: workbookPart,
    contentType: `${spreadsheet}.sheet.main+xml`,
    content: workbookXml(file, layouts),
  });
  for (const [index, layout] of layouts.entries()) {
    addSheet({ file, layout, number: index + 1 }, { workbook, layouts, context });
  }
  addShared(file, context);
  return { bytes: await file.write(), warnings: warnings.warnings };
}

const workbookPart = 'xl/workbook.xml';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

interface SheetToAdd {
  readonly file: PackageWriter;
  readonly layout: SheetLayout;
  readonly number: number;
}

interface WholeWorkbook {
  readonly workbook: Workbook;
  readonly layouts: readonly SheetLayout[];
  readonly context: CellContext;
}

function addSheet(
  { file, layout, number }: SheetToAdd,
  { workbook, layouts, context }: WholeWorkbook,
): void {
  const name = sheetPart(number);
  const target = `xl/tables/table${number}.xml`;
  const tableId = file.relate(name, { type: 'table', target });
  const links = writeLinks(layout, name, { ...context, file, layouts });
  const { isRightToLeft } = typographyOf(workbook.language);
  const parts = { isRightToLeft, isFirst: number === 1, links, tableId };
  file.add({
    name,
    contentType: `${spreadsheet}.worksheet+xml`,
    content: sheetXml(layout, parts, context),
  });
  file.add({
    name: target,
    contentType: `${spreadsheet}.table+xml`,
    content: tableXml(layout, number, (column) => totalOf(layout, column, context)?.text ?? ''),
  });
}

/** After the sheets: they name the strings and styles that there are. */
function addShared(file: PackageWriter, { strings, styles }: CellContext): void {
  file.add({
    name: 'xl/sharedStrings.xml',
    contentType: `${spreadsheet}.sharedStrings+xml`,
    content: strings.xml(),
  });
  file.add({
    name: 'xl/styles.xml',
    contentType: `${spreadsheet}.styles+xml`,
    content: lazy(() => styles.xml()),
  });
  file.relate(workbookPart, { type: 'sharedStrings', target: 'xl/sharedStrings.xml' });
  file.relate(workbookPart, { type: 'styles', target: 'xl/styles.xml' });
}

function* lazy(make: () => string): Generator<string> {
  yield make();
}

function sheetPart(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

function workbookXml(file: PackageWriter, layouts: readonly SheetLayout[]): string {
  const sheets = layouts.map(({ name }, index) => {
    const id = file.relate(workbookPart, { type: 'worksheet', target: sheetPart(index + 1) });
    return element('sheet', { name, sheetId: index + 1, 'r:id': id });
  });
  const titles = layouts.map(({ name, headerRow }, localSheetId) =>
    element(
      'definedName',
      { name: '_xlnm.Print_Titles', localSheetId },
      quotedSheet(name).replaceAll('&', '&amp;').replaceAll('<', '&lt;') +
        `!$${headerRow}:$${headerRow}`,
    ),
  );
  return (
    xmlDeclaration +
    element(
      'workbook',
      {
        xmlns: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
        'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
      },
      element('bookViews', {}, element('workbookView', { activeTab: 0 })),
      element('sheets', {}, ...sheets),
      element('definedNames', {}, ...titles),
    )
  );
}

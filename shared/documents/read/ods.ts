import type { SourceFile } from '#shared/domain/document.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList } from '../unit-list.ts';
import { parseMixedXml } from '../xml.ts';
import type { ZipArchive } from '../zip.ts';
import { readChart } from './odf/chart.ts';
import { openOdfArchive } from './odf/package.ts';
import { type OdsContent, readOdsContent } from './ods/content.ts';
import { readOdfTitle, readPageTexts } from './ods/parts.ts';
import type { BuiltSheet } from './ods/sheet-builder.ts';
import { addSheets, type WorkbookText } from './sheet/add-sheets.ts';
import { createSheetBudget } from './sheet/budget.ts';
import { createNotices, type Notices } from './sheet/notices.ts';

/**
 * Reads an OpenDocument spreadsheet (ODF 1.3), in one pass over its content. As with a workbook of Excel, a row with content is a unit;
 * cells are as they were shown when the file was saved, dates as ISO 8601.
 */
export async function readOds({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const { archive, content: bytesOfContent } = openOdfArchive(bytes);
  const notices = createNotices();
  const content = readOdsContent(bytesOfContent, createSheetBudget());
  const pageTexts = readPageTexts(archive.read('styles.xml')).map(
    (text): WorkbookText => ({ ...text, sheet: undefined, range: firstCell }),
  );
  const charts = readObjects(content, archive, notices);
  const units = createUnitList(documentId);
  addSheets(content.sheets, [...pageTexts, ...charts, ...content.names], units);
  noteLeftOut(content, notices);
  for (const sheet of content.sheets) noteSheet(sheet, notices);
  const title = readOdfTitle(archive.read('meta.xml'));
  return {
    ...(title === undefined ? {} : { title }),
    ...(content.sheets.length === 0 ? {} : { pageCount: content.sheets.length }),
    units: units.units,
    warnings: notices.warnings(),
  };
}

const firstCell = { top: 1, left: 0, bottom: 1, right: 0 } as const;

/** Each object once, however often it is shown: a chart that is named a thousand times would be read as often. */
function readObjects({ objects }: OdsContent, archive: ZipArchive, notices: Notices) {
  const texts: WorkbookText[] = [];
  const byFolder = new Map(objects.map((object) => [object.folder, object]));
  for (const { folder, sheet } of byFolder.values()) {
    const bytes = archive.read(`${folder}/content.xml`);
    const chart = bytes === undefined ? undefined : readChart(parseMixedXml(bytes));
    if (chart === undefined) {
      notices.add({ code: 'embedded-object', message: 'Embedded objects are not read.' });
    }
    for (const text of chart ?? []) {
      texts.push({ kind: 'chart', text, sheet, range: firstCell });
    }
  }
  return texts;
}

function noteLeftOut(content: OdsContent, notices: Notices): void {
  const { images, validations, controls, deletions } = content;
  const counted = [
    ['image', 'Images are not read; text that is part of them is missing.', images],
    ['unsupported-part', 'Rules for input are not read, nor their lists and prompts.', validations],
    ['unsupported-part', 'Buttons, lists and other controls are not read.', controls],
    ['deleted-text', 'Changes are read as accepted; what they replaced is left out.', deletions],
  ] as const;
  for (const [code, message, count] of counted) notices.add({ code, message, count });
}

function noteSheet(sheet: BuiltSheet, notices: Notices): void {
  const { name, isHidden, hiddenRows, hiddenColumns, uncached, misplaced } = sheet;
  const on = `on the sheet “${name}”`;
  const counted = [
    ['hidden-content', `The sheet “${name}” is hidden; it is read and marked.`, isHidden ? 1 : 0],
    ['hidden-content', `Hidden rows ${on} are read and marked.`, hiddenRows],
    [
      'hidden-content',
      `Hidden columns ${on} are read and marked, as tables of their own.`,
      hiddenColumns,
    ],
    [
      'no-cached-value',
      `Formulas ${on} were saved without their values; the formulas are shown instead.`,
      uncached,
    ],
    ['malformed', `Rows or cells ${on} are out of bounds; they are left out.`, misplaced],
  ] as const;
  for (const [code, message, count] of counted) notices.add({ code, message, count });
}

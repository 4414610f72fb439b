import type { Place } from '../unit-list.ts';
import { createPackageEditor, type PackageEditor } from './ooxml/package-editor.ts';
import { addProperties, addShownParts } from './ooxml/shared-parts.ts';
import { localNameOf } from './ooxml/source.ts';
import { type ShapePosition, walkShapes } from './ooxml/walk-shapes.ts';
import type { EditableFile, EditOptions } from './segments.ts';
import { cellName } from './xlsx/cells.ts';
import { createKeptTexts, type KeptTexts } from './xlsx/kept-texts.ts';
import { withSheetNames } from './xlsx/sheet-names.ts';
import { type Sheet, type Survey, surveyWorkbook } from './xlsx/survey.ts';
import { reviseHeaders } from './xlsx/table-headers.ts';
import { walkSharedStrings, walkSheet, walkSheetComments, walkTable } from './xlsx/walk-sheet.ts';

/**
 * Opens a workbook for rewriting its text in place.
 *
 * Segments are the strings that cells show, one for each shared string with the first cell that shows it as its place; strings within
 * cells; comments; headers and footers of printed pages; texts of shapes, charts and diagrams and their descriptions; title and subject;
 * names of sheets, with every reference to them.
 * The name of a table's column follows its header cell, and so does what a chart keeps of a cell.
 *
 * Left alone: formulas and their values, numbers, dates; names of tables and ranges; messages of data validation; criteria of
 * filters and conditional formats; pivot tables. And `untouched` counts the cells whose text formulas compare with, name a column by,
 * or that head the source of a pivot table: with another text the workbook would come out otherwise.
 */
export function openXlsxForEdit(bytes: Uint8Array, options: EditOptions = {}): EditableFile {
  const editor = createPackageEditor(bytes, options);
  const survey = surveyWorkbook(editor.file, editor.mainPart);
  const kept = createKeptTexts(survey);
  addStrings(editor, survey, kept);
  for (const sheet of survey.sheets) addSheet(editor, sheet, kept);
  for (const { part, sheet, headers } of survey.tables) {
    const place = placeIn(sheet, headers[0] ?? 'A1');
    editor.add(part, (source) =>
      walkTable(source, place, (column) => originOf(survey, sheet, headers[column] ?? '')),
    );
  }
  addProperties(editor, { kind: 'sheet', sheet: survey.sheets[0]?.name ?? '', range: 'A1' });
  const file = editor.finish({ untouched: kept.count(), revise: reviseHeaders(survey, editor) });
  return withSheetNames(file, { bytes, editor, survey });
}

function addStrings(editor: PackageEditor, survey: Survey, kept: KeptTexts): void {
  for (const { type, target } of editor.file.relationshipsOf(editor.mainPart)) {
    if (type !== 'sharedStrings') continue;
    editor.add(target, (source) =>
      walkSharedStrings(source, (index, text) => {
        const cell = survey.firstCells.get(index);
        if (cell === undefined || !kept.mayChangeString(index, text)) return undefined;
        return { kind: 'sheet', ...cell };
      }),
    );
  }
}

function addSheet(editor: PackageEditor, sheet: Sheet, kept: KeptTexts): void {
  editor.add(sheet.part, (source) =>
    walkSheet(source, sheet.name, (text, range) =>
      kept.mayChangeCell(`${sheet.name}!${range}`, text),
    ),
  );
  for (const { type, target } of editor.file.relationshipsOf(sheet.part)) {
    if (type === 'comments' || type === 'threadedComment') {
      editor.add(target, (source) => walkSheetComments(source, sheet.name));
    }
    if (type === 'drawing') addDrawing(editor, sheet, target);
  }
}

function addDrawing(editor: PackageEditor, sheet: Sheet, part: string): void {
  const placeOf = ({ anchor }: ShapePosition): Place => placeIn(sheet, anchoredCellOf(anchor));
  const walk = editor.add(part, (source) => walkShapes(source, placeOf));
  if (walk === undefined) return;
  addShownParts(editor, part, {
    placeOf: ({ id }) => walk.references.get(id) ?? placeIn(sheet, 'A1'),
    cacheRepeats: '/cells',
  });
}

/** The cell at the upper left corner of a shape. */
function anchoredCellOf(anchor: ShapePosition['anchor']): string {
  const from = anchor?.children.find((child) => localNameOf(child) === 'from');
  const count = (name: string): number => {
    const text = from?.children.find((child) => localNameOf(child) === name)?.text.trim() ?? '';
    return /^\d{1,7}$/.test(text) ? Number(text) + 1 : 1;
  };
  return cellName(count('col'), count('row'));
}

function originOf({ headerStrings }: Survey, sheet: Sheet, cell: string): string {
  const name = `${sheet.name}!${cell}`;
  const index = headerStrings.get(name);
  return index === undefined ? `/cell ${name}` : `/string ${index}`;
}

function placeIn({ name }: Sheet, range: string): Place {
  return { kind: 'sheet', sheet: name, range };
}

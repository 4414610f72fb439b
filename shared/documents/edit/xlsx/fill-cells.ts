import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../../opc.ts';
import { decodePart } from '../../placed-xml.ts';
import { rewriteZip } from '../../rewrite-zip.ts';
import { createWarningTally, type WrittenFile } from '../../write/written-file.ts';
import { excelLimits } from '../../write/xlsx/limits.ts';
import { escapeContent, startTagOf, writtenPrefixOf } from '../ooxml/source.ts';
import { type Replacement, replaceRanges } from '../ooxml/splice.ts';
import { cellName, parseCell } from './cells.ts';
import { isLong, widthEdits } from './readable-columns.ts';
import { withHeight } from './row-height.ts';
import { type FoundCell, type FoundRow, type SheetMap, surveyRows } from './sheet-map.ts';
import { encodeXstring } from './strings.ts';
import { listSheets } from './survey.ts';
import { createWrappedStyles, type WrappedStyles } from './wrapped-styles.ts';

/** A text for a cell. */
export interface CellText {
  readonly sheet: string;
  /** For example `C7`. */
  readonly cell: string;
  readonly text: string;
  /** The cell whose style the cell takes where it has none, as one in a new column has. */
  readonly styleOf?: string;
}

/**
 * A copy of a workbook with texts in the cells named; a cell that holds something is replaced and keeps its style, one that is not there is
 * added in its place. Texts are inline strings, so that none is ever a formula and the strings that cells share stay as they are. Of the
 * sheet only those cells, the tags of their rows, the rows that must be added and the range that it states change; all other parts stay byte for byte.
 *
 * A long text is shown in several lines: where the format of its cell does not do that, one that is otherwise the same is added to the
 * formats of the workbook, and a column without a width of its own, or with one too narrow to read in, gets one.
 *
 * Throws `internal_error` for a sheet that is not there and for a cell with a formula: a formula is never overwritten.
 */
export function fillCells(bytes: Uint8Array, texts: readonly CellText[]): WrittenFile {
  const file = openPackage(bytes);
  if (file === undefined) throw unfit('a workbook');
  const sheets = listSheets(file, mainPartOf(file));
  const warnings = createWarningTally();
  const changes = new Map<string, Uint8Array>();
  const styles = createWrappedStyles(file, mainPartOf(file));
  const hasFittedRows = isOfExcel(file);
  for (const [name, own] of groupBySheet(texts)) {
    const part = sheets.find((sheet) => sheet.isWorksheet && sheet.name === name)?.part ?? '';
    const content = file.read(part);
    if (content === undefined) throw unfit('a sheet of the workbook');
    const source = decodePart(content);
    const fitting = own.map((each) => ({
      ...each,
      text: fitText(each.text, () => warnings.add('text_cut')),
    }));
    changes.set(part, source.encode(fillSheet(source.text, fitting, { styles, hasFittedRows })));
  }
  const formats = styles.change();
  if (formats !== undefined) changes.set(...formats);
  return { bytes: rewriteZip(bytes, changes), warnings: warnings.warnings };
}

interface PlacedText {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly styleOf: string | undefined;
}

const cutRemark = ' … [cut: a cell cannot hold more]';

function fitText(text: string, onCut: () => void): string {
  if (text.length <= excelLimits.charactersInCell) return text;
  onCut();
  const room = excelLimits.charactersInCell - cutRemark.length;
  return text.slice(0, room).toWellFormed() + cutRemark;
}

function groupBySheet(texts: readonly CellText[]): Map<string, CellText[]> {
  const groups = new Map<string, CellText[]>();
  for (const text of texts) groups.set(text.sheet, [...(groups.get(text.sheet) ?? []), text]);
  return groups;
}

/** Whether Excel has written the file, and so fitted its rows. */
function isOfExcel(file: OpcPackage): boolean {
  const properties = file.relationshipsOf('').find(({ type }) => type === 'extended-properties');
  const content = file.read(properties?.target ?? '');
  if (content === undefined) return false;
  return /<Application>Microsoft (?:Macintosh )?Excel/.test(decodePart(content).text);
}

function fillSheet(
  source: string,
  texts: readonly CellText[],
  { styles, hasFittedRows }: { readonly styles: WrappedStyles; readonly hasFittedRows: boolean },
): string {
  const byRow = new Map<number, PlacedText[]>();
  for (const { cell, text, styleOf } of texts) {
    const at = parseCell(cell);
    if (at === undefined) throw unfit('the name of a cell');
    const row = byRow.get(at.row) ?? [];
    // The last text for a cell counts.
    const others = row.filter(({ column }) => column !== at.column);
    byRow.set(at.row, [...others, { ...at, text, styleOf }]);
  }
  const map = surveyRows(source, new Set(byRow.keys()), hasFittedRows);
  const sheet = { source, map, styles };
  const sorted = [...byRow].toSorted(([left], [right]) => left - right);
  const existing = sorted.flatMap(([row, own]) => {
    const found = map.rows.get(row);
    return found === undefined ? [] : rowEdits({ ...sheet, row: found }, own);
  });
  const missing = sorted.filter(([row]) => !map.rows.has(row));
  return replaceRanges(source, [
    ...existing,
    ...newRowEdits(sheet, missing),
    ...widthEdits(map, longColumnsOf([...byRow.values()].flat())),
    ...dimensionEdits(map, texts),
  ]);
}

interface SheetSource {
  readonly source: string;
  readonly map: SheetMap;
  readonly styles: WrappedStyles;
}

function rowEdits(
  sheet: SheetSource & { readonly row: FoundRow },
  texts: readonly PlacedText[],
): Replacement[] {
  const { source, map, row, styles } = sheet;
  const { element, cells } = row;
  const prefix = map.prefix;
  const replaced = texts.flatMap((text): Replacement[] => {
    const cell = cells.find(({ column }) => column === text.column);
    return cell === undefined
      ? []
      : [replace(cell.element, filledCell(source, cell, { text: text.text, styles }))];
  });
  const added = texts
    .filter(({ column }) => !cells.some((cell) => cell.column === column))
    .toSorted((left, right) => left.column - right.column);
  const tag = rowTag(source.slice(element.start, element.contentStart), map, texts);
  const ownTag = replace({ start: element.start, end: element.contentStart }, tag);
  if (added.length === 0) return [ownTag, ...replaced];
  const written = added.map((text) => ({ text, content: newCell(sheet, text) }));
  const isClosed = element.contentEnd === element.end;
  if (isClosed) {
    const all = written.map(({ content }) => content).join('');
    return [replace(element, `${tag.replace(/\s*\/>$/, '>')}${all}</${prefix}row>`)];
  }
  const places = new Map<number, string>();
  for (const { text, content } of written) {
    const next = cells.find(({ column }) => column > text.column);
    const at = next?.element.start ?? element.contentEnd;
    places.set(at, (places.get(at) ?? '') + content);
  }
  return [
    ...replaced,
    ownTag,
    ...[...places].map(([at, content]) => replace({ start: at, end: at }, content)),
  ];
}

/** The start tag of a row whose cells get texts: the columns that it says it has grow to them, and so does its height. */
function rowTag(tag: string, map: SheetMap, texts: readonly PlacedText[]): string {
  const fitted = withHeight(tag, map, texts);
  const [whole, from, to] = /\sspans\s*=\s*["'](\d+):(\d+)["']/.exec(fitted) ?? [];
  if (whole === undefined) return fitted;
  const columns = [Number(from), Number(to), ...texts.map(({ column }) => column)];
  return fitted.replace(whole, ` spans="${Math.min(...columns)}:${Math.max(...columns)}"`);
}

/** The cell with its style, name and whatever else its tag says, but for the kind of its old value. */
function filledCell(
  source: string,
  { element, hasFormula }: FoundCell,
  { text, styles }: { readonly text: string; readonly styles: WrappedStyles },
): string {
  if (hasFormula) throw unfit('a cell without a formula');
  const prefix = writtenPrefixOf(source, element);
  const tag = startTagOf(source, element).replace(/\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
  const style = element.attributes['s'];
  const wanted = isLong(text) ? styles.wrapped(style) : style;
  const own =
    wanted === style
      ? tag
      : `${tag.replace(/\ss\s*=\s*(?:"[^"]*"|'[^']*')/, '').slice(0, -1)} s="${wanted}">`;
  return `${own.slice(0, -1)} t="inlineStr">${inlineString(prefix, text)}</${prefix}c>`;
}

function newCell(
  { map, styles, row }: Omit<SheetSource, 'source'> & { readonly row?: FoundRow },
  { row: number, column, text, styleOf }: PlacedText,
): string {
  const { prefix } = map;
  const like = styleOf === undefined ? undefined : parseCell(styleOf);
  const alike = row?.cells.find((cell) => like?.row === number && cell.column === like.column);
  const ofRow =
    row?.element.attributes['customFormat'] === '1' ? row.element.attributes['s'] : undefined;
  const style = ofRow ?? map.columnStyles.get(column) ?? alike?.element.attributes['s'];
  const known = style === undefined || !/^\d+$/.test(style) ? undefined : style;
  const wanted = isLong(text) ? styles.wrapped(known) : known;
  const own = wanted === undefined ? '' : ` s="${wanted}"`;
  const name = cellName(column, number);
  return `<${prefix}c r="${name}"${own} t="inlineStr">${inlineString(prefix, text)}</${prefix}c>`;
}

function longColumnsOf(texts: readonly PlacedText[]): number[] {
  return texts.filter(({ text }) => isLong(text)).map(({ column }) => column);
}

function inlineString(prefix: string, text: string): string {
  const content = escapeContent(encodeXstring(text.replace(/\r\n?/g, '\n')));
  return `<${prefix}is><${prefix}t xml:space="preserve">${content}</${prefix}t></${prefix}is>`;
}

function newRowEdits(
  { source, map, styles }: SheetSource,
  rows: readonly (readonly [number, readonly PlacedText[]])[],
): Replacement[] {
  const { data, prefix } = map;
  if (rows.length === 0) return [];
  const written = rows.map(([row, texts]) => {
    const cells = texts
      .toSorted((left, right) => left.column - right.column)
      .map((text) => newCell({ map, styles }, text));
    return { row, content: `<${prefix}row r="${row}">${cells.join('')}</${prefix}row>` };
  });
  if (data.contentEnd === data.end) {
    const all = written.map(({ content }) => content).join('');
    return [replace(data, `${startTagOf(source, data)}${all}</${prefix}sheetData>`)];
  }
  const places = new Map<number, string>();
  for (const { row, content } of written) {
    const at = map.endBefore(row);
    places.set(at, (places.get(at) ?? '') + content);
  }
  return [...places].map(([at, content]) => replace({ start: at, end: at }, content));
}

/** The range that the sheet says it uses grows to what is added. */
function dimensionEdits({ dimension }: SheetMap, texts: readonly CellText[]): Replacement[] {
  if (dimension === undefined) return [];
  const [from = '', to = from] = dimension.reference.split(':');
  const corners = [from, to, ...texts.map(({ cell }) => cell)].flatMap(
    (name) => parseCell(name) ?? [],
  );
  if (parseCell(from) === undefined || parseCell(to) === undefined) return [];
  const columns = corners.map(({ column }) => column);
  const rows = corners.map(({ row }) => row);
  const first = cellName(Math.min(...columns), Math.min(...rows));
  const last = cellName(Math.max(...columns), Math.max(...rows));
  const reference = first === last ? first : `${first}:${last}`;
  return reference === dimension.reference ? [] : [replace(dimension, reference)];
}

function replace(
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
): Replacement {
  return { start, end, text };
}

function unfit(expected: string): QuireError {
  return new QuireError(
    'internal_error',
    `Expected ${expected} to fill in, got something else; take sheets and cells from the document as it was read.`,
  );
}

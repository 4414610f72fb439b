import { type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import { attributeRange, localNameOf, writtenPrefixOf } from '../ooxml/source.ts';
import { parseCell } from './cells.ts';
import { childOf } from './survey.ts';

/** A cell of a wanted row; columns count from 1. */
export interface FoundCell {
  readonly column: number;
  readonly element: PlacedElement;
  readonly hasFormula: boolean;
}

export interface FoundRow {
  readonly element: PlacedElement;
  /** In the order of columns. */
  readonly cells: readonly FoundCell[];
}

export interface StatedColumns {
  readonly min: number;
  readonly max: number;
  readonly start: number;
  readonly end: number;
  /** In characters, and where it is said. */
  readonly width:
    | { readonly value: number; readonly start: number; readonly end: number }
    | undefined;
}

/** Where the rows and cells of a sheet stand in its part. */
export interface SheetMap {
  /** The rows that were asked for, as far as they are there. */
  readonly rows: ReadonlyMap<number, FoundRow>;
  /** The element of all rows. */
  readonly data: PlacedElement;
  /** Prefix of the elements as written, with its colon. */
  readonly prefix: string;
  /** Styles of whole columns. */
  readonly columnStyles: ReadonlyMap<number, string>;
  /** The range that the sheet says it uses, and where it says so. */
  readonly dimension:
    | { readonly start: number; readonly end: number; readonly reference: string }
    | undefined;
  /** What the sheet says of its columns, in its order; both ends of a range are included. */
  readonly columns: readonly StatedColumns[];
  /** Width of the columns that it says nothing of, in characters; `undefined` for that of the program. */
  readonly defaultWidth: number | undefined;
  /** Height of a row that it says nothing of, in points. */
  readonly defaultHeight: number | undefined;
  /** Its program has fitted every row, so that one without a height has the usual one. */
  readonly hasFittedRows: boolean;
  /** Where a row that is not there belongs. */
  endBefore(row: number): number;
}

/** A style of more columns than these is that of the sheet's empty rest. */
const maxStyledColumns = 16_384;

/** Goes through a sheet once and keeps only the rows that are wanted. */
export function surveyRows(
  source: string,
  wanted: ReadonlySet<number>,
  hasFittedRows = false,
): SheetMap {
  const rows = new Map<number, FoundRow>();
  const ends: { readonly row: number; readonly end: number }[] = [];
  const columnStyles = new Map<number, string>();
  const columns: StatedColumns[] = [];
  let defaultWidth: number | undefined;
  let defaultHeight: number | undefined;
  let dimension: SheetMap['dimension'];
  let data: PlacedElement | undefined;
  let cells: FoundCell[] = [];
  let last = 0;
  const closers: Readonly<Record<string, (element: PlacedElement) => void>> = {
    c: (element) => {
      const column =
        parseCell(element.attributes['r'] ?? '')?.column ?? (cells.at(-1)?.column ?? 0) + 1;
      cells.push({ column, element, hasFormula: childOf(element, 'f') !== undefined });
    },
    row: (element) => {
      const stated = Number(element.attributes['r'] ?? last + 1);
      last = Number.isInteger(stated) ? stated : last + 1;
      ends.push({ row: last, end: element.end });
      if (wanted.has(last)) rows.set(last, { element, cells });
      cells = [];
    },
    sheetData: (element) => {
      data = element;
    },
    col: (element) => {
      const { attributes, start, end } = element;
      addColumnStyle(attributes, columnStyles);
      const range = attributeRange(source, element, 'width');
      const width = range && { ...range, value: Number(attributes['width']) };
      const [min, max] = [Number(attributes['min']), Number(attributes['max'])];
      columns.push({ min, max, start, end, width });
    },
    sheetFormatPr: ({ attributes }) => {
      defaultWidth = numberIn(attributes['defaultColWidth']);
      defaultHeight = numberIn(attributes['defaultRowHeight']);
    },
    dimension: (element) => {
      const range = attributeRange(source, element, 'ref');
      if (range !== undefined) dimension = { ...range, reference: element.attributes['ref'] ?? '' };
    },
  };
  const root = parsePlaced(source, (element, parentName) => {
    const name = localNameOf(element);
    const isPlaced =
      parents[name] === undefined || parentName?.endsWith(`:${parents[name]}`) === true;
    const close = isPlaced ? closers[name] : undefined;
    close?.(element);
    // Of a cell its children are looked at; of everything else nothing is kept.
    return close === undefined && name === 'f';
  });
  const found = data ?? root;
  return {
    rows,
    data: found,
    prefix: writtenPrefixOf(source, found),
    columnStyles,
    columns,
    defaultWidth,
    defaultHeight,
    hasFittedRows,
    dimension,
    endBefore: (row) => ends.findLast((each) => each.row < row)?.end ?? found.contentStart,
  };
}

function numberIn(text: string | undefined): number | undefined {
  const value = Number(text ?? Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}

/** Elements of these names mean what they mean only there. */
const parents: Readonly<Record<string, string>> = {
  c: 'row',
  row: 'sheetData',
  sheetData: 'worksheet',
  col: 'cols',
  sheetFormatPr: 'worksheet',
  dimension: 'worksheet',
};

function addColumnStyle(
  attributes: PlacedElement['attributes'],
  styles: Map<number, string>,
): void {
  const { style, min, max } = attributes;
  if (style === undefined || style === '0') return;
  const to = Math.min(Number(max), maxStyledColumns);
  for (let column = Number(min); column <= to; column += 1) styles.set(column, style);
}

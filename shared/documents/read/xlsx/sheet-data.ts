import { sheetLimits } from '../../limits.ts';
import { walkXml, type XmlAttributes } from '../../xml-walk.ts';
import { type CellRange, columnInRow, parseA1 } from '../sheet/a1.ts';
import type { SheetBudget } from '../sheet/budget.ts';
import { createRows, type SheetRow } from '../sheet/rows.ts';
import { type CellContext, type CellSource, createCellReader, type HiddenCell } from './cells.ts';
import { createStringText } from './strings.ts';

/** What the part of a sheet says, cells and all. */
export interface SheetData {
  readonly rows: readonly SheetRow[];
  readonly merges: readonly CellRange[];
  readonly filters: readonly CellRange[];
  /** By range; `id` is that of a relationship, `location` a place in the workbook. */
  readonly links: readonly { range: CellRange; id: string | undefined; location: string }[];
  /** Last row that stays in sight when scrolling. */
  readonly frozenRows: number;
  readonly hiddenColumns: ReadonlySet<number>;
  readonly hiddenRows: number;
  readonly hiddenCells: readonly HiddenCell[];
  /** By the name of their element, `oddHeader` for example, with codes for fields and fonts. */
  readonly pageTexts: readonly { name: string; text: string }[];
  /** Rules for input, with texts of their own. */
  readonly validations: number;
  /** Formulas whose value was not saved, and where the first of them is. */
  readonly uncached: { readonly count: number; readonly first?: CellRange };
  /** Rows and cells in places where they cannot be. */
  readonly misplaced: number;
}

/** Reads the part of a worksheet in one pass that keeps rows and forgets the rest. */
export function readSheetData(bytes: Uint8Array, context: CellContext): SheetData {
  const cells = createCellReader(context);
  const rows = createRowReader(cells, context.budget);
  const rest = createRestReader();
  walkXml(bytes, {
    open(name, attributes) {
      rows.open(name, attributes);
      if (!rows.isInRow()) rest.open(name, attributes);
    },
    text(text) {
      if (rows.isInRow()) rows.text(text);
      else rest.text(text);
    },
    close(name) {
      if (rows.isInRow()) rows.close(name);
      else rest.close();
    },
  });
  return { ...rest.found, ...rows.finish(), ...cells.found };
}

/** Elements of a row and its cells (18.3.1.73, 18.3.1.4). */
function createRowReader(cells: ReturnType<typeof createCellReader>, budget: SheetBudget) {
  const found: SheetRow[] = [];
  const list = createRows(budget);
  const inline = createStringText();
  let [isInRow, isInOrder] = [false, true];
  let row = { number: 0, isHidden: false, column: -1 };
  let cell: CellSource = { row: 0, column: 0, type: '', style: 0, value: undefined };
  let text = '';
  const counts = { hiddenRows: 0, misplaced: 0 };
  const openRow = (attributes: XmlAttributes) => {
    const stated = attributes['r'] === undefined ? row.number + 1 : Number(attributes['r']);
    const isValid = Number.isInteger(stated) && stated >= 1 && stated <= sheetLimits.rows;
    const number = isValid ? stated : row.number + 1;
    const isNext = number > row.number;
    if (!isValid || (!isNext && isInOrder)) counts.misplaced += 1;
    isInOrder &&= isNext;
    row = { number, isHidden: isOn(attributes['hidden']), column: -1 };
    isInRow = true;
  };
  const openCell = (attributes: XmlAttributes) => {
    const place = attributes['r'];
    const stated = place === undefined ? row.column + 1 : columnInRow(place, row.number);
    if (stated === undefined) counts.misplaced += 1;
    row.column = stated ?? parseA1(place ?? '')?.left ?? row.column + 1;
    const style = Number(attributes['s'] ?? 0);
    cell = {
      row: row.number,
      column: row.column,
      type: attributes['t'] ?? 'n',
      style,
      value: undefined,
    };
  };
  const closeRow = () => {
    isInRow = false;
    const taken = list.take(row.number, row.isHidden);
    if (row.isHidden && taken.length > 0) counts.hiddenRows += 1;
    found.push(...taken);
  };

  const closers: Readonly<Record<string, () => void>> = {
    'x:v': () => {
      cell.value = text;
    },
    'x:is': () => {
      cell.value = inline.take();
    },
    'x:f': () => {
      if (cell.formula !== undefined) cell.formula.text = text;
    },
    'x:c': () => list.add(cells.read(cell)),
    'x:row': closeRow,
  };

  return {
    isInRow: () => isInRow,
    open(name: string, attributes: XmlAttributes): void {
      text = '';
      if (name === 'x:c') openCell(attributes);
      else if (name === 'x:row') openRow(attributes);
      else if (name === 'x:f') cell.formula = { attributes, text: '' };
      else inline.open(name);
    },
    text(piece: string): void {
      text += piece;
      inline.add(piece);
    },
    close(name: string): void {
      inline.close(name);
      closers[name]?.();
    },
    finish: () => {
      if (!isInOrder) found.sort((left, right) => left.row - right.row);
      return { rows: found, ...counts };
    },
  };
}

const pageTexts: ReadonlySet<string> = new Set(
  ['odd', 'even', 'first'].flatMap((page) => [`x:${page}Header`, `x:${page}Footer`]),
);

/** What stands before and behind the rows. */
function createRestReader() {
  const merges: CellRange[] = [];
  const filters: CellRange[] = [];
  const links: { range: CellRange; id: string | undefined; location: string }[] = [];
  const texts: { name: string; text: string }[] = [];
  const hiddenColumns = new Set<number>();
  const found = {
    merges,
    filters,
    links,
    pageTexts: texts,
    hiddenColumns,
    frozenRows: 0,
    validations: 0,
  };
  let pageText: { name: string; text: string } | undefined;

  const addRange = (list: CellRange[], reference: string | undefined) => {
    const range = parseA1(reference ?? '');
    if (range !== undefined) list.push(range);
  };
  const hideColumns = ({ min, max, hidden }: XmlAttributes) => {
    if (!isOn(hidden)) return;
    const last = Math.min(Number(max), sheetLimits.columns);
    for (let column = Number(min); column <= last; column += 1) hiddenColumns.add(column - 1);
  };
  const readers: Readonly<Record<string, (attributes: XmlAttributes) => void>> = {
    'x:col': hideColumns,
    'x:mergeCell': ({ ref }) => addRange(merges, ref),
    'x:autoFilter': ({ ref }) => addRange(filters, ref),
    'x:pane': ({ state, ySplit }) => {
      const rows = Number(ySplit ?? 0);
      if (state?.startsWith('frozen') && Number.isInteger(rows)) found.frozenRows = rows;
    },
    'x:dataValidation': () => {
      found.validations += 1;
    },
    'x14:dataValidation': () => {
      found.validations += 1;
    },
    'x:hyperlink': ({ ref, location = '', ...others }) => {
      const range = parseA1(ref ?? '');
      if (range !== undefined) links.push({ range, id: others['r:id'], location });
    },
  };
  return {
    found,
    open(name: string, attributes: XmlAttributes): void {
      readers[name]?.(attributes);
      if (pageTexts.has(name)) pageText = { name: name.slice(2), text: '' };
    },
    text(piece: string): void {
      if (pageText !== undefined) pageText.text += piece;
    },
    close(): void {
      if (pageText !== undefined) texts.push(pageText);
      pageText = undefined;
    },
  };
}

/** `xsd:boolean`. */
function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

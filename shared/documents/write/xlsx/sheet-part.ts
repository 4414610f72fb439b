import type { Column } from '#shared/domain/workbook.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';
import { type CellContext, formulaCell, writeCell, writeText } from './cells.ts';
import type { WrittenFormula } from './formulas.ts';
import type { SheetLayout } from './layout.ts';
import { cellName, quotedTitle } from './references.ts';
import { formatOf } from './styles.ts';
import { totalLabel, totals } from './table-part.ts';
import { type ColumnLook, columnLooks, heightOf, lineCount } from './widths.ts';

export interface SheetParts {
  readonly isRightToLeft: boolean;
  readonly isFirst: boolean;
  /** Element `hyperlinks`, or nothing. */
  readonly links: string;
  readonly tableId: string;
}

const namespaces =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** A worksheet, row by row (ISO 29500-1, 18.3.1.99). */
export function* sheetXml(
  layout: SheetLayout,
  parts: SheetParts,
  context: CellContext,
): Generator<string> {
  const looks = columnLooks(layout.source);
  const merges = new Map(noteMerges(layout, looks));
  yield `${xmlDeclaration}<worksheet ${namespaces}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`;
  yield sheetViews(layout, parts) + columnsXml(looks);
  yield '<sheetData>';
  yield* noteRows(layout, merges, context);
  yield headerRow(layout, context);
  yield* bodyRows(layout, looks, context);
  yield totalsRow(layout, context);
  yield '</sheetData>';
  yield mergesXml([...merges.values()]);
  yield parts.links;
  yield '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>';
  yield '<pageSetup orientation="landscape" fitToHeight="0"/>';
  yield '<headerFooter><oddFooter>&amp;C&amp;A — &amp;P / &amp;N</oddFooter></headerFooter>';
  yield `<tableParts count="1"><tablePart r:id="${parts.tableId}"/></tableParts></worksheet>`;
}

/** Formula of a total below a column, over all sheets that hold its rows. */
export function totalOf(
  layout: SheetLayout,
  column: number,
  { formulas }: Pick<CellContext, 'formulas'>,
): WrittenFormula | undefined {
  const { title, total } = layout.source.columns[column] ?? {};
  if (title === undefined || total === undefined) return undefined;
  const aggregate = { kind: 'aggregate', sheet: layout.source.name, column: title } as const;
  const written = formulas.write({ ...aggregate, function: total }, { layout, row: 0 });
  if (layout.isSplit) return written;
  const reference = `${layout.tableName}[${quotedTitle(layout.titles[column] ?? '')}]`;
  const call = `SUBTOTAL(${totals[total].subtotal},${reference})`;
  return { text: call, value: written.value };
}

/** Notes may take half of a screen; a header below that does not stay. */
const maxFrozenRows = 12;

function sheetViews(layout: SheetLayout, { isRightToLeft, isFirst }: SheetParts): string {
  const { headerRow: row, source } = layout;
  const isFrozen = source.hasFrozenHeader !== false && row <= maxFrozenRows;
  const topLeftCell = cellName(0, row + 1);
  const pane = isFrozen
    ? element('pane', { ySplit: row, topLeftCell, activePane: 'bottomLeft', state: 'frozen' })
    : '';
  const view = element(
    'sheetView',
    {
      showGridLines: false,
      rightToLeft: isRightToLeft || undefined,
      tabSelected: isFirst || undefined,
      workbookViewId: 0,
    },
    pane,
  );
  return element('sheetViews', {}, view);
}

function columnsXml(looks: readonly ColumnLook[]): string {
  const columns = looks.map(({ width }, index) =>
    element('col', { min: index + 1, max: index + 1, width, customWidth: true }),
  );
  return `<sheetFormatPr defaultRowHeight="15"/>${element('cols', {}, ...columns)}`;
}

const maxNoteWidth = 110;

/** A note that is longer than its column is laid over several, row by row. */
function noteMerges(
  { source }: SheetLayout,
  looks: readonly ColumnLook[],
): [number, { readonly range: string; readonly height: number }][] {
  let columns = 0;
  let width = 0;
  for (const look of looks) {
    if (columns > 0 && width + look.width > maxNoteWidth) break;
    columns += 1;
    width += look.width;
  }
  return (source.notes ?? []).flatMap(({ text }, index) => {
    const height = 15 * lineCount(text, width);
    if (columns < 2 && height === 15) return [];
    const range = `${cellName(0, index + 1)}:${cellName(columns - 1, index + 1)}`;
    return [[index, { range: columns < 2 ? '' : range, height: Math.min(height, 400) }]];
  });
}

function* noteRows(
  { source }: SheetLayout,
  merges: ReadonlyMap<number, { readonly height: number }>,
  context: CellContext,
): Generator<string> {
  for (const [index, { text, isBold, mark }] of (source.notes ?? []).entries()) {
    const font = isBold === true ? 'bold' : 'note';
    const look = { font, mark, wrap: true } as const;
    const cell = writeText(cellName(0, index + 1), text, { look, context });
    const ht = merges.get(index)?.height;
    yield element(
      'row',
      { r: index + 1, ht, customHeight: ht === undefined ? undefined : 1 },
      cell,
    );
  }
}

const typesAtEnd: ReadonlySet<Column['type']> = new Set([
  'integer',
  'decimal',
  'currency',
  'percent',
  'date',
  'datetime',
]);

function headerRow({ titles, source, headerRow: row }: SheetLayout, context: CellContext): string {
  const cells = titles.map((title, column) => {
    const isAtEnd = endsAtColumn(source.columns[column]);
    const isIndented = isBehindFigures(source.columns, column);
    const s = context.styles.indexOf({ font: 'header', wrap: true, isAtEnd, isIndented });
    const value = `<v>${context.strings.indexOf(title)}</v>`;
    return element('c', { r: cellName(column, row), s, t: 's' }, value);
  });
  return element('row', { r: row }, ...cells);
}

function endsAtColumn(column: Column | undefined): boolean {
  return column !== undefined && typesAtEnd.has(column.type);
}

/** A column that begins where the one in front of it ends. */
function isBehindFigures(columns: readonly Column[], index: number): boolean {
  return !endsAtColumn(columns[index]) && endsAtColumn(columns[index - 1]);
}

function* bodyRows(
  layout: SheetLayout,
  looks: readonly ColumnLook[],
  context: CellContext,
): Generator<string> {
  const { columns, rows } = layout.source;
  const indented = columns.map((_, index) => isBehindFigures(columns, index));
  for (let row = layout.from; row < layout.to; row += 1) {
    const number = layout.firstRow + row - layout.from;
    let cells = '';
    for (const [index, column] of columns.entries()) {
      const cell = rows[row]?.[index];
      if (cell === undefined) continue;
      const name = cellName(index, number);
      const wrap = looks[index]?.wrap === true;
      const isIndented = indented[index] === true;
      const place = { layout, row };
      cells += writeCell({ cell, column, name, wrap, isIndented, place }, context);
    }
    const height = heightOf(rows[row], looks);
    yield `<row r="${number}"${height === undefined ? '' : ` ht="${height}"`}>${cells}</row>`;
  }
}

function totalsRow(layout: SheetLayout, context: CellContext): string {
  const { source, totalsRow: row } = layout;
  if (row === undefined) return '';
  const cells = source.columns.map((column, index) => {
    const name = cellName(index, row);
    const total = totalOf(layout, index, context);
    if (total === undefined) {
      if (index > 0) return '';
      return writeText(name, totalLabel, { look: { font: 'bold' }, context });
    }
    const isCount = column.total === 'count';
    const shown = { kind: 'number', value: total.value ?? 0 } as const;
    const format = isCount ? '#,##0' : formatOfTotal(shown, column);
    return formulaCell(name, total, context.styles.indexOf({ font: 'bold', format }));
  });
  return element('row', { r: row }, ...cells);
}

function formatOfTotal(
  cell: Parameters<typeof formatOf>[0],
  column: Parameters<typeof formatOf>[1],
): string | undefined {
  if (column.type === 'date') return column.format ?? 'yyyy-mm-dd';
  if (column.type === 'datetime') return column.format ?? 'yyyy-mm-dd hh:mm';
  return formatOf(cell, column);
}

function mergesXml(merges: readonly { readonly range: string }[]): string {
  const cells = merges.filter(({ range }) => range !== '');
  if (cells.length === 0) return '';
  return element(
    'mergeCells',
    { count: cells.length },
    ...cells.map(({ range }) => element('mergeCell', { ref: range })),
  );
}

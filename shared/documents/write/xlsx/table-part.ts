import type { Column } from '#shared/domain/workbook.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';
import { escapeCellText } from './cell-text.ts';
import type { SheetLayout } from './layout.ts';
import { cellName } from './references.ts';

/** Functions of a totals row (ISO 29500-1, 18.18.86) with their number in `SUBTOTAL`, which leaves out rows that are filtered away. */
export const totals = {
  sum: { name: 'sum', subtotal: 109 },
  average: { name: 'average', subtotal: 101 },
  count: { name: 'count', subtotal: 103 },
  minimum: { name: 'min', subtotal: 105 },
  maximum: { name: 'max', subtotal: 104 },
} as const satisfies Record<NonNullable<Column['total']>, object>;

export const totalLabel = 'Total';

/** The table object over header, rows and totals (ISO 29500-1, 18.5.1.2). */
export function tableXml(
  layout: SheetLayout,
  id: number,
  totalFormula: (column: number) => string,
): string {
  const { source, headerRow, lastRow, totalsRow, titles } = layout;
  const lastColumn = source.columns.length - 1;
  const from = cellName(0, headerRow);
  const filter = element('autoFilter', { ref: `${from}:${cellName(lastColumn, lastRow)}` });
  const columns = titles.map((title, column) =>
    tableColumn(layout, { title, column }, totalFormula),
  );
  return (
    xmlDeclaration +
    element(
      'table',
      {
        xmlns: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
        id,
        name: layout.tableName,
        displayName: layout.tableName,
        ref: `${from}:${cellName(lastColumn, totalsRow ?? lastRow)}`,
        totalsRowCount: totalsRow === undefined ? undefined : 1,
        totalsRowShown: totalsRow === undefined ? 0 : undefined,
      },
      source.hasFilter === false ? '' : filter,
      element('tableColumns', { count: columns.length }, ...columns),
      element('tableStyleInfo', {
        name: 'TableStyleLight1',
        showFirstColumn: 0,
        showLastColumn: 0,
        showRowStripes: 1,
        showColumnStripes: 0,
      }),
    )
  );
}

function tableColumn(
  layout: SheetLayout,
  { title, column }: { readonly title: string; readonly column: number },
  totalFormula: (column: number) => string,
): string {
  const attributes = { id: column + 1, name: escapeCellText(title) };
  const total = layout.source.columns[column]?.total;
  if (layout.totalsRow === undefined) return element('tableColumn', attributes);
  if (total === undefined) {
    const totalsRowLabel = column === 0 ? totalLabel : undefined;
    return element('tableColumn', { ...attributes, totalsRowLabel });
  }
  if (!layout.isSplit) {
    return element('tableColumn', { ...attributes, totalsRowFunction: totals[total].name });
  }
  const formula = element('totalsRowFormula', {}, totalFormula(column));
  return element('tableColumn', { ...attributes, totalsRowFunction: 'custom' }, formula);
}

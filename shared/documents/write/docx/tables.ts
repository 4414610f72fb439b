import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import type { ReportBlock, Run } from '#shared/domain/report.ts';
import { shareWidths } from '../column-shares.ts';
import { cellText, columnCount, numericColumns } from '../numeric-columns.ts';
import { colours } from './measures.ts';
import { styleIds } from './styles.ts';
import { paragraphOf, type TextContext } from './text.ts';

type TableBlock = Extract<ReportBlock, { kind: 'table' }>;

const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const hairline = { style: BorderStyle.SINGLE, size: 4, color: colours.rule } as const;
const strongLine = { style: BorderStyle.SINGLE, size: 8, color: colours.accent } as const;

/** A table with a repeated header row and, behind it, a little room: two tables in a row would be one to Word. */
export function tableOf(block: TableBlock, context: TextContext): (Paragraph | Table)[] {
  const count = columnCount(block);
  if (count === 0) return [];
  const widths = columnWidths(block, context.textWidth);
  const header = block.header.length === 0 ? [] : [headerRow(block, context, widths)];
  const body = block.rows.map((_, row) => bodyRow({ block, row, widths }, context));
  if (header.length + body.length === 0) return [];
  const table = new Table({
    rows: [...header, ...body],
    width: { size: context.textWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    visuallyRightToLeft: context.typography.isRightToLeft,
    borders: {
      top: strongLine,
      bottom: strongLine,
      left: noBorder,
      right: noBorder,
      insideHorizontal: hairline,
      insideVertical: noBorder,
    },
    margins: { top: 57, bottom: 57, left: 100, right: 100, marginUnitType: WidthType.DXA },
  });
  return [table, new Paragraph({ style: styleIds.tableGap })];
}

function columnWidths(block: TableBlock, textWidth: number): number[] {
  const columns = Array.from({ length: columnCount(block) }, (_, column) => [
    block.header[column] ?? '',
    ...block.rows.map((_row, row) => cellText(block, row, column)),
  ]);
  return shareWidths(columns, textWidth);
}

function headerRow(block: TableBlock, context: TextContext, widths: readonly number[]): TableRow {
  const isNumeric = numericColumns(block);
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: widths.map((size, column) =>
      cellOf([{ text: block.header[column] ?? '' }], context, {
        size,
        style: styleIds.tableHeader,
        isNumeric: isNumeric[column] === true,
        fill: colours.headerRow,
      }),
    ),
  });
}

interface RowPlace {
  readonly block: TableBlock;
  readonly row: number;
  readonly widths: readonly number[];
}

function bodyRow({ block, row, widths }: RowPlace, context: TextContext): TableRow {
  const isNumeric = numericColumns(block);
  return new TableRow({
    cantSplit: true,
    children: widths.map((size, column) =>
      cellOf(block.rows[row]?.[column] ?? [], context, {
        size,
        style: styleIds.tableCell,
        isNumeric: isNumeric[column] === true,
        fill: row % 2 === 1 ? colours.band : undefined,
      }),
    ),
  });
}

interface CellLook {
  readonly size: number;
  readonly style: string;
  readonly isNumeric: boolean;
  readonly fill: string | undefined;
}

function cellOf(runs: readonly Run[], context: TextContext, look: CellLook): TableCell {
  // In a paragraph that runs from right to left, Word reads “right” as the end of the line.
  const alignment = look.isNumeric ? AlignmentType.RIGHT : AlignmentType.LEFT;
  return new TableCell({
    width: { size: look.size, type: WidthType.DXA },
    ...(look.fill === undefined
      ? {}
      : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: look.fill } }),
    children: [paragraphOf(runs, { style: look.style, alignment }, context)],
  });
}

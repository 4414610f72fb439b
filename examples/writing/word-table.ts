import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { accent, textWidth } from './word-style.ts';

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const thin = { style: BorderStyle.SINGLE, size: 4, color: 'C8CDD2' } as const;
const thick = { style: BorderStyle.SINGLE, size: 8, color: accent } as const;
const figure = /^[(−+]?€?\d[\d.,]*\)?( ?%| points)?$/;

/** A table whose first row is repeated on every page; columns of figures are aligned to the right. */
export function wordTable(rows: readonly (readonly string[])[]): Table {
  const widths = columnWidths(rows);
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: thick,
      bottom: thick,
      left: none,
      right: none,
      insideHorizontal: thin,
      insideVertical: none,
    },
    margins: { top: 60, bottom: 60, left: 90, right: 90, marginUnitType: WidthType.DXA },
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          children: widths.map((size, column) =>
            cellOf(row[column] ?? '', {
              size,
              isHeader: index === 0,
              isFigure: isFigure(rows, column),
              isLast: index === rows.length - 1,
            }),
          ),
        }),
    ),
  });
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(...rows.map((row) => row.length));
  const shares = Array.from({ length: count }, (_, column) => {
    const [header = [], ...body] = rows;
    const longestWord = Math.max(...(header[column] ?? '').split(' ').map((word) => word.length));
    const longest = Math.max(...body.map((row) => (row[column] ?? '').length), longestWord);
    return Math.sqrt(Math.max(longest, 8));
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.floor((share / total) * textWidth));
}

function isFigure(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.slice(1).some((row) => figure.test(row[column] ?? ''));
}

interface CellLook {
  readonly size: number;
  readonly isHeader: boolean;
  readonly isFigure: boolean;
  /** Of the last row. The others stay on the page of the next. */
  readonly isLast: boolean;
}

function cellOf(text: string, { size, isHeader, isFigure: isRight, isLast }: CellLook): TableCell {
  return new TableCell({
    width: { size, type: WidthType.DXA },
    ...(isHeader ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F3ECE9' } } : {}),
    children: [
      new Paragraph({
        style: 'TableText',
        alignment: isRight ? AlignmentType.RIGHT : AlignmentType.LEFT,
        keepNext: !isLast,
        children: [new TextRun({ text, bold: isHeader })],
      }),
    ],
  });
}

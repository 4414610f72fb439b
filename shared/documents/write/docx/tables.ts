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
import { cellText, columnCount, numericColumns } from '../numeric-columns.ts';
import { colours, textWidth } from './measures.ts';
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
  const widths = columnWidths(block);
  const header = block.header.length === 0 ? [] : [headerRow(block, context, widths)];
  const body = block.rows.map((_, row) => bodyRow({ block, row, widths }, context));
  if (header.length + body.length === 0) return [];
  const table = new Table({
    rows: [...header, ...body],
    width: { size: textWidth, type: WidthType.DXA },
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

const shareRange = { least: 6, most: 60 } as const;

/**
 * Shares the width of the text by what the columns hold: the longest word must fit, and long cells get more, though less than in
 * proportion, since they can wrap.
 */
function columnWidths(block: TableBlock): number[] {
  const shares = Array.from({ length: columnCount(block) }, (_, column) => {
    const texts = [
      block.header[column] ?? '',
      ...block.rows.map((_row, row) => cellText(block, row, column)),
    ];
    const longestWord = Math.max(...texts.flatMap((text) => text.split(/\s+/).map(lengthOf)));
    const longest = Math.max(...texts.map(lengthOf));
    const wanted = Math.max(longestWord + 2, Math.sqrt(longest) * 4);
    return Math.min(Math.max(Math.min(wanted, longest + 3), shareRange.least), shareRange.most);
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((share / total) * textWidth));
  const rest = textWidth - widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width, column) => (column === 0 ? width + rest : width));
}

/** East Asian characters are as wide as two others. */
function lengthOf(text: string): number {
  const wide = text.match(/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/gu)?.length ?? 0;
  return text.length + wide;
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

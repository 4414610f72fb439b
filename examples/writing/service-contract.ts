import {
  BorderStyle,
  Document,
  HeadingLevel,
  LevelFormat,
  type NumberingDefinition,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { settlePackage } from '#shared/documents/write/docx/settle-package.ts';
import {
  type Article,
  type Clause,
  contractTitle,
  firstArticles,
  parties,
} from '../content/contract/clauses.ts';
import { fees, feeTable, lastArticles, signatures } from '../content/contract/later-clauses.ts';
import type { ContractText } from '../content/contract/revision.ts';
import { piecesOf } from './inline.ts';
import { footerOf, headerOf, page, textWidth, wordStyles } from './word-style.ts';
import { wordTable } from './word-table.ts';

const indents = [
  { left: 567, hanging: 567 },
  { left: 567, hanging: 567 },
  { left: 1021, hanging: 454 },
] as const;

/** Articles, clauses and parts are numbered by Word: `5`, `5.1`, `(a)`. */
const clauseNumbering: NumberingDefinition = {
  reference: 'clauses',
  levels: [
    level(0, LevelFormat.DECIMAL, '%1'),
    level(1, LevelFormat.DECIMAL, '%1.%2'),
    level(2, LevelFormat.LOWER_LETTER, '(%3)'),
  ],
};

const firstVersion: ContractText = { firstArticles, fees, feeTable, lastArticles };

/** Writes the service contract, or another version of it, as a Word document. */
export async function writeServiceContract(text = firstVersion): Promise<Uint8Array> {
  const document = new Document({
    title: contractTitle,
    creator: 'Harrow Lane Hospitals Trust',
    lastModifiedBy: 'Harrow Lane Hospitals Trust',
    styles: wordStyles({ size: 21, line: 288, after: 130 }),
    numbering: { config: [clauseNumbering] },
    sections: [
      {
        properties: { page },
        headers: { default: headerOf(`${contractTitle} · HLH-2025-117`) },
        footers: { default: footerOf('Harrow Lane Hospitals Trust / Lintel Sterile Services') },
        children: [
          new Paragraph({
            style: 'Title',
            text: contractTitle,
            spacing: { before: 0, after: 300 },
          }),
          ...parties.map((text) => new Paragraph({ children: runsOf(text) })),
          ...text.firstArticles.flatMap(writeArticle),
          ...writeArticle(text.fees),
          new Paragraph({ style: 'Caption', text: 'Prices from 1 April 2026' }),
          wordTable(text.feeTable),
          new Paragraph({ text: '' }),
          ...text.lastArticles.flatMap(writeArticle),
          new Paragraph({ text: 'Signed in two copies, one for each party.', keepNext: true }),
          signatureBlock(),
        ],
      },
    ],
  });
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return settlePackage(packed, { language: 'en-GB' });
}

function level(
  number: 0 | 1 | 2,
  format: (typeof LevelFormat)[keyof typeof LevelFormat],
  text: string,
) {
  return { level: number, format, text, style: { paragraph: { indent: indents[number] } } };
}

function writeArticle({ title, clauses }: Article): Paragraph[] {
  const heading = new Paragraph({
    heading: HeadingLevel.HEADING_2,
    numbering: { reference: clauseNumbering.reference, level: 0 },
    text: title,
  });
  return [heading, ...clauses.flatMap(writeClause)];
}

function writeClause(clause: Clause): Paragraph[] {
  if (typeof clause === 'string') return [numbered(clause, 1)];
  return [numbered(clause.text, 1, true), ...clause.parts.map((part) => numbered(part, 2))];
}

function numbered(text: string, depth: number, keepNext = false): Paragraph {
  return new Paragraph({
    numbering: { reference: clauseNumbering.reference, level: depth },
    keepNext,
    children: runsOf(text),
  });
}

function runsOf(text: string): TextRun[] {
  return piecesOf(text).map(
    (piece) => new TextRun({ text: piece.text, bold: piece.kind === 'bold' }),
  );
}

function signatureBlock(): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const size = Math.floor(textWidth / 2);
  const borders = { top: none, bottom: none, left: none, right: none };
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: [size, size],
    borders: { ...borders, insideHorizontal: none, insideVertical: none },
    rows: signatures.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: row.map(
            (text) =>
              new TableCell({
                width: { size, type: WidthType.DXA },
                children: [
                  new Paragraph({ text, keepNext: true, spacing: { before: 120, after: 120 } }),
                ],
              }),
          ),
        }),
    ),
  });
}

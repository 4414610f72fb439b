import { Document, Packer, Paragraph } from 'docx';
import pdfmake from 'pdfmake';
import { settlePackage } from '#shared/documents/write/docx/settle-package.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Cell } from '#shared/domain/workbook.ts';
import {
  type LedgerRow,
  ledgerSheets,
  letter,
  repairFields,
  statementLines,
  statementTotal,
} from '../content/repairs.ts';
import { useRoboto } from './pdf-fonts.ts';
import { footerOf, page, wordStyles } from './word-style.ts';

/** Invoices of a month as they come in: a statement as PDF, a ledger as a workbook of two sheets, and a letter with lines in its text. */
export async function writeRepairStatement(): Promise<Uint8Array> {
  useRoboto();
  const cell = (text: string, column: number) => ({
    text,
    alignment: column < 3 ? 'left' : 'right',
  });
  const last = repairFields.map((_, column) =>
    cell(['Total', '', '', '', '', statementTotal][column] ?? '', column),
  );
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: [56, 64, 56, 64],
    info: {
      title: 'Statement of February 2026',
      author: 'Kessel Waggon Works',
      creationDate: new Date('2026-03-02T09:00:00Z'),
    },
    language: 'en-GB',
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.3, color: '#22303C' },
    content: [
      { text: 'Kessel Waggon Works', fontSize: 18, bold: true, color: '#1F4E5F' },
      { text: 'Statement of February 2026', fontSize: 12, margin: [0, 4, 0, 16] },
      {
        layout: 'lightHorizontalLines',
        table: {
          headerRows: 1,
          widths: ['auto', 'auto', '*', 'auto', 'auto', 'auto'],
          body: [
            repairFields.map((text, column) => ({ ...cell(text, column), bold: true })),
            ...statementLines.map((line) => line.map(cell)),
            last.map((each) => ({ ...each, bold: true })),
          ],
        },
      },
      { text: 'Payable within 30 days.', margin: [0, 16, 0, 0] },
    ],
  });
  return pdf.getBuffer();
}

/** The ledger of the depots. Some amounts are texts, a row is a remark, and a number is missing from the sequence. */
export async function writeRepairLedger(): Promise<Uint8Array> {
  const types = ['text', 'date', 'text', 'integer', 'decimal', 'currency'] as const;
  const { bytes } = await writeXlsx({
    title: 'Repair ledger, February 2026',
    language: 'en',
    sheets: ledgerSheets.map(({ name, rows }) => ({
      name,
      columns: repairFields.map((title, column) => ({
        title,
        type: types[column] ?? 'text',
        ...(types[column] === 'currency' ? { currency: 'EUR' } : {}),
      })),
      rows: rows.map((row) => row.map(cellOf)),
      hasFilter: false,
    })),
  });
  return bytes;
}

export async function writeRepairLetter(): Promise<Uint8Array> {
  const document = new Document({
    title: letter.title,
    creator: 'Kessel Waggon Works',
    lastModifiedBy: 'Kessel Waggon Works',
    styles: wordStyles({ size: 21, line: 288, after: 130 }),
    sections: [
      {
        properties: { page },
        footers: { default: footerOf('Kessel Waggon Works') },
        children: [
          new Paragraph({ style: 'Heading2', text: letter.title }),
          ...[letter.opening, ...letter.lines, letter.closing].map(
            (text) => new Paragraph({ text }),
          ),
        ],
      },
    ],
  });
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return settlePackage(packed, { language: 'en-GB' });
}

function cellOf(value: LedgerRow[number]): Cell {
  if (value === '') return { kind: 'empty' };
  if (typeof value === 'number') return { kind: 'number', value };
  return /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? { kind: 'date', date: value }
    : { kind: 'text', text: value };
}

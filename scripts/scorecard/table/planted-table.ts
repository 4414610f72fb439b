import pdfmake from 'pdfmake';
import { writeDocx } from '#shared/documents/write/docx.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Cell } from '#shared/domain/workbook.ts';
import { useRoboto } from '../../../examples/writing/pdf-fonts.ts';

export type TableForm = 'XLSX' | 'DOCX' | 'CSV' | 'PDF' | 'text';

/** A record as it was planted: what each field is, and how the document writes it. */
export interface PlantedRecord {
  readonly values: Readonly<Record<string, string | number>>;
  readonly written: readonly string[];
}

export interface PlantedTable {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly records: readonly PlantedRecord[];
  /** Everything that the document says, piece by piece: a quote must be one of these, or stand within one. */
  readonly texts: ReadonlySet<string>;
}

export const plantedFields = [
  { name: 'SEQ', type: 'text', isKey: true, isRequired: true },
  { name: 'Item', type: 'text' },
  { name: 'Quantity', type: 'integer' },
  { name: 'Unit price', type: 'currency' },
  { name: 'Amount', type: 'currency' },
  { name: 'Delivered', type: 'date' },
] as const;

const header = plantedFields.map(({ name }) => name);
const items = ['Steel bolt', 'Copper pipe', 'Oak board', 'White paint', 'Hemp rope', 'Brass hinge'];

/** A table of so many records, each with a number of its own (`SEQ-00001`), and a total below; as running text, a sentence for each. */
export async function plantTable(form: TableForm, rows: number): Promise<PlantedTable> {
  const records = Array.from({ length: rows }, (_, index) => recordAt(index));
  const sum = records.reduce((total, { values }) => total + Number(values['Amount']), 0);
  const total = ['Total', '', '', '', money(Math.round(sum * 100) / 100), ''];
  const lines = records.map(({ written }) => sentenceOf(written));
  const bytes = await writers[form]({ records, total, lines });
  const texts = new Set([...records.flatMap(({ written }) => written), ...lines, ...total]);
  return { file: { name: `lines.${endings[form]}`, bytes }, records, texts };
}

const endings: Readonly<Record<TableForm, string>> = {
  XLSX: 'xlsx',
  DOCX: 'docx',
  CSV: 'csv',
  PDF: 'pdf',
  text: 'txt',
};

interface Content {
  readonly records: readonly PlantedRecord[];
  readonly total: readonly string[];
  readonly lines: readonly string[];
}

const writers: Readonly<Record<TableForm, (content: Content) => Promise<Uint8Array>>> = {
  XLSX: writeSheet,
  DOCX: writeWord,
  CSV: async ({ records, total }) =>
    encode([header, ...records.map(({ written }) => written), total].map(csvLine).join('\n')),
  PDF: writePdf,
  text: async ({ lines }) => encode(lines.join('\n\n')),
};

/** Pseudo-random, but the same every time. */
function recordAt(index: number): PlantedRecord {
  const spread = (index * 7_919 + 13) % 10_007;
  const quantity = (spread % 60) + 1;
  const unitPrice = (((spread * 31) % 90_000) + 100) / 100;
  const amount = Math.round(quantity * unitPrice * 100) / 100;
  const month = String((spread % 12) + 1).padStart(2, '0');
  const day = String((spread % 28) + 1).padStart(2, '0');
  const values = {
    SEQ: `SEQ-${String(index + 1).padStart(5, '0')}`,
    Item: items[spread % items.length] ?? '',
    Quantity: quantity,
    'Unit price': unitPrice,
    Amount: amount,
    Delivered: `2026-${month}-${day}`,
  };
  const written = [
    values.SEQ,
    values.Item,
    String(quantity),
    money(unitPrice),
    money(amount),
    values.Delivered,
  ];
  return { values, written };
}

function money(amount: number): string {
  return `EUR ${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

function sentenceOf(written: readonly string[]): string {
  return `${header.map((name, index) => `${name}: ${written[index]}`).join('; ')}.`;
}

function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',');
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function writeSheet({ records, total }: Content): Promise<Uint8Array> {
  const cellOf = (text: string): Cell =>
    /^\d+$/.test(text) ? { kind: 'number', value: Number(text) } : { kind: 'text', text };
  const rows = [...records.map(({ written }) => written), total];
  const sheet = {
    name: 'Lines',
    columns: header.map((title) => ({ title, type: 'text' as const })),
    rows: rows.map((row) => row.map(cellOf)),
  };
  return (await writeXlsx({ title: 'Lines', language: 'en', sheets: [sheet] })).bytes;
}

async function writeWord({ records, total }: Content): Promise<Uint8Array> {
  const rows = [...records.map(({ written }) => written), total];
  return await writeDocx(
    {
      title: 'Delivered goods',
      language: 'en',
      blocks: [
        { kind: 'paragraph', runs: [{ text: 'The goods below were delivered during the year.' }] },
        {
          kind: 'table',
          header: [...header],
          rows: rows.map((row) => row.map((text) => [{ text }])),
        },
      ],
      colophon: [],
    },
    [],
  );
}

/** pdfmake writes into what it is given: it gets copies. */
async function writePdf({ records, total }: Content): Promise<Uint8Array> {
  useRoboto();
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    info: { creationDate: new Date('2026-01-12T09:00:00Z') },
    defaultStyle: { font: 'Roboto', fontSize: 9 },
    content: [
      {
        table: {
          headerRows: 1,
          body: [[...header], ...records.map(({ written }) => [...written]), [...total]],
        },
      },
    ],
  });
  return await pdf.getBuffer();
}

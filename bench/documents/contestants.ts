import type { DocumentFormat } from '#shared/domain/document.ts';
import { DocumentFormat as Format } from '#shared/domain/document.ts';
import { documentIdOf } from '#shared/domain/ids.ts';
import { importRival } from './rivals.ts';

/** Reads a file and says how many characters it found, so that nobody wins by reading nothing. */
export type Contestant = (bytes: Uint8Array, name: string) => Promise<number>;

/** Who reads which format. The first is ours. */
export const contestants: Readonly<Record<string, readonly DocumentFormat[]>> = {
  quire: Format.options,
  mammoth: ['docx'],
  officeparser: ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'pdf', 'rtf'],
  exceljs: ['xlsx'],
  sheetjs: ['xlsx', 'ods'],
  hucre: ['xlsx'],
  pdfjs: ['pdf'],
  unpdf: ['pdf'],
  'csv-parse': ['csv'],
  papaparse: ['csv'],
  'postal-mime': ['eml'],
};

/** Loads a contestant's code; what that takes is no part of reading. */
export async function loadContestant(name: string): Promise<Contestant> {
  const load = loaders[name];
  if (load === undefined) throw new Error(`Expected a contestant, got “${name}”.`);
  return await load();
}

// The rivals' types are not installed, and what each gives back differs: the few calls that are made are described here.
const loaders: Readonly<Record<string, () => Promise<Contestant>>> = {
  async quire() {
    const { readDocuments } = await import('#shared/documents/read-document.ts');
    return async (bytes, name) => {
      const file = { documentId: documentIdOf(1), name, bytes };
      const documents = await readDocuments(file, Format.options);
      return documents.reduce(
        (sum, { units }) => sum + lengthOf(units.map((unit) => unit.text)),
        0,
      );
    };
  },
  async mammoth() {
    const { default: mammoth } = (await importRival('mammoth')) as {
      default: {
        convertToHtml(input: object, options: object): Promise<{ value: string }>;
        images: { imgElement(describe: () => Promise<{ src: string }>): unknown };
      };
    };
    // Images as data URLs are not what is compared.
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
    return async (bytes) =>
      (await mammoth.convertToHtml({ buffer: bufferOf(bytes) }, { convertImage })).value.length;
  },
  async officeparser() {
    const { default: officeParser } = (await importRival('officeparser')) as {
      default: {
        parseOffice(file: Buffer): Promise<{ to(format: 'text'): Promise<{ value: string }> }>;
      };
    };
    return async (bytes) => {
      const content = await officeParser.parseOffice(bufferOf(bytes));
      return (await content.to('text')).value.length;
    };
  },
  async exceljs() {
    const { default: excel } = (await importRival('exceljs')) as {
      default: { Workbook: new () => ExcelWorkbook };
    };
    return async (bytes) => {
      const workbook = new excel.Workbook();
      await workbook.xlsx.load(bufferOf(bytes));
      let length = 0;
      workbook.eachSheet((sheet) =>
        sheet.eachRow((row) => row.eachCell((cell) => (length += cell.text.length))),
      );
      return length;
    };
  },
  async sheetjs() {
    const { default: xlsx } = (await importRival('@e965/xlsx')) as { default: SheetJs };
    return async (bytes) => {
      const workbook = xlsx.read(bytes, { cellFormula: true, cellDates: true });
      return lengthOf(
        workbook.SheetNames.map((name) => xlsx.utils.sheet_to_csv(workbook.Sheets[name])),
      );
    };
  },
  async hucre() {
    const { readXlsx } = (await importRival('hucre')) as {
      readXlsx(bytes: Uint8Array): Promise<{ sheets: { rows: unknown[][] }[] }>;
    };
    return async (bytes) => {
      const { sheets } = await readXlsx(bytes);
      return sheets.reduce(
        (sum, { rows }) =>
          sum +
          rows.reduce((inRow, row) => inRow + lengthOf(row.map((cell) => String(cell ?? ''))), 0),
        0,
      );
    };
  },
  async pdfjs() {
    const { openPdf } = await import('#shared/documents/read/pdf/pdfjs.ts');
    return async (bytes) => {
      const pdf = await openPdf(bytes);
      let length = 0;
      for (let number = 1; number <= pdf.numPages; number += 1) {
        const page = await pdf.getPage(number);
        const { items } = await page.getTextContent();
        length += lengthOf(items.map((item) => ('str' in item ? item.str : '')));
        page.cleanup();
      }
      await pdf.loadingTask.destroy();
      return length;
    };
  },
  async unpdf() {
    const { extractText } = (await importRival('unpdf')) as {
      extractText(bytes: Uint8Array): Promise<{ text: string[] }>;
    };
    return async (bytes) => lengthOf((await extractText(bytes.slice())).text);
  },
  async 'csv-parse'() {
    const { parse } = (await importRival('csv-parse', '/sync')) as {
      parse(text: string, options: object): string[][];
    };
    return async (bytes) =>
      parse(decode(bytes), { relax_column_count: true }).reduce(
        (sum, row) => sum + lengthOf(row),
        0,
      );
  },
  async papaparse() {
    const { default: papa } = (await importRival('papaparse')) as {
      default: { parse(text: string): { data: string[][] } };
    };
    return async (bytes) =>
      papa.parse(decode(bytes)).data.reduce((sum, row) => sum + lengthOf(row), 0);
  },
  async 'postal-mime'() {
    const { default: postalMime } = (await importRival('postal-mime')) as {
      default: { parse(bytes: Uint8Array): Promise<{ text?: string }> };
    };
    return async (bytes) => (await postalMime.parse(bytes)).text?.length ?? 0;
  },
};

interface ExcelWorkbook {
  readonly xlsx: { load(bytes: Buffer): Promise<unknown> };
  eachSheet(
    visit: (sheet: {
      eachRow(
        visit: (row: { eachCell(visit: (cell: { text: string }) => void): void }) => void,
      ): void;
    }) => void,
  ): void;
}

interface SheetJs {
  read(
    bytes: Uint8Array,
    options: object,
  ): { SheetNames: string[]; Sheets: Record<string, unknown> };
  readonly utils: { sheet_to_csv(sheet: unknown): string };
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

import pdfmake from 'pdfmake';
import { redlineParagraphs } from '#shared/documents/edit/redline.ts';
import { useRoboto } from '../../examples/writing/pdf-fonts.ts';

type Content =
  | { readonly text: string; readonly margin: readonly number[] }
  | { readonly table: { readonly body: string[][] }; readonly margin: readonly number[] };

/** A PDF with the texts of a Word file: its body, paragraph by paragraph and table by table. */
export async function contractPdf(docx: Uint8Array): Promise<Uint8Array> {
  useRoboto();
  const content: Content[] = [];
  const tables = new Map<number, string[][]>();
  for (const { at, text, cell } of redlineParagraphs(docx)) {
    if (at.part !== 'body' || (text === '' && cell === undefined)) continue;
    if (cell === undefined) {
      content.push({ text, margin: [0, 0, 0, 8] });
      continue;
    }
    const body = tables.get(cell.table) ?? [];
    if (!tables.has(cell.table)) content.push({ table: { body }, margin: [0, 0, 0, 8] });
    tables.set(cell.table, body);
    const row = body[cell.row - 1] ?? [];
    body[cell.row - 1] = row;
    row[cell.cell - 1] = [row[cell.cell - 1] ?? '', text].join(' ').trim();
  }
  const pdf = pdfmake.createPdf({
    pageSize: 'A4',
    info: { creationDate: new Date('2026-01-12T09:00:00Z') },
    defaultStyle: { font: 'Roboto', fontSize: 10 },
    content,
  });
  return new Uint8Array(await pdf.getBuffer());
}

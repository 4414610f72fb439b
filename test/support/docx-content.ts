import { readDocx } from '#shared/documents/read/docx.ts';
import type { Unit } from '#shared/domain/document.ts';
import { type DocxParts, docxFile, paragraph } from './office-files.ts';

export async function unitsOf(parts: DocxParts): Promise<readonly Unit[]> {
  return (await readDocx(docxFile(parts))).units;
}

export async function textsOf(parts: DocxParts): Promise<string[]> {
  return (await unitsOf(parts)).map((unit) => unit.text);
}

export async function warningsOf(parts: DocxParts): Promise<(readonly [string, number])[]> {
  const { warnings } = await readDocx(docxFile(parts));
  return warnings.map(({ code, count }) => [code, count] as const);
}

/** A paragraph of a style. */
export function styled(text: string, style: string): string {
  return paragraph(text, `<w:pStyle w:val="${style}"/>`);
}

/** A cell of a table; `properties` is what stands in its `w:tcPr`. */
export function cell(content: string, properties = ''): string {
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
}

/** A row of a table; `properties` is what stands in its `w:trPr`. */
export function row(cells: readonly string[], properties = ''): string {
  return `<w:tr><w:trPr>${properties}</w:trPr>${cells.map((each) => cell(paragraph(each))).join('')}</w:tr>`;
}

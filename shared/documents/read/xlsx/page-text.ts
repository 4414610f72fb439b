import type { CellRange } from '../sheet/a1.ts';
import type { SheetText } from '../sheet/add-sheet.ts';

/**
 * Headers and footers that print on every page, each wording once. Their codes (ECMA-376 part 1, 18.3.1.46) are fonts, which are
 * dropped, and fields: the names of sheet and file are written out; numbers of pages and the time of printing are not in the file.
 */
export function readPageTexts(
  texts: readonly { readonly name: string; readonly text: string }[],
  names: { readonly sheet: string; readonly file: string; readonly range: CellRange },
): SheetText[] {
  const found = new Map<string, SheetText>();
  for (const { name, text: coded } of texts) {
    const kind = name.endsWith('Header') ? 'page-header' : 'page-footer';
    const text = decodePageText(coded, names);
    if (text !== '') found.set(`${kind} ${text}`, { kind, text, range: names.range });
  }
  return [...found.values()];
}

function decodePageText(coded: string, names: { sheet: string; file: string }): string {
  const fields: Readonly<Record<string, string>> = {
    '&': '&',
    A: names.sheet,
    F: names.file,
    L: ' ',
    C: ' ',
    R: ' ',
  };
  return coded
    .replace(/&(?:"[^"]*"|K[\dA-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|([^\d"]))/g, (_, field?: string) =>
      field === undefined ? '' : (fields[field.toUpperCase()] ?? ''),
    )
    .replace(/\s+/g, ' ')
    .trim();
}

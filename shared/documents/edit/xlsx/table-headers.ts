import { escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import type { Ending, PackageEditor } from '../ooxml/package-editor.ts';
import type { Segment } from '../segments.ts';
import type { Survey } from './survey.ts';

/**
 * Columns of a table must have different names, or Excel repairs the file (ECMA-376 part 1, 18.5.1.3). A header that would be the second
 * of its name gets a number, as Excel itself does it.
 */
export function reviseHeaders(
  { tables, headerStrings }: Survey,
  editor: PackageEditor,
): NonNullable<Ending['revise']> {
  const segmentAt = (name: string) => {
    const index = headerStrings.get(name);
    return editor.originOf(index === undefined ? `/cell ${name}` : `/string ${index}`);
  };
  return (texts) => {
    const revised = new Map(texts);
    for (const { sheet, headers } of tables) {
      const segments = headers.map((cell) => segmentAt(`${sheet.name}!${cell}`));
      giveNames(
        segments.filter((each) => each !== undefined),
        revised,
      );
    }
    return revised;
  };
}

function giveNames(headers: readonly Segment[], texts: Map<string, string>): void {
  if (!headers.some(({ id }) => texts.has(id))) return;
  const taken = new Set<string>();
  const seen = new Set<string>();
  for (const { id, text: old } of headers) {
    // Columns that share a string had different names all the same, or the file was wrong before.
    if (seen.has(id)) continue;
    seen.add(id);
    const text = texts.get(id) ?? old;
    const free = freeName(text, taken);
    if (free !== text) texts.set(id, free);
  }
}

function freeName(text: string, taken: Set<string>): string {
  const plain = withoutTags(text);
  let number = 1;
  let name = plain.trim() === '' ? 'Column' : plain;
  while (taken.has(name.toLowerCase())) {
    number += 1;
    name = `${plain}${number}`;
  }
  taken.add(name.toLowerCase());
  if (name === plain) return text;
  return text.trim() === '' ? escapeText(name) : `${text}${number}`;
}

import type { Ending, PackageEditor } from '../ooxml/package-editor.ts';
import { escapeText, withoutTags } from '../tags.ts';
import type { Survey } from './survey.ts';

/**
 * Columns of a table must have different names, or Excel repairs the file (ECMA-376 part 1, 18.5.1.3). A header that would be the second
 * of its name gets a number, as Excel itself does it.
 */
export function reviseHeaders(
  { tables, headerStrings }: Survey,
  editor: PackageEditor,
): NonNullable<Ending['revise']> {
  return (texts) => {
    const revised = new Map(texts);
    for (const { sheet, headers } of tables) {
      const taken = new Set<string>();
      for (const cell of headers) {
        const name = `${sheet.name}!${cell}`;
        const index = headerStrings.get(name);
        const segment = editor.originOf(index === undefined ? `/cell ${name}` : `/string ${index}`);
        if (segment === undefined) continue;
        const text = revised.get(segment.id) ?? segment.text;
        const free = freeName(text, taken);
        if (free !== text) revised.set(segment.id, free);
      }
    }
    return revised;
  };
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

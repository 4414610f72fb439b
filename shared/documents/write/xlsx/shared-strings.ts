import { escapeXml, xmlDeclaration } from '../xml-writer.ts';
import { escapeCellText } from './cell-text.ts';

/** Every text of a workbook once. */
export interface SharedStrings {
  indexOf(text: string): number;
  /** The part, once every text is known. */
  xml(): Iterable<string>;
}

export function createSharedStrings(): SharedStrings {
  const indexes = new Map<string, number>();
  return {
    indexOf(text) {
      const known = indexes.get(text);
      if (known !== undefined) return known;
      indexes.set(text, indexes.size);
      return indexes.size - 1;
    },
    *xml() {
      yield `${xmlDeclaration}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`;
      for (const text of indexes.keys()) yield `<si>${textXml(text)}</si>`;
      yield '</sst>';
    },
  };
}

function textXml(text: string): string {
  const space = /^\s|\s$|\n|\t/.test(text) ? ' xml:space="preserve"' : '';
  return `<t${space}>${escapeXml(escapeCellText(text))}</t>`;
}

import type { Cell, Column, Sheet, Workbook } from '#shared/domain/workbook.ts';
import { elementsOf, partsOf } from './office-parts.ts';

export const text = (value: string): Cell => ({ kind: 'text', text: value });
export const number = (value: number): Cell => ({ kind: 'number', value });
export const column = (title: string, type: Column['type'] = 'text'): Column => ({ title, type });

/** A workbook of one sheet. */
export function workbookOf(sheet: Omit<Sheet, 'name'> & { readonly name?: string }): Workbook {
  return workbookWith({ name: 'Data', ...sheet });
}

export function workbookWith(...sheets: readonly Sheet[]): Workbook {
  return { title: 'A workbook', language: 'en', sheets: [...sheets] };
}

/** A cell as it stands in the file. */
export interface WrittenCell {
  readonly type: string | undefined;
  /** Decoded text of a shared string, otherwise the value as written. */
  readonly value: string;
  readonly formula: string | undefined;
  readonly format: string;
  readonly isQuoted: boolean;
  readonly fill: string;
}

/** Cells of a sheet by name, read from the XML by nothing that the writer uses. */
export function cellsOf(file: Uint8Array, sheet = 1): ReadonlyMap<string, WrittenCell> {
  const parts = partsOf(file);
  const strings = elementsOf(parts.root('xl/sharedStrings.xml'), 'si').map((item) =>
    decode(elementsOf(item, 't')[0]?.text ?? ''),
  );
  const styles = parts.root('xl/styles.xml');
  const formats = new Map(
    elementsOf(styles, 'numFmt').map(({ attributes }) => [
      attributes['numFmtId'],
      attributes['formatCode'],
    ]),
  );
  const looks = elementsOf(elementsOf(styles, 'cellXfs')[0] ?? styles, 'xf');
  const cells = elementsOf(parts.root(`xl/worksheets/sheet${sheet}.xml`), 'c');
  return new Map(
    cells.map((cell) => {
      const { r = '', t, s = '0' } = cell.attributes;
      const look = looks[Number(s)]?.attributes ?? {};
      const raw = elementsOf(cell, 'v')[0]?.text ?? '';
      const format = look['numFmtId'] ?? '0';
      const written = {
        type: t,
        value: t === 's' ? (strings[Number(raw)] ?? '') : raw,
        formula: elementsOf(cell, 'f')[0]?.text,
        format: formats.get(format) ?? format,
        isQuoted: look['quotePrefix'] === '1',
        fill: look['fillId'] ?? '0',
      };
      return [r, written];
    }),
  );
}

/** `_x0001_` and `_x005F_` as ISO 29500-1, 22.9.2.19 says. */
function decode(value: string): string {
  return value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

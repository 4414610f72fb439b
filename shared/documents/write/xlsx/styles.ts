import type { Cell, CellMark, Column } from '#shared/domain/workbook.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';

/** How a cell looks, apart from its value. */
export interface CellLook {
  /** Number format code; `General` where there is none. */
  readonly format?: string | undefined;
  readonly mark?: CellMark | undefined;
  readonly font?: 'normal' | 'bold' | 'link' | 'header' | 'note' | undefined;
  readonly wrap?: boolean | undefined;
  /** Where the text stands; numbers go to the end by themselves. */
  readonly isAtEnd?: boolean | undefined;
  /** Keeps a text away from figures that end at the column in front of it. */
  readonly isIndented?: boolean | undefined;
  /** Keeps Excel from reading a text anew as a formula or number when somebody edits the cell. */
  readonly isQuoted?: boolean | undefined;
}

/** Collects the looks of a workbook; each becomes one entry of `cellXfs`. */
export interface StyleSheet {
  indexOf(look: CellLook): number;
  /** The part, once every look is known. */
  xml(): string;
}

const builtInFormats: Readonly<Record<string, number>> = { General: 0, '#,##0': 3 };
const firstOwnFormat = 164;

const fonts = { normal: 0, bold: 1, link: 2, header: 3, note: 4 } as const;
const fills = { none: 0, header: 2, warning: 3, missing: 4, changed: 5 } as const;

export function createStyleSheet(): StyleSheet {
  const formats = new Map<string, number>();
  const looks = new Map<string, number>();
  const entries: string[] = [];
  const formatId = (code: string): number => {
    const known = builtInFormats[code] ?? formats.get(code);
    if (known !== undefined) return known;
    formats.set(code, firstOwnFormat + formats.size);
    return firstOwnFormat + formats.size - 1;
  };
  const indexOf = (look: CellLook): number => {
    const { format = 'General', mark = '', font = 'normal', wrap = false } = look;
    const { isAtEnd = false, isIndented = false, isQuoted = false } = look;
    const key = `${mark} ${font} ${wrap} ${isAtEnd} ${isIndented} ${isQuoted} ${format}`;
    const known = looks.get(key);
    if (known !== undefined) return known;
    entries.push(entryXml(look, formatId(format)));
    looks.set(key, entries.length - 1);
    return entries.length - 1;
  };
  // Index 0 is what a cell without a style has.
  indexOf({});
  return { indexOf, xml: () => styleSheetXml(formats, entries) };
}

const decimals = '#,##0.00##';

/** Number format of a cell: its column's, as long as that shows what the cell holds. */
export function formatOf(cell: Cell, column: Column): string | undefined {
  switch (cell.kind) {
    case 'number':
      return column.format ?? numberFormat(cell.value, column);
    case 'boolean':
      // Excel shows booleans as such in any format; LibreOffice shows 1 and 0 in most.
      return '"TRUE";"TRUE";"FALSE"';
    case 'formula':
      return column.format ?? numberFormat(undefined, column);
    case 'date':
      return column.type === 'date' && column.format !== undefined ? column.format : 'yyyy-mm-dd';
    case 'datetime':
      return column.type === 'datetime' && column.format !== undefined
        ? column.format
        : 'yyyy-mm-dd hh:mm';
    default:
      return undefined;
  }
}

function numberFormat(value: number | undefined, column: Column): string | undefined {
  switch (column.type) {
    case 'integer':
      // Half a piece must not look like a whole one.
      return value === undefined || Number.isInteger(value) ? '#,##0' : decimals;
    case 'decimal':
      return decimals;
    case 'currency':
      return column.currency === undefined ? '#,##0.00' : `#,##0.00 [$${column.currency}]`;
    case 'percent':
      return '0.0#%';
    default:
      return undefined;
  }
}

function entryXml(
  { mark, font = 'normal', wrap = false, isQuoted, isAtEnd, isIndented }: CellLook,
  formatId: number,
): string {
  const fill = font === 'header' ? fills.header : fills[mark ?? 'none'];
  const alignment = element('alignment', {
    horizontal: isIndented === true ? 'left' : isAtEnd === true ? 'right' : undefined,
    vertical: 'top',
    wrapText: wrap || undefined,
    indent: isIndented === true ? 1 : undefined,
  });
  const attributes = {
    numFmtId: formatId,
    fontId: fonts[font],
    fillId: fill,
    borderId: font === 'header' ? 1 : 0,
    xfId: 0,
    quotePrefix: isQuoted === true || undefined,
    applyNumberFormat: formatId > 0 || undefined,
    applyFont: fonts[font] > 0 || undefined,
    applyFill: fill > 0 || undefined,
    applyAlignment: true,
  };
  return element('xf', attributes, alignment);
}

const colours = { header: 'E6EDF3', warning: 'FFF2CC', missing: 'F8D7DA', changed: 'DDEBF7' };

function styleSheetXml(formats: ReadonlyMap<string, number>, entries: readonly string[]): string {
  const codes = [...formats].map(([formatCode, numFmtId]) =>
    element('numFmt', { numFmtId, formatCode }),
  );
  return (
    xmlDeclaration +
    element(
      'styleSheet',
      { xmlns: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main' },
      codes.length === 0 ? '' : list('numFmts', codes),
      list('fonts', [
        fontXml('1F2933'),
        fontXml('1F2933', '<b/>'),
        fontXml('0563C1', '', '<u/>'),
        fontXml('17466B', '<b/>'),
        fontXml('5F6B76', '<i/>'),
      ]),
      list('fills', [
        element('fill', {}, element('patternFill', { patternType: 'none' })),
        element('fill', {}, element('patternFill', { patternType: 'gray125' })),
        ...Object.values(colours).map(fillXml),
      ]),
      list('borders', [borderXml(), borderXml('17466B')]),
      list('cellStyleXfs', [normalStyle]),
      list('cellXfs', entries),
      list('cellStyles', [element('cellStyle', { name: 'Normal', xfId: 0, builtinId: 0 })]),
    )
  );
}

/** Of cells without a look of their own; LibreOffice takes their alignment from here and not from index 0 of `cellXfs`. */
const normalStyle = element(
  'xf',
  { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, applyAlignment: true },
  element('alignment', { vertical: 'top' }),
);

function list(name: string, items: readonly string[]): string {
  return element(name, { count: items.length }, ...items);
}

/** The order of the properties is fixed (ISO 29500-1, 18.8.22): weight and slant, underline, size, colour, name. */
function fontXml(colour: string, weight = '', underline = ''): string {
  return `<font>${weight}${underline}<sz val="11"/><color rgb="FF${colour}"/><name val="Calibri"/><family val="2"/></font>`;
}

function fillXml(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
}

function borderXml(bottom?: string): string {
  const line =
    bottom === undefined ? '<bottom/>' : `<bottom style="thin"><color rgb="FF${bottom}"/></bottom>`;
  return `<border><left/><right/><top/>${line}<diagonal/></border>`;
}

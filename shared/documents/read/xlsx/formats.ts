import { format as formatNumber, getFormatDateInfo, getFormatFromId, isDateFormat } from 'numfmt';
import { type DateParts, isoOfSerial } from '../../serial-date.ts';
import { childOf, type XmlElement } from '../../xml.ts';

/** What a cell of some style shows. */
export interface ShownNumber {
  readonly text: string;
  readonly type: 'n' | 'd';
  /** Whether the text does not say the exact number. */
  readonly isRounded: boolean;
}

/** The formatting of a cell, as far as it decides what is read. */
export interface CellStyle {
  readonly isBold: boolean;
  showNumber(number: number): ShownNumber;
  showText(text: string): string;
}

/** Cell styles of a workbook by their index (ECMA-376 part 1, 18.8); unknown ones show numbers as they are. */
export interface CellStyles {
  get(index: number): CellStyle;
}

export function readCellStyles(styles: XmlElement | undefined, epoch: 1900 | 1904): CellStyles {
  const formats = childrenOf(styles, 'x:numFmts').map(
    ({ attributes }) => [Number(attributes['numFmtId']), attributes['formatCode'] ?? ''] as const,
  );
  const custom = new Map(formats);
  const isBold = childrenOf(styles, 'x:fonts').map((font) => isOn(childOf(font, 'x:b')));
  const cellFormats = childrenOf(styles, 'x:cellXfs');
  const plain = cellStyleOf('General', false, epoch);
  const known = new Map<number, CellStyle>();
  return {
    get(index) {
      const before = known.get(index);
      if (before !== undefined) return before;
      const attributes = cellFormats[index]?.attributes;
      if (attributes === undefined) return plain;
      const id = Number(attributes['numFmtId'] ?? 0);
      const pattern = custom.get(id) ?? getFormatFromId(id) ?? 'General';
      const style = cellStyleOf(pattern, isBold[Number(attributes['fontId'])] ?? false, epoch);
      known.set(index, style);
      return style;
    },
  };
}

function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return childOf(element, name)?.children ?? [];
}

function isOn(element: XmlElement | undefined): boolean {
  return element !== undefined && !/^(?:0|false)$/.test(element.attributes['val'] ?? '');
}

/** How cells of a number format show what they hold. */
export function cellStyleOf(filePattern: string, isBold: boolean, epoch: 1900 | 1904): CellStyle {
  const pattern = withoutLocale(filePattern);
  const isUsable = canFormat(pattern);
  const dateParts = isUsable ? datePartsOf(pattern) : undefined;
  const showsGeneral = !isUsable || /^General$/i.test(pattern) || pattern === '@';
  const plain = (number: number) => showGeneral(number);
  const formatted = (number: number) => showFormatted(number, pattern);
  const showsText = isUsable && /@/.test(pattern) && pattern !== '@';
  const hidesText = isUsable && /^;;;$/.test(pattern.trim());
  return {
    isBold,
    showNumber: (number) => {
      if (dateParts !== undefined) {
        return showDate(number, dateParts, epoch) ?? plain(number);
      }
      return showsGeneral ? plain(number) : formatted(number);
    },
    showText: (text) => {
      if (hidesText) return '';
      return showsText ? formatNumber(pattern, text) : text;
    },
  };
}

/** A locale in a format only says which names of days and months to use, but the library would change separators by it as well. */
function withoutLocale(pattern: string): string {
  return pattern.replace(/\[\$([^\]"-]*)(?:-[^\]]*)?\]/g, (_, currency: string) =>
    currency === '' ? '' : `"${currency}"`,
  );
}

/** Some programs write formats that none reads; numbers are then shown as they are. */
function canFormat(pattern: string): boolean {
  try {
    formatNumber(pattern, 1);
    return true;
  } catch {
    return false;
  }
}

/** `undefined` for what is no point in time: numbers, and hours that count on beyond a day (`[h]:mm`). */
function datePartsOf(pattern: string): DateParts | undefined {
  const isDuration = /\[(?:h+|m+|s+)\]/i.test(pattern.replace(/"[^"]*"/g, ''));
  if (isDuration || !isDateFormat(pattern)) return undefined;
  const { year, month, day, hours, minutes, seconds } = getFormatDateInfo(pattern);
  const hasTime = hours || minutes || seconds;
  // Of `mm:ss` the library says that it shows a month.
  const hasDate = year || day || (month && !hasTime);
  return { hasDate, hasTime, hasFraction: /[sS]\.0/.test(pattern) };
}

function showDate(number: number, parts: DateParts, epoch: 1900 | 1904): ShownNumber | undefined {
  const text = isoOfSerial(number, parts, epoch);
  if (text === undefined) return undefined;
  const showsAll = parts.hasDate ? parts.hasTime || Number.isInteger(number) : number < 1;
  return { text, type: 'd', isRounded: !showsAll };
}

/** As many digits as the programs keep. A double has two more, which are what is left of binary fractions. */
function showGeneral(number: number): ShownNumber {
  const exact = String(number);
  const text = exact.length <= 15 ? exact : String(Number(number.toPrecision(15)));
  return { text, type: 'n', isRounded: text !== exact };
}

function showFormatted(number: number, pattern: string): ShownNumber {
  const text = formatNumber(pattern, number).trim();
  return { text, type: 'n', isRounded: text !== String(number) };
}

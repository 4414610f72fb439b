import type { OpcPackage } from '../../opc.ts';
import { decodePart, type PlacedElement, parsePlaced } from '../../placed-xml.ts';
import { attributeRange, localNameOf, startTagOf, writtenPrefixOf } from '../ooxml/source.ts';
import { childOf } from './survey.ts';

/** Formats of cells, to which those that are like one of them but break lines can be added. */
export interface WrappedStyles {
  /** The format like the one given whose text is shown in several lines; the same where that one does it already. */
  wrapped(style: string | undefined): string | undefined;
  /** The part of the formats with those added, if any were. */
  change(): readonly [string, Uint8Array] | undefined;
}

/** Opens the formats of a workbook (ECMA-376 part 1, 18.8.10). Those that are there keep their place and every byte. */
export function createWrappedStyles(file: OpcPackage, mainPart: string): WrappedStyles {
  const part = file.relationshipsOf(mainPart).find(({ type }) => type === 'styles')?.target ?? '';
  const content = file.read(part);
  const source = content === undefined ? undefined : decodePart(content);
  const list = source === undefined ? undefined : childOf(parsePlaced(source.text), 'cellXfs');
  if (source === undefined || list === undefined) {
    return { wrapped: (style) => style, change: () => undefined };
  }
  const formats = list.children.filter((each) => localNameOf(each) === 'xf');
  const added: string[] = [];
  const known = new Map<string, string>();
  const add = (style: string): string => {
    const format = formats[Number(style)];
    if (format === undefined || wraps(format)) return style;
    added.push(withWrap(source.text, format));
    return String(formats.length + added.length - 1);
  };
  return {
    wrapped(style = '0') {
      const found = known.get(style) ?? add(style);
      known.set(style, found);
      return found;
    },
    change() {
      if (added.length === 0) return undefined;
      const { text } = source;
      const before = withCount(text, list, formats.length + added.length);
      return [part, source.encode(before + added.join('') + text.slice(list.contentEnd))];
    },
  };
}

function wraps(format: PlacedElement): boolean {
  return ['1', 'true'].includes(childOf(format, 'alignment')?.attributes['wrapText'] ?? '');
}

/** The same format, its text in several lines from the top of the cell unless it says where. */
function withWrap(source: string, format: PlacedElement): string {
  const alignment = childOf(format, 'alignment');
  const open = setAttribute(startTagOf(source, format), 'applyAlignment', '1');
  const prefix = writtenPrefixOf(source, format);
  const rest = source.slice(format.contentStart, format.contentEnd);
  if (alignment === undefined) {
    return `${open}<${prefix}alignment vertical="top" wrapText="1"/>${rest}</${prefix}xf>`;
  }
  const own = source.slice(alignment.start, alignment.contentStart);
  const at = alignment.start - format.contentStart;
  const behind = rest.slice(at + own.length);
  return `${open}${rest.slice(0, at)}${setAttribute(own, 'wrapText', '1')}${behind}</${prefix}xf>`;
}

function setAttribute(tag: string, name: string, value: string): string {
  const pattern = new RegExp(`(\\s${name}\\s*=\\s*)(?:"[^"]*"|'[^']*')`);
  if (pattern.test(tag)) return tag.replace(pattern, `$1"${value}"`);
  return tag.replace(/\s*(\/?>)$/, ` ${name}="${value}"$1`);
}

/** The part up to the end of the list, which says how many formats it has. */
function withCount(text: string, list: PlacedElement, count: number): string {
  const range = attributeRange(text, list, 'count');
  if (range === undefined) return text.slice(0, list.contentEnd);
  return text.slice(0, range.start) + String(count) + text.slice(range.end, list.contentEnd);
}

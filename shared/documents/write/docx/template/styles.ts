import { type ElementSpan, spansOf, spliceText, textOfPart } from '../../splice.ts';
import type { TemplatePackage } from '../../template-package.ts';

/** Styles of the report in terms of the template. */
export interface StyleMap {
  /** Names the template's styles in a piece of the report. Styles that it has not are noted for {@link StyleMap.addMissing}. */
  rename(xml: string): string;
  /** Adds what was noted to the template. */
  addMissing(): void;
}

interface Style {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly isDefault: boolean;
  readonly xml: string;
}

const references = /(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link)\b[^>]*\bw:val=")([^"]*)"/g;

/** Names of other styles within a style. */
const relatives = /<w:(?:basedOn|next|link)\b[^>]*\bw:val="([^"]*)"[^>]*\/>/g;

/** @param source `styles.xml` of the report */
export function mapStyles(target: TemplatePackage, source: string): StyleMap {
  const part = target.file
    .relationshipsOf(target.mainPart)
    .find(({ type }) => type === 'styles')?.target;
  const bytes = part === undefined ? undefined : target.file.read(part);
  const text = bytes === undefined ? undefined : textOfPart(bytes);
  const known = text === undefined ? [] : stylesOf(text);
  const own = new Map(stylesOf(source).map((style) => [style.id, style]));
  const missing = new Map<string, string>();

  const idOf = (id: string): string => {
    const style = own.get(id);
    if (style === undefined) return id;
    const there = find(known, style);
    if (there !== undefined) return there.id;
    if (!missing.has(id)) {
      // Noted first, as styles name each other.
      missing.set(id, '');
      missing.set(id, rename(withoutStrangers(style.xml)));
    }
    return id;
  };
  const rename = (xml: string): string =>
    xml.replace(references, (_, start, id) => `${start}${idOf(id)}"`);
  const isThere = (id: string) => own.has(id) || known.some((style) => style.id === id);
  const withoutStrangers = (xml: string): string =>
    xml.replace(relatives, (whole, id) => (isThere(id) ? whole : ''));

  return {
    rename,
    addMissing() {
      if (missing.size === 0) return;
      const added = [...missing.values()].join('');
      if (part === undefined || text === undefined) {
        addPart(target, source);
        return;
      }
      const root = spansOf(text, (name) => name === 'w:styles')[0];
      if (root === undefined) return;
      const at = root.contentEnd;
      target.replace(part, spliceText(text, [{ start: at, end: at, text: added }]));
    },
  };
}

function stylesOf(xml: string): Style[] {
  const spans = spansOf(xml, (name) => name === 'w:style' || name === 'w:name');
  const names = spans.filter(({ name, path }) => name === 'w:name' && path.at(-1) === 'w:style');
  return spans
    .filter(({ name }) => name === 'w:style')
    .map((span) => ({
      id: span.attributes['w:styleId'] ?? '',
      name: nameWithin(span, names).toLowerCase(),
      type: span.attributes['w:type'] ?? 'paragraph',
      isDefault: ['1', 'true', 'on'].includes(span.attributes['w:default'] ?? ''),
      xml: xml.slice(span.start, span.end),
    }));
}

function nameWithin({ start, end }: ElementSpan, names: readonly ElementSpan[]): string {
  const own = names.find((name) => name.start > start && name.end < end);
  return own?.attributes['w:val'] ?? '';
}

/** Names of Word's own styles are the same in every language, ids are not. */
function find(known: readonly Style[], style: Style): Style | undefined {
  const alike = known.filter(({ type }) => type === style.type);
  if (style.id === 'Normal') return alike.find(({ isDefault }) => isDefault);
  return (
    alike.find(({ name }) => name === style.name && name !== '') ??
    alike.find(({ id }) => id === style.id)
  );
}

function addPart(target: TemplatePackage, content: string): void {
  const name = target.freeName('word/styles%.xml');
  const contentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml';
  target.add({ name, contentType, content });
  target.relate(target.mainPart, { type: 'styles', target: name });
}

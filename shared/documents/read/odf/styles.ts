import type { UnitKind } from '#shared/domain/document.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { firstOf } from '../first-of.ts';

/** What a paragraph is by its style. */
export interface ParagraphStyle {
  readonly kind: UnitKind;
  readonly isHidden: boolean;
  readonly startsPage: boolean;
  /** The style says that a heading has no number. */
  readonly isUnnumbered: boolean;
}

export interface TextStyle {
  /** `undefined` if the style does not say. */
  readonly isHidden: boolean | undefined;
  readonly isHigh: boolean;
}

/** Styles of a part: those that it declares for itself before those of the document (ODF 1.3, 16). */
export interface OdfStyles {
  /** Takes in a style, list style or outline style; others are ignored. */
  add(element: XmlElement): void;
  paragraph(name: string | undefined): ParagraphStyle;
  text(name: string | undefined): TextStyle;
  /** Whether slides of that style are skipped. */
  isHiddenSlide(name: string | undefined): boolean;
  /** Levels of a list style, `text:list-level-style-*`, from 0. */
  list(name: string | undefined): readonly (XmlElement | undefined)[] | undefined;
  /** Levels of the numbering of headings. */
  outline(): readonly (XmlElement | undefined)[];
  find(key: string): XmlElement | undefined;
}

export function createOdfStyles(common?: OdfStyles): OdfStyles {
  const own = new Map<string, XmlElement>();
  const paragraphs = new Map<string | undefined, ParagraphStyle>();
  const texts = new Map<string | undefined, TextStyle>();
  const find = (key: string) => own.get(key) ?? common?.find(key);
  const chainOf = (family: string, name: string | undefined) => chain(find, family, name);
  const lists = new Map<string | undefined, readonly (XmlElement | undefined)[] | undefined>();
  return {
    find,
    add(element) {
      const key = keyOf(element);
      if (key !== undefined) own.set(key, element);
    },
    paragraph: (name) =>
      remembered(paragraphs, name, () => describeParagraph(chainOf('paragraph', name), name)),
    text: (name) => remembered(texts, name, () => describeText(chainOf('text', name))),
    isHiddenSlide: (name) =>
      chainOf('drawing-page', name).some(
        (style) =>
          childOf(style, 'style:drawing-page-properties')?.attributes['presentation:visibility'] ===
          'hidden',
      ),
    list: (name) => remembered(lists, name, () => levelsOf(find(`list ${name}`))),
    outline: () => remembered(lists, undefined, () => levelsOf(find('outline'))) ?? [],
  };
}

function keyOf({ name, attributes }: XmlElement): string | undefined {
  const styleName = attributes['style:name'] ?? '';
  switch (name) {
    case 'style:style':
      return `${attributes['style:family'] ?? ''} ${styleName}`;
    case 'text:list-style':
      return `list ${styleName}`;
    case 'text:outline-style':
      return 'outline';
    default:
      return undefined;
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = make();
  known.set(key, value);
  return value;
}

/** A style and those it is based on, nearest first; a circle ends where it began. */
function chain(
  find: OdfStyles['find'],
  family: string,
  name: string | undefined,
): readonly XmlElement[] {
  const styles = new Set<XmlElement>();
  let style = name === undefined ? undefined : find(`${family} ${name}`);
  while (style !== undefined && !styles.has(style)) {
    styles.add(style);
    style = find(`${family} ${style.attributes['style:parent-style-name'] ?? ''}`);
  }
  return [...styles];
}

/** Names of LibreOffice's and OpenOffice's own styles, which are the same in every language. */
const kindsByName: Readonly<Record<string, UnitKind>> = {
  Title: 'title',
  Quotations: 'quote',
  Preformatted_20_Text: 'code',
  Caption: 'caption',
};

function describeParagraph(
  styles: readonly XmlElement[],
  name: string | undefined,
): ParagraphStyle {
  const bases = styles.map((style) => style.attributes['style:parent-style-name'] ?? '');
  const names = [name ?? '', ...bases];
  const kind = names.map((each) => kindsByName[each]).find((each) => each !== undefined);
  const breaks = styles.map((style) => {
    const properties = childOf(style, 'style:paragraph-properties')?.attributes;
    return properties?.['fo:break-before'];
  });
  const listName = firstOf(styles, (style) => style.attributes['style:list-style-name']);
  // A style inherits no master page, and only a named one starts a page.
  const masterPage = styles[0]?.attributes['style:master-page-name'] ?? '';
  return {
    kind: kind ?? 'paragraph',
    isHidden: firstOf(styles, displayOf) === 'none',
    startsPage: breaks.find((each) => each !== undefined) === 'page' || masterPage !== '',
    isUnnumbered: listName === '',
  };
}

function describeText(styles: readonly XmlElement[]): TextStyle {
  const display = firstOf(styles, displayOf);
  const position = firstOf(styles, (style) => textPropertyOf(style, 'style:text-position'));
  return {
    isHidden: display === undefined ? undefined : display === 'none',
    isHigh: /^(?:super|[1-9])/.test(position ?? ''),
  };
}

function displayOf(style: XmlElement): string | undefined {
  return textPropertyOf(style, 'text:display');
}

function textPropertyOf(style: XmlElement, name: string): string | undefined {
  return childOf(style, 'style:text-properties')?.attributes[name];
}

function levelsOf(style: XmlElement | undefined): readonly (XmlElement | undefined)[] | undefined {
  if (style === undefined) return undefined;
  const levels: (XmlElement | undefined)[] = [];
  for (const level of style.children) {
    const number = Number(level.attributes['text:level']);
    if (Number.isInteger(number) && number >= 1 && number <= 10) levels[number - 1] = level;
  }
  return levels;
}

import type { UnitKind } from '#shared/domain/document.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { firstOf } from '../first-of.ts';
import { numberOf, settingOf, toggleOf } from './xml.ts';

/** What a paragraph is by its style. */
export interface ParagraphStyle {
  readonly kind: UnitKind;
  /** Of a heading, from 1. */
  readonly level?: number;
  readonly numberingId?: string;
  readonly numberingLevel?: number;
  readonly startsPage: boolean;
  readonly isHidden: boolean;
  /** Ids of the style and of those it is based on, nearest first. */
  readonly chain: readonly string[];
}

export interface StyleSheet {
  /** The style of that id; without an id, the default one. */
  paragraphStyle(id: string | undefined): ParagraphStyle;
  /** Whether a character style hides its text; `undefined` if it does not say. */
  isHidden(id: string | undefined): boolean | undefined;
  /** The list that a numbering style stands for. */
  numberingIdOf(id: string): string | undefined;
}

/**
 * Headings are what Word's built-in heading styles, or styles with an outline level, make a heading. Word stores built-in names in English
 * (`heading 1`) whatever the language of its menus, while ids are translated (`berschrift1`). For levels that a single paragraph sets, see
 * {@link headingLevelOfParagraph}.
 */
export function readStyles(root: XmlElement | undefined): StyleSheet {
  const styles = (root?.children ?? []).filter((child) => child.name === 'w:style');
  const byId = new Map(styles.map((style) => [style.attributes['w:styleId'] ?? '', style]));
  const defaultId = styles.find(isDefaultParagraphStyle)?.attributes['w:styleId'];
  const known = new Map<string | undefined, ParagraphStyle>();
  return {
    paragraphStyle(id) {
      const found = known.get(id);
      if (found !== undefined) return found;
      const style = describeStyle(id ?? defaultId, chainOf(byId, id ?? defaultId));
      known.set(id, style);
      return style;
    },
    isHidden: (id) => firstOf(chainOf(byId, id), vanishOf),
    numberingIdOf: (id) => firstOf(chainOf(byId, id), (style) => numberingOf(style, 'w:numId')),
  };
}

/**
 * The heading level that a paragraph sets itself, whatever its style: Word shows such a paragraph among the headings, and so does a table
 * of contents that asks for levels. In the files that we have all of them are headings that somebody formatted by hand. A level on a long
 * text is a leftover.
 */
export function headingLevelOfParagraph(
  properties: XmlElement | undefined,
  text: string,
): number | undefined {
  const outlineLevel = numberOf(settingOf(childOf(properties, 'w:outlineLvl')));
  const isHeading = outlineLevel !== undefined && outlineLevel < 9;
  return isHeading && text.length <= maxHeadingLength ? outlineLevel + 1 : undefined;
}

/** The longest of a hundred such headings looked at has 241 characters. */
const maxHeadingLength = 300;

const kindsByName: Readonly<Record<string, UnitKind>> = {
  title: 'title',
  caption: 'caption',
  quote: 'quote',
  'intense quote': 'quote',
  'block text': 'quote',
  'html preformatted': 'code',
  'source code': 'code',
};

function isDefaultParagraphStyle({ attributes }: XmlElement): boolean {
  return (
    attributes['w:type'] === 'paragraph' && ['1', 'true'].includes(attributes['w:default'] ?? '')
  );
}

function chainOf(byId: ReadonlyMap<string, XmlElement>, id: string | undefined): XmlElement[] {
  const chain = new Set<XmlElement>();
  let style = id === undefined ? undefined : byId.get(id);
  while (style !== undefined && !chain.has(style)) {
    chain.add(style);
    style = byId.get(settingOf(childOf(style, 'w:basedOn')) ?? '');
  }
  return [...chain];
}

function describeStyle(id: string | undefined, chain: readonly XmlElement[]): ParagraphStyle {
  const level = chain.length === 0 ? headingLevelOfName(id ?? '') : firstOf(chain, headingLevelOf);
  const numberingId = firstOf(chain, (style) => numberingOf(style, 'w:numId'));
  const numberingLevel = firstOf(chain, (style) => numberOf(numberingOf(style, 'w:ilvl')));
  const startsPage = (style: XmlElement) =>
    toggleOf(childOf(childOf(style, 'w:pPr'), 'w:pageBreakBefore'));
  return {
    ...(level === undefined || level > 9
      ? { kind: firstOf(chain, kindOf) ?? 'paragraph' }
      : { kind: 'heading', level }),
    ...(numberingId === undefined ? {} : { numberingId }),
    ...(numberingLevel === undefined ? {} : { numberingLevel }),
    startsPage: firstOf(chain, startsPage) ?? false,
    isHidden: firstOf(chain, vanishOf) ?? false,
    chain: chain.map((style) => style.attributes['w:styleId'] ?? ''),
  };
}

/** From 1. The outline level 9 says “no heading”, which is how the title of a table of contents opts out of its base style. */
function headingLevelOf(style: XmlElement): number | undefined {
  const byName = headingLevelOfName(settingOf(childOf(style, 'w:name')) ?? '');
  if (byName !== undefined) return byName;
  const outlineLevel = numberOf(settingOf(childOf(childOf(style, 'w:pPr'), 'w:outlineLvl')));
  return outlineLevel === undefined ? undefined : outlineLevel + 1;
}

function headingLevelOfName(name: string): number | undefined {
  return numberOf(/^heading ?([1-9])$/i.exec(name)?.[1]);
}

function kindOf(style: XmlElement): UnitKind | undefined {
  return kindsByName[(settingOf(childOf(style, 'w:name')) ?? '').toLowerCase()];
}

function vanishOf(style: XmlElement): boolean | undefined {
  return toggleOf(childOf(childOf(style, 'w:rPr'), 'w:vanish'));
}

function numberingOf(style: XmlElement, name: 'w:numId' | 'w:ilvl'): string | undefined {
  return settingOf(childOf(childOf(childOf(style, 'w:pPr'), 'w:numPr'), name));
}

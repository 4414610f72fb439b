import type { XmlElement } from '../../xml.ts';
import { childOf } from '../../xml.ts';
import { textOfMath } from '../docx/math.ts';
import { toSuperscript } from '../docx/symbols.ts';
import { createInlineText, type InlineText, type InlineTextBuilder } from '../inline-text.ts';
import type { Part } from './parts.ts';
import { branchOf } from './shapes.ts';

/** Where the hyperlinks of a slide lead. */
export interface LinkSource {
  readonly source: Pick<Part, 'target' | 'linkTarget'>;
  readonly slideNumbers: ReadonlyMap<string, number>;
}

/** The paragraphs of DrawingML in an element, in its order; one in another does not exist. */
export function paragraphsIn(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  collectParagraphs(element, found);
  return found;
}

/** What a paragraph (`a:p`) shows: runs, line breaks, results of fields, equations. */
export function readParagraph(
  paragraph: XmlElement,
  links: LinkSource | undefined,
  shapeLink?: XmlElement,
): InlineText {
  const builder = createInlineText();
  const target = linkTargetOf(shapeLink, links);
  const write = () => readChildren(paragraph, builder, links);
  if (target === undefined) write();
  else builder.addLinked(target, write);
  return builder.build();
}

/** All the text of the paragraphs in an element. */
export function plainTextIn(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  return paragraphsIn(element)
    .map((paragraph) => readParagraph(paragraph, undefined).text)
    .join(' ')
    .trim();
}

function collectParagraphs(element: XmlElement, found: XmlElement[]): void {
  for (const child of element.children) {
    if (child.name === 'a:p') found.push(child);
    else collectParagraphs(child, found);
  }
}

function readChildren(
  parent: XmlElement,
  builder: InlineTextBuilder,
  links: LinkSource | undefined,
): void {
  for (const child of parent.children) readPiece(child, builder, links);
}

function readPiece(
  element: XmlElement,
  builder: InlineTextBuilder,
  links: LinkSource | undefined,
): void {
  switch (element.name) {
    case 'a:r':
    case 'a:fld':
      readRun(element, builder, links);
      break;
    case 'a:br':
      builder.add(' ');
      break;
    case 'a14:m':
      builder.add(` ${textOfMath(element)} `);
      break;
    case 'mc:AlternateContent': {
      const branch = branchOf(element);
      if (branch !== undefined) readChildren(branch, builder, links);
      break;
    }
    default:
      break;
  }
}

/** Digits that are set high stay apart from the number before them, as a power or a mark of a note. */
function readRun(run: XmlElement, builder: InlineTextBuilder, links: LinkSource | undefined): void {
  const properties = childOf(run, 'a:rPr');
  const text = childOf(run, 'a:t')?.text ?? '';
  const isHigh = Number.parseInt(properties?.attributes['baseline'] ?? '0', 10) > 0;
  const shown = isHigh ? toSuperscript(text) : text;
  const target = linkTargetOf(childOf(properties, 'a:hlinkClick'), links);
  if (target === undefined) builder.add(shown);
  else builder.addLinked(target, () => builder.add(shown));
}

/** An address, or `#slide-3` for a place in the same presentation. */
function linkTargetOf(
  link: XmlElement | undefined,
  links: LinkSource | undefined,
): string | undefined {
  const id = link?.attributes['r:id'] ?? '';
  if (id === '' || links === undefined) return undefined;
  const address = links.source.linkTarget(id);
  if (address !== undefined) return address;
  const slide = links.slideNumbers.get(links.source.target(id) ?? '');
  return slide === undefined ? undefined : `#slide-${slide}`;
}

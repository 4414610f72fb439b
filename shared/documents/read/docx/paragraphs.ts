import { childOf, type XmlElement } from '../../xml.ts';
import type { InlineContent, ParagraphContent } from './content.ts';
import { readInline } from './inline.ts';
import { shiftLinks } from './rich-text.ts';
import { placeOf, type Story } from './story.ts';
import { headingLevelOfParagraph } from './styles.ts';
import { settingOf, toggleOf } from './xml.ts';

/** Reads a paragraph with what was carried to it; `undefined` if it runs on itself. */
export function readParagraph(paragraph: XmlElement, story: Story): ParagraphContent | undefined {
  const properties = childOf(paragraph, 'w:pPr');
  const style = story.styles.paragraphStyle(settingOf(childOf(properties, 'w:pStyle')));
  if (toggleOf(childOf(properties, 'w:pageBreakBefore')) ?? style.startsPage) {
    story.pages.breakByAuthor();
  }
  const inline = readInline(paragraph, { properties, style }, story);
  const section = childOf(properties, 'w:sectPr');
  if (section !== undefined) story.sections.add(section);

  const isCarried = properties !== undefined && runsOn(properties, inline.text);
  const mark = isCarried ? undefined : story.numbering.next(properties, style);
  const place = placeOf(paragraph, story, inline.page);
  const content = join(story.carried.content, inline, { properties, style, mark, place });
  story.carried.content = isCarried ? content : undefined;
  return isCarried ? undefined : content;
}

/** The paragraph that should have run on, at the end of what it stands in. */
export function takeCarried(story: Story): ParagraphContent | undefined {
  const { content } = story.carried;
  if (content === undefined) return undefined;
  story.carried.content = undefined;
  const isEmpty = content.text.trim() === '';
  const mark = isEmpty ? undefined : story.numbering.next(content.properties, content.style);
  return { ...content, mark };
}

/** Of a paragraph that is no heading by its style, or that says it is none in spite of it. */
export function headingLevelOf({ style, properties, text }: ParagraphContent): number | undefined {
  const outlineLevel = childOf(properties, 'w:outlineLvl');
  if (outlineLevel === undefined) return style.level;
  if (style.level !== undefined) return settingOf(outlineLevel) === '9' ? undefined : style.level;
  return style.kind === 'paragraph' ? headingLevelOfParagraph(properties, text) : undefined;
}

function runsOn(properties: XmlElement, text: string): boolean {
  const frame = childOf(properties, 'w:framePr')?.attributes['w:dropCap'];
  const isDropCap = (frame === 'drop' || frame === 'margin') && text.length <= 3;
  const mark = childOf(properties, 'w:rPr');
  const isMarkGone =
    childOf(mark, 'w:del') !== undefined || childOf(mark, 'w:moveFrom') !== undefined;
  return isDropCap || isMarkGone;
}

/** Field by field: spreading objects would take half of the time that reading takes. */
function join(
  before: ParagraphContent | undefined,
  { text, links, page, asides, textBoxes }: InlineContent,
  { properties, style, mark, place }: Omit<ParagraphContent, keyof InlineContent>,
): ParagraphContent {
  if (before === undefined) {
    return { text, links, page, asides, textBoxes, properties, style, mark, place };
  }
  const beginsBefore = before.text.trim() !== '';
  return {
    text: before.text + text,
    links: [...before.links, ...shiftLinks(links, before.text.length)],
    page: beginsBefore ? before.page : page,
    asides: [...before.asides, ...asides],
    textBoxes: [...before.textBoxes, ...textBoxes],
    properties,
    style,
    mark,
    place: beginsBefore ? before.place : place,
  };
}

import { childOf, type XmlElement } from '../../xml.ts';
import { concatInlineTexts } from '../inline-text.ts';
import type { InlineContent, ParagraphContent } from './content.ts';
import { readInline } from './inline.ts';
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
  const content = contentOfParagraph(inline, { properties, style, mark, place });
  if (isCarried) {
    story.carried.push(content);
    return undefined;
  }
  return story.carried.length === 0
    ? content
    : join([...story.carried.splice(0), content], content);
}

/** The paragraph that should have run on, at the end of what it stands in. */
export function takeCarried(story: Story): ParagraphContent | undefined {
  const last = story.carried.at(-1);
  if (last === undefined) return undefined;
  const content = join(story.carried.splice(0), last);
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
function contentOfParagraph(
  { text, links, page, asides, textBoxes }: InlineContent,
  { properties, style, mark, place }: Omit<ParagraphContent, keyof InlineContent>,
): ParagraphContent {
  return { text, links, page, asides, textBoxes, properties, style, mark, place };
}

/** One paragraph of several, with the properties of the last. */
function join(contents: readonly ParagraphContent[], last: ParagraphContent): ParagraphContent {
  const first = contents.find(({ text }) => text.trim() !== '') ?? last;
  return {
    ...last,
    ...concatInlineTexts(contents, ''),
    page: first.page,
    place: first.place,
    asides: contents.flatMap(({ asides }) => asides),
    textBoxes: contents.flatMap(({ textBoxes }) => textBoxes),
  };
}

import type { SourceFile } from '#shared/domain/document.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList, type Place, type UnitList } from '../unit-list.ts';
import { eachMixedChildOf, type XmlElement } from '../xml.ts';
import { readBlock, readBlocks } from './odf/blocks.ts';
import { createChanges } from './odf/changes.ts';
import { type OdfPackage, openOdf } from './odf/package.ts';
import { createPages } from './odf/pages.ts';
import {
  createReading,
  createStory,
  firstNumber,
  locatorOf,
  numberParagraphs,
  type ParagraphNumbers,
  type Reading,
  type StoryPart,
} from './odf/story.ts';
import { createOdfStyles, type OdfStyles } from './odf/styles.ts';

/**
 * Reads a text of OpenDocument (ODF 1.3) or a template of one, block by block, so that a large one is never in memory as a tree. Headers and
 * footers come behind the text.
 */
export async function readOdt({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const file = openOdf(bytes);
  const units = createUnitList(documentId);
  const hasLayout = bufferOf(file.content).includes('soft-page-break');
  const reading = createReading({
    file,
    units,
    changes: createChanges(),
    pages: createPages(hasLayout),
  });
  const stylePart = readStylePart(file);
  readBody(reading, stylePart.common);
  const { changes, deletions } = reading.changes.finish(
    locatorOf({ kind: 'odt', part: 'body', paragraph: 1 }),
  );
  reading.tally.add('deleted', deletions);
  units.leaveHeadings();
  readHeaders(stylePart, reading);
  return {
    ...titleOf(file, units),
    ...(file.pageCount === undefined ? {} : { pageCount: file.pageCount }),
    units: units.units,
    warnings: reading.tally.warnings(),
    changes,
    hidden: reading.hidden,
  };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface StylePart {
  readonly common: OdfStyles;
  /** What headers and footers are formatted by. */
  readonly automatic: OdfStyles;
  readonly masterPages: readonly XmlElement[];
}

const stylePartNames = new Set([
  'office:styles',
  'office:automatic-styles',
  'office:master-styles',
]);

function readStylePart({ styles }: OdfPackage): StylePart {
  const common = createOdfStyles();
  const automatic = createOdfStyles(common);
  const masterPages: XmlElement[] = [];
  if (styles === undefined) return { common, automatic, masterPages };
  eachMixedChildOf(styles, stylePartNames, (element, parent) => {
    if (parent.name === 'office:styles') common.add(element);
    else if (parent.name === 'office:automatic-styles') automatic.add(element);
    else if (element.name === 'style:master-page') masterPages.push(element);
  });
  return { common, automatic, masterPages };
}

const bodyNames = new Set(['office:automatic-styles', 'office:text']);

function readBody(reading: Reading, common: OdfStyles): void {
  const styles = createOdfStyles(common);
  const counts = { body: 0, footnote: 0, endnote: 0, comment: 0 };
  let numbers: ParagraphNumbers = new Map();
  const place = (element: XmlElement, part: StoryPart): Place => {
    const page = reading.pages.current();
    return {
      kind: 'odt',
      part,
      // A mark between paragraphs stands before the next one.
      paragraph: firstNumber(element, numbers) ?? counts[part] + 1,
      ...(page === undefined ? {} : { page }),
    };
  };
  const story = createStory(reading, styles, { place, readBlocks });
  eachMixedChildOf(reading.file.content, bodyNames, (element, parent) => {
    if (parent.name === 'office:automatic-styles') {
      styles.add(element);
      return;
    }
    numbers = numberParagraphs(element, counts);
    readBlock(element, story);
  });
}

const headerNames = /^style:(header|footer)(?:-left|-first)?$/;

/** Each version of a header or footer once: master pages have one for all pages, or others for left ones and the first. */
function readHeaders({ masterPages, automatic }: StylePart, reading: Reading): void {
  const stories = { header: 0, footer: 0 };
  for (const element of masterPages.flatMap(({ children }) => children)) {
    const part = headerNames.exec(element.name)?.[1];
    if (part !== 'header' && part !== 'footer') continue;
    stories[part] += 1;
    if (element.attributes['style:display'] === 'false') continue;
    const numbers = numberParagraphs(element, { body: 0, footnote: 0, endnote: 0, comment: 0 });
    const place = (each: XmlElement): Place => {
      const paragraph = firstNumber(each, numbers) ?? 1;
      return { kind: 'odt', part, paragraph, story: stories[part] };
    };
    const story = createStory(reading, automatic, { place, readBlocks });
    readBlocks(element, {
      ...story,
      emit: ({ level: _, ...unit }) => {
        const isTable = unit.kind === 'table-row';
        const kind = part === 'header' ? ('page-header' as const) : ('page-footer' as const);
        reading.units.add(isTable ? unit : { ...unit, kind });
      },
    });
  }
}

function titleOf({ title }: OdfPackage, { units }: UnitList): { title?: string } {
  const shown =
    units.find(({ kind }) => kind === 'title') ?? units.find(({ kind }) => kind === 'heading');
  const text = title ?? shown?.text;
  return text === undefined ? {} : { title: text };
}

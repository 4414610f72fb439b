import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../opc.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList } from '../unit-list.ts';
import { eachChildOf, parseXml, type XmlElement } from '../xml.ts';
import { readBlocks } from './docx/blocks.ts';
import { createFields } from './docx/fields.ts';
import { readMetadata } from './docx/metadata.ts';
import { readNotes } from './docx/notes.ts';
import { readNumbering } from './docx/numbering.ts';
import { createPages } from './docx/pages.ts';
import { numberParagraphs, type ParagraphNumbers, type Story } from './docx/story.ts';
import { readStyles } from './docx/styles.ts';
import { createTally, type Tally } from './docx/tally.ts';
import { allTextOf } from './docx/xml.ts';

/**
 * Reads a Word document, transitional or strict, with or without macros. Parts are found by relationships, never by name, and the body
 * is read block by block, so that a large one is never in memory as a tree.
 */
export async function readDocx({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const file = openPackage(bytes);
  const main = file === undefined ? undefined : mainPartOf(file);
  const body = main === undefined ? undefined : file?.read(main);
  if (file === undefined || main === undefined || body === undefined) throw missingMainPart();

  const tally = createTally();
  const story = createStory(relatedPartsOf(file, main), {
    units: createUnitList(documentId),
    tally,
    pages: createPages(bufferOf(body).includes('lastRenderedPageBreak')),
  });
  let paragraphCount = 0;
  eachChildOf(body, 'w:body', (block) => {
    story.paragraphNumbers.clear();
    paragraphCount = numberParagraphs(block, story.paragraphNumbers, paragraphCount);
    readBlocks({ name: 'w:body', attributes: {}, children: [block], text: '' }, story);
  });
  countHeaders(file, main, tally);
  return finish(file, story);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface RelatedParts {
  /** The only part of that type, parsed. */
  readonly part: (type: string) => XmlElement | undefined;
}

function relatedPartsOf(file: OpcPackage, main: string): RelatedParts {
  const relationships = file.relationshipsOf(main);
  return {
    part(type) {
      const target = relationships.find((each) => each.type === type)?.target;
      const bytes = target === undefined ? undefined : file.read(target);
      return bytes === undefined ? undefined : parseXml(bytes);
    },
  };
}

function createStory(
  { part }: RelatedParts,
  made: Pick<Story, 'units' | 'tally' | 'pages'>,
): Story {
  const styles = readStyles(part('styles'));
  const noteParts = {
    footnotes: part('footnotes'),
    endnotes: part('endnotes'),
    settings: part('settings'),
  };
  const noteNumbers: ParagraphNumbers = new Map();
  for (const root of [noteParts.footnotes, noteParts.endnotes]) {
    if (root !== undefined) numberParagraphs(root, noteNumbers);
  }
  let tableCount = 0;
  return {
    ...made,
    part: 'body',
    styles,
    numbering: readNumbering(part('numbering'), styles),
    notes: readNotes(noteParts),
    fields: createFields(),
    paragraphNumbers: new Map(),
    noteNumbers,
    dropCap: { text: '' },
    nextTable() {
      tableCount += 1;
      return tableCount;
    },
  };
}

function countHeaders(file: OpcPackage, main: string, tally: Tally): void {
  const targets = file
    .relationshipsOf(main)
    .filter(({ type }) => type === 'header' || type === 'footer')
    .map(({ target }) => target);
  for (const target of new Set(targets)) {
    const bytes = file.read(target);
    if (bytes !== undefined && allTextOf(parseXml(bytes)).trim() !== '') tally.add('header');
  }
}

function finish(file: OpcPackage, { units: list, pages, tally }: Story): ReadContent {
  const { units } = list;
  const metadata = readMetadata(file);
  const shown =
    units.find((unit) => unit.kind === 'title') ?? units.find((unit) => unit.kind === 'heading');
  const title = metadata.title === '' ? shown?.text : metadata.title;
  // What the file says about itself may be older than its layout.
  const pageCount =
    metadata.pageCount === undefined
      ? undefined
      : Math.max(metadata.pageCount, pages.current() ?? 1);
  return {
    ...(title === undefined ? {} : { title }),
    ...(pageCount === undefined ? {} : { pageCount }),
    units,
    warnings: tally.warnings(),
  };
}

function missingMainPart(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a Word document with a main part; it is missing. Save it again with an Office program and send the new file.',
  );
}

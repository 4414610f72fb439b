import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, type OpcPackage, openPackage } from '../opc.ts';
import type { ReadContent } from '../read-content.ts';
import { createUnitList } from '../unit-list.ts';
import { eachChildOf, type XmlElement } from '../xml.ts';
import { endBlocks, readSomeBlocks } from './docx/blocks.ts';
import { readComments } from './docx/comments.ts';
import { createFields } from './docx/fields.ts';
import { readHeaders } from './docx/headers.ts';
import { createLedger } from './docx/ledger.ts';
import { addRest } from './docx/leftovers.ts';
import { readMetadata } from './docx/metadata.ts';
import { readNotes } from './docx/notes.ts';
import { readNumbering } from './docx/numbering.ts';
import { createPages } from './docx/pages.ts';
import { relationsOf } from './docx/relations.ts';
import { createSections } from './docx/sections.ts';
import { numberParagraphs, type ParagraphNumbers, type Story } from './docx/story.ts';
import { readStyles } from './docx/styles.ts';
import { createWordTally } from './docx/tally.ts';

/**
 * Reads a Word document (ECMA-376 part 1), transitional or strict, with or without macros. Parts are found by relationships, never by
 * name, and the body is read block by block, so that a large one is never in memory as a tree. The units are those of the body with
 * notes, comments, text boxes, charts and diagrams behind what they are anchored in, then comments without an anchor, then headers and
 * footers. Paragraphs are counted as in the part, so `paragraph` is the position of the first `w:p` of a unit.
 */
export async function readDocx({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const file = openPackage(bytes);
  const main = file === undefined ? undefined : mainPartOf(file);
  const body = main === undefined ? undefined : file?.read(main);
  if (file === undefined || main === undefined || body === undefined) throw missingMainPart();

  const taken = new Set<string>();
  const story = createStory(
    file,
    { main, taken },
    {
      units: createUnitList(documentId),
      pages: createPages(bufferOf(body).includes('lastRenderedPageBreak')),
    },
  );
  let paragraphCount = 0;
  eachChildOf(body, 'w:body', (block) => {
    // A paragraph that runs on may have text boxes, which are read with the next one.
    if (story.carried.length === 0) story.paragraphNumbers.clear();
    paragraphCount = numberParagraphs(block, story.paragraphNumbers, paragraphCount);
    readSomeBlocks({ name: 'w:body', attributes: {}, children: [block], text: '' }, story);
  });
  endBlocks(story);
  addRest(story);
  readHeaders({ file, taken }, story);
  return finish(file, story);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function createStory(
  file: OpcPackage,
  { main, taken }: { readonly main: string; readonly taken: Set<string> },
  made: Pick<Story, 'units' | 'pages'>,
): Story {
  const relations = relationsOf(file, main, taken);
  const styles = readStyles(relations.first('styles'));
  const [settings, footnotes, endnotes, comments] = [
    relations.first('settings'),
    relations.first('footnotes'),
    relations.first('endnotes'),
    relations.first('comments'),
  ];
  const relationsOfPart = (type: string) =>
    relationsOf(file, relations.all(type)[0]?.name ?? '', taken);
  let tableCount = 0;
  return {
    ...made,
    part: 'body',
    styles,
    numbering: readNumbering(relations.first('numbering'), styles),
    notes: readNotes({ footnotes, endnotes, settings }),
    comments: readComments({ comments, extended: relations.first('commentsExtended') }),
    sections: createSections(settings),
    fields: createFields(),
    tally: createWordTally(),
    ledger: createLedger(),
    relations,
    asideRelations: {
      footnote: relationsOfPart('footnotes'),
      endnote: relationsOfPart('endnotes'),
      comment: relationsOfPart('comments'),
    },
    paragraphNumbers: new Map(),
    asideNumbers: numbersIn([footnotes, endnotes, comments]),
    carried: [],
    nextTable() {
      tableCount += 1;
      return tableCount;
    },
  };
}

function numbersIn(roots: readonly (XmlElement | undefined)[]): ParagraphNumbers {
  const numbers: ParagraphNumbers = new Map();
  for (const root of roots) if (root !== undefined) numberParagraphs(root, numbers);
  return numbers;
}

function finish(file: OpcPackage, { units: list, pages, tally, ledger }: Story): ReadContent {
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
    changes: ledger.changes,
    hidden: ledger.hidden,
  };
}

function missingMainPart(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a Word document with a main part; it is missing. Save it again with an Office program and send the new file.',
  );
}

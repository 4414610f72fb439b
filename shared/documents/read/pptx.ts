import type { SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import { mainPartOf, openPackage } from '../opc.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace, createUnitList } from '../unit-list.ts';
import { childOf, type XmlElement } from '../xml.ts';
import { readAuthors } from './pptx/comments.ts';
import type { Deck } from './pptx/deck.ts';
import { createLayouts } from './pptx/layouts.ts';
import { leftOutOfSlides } from './pptx/left-out.ts';
import { createParts, type Part, type Parts, type SlideTally } from './pptx/parts.ts';
import { readSlide } from './pptx/slides.ts';
import { createTally } from './tally.ts';

/**
 * Reads a presentation (ECMA-376 part 1, chapter 19; transitional or strict, with or without macros, a template or a show): its slides in
 * the order of the presentation, each with its notes and comments. Parts are found by relationships, never by name.
 */
export async function readPptx({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const file = openPackage(bytes);
  const main = file === undefined ? undefined : mainPartOf(file);
  if (file === undefined || main === undefined) throw missingMainPart();
  const tally: SlideTally = createTally(leftOutOfSlides);
  const parts = createParts(file, tally);
  const presentation = parts.lookUp(main);
  if (presentation === undefined) throw missingMainPart();

  const slideNames = slideNamesOf(presentation);
  const deck = createDeck(createUnitList(documentId), { tally, parts, presentation, slideNames });
  const layouts = createLayouts(parts, childOf(presentation.root, 'p:defaultTextStyle'), tally);
  for (const [index, name] of slideNames.entries()) {
    const slide = parts.take(name);
    if (slide !== undefined) readSlide(slide, index + 1, { deck, layouts });
  }
  tally.add('section', countSections(presentation.root));
  const core = file.relationshipsOf('').find(({ type }) => type === 'core-properties');
  return {
    ...titleOf(deck, parts.lookUp(core?.target)?.root),
    ...(slideNames.length === 0 ? {} : { pageCount: slideNames.length }),
    units: deck.units.units,
    warnings: tally.warnings(),
    hidden: deck.hidden,
  };
}

/** In the order in which they are shown, `undefined` for one whose part is unknown. */
function slideNamesOf({ root, target }: Part): (string | undefined)[] {
  const list = childOf(root, 'p:sldIdLst')?.children ?? [];
  return list
    .filter(({ name }) => name === 'p:sldId')
    .map(({ attributes }) => target(attributes['r:id']));
}

function createDeck(
  units: Deck['units'],
  made: {
    readonly tally: SlideTally;
    readonly parts: Parts;
    readonly presentation: Part;
    readonly slideNames: readonly (string | undefined)[];
  },
): Deck {
  const { tally, parts, presentation, slideNames } = made;
  let tableCount = 0;
  return {
    units,
    hidden: [],
    tally,
    parts,
    authors: readAuthors(presentation, parts),
    slideNumbers: new Map(
      slideNames.flatMap((name, index) => (name === undefined ? [] : [[name, index + 1]])),
    ),
    footers: new Set(),
    nextTable() {
      tableCount += 1;
      return tableCount;
    },
  };
}

function countSections({ name, children }: XmlElement): number {
  return children.reduce(
    (sum, child) => sum + countSections(child),
    name === 'p14:section' ? 1 : 0,
  );
}

/** PowerPoint calls every presentation `PowerPoint Presentation`, in the language of its menus, until someone gives it a title. */
function titleOf({ units: { units } }: Deck, core: XmlElement | undefined): { title?: string } {
  const written = collapseWhiteSpace(childOf(core, 'dc:title')?.text ?? '');
  const first = units.find(({ kind }) => kind === 'title' || kind === 'heading')?.text;
  const title = written === '' || /\bPowerPoint\b/.test(written) ? first : written;
  return title === undefined ? {} : { title };
}

function missingMainPart(): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a presentation with a main part; it is missing. Save it again with an Office program and send the new file.',
  );
}

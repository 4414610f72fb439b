import type { DocumentWarning } from '#shared/domain/document.ts';
import { createTally, type Tally } from '../tally.ts';

/** Things that are in a DOCX and not among its units. */
export type LeftOut = keyof typeof kinds;

export type WordTally = Tally<LeftOut>;

export function createWordTally(): WordTally {
  return createTally(kinds);
}

const kinds = {
  hidden: { code: 'hidden-text', message: 'Text formatted as hidden is left out and kept apart.' },
  covered: {
    code: 'hidden-content',
    message: 'Text in cells that a merged cell covers is not shown; it is left out and kept apart.',
  },
  unshown: {
    code: 'hidden-content',
    message: 'Text of headers and footers that no page shows is left out and kept apart.',
  },
  unusedNote: {
    code: 'hidden-content',
    message:
      'Notes that the text does not refer to are not shown; they are left out and kept apart.',
  },
  deleted: {
    code: 'deleted-text',
    message:
      'Tracked changes are read as accepted; deleted text is left out and stands among the changes.',
  },
  repeated: {
    code: 'repeated-header',
    message: 'Headers and footers that say the same as another are left out.',
  },
  pageNumber: {
    code: 'repeated-header',
    message: 'Headers and footers with nothing but the number of the page are left out.',
  },
  object: { code: 'embedded-object', message: 'Embedded objects are not read.' },
  image: {
    code: 'image',
    message:
      'Images are not read; text that is part of them and their alternative texts are missing.',
  },
  drawing: {
    code: 'unsupported-part',
    message: 'Charts and diagrams whose data is missing or was read before are left out.',
  },
  import: { code: 'unsupported-part', message: 'Documents imported into this one are not read.' },
  buildingBlock: {
    code: 'unsupported-part',
    message: 'Building blocks kept with the document (its glossary) are no part of its text.',
  },
  ruby: {
    code: 'unsupported-part',
    message: 'Readings above characters (ruby) are left out; the characters are read.',
  },
  misplaced: {
    code: 'malformed',
    message: 'Text outside of any paragraph is left out; Word does not show it either.',
  },
} as const satisfies Record<string, Omit<DocumentWarning, 'count'>>;

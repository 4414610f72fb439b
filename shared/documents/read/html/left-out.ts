import type { DocumentWarning } from '#shared/domain/document.ts';
import { createTally, type Tally } from '../tally.ts';

export type PageTally = Tally<keyof typeof kinds>;

/** Counts the things of a page that are not among its units. */
export function createPageTally(): PageTally {
  return createTally(kinds);
}

const kinds = {
  hidden: { code: 'hidden-text', message: 'Text that the page does not show is kept apart.' },
  image: { code: 'image', message: 'Images are not read but for their alternative text.' },
  embedded: {
    code: 'embedded-object',
    message: 'Frames, media and other things from elsewhere are not read.',
  },
  code: {
    code: 'unsupported-part',
    message: 'Scripts and style sheets are not run; text that they would add or hide is not known.',
  },
} as const satisfies Record<string, Omit<DocumentWarning, 'count'>>;

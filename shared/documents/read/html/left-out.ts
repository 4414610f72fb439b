import type { DocumentWarning } from '#shared/domain/document.ts';

/** Things of a page that are not among its units. */
export type LeftOut = keyof typeof kinds;

export function createTally() {
  const counts = new Map<LeftOut, number>();
  return {
    add(what: LeftOut): void {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    },
    warnings(): DocumentWarning[] {
      return [...counts].map(([what, count]) => ({ ...kinds[what], count }));
    },
  };
}

export type Tally = ReturnType<typeof createTally>;

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

import type { DocumentWarning } from '#shared/domain/document.ts';

/** Things that are in a DOCX and not among its units. */
export type LeftOut = keyof typeof kinds;

/** Counts what is left out, so that nothing is lost silently (I6). */
export interface Tally {
  add(what: LeftOut): void;
  warnings(): DocumentWarning[];
}

export function createTally(): Tally {
  const counts = new Map<LeftOut, number>();
  return {
    add(what) {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    },
    warnings() {
      return [...counts].map(([what, count]) => ({ ...kinds[what], count }));
    },
  };
}

const kinds = {
  hidden: { code: 'hidden-text', message: 'Text formatted as hidden is left out.' },
  deleted: {
    code: 'deleted-text',
    message: 'Tracked changes are read as accepted; deleted text is left out.',
  },
  header: {
    code: 'repeated-header',
    message: 'Headers and footers with text are left out, since they repeat on every page.',
  },
  object: { code: 'embedded-object', message: 'Embedded objects are not read.' },
  image: { code: 'image', message: 'Images are not read; text that is part of them is missing.' },
  comment: { code: 'unsupported-part', message: 'Comments are not read.' },
  chart: { code: 'unsupported-part', message: 'Charts are not read.' },
  diagram: { code: 'unsupported-part', message: 'SmartArt diagrams are not read.' },
  import: { code: 'unsupported-part', message: 'Documents imported into this one are not read.' },
} as const satisfies Record<string, Omit<DocumentWarning, 'count'>>;

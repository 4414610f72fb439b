import type { DocumentWarning } from '#shared/domain/document.ts';

/** Counts what a reader leaves out, so that nothing is lost silently (I6). */
export interface Tally<LeftOut extends string> {
  add(what: LeftOut, count?: number): void;
  warnings(): DocumentWarning[];
}

/** `kinds` says for each thing that may be left out what a warning of it says. */
export function createTally<LeftOut extends string>(
  kinds: Readonly<Record<LeftOut, Omit<DocumentWarning, 'count'>>>,
): Tally<LeftOut> {
  const counts = new Map<LeftOut, number>();
  return {
    add(what, count = 1) {
      if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count);
    },
    warnings() {
      return [...counts].map(([what, count]) => ({ ...kinds[what], count }));
    },
  };
}

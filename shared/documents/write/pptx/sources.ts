import type { Citation } from '#shared/domain/citation.ts';
import type { Slide } from '#shared/domain/presentation.ts';
import { citationFinder, footnoteText } from '../cited.ts';

/** Citations of a presentation, which has no footnotes: numbers on the slides, and a list at the end. */
export interface Sources {
  /** Numbers of citations, in the order in which they are cited first. */
  cite(ids: readonly string[]): number[];
  /** The list as a slide; `undefined` where nothing was cited. */
  slide(title: string): Slide | undefined;
}

export function createSources(citations: readonly Citation[]): Sources {
  const find = citationFinder(citations);
  const numbers = new Map<string, number>();
  return {
    cite: (ids) =>
      ids.map((id) => {
        const number = numbers.get(find(id).id) ?? numbers.size + 1;
        numbers.set(id, number);
        return number;
      }),
    slide(title) {
      if (numbers.size === 0) return undefined;
      const rows = [...numbers].map(([id, number]) => [
        [{ text: `[${number}]` }],
        [{ text: footnoteText(find(id)) }],
      ]);
      return { kind: 'table', title, header: [], rows };
    },
  };
}

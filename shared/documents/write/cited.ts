import type { Citation } from '#shared/domain/citation.ts';
import { QuireError } from '#shared/domain/errors.ts';

/** Finds the citation that a run names. */
export type FindCitation = (id: string) => Citation;

/** I8: a report that cites what is not among the verified citations is not written. */
export function citationFinder(citations: readonly Citation[]): FindCitation {
  const byId = new Map(citations.map((citation) => [citation.id, citation]));
  return (id) => {
    const citation = byId.get(id);
    if (citation !== undefined) return citation;
    throw new QuireError(
      'internal_error',
      `Expected every cited id to be among the ${citations.length} verified citations; one is not. Report this as a fault of the workflow.`,
    );
  };
}

/** Quotes are cut behind this many characters, at a word where there is one. */
export const maxQuoteLength = 300;

/** Text of the footnote of a citation: the quote, then where it stands. */
export function footnoteText({ quote, place, documentName }: Citation): string {
  return `“${shortenQuote(quote)}” — ${place}, ${documentName}`;
}

/** One of the things that a citation says. */
export function shownPart(citation: Citation, part: 'quote' | 'place' | 'document'): string {
  switch (part) {
    case 'quote':
      return citation.quote;
    case 'place':
      return citation.place;
    case 'document':
      return citation.documentName;
  }
}

function shortenQuote(quote: string): string {
  const characters = [...quote];
  if (characters.length <= maxQuoteLength) return quote;
  const cut = characters.slice(0, maxQuoteLength).join('');
  const atWord = cut.replace(/\s+\S*$/u, '');
  // Scripts without spaces, and words longer than half of the room, are cut where the room ends.
  const start = atWord.length > cut.length / 2 ? atWord : cut;
  return `${start.trimEnd()} …`;
}

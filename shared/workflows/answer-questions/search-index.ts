import MiniSearch from 'minisearch';
import type { StageContext } from '../definition.ts';
import type { Passage } from './passages.ts';
import { termsOf } from './terms.ts';

/** Finds passages by words (BM25+). */
export interface SearchIndex {
  /** Positions of the best passages, the best first. The same index and words always give the same order. */
  search(query: string, limit: number): number[];
}

/** Where a passage stands tells as much as one word of it. */
const placeWeight = 1;

/** An index in memory. It is made when it is needed and never stored: it is larger than what it is made from. */
export function createSearchIndex(
  context: Pick<StageContext, 'unit' | 'documents'>,
  passages: readonly Passage[],
): SearchIndex {
  const names = new Map(
    context.documents.map(({ id, name, title = '' }) => [id, `${stemName(name)} ${title}`]),
  );
  const index = new MiniSearch<Passage>({
    idField: 'index',
    fields: ['text', 'place'],
    extractField: (passage, field) => {
      // The library asks for the id by the same function and wants it as it is.
      if (field === 'index') return passage.index as unknown as string;
      if (field === 'place') {
        return `${names.get(passage.documentId) ?? ''} ${passage.headingPath.join(' ')}`;
      }
      return textOf(context, passage);
    },
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: { boost: { place: placeWeight } },
  });
  index.addAll(passages);
  return {
    search: (query, limit) =>
      index
        .search(query)
        .toSorted((left, right) => right.score - left.score || Number(left.id) - Number(right.id))
        .slice(0, limit)
        .map(({ id }) => Number(id)),
  };
}

/** The text of a passage with the head of its table. */
function textOf({ unit }: Pick<StageContext, 'unit'>, passage: Passage): string {
  const heads = passage.context.map(({ unitId }) => unit(unitId)?.text ?? '');
  const texts = passage.pieces.map(
    ({ unitId, from, to }) => unit(unitId)?.text.slice(from, to) ?? '',
  );
  return [...heads, ...texts].join('\n');
}

/** A file's name says what is in it, its extension does not. */
function stemName(name: string): string {
  return name.replace(/\.[^.]{1,5}$/u, '').replace(/[_-]+/gu, ' ');
}

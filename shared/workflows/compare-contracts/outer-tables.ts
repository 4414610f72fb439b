import type { RedlineParagraph } from '#shared/domain/redline.ts';

export type PlaceInTable = NonNullable<RedlineParagraph['cell']>;

/**
 * For each paragraph its place in the outermost table, where the places given are those in the innermost. A table that stands within
 * another has that one's paragraphs behind it, as a cell ends with a paragraph of its own.
 */
export function placeInTables(
  paragraphs: readonly Pick<RedlineParagraph, 'cell'>[],
): readonly (PlaceInTable | undefined)[] {
  const places: (PlaceInTable | undefined)[] = paragraphs.map(({ cell }) => cell);
  let ahead: PlaceInTable | undefined;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    const place = places[index];
    if (place === undefined) ahead = undefined;
    // Tables are numbered by where they begin: one that goes on behind, with a lower number, is around this one.
    else if (ahead !== undefined && ahead.table < place.table) places[index] = ahead;
    else ahead = place;
  }
  return places;
}

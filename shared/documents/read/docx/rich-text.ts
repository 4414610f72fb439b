import type { Unit } from '#shared/domain/document.ts';
import { collapseWhiteSpace } from '../../unit-list.ts';

export type Link = NonNullable<Unit['links']>[number];

/** Text with the hyperlinks in it. */
export interface RichText {
  readonly text: string;
  readonly links: readonly Link[];
}

/** One text after the other, with the separator between them. */
export function joinTexts(parts: readonly RichText[], separator: string): RichText {
  const links: Link[] = [];
  let length = 0;
  for (const part of parts) {
    links.push(...shiftLinks(part.links, length));
    length += part.text.length + separator.length;
  }
  return { text: parts.map((part) => part.text).join(separator), links };
}

/** White space as units have it. Links move along, without the space around their text; a link without text goes. */
export function collapseRichText({ text, links }: RichText): RichText {
  if (links.length === 0) return { text: collapseWhiteSpace(text), links };
  const places = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  places.sort((left, right) => left - right);
  const newPlaces = new Map<number, number>();
  let collapsed = '';
  let done = 0;
  for (const place of [...places, text.length]) {
    collapsed = appendCollapsed(collapsed, text.slice(done, place));
    newPlaces.set(place, collapsed.length);
    done = place;
  }
  collapsed = collapsed.trimEnd();
  const moved = links.map(({ from, to, target }) => {
    const start = newPlaces.get(from) ?? 0;
    const end = newPlaces.get(to) ?? 0;
    return {
      from: collapsed[start] === ' ' ? start + 1 : start,
      to: collapsed[end - 1] === ' ' ? end - 1 : Math.min(end, collapsed.length),
      target,
    };
  });
  return { text: collapsed, links: moved.filter(({ from, to }) => from < to) };
}

function appendCollapsed(before: string, piece: string): string {
  // What stands around keeps the white space at the ends of the piece.
  const inner = collapseWhiteSpace(`|${piece}|`).slice(1, -1);
  const isAfterSpace = before === '' || before.endsWith(' ');
  return before + (isAfterSpace && inner.startsWith(' ') ? inner.slice(1) : inner);
}

function shiftLinks(links: readonly Link[], by: number): readonly Link[] {
  if (by === 0 || links.length === 0) return links;
  return links.map(({ from, to, target }) => ({ from: from + by, to: to + by, target }));
}

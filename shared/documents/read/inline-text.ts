import type { Unit } from '#shared/domain/document.ts';
import { collapseWhiteSpace } from '../unit-list.ts';

export type Links = NonNullable<Unit['links']>;

/** Text with the links in it: `from` the first UTF-16 code unit of a link, `to` behind its last. */
export interface InlineText {
  readonly text: string;
  readonly links: Readonly<Links>;
}

/** Puts the text of a paragraph together, piece by piece. */
export interface InlineTextBuilder {
  add(text: string): void;
  /** What `write` adds leads to `target`, apart from links opened within. */
  addLinked(target: string, write: () => void): void;
  /** What is added until {@link closeLink} leads to the target. A link within a link ends the outer one. */
  openLink(target: string): void;
  closeLink(): void;
  /** What was added, as {@link collapseInlineText} leaves it. */
  build(): InlineText;
  /** The same and forgets it; an open link goes on in what follows. */
  take(): InlineText;
}

export function createInlineText(): InlineTextBuilder {
  let raw = '';
  let links: Links = [];
  let open: { from: number; readonly target: string } | undefined;

  const closeLink = () => {
    if (open !== undefined) links.push({ ...open, to: raw.length });
    open = undefined;
  };
  const build = () => {
    const openOne = open === undefined ? [] : [{ ...open, to: raw.length }];
    return collapseInlineText({ text: raw, links: [...links, ...openOne] });
  };
  return {
    add(text) {
      raw += text;
    },
    addLinked(target, write) {
      const from = raw.length;
      write();
      const last = links.at(-1);
      // Programs split one link into several where the format of its text changes.
      if (last?.target === target && last.to === from) last.to = raw.length;
      else links.push({ from, to: raw.length, target });
    },
    openLink(target) {
      closeLink();
      if (target !== '') open = { from: raw.length, target };
    },
    closeLink,
    build,
    take() {
      const taken = build();
      raw = '';
      links = [];
      if (open !== undefined) open.from = 0;
      return taken;
    },
  };
}

/** Several texts as one, for instance the cells of a row, with their links. Between empty ones the separator stands as well. */
export function joinInlineTexts(texts: readonly InlineText[], separator: string): InlineText {
  return collapseInlineText(concatInlineTexts(texts, separator));
}

/** The same with all white space, where more is yet to come. */
export function concatInlineTexts(texts: readonly InlineText[], separator: string): InlineText {
  const links: Links = [];
  let length = 0;
  for (const { text, links: own } of texts) {
    for (const { from, to, target } of own) {
      links.push({ from: from + length, to: to + length, target });
    }
    length += text.length + separator.length;
  }
  return { text: texts.map(({ text }) => text).join(separator), links };
}

/** White space as units have it. Links move along, without the space around their text; a link without visible text goes. */
export function collapseInlineText({ text, links }: InlineText): InlineText {
  if (links.length === 0) return { text: collapseWhiteSpace(text), links };
  const places = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  places.sort((left, right) => left - right);
  const { collapsed, newPlaces } = collapseBetween(text, places);
  const moved = links.map(({ from, to, target }) => {
    const start = newPlaces.get(from) ?? 0;
    const end = Math.min(newPlaces.get(to) ?? 0, collapsed.length);
    return {
      from: collapsed[start] === ' ' ? start + 1 : start,
      to: collapsed[end - 1] === ' ' ? end - 1 : end,
      target,
    };
  });
  return { text: collapsed, links: moved.filter(({ from, to }) => from < to) };
}

/** As properties of a unit: none without links. */
export function linksOf({ links }: InlineText): { links?: Links } {
  return links.length === 0 ? {} : { links: [...links] };
}

/** Piece by piece, so that where each piece begins is known afterwards. */
function collapseBetween(text: string, places: readonly number[]) {
  const newPlaces = new Map<number, number>();
  const pieces: string[] = [];
  let length = 0;
  let endsInSpace = true;
  let done = 0;
  for (const place of [...places, text.length]) {
    // What stands around keeps the white space at the ends of the piece.
    const inner = collapseWhiteSpace(`|${text.slice(done, place)}|`).slice(1, -1);
    const piece: string = endsInSpace && inner.startsWith(' ') ? inner.slice(1) : inner;
    if (piece !== '') endsInSpace = piece.endsWith(' ');
    pieces.push(piece);
    length += piece.length;
    newPlaces.set(place, length);
    done = place;
  }
  return { collapsed: pieces.join('').trimEnd(), newPlaces };
}

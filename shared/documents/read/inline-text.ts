import type { Unit } from '#shared/domain/document.ts';
import { collapseWhiteSpace } from '../unit-list.ts';

export type Links = NonNullable<Unit['links']>;

/** Text with white space collapsed, and the links in it. */
export interface InlineText {
  readonly text: string;
  readonly links: Links;
}

/** Puts the text of a paragraph together, piece by piece. */
export interface InlineTextBuilder {
  add(text: string): void;
  /** What `write` adds leads to `target`. */
  addLinked(target: string, write: () => void): void;
  /** Forgets what was added. */
  clear(): void;
  build(): InlineText;
}

export function createInlineText(): InlineTextBuilder {
  let raw = '';
  const links: Links = [];
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
    clear() {
      raw = '';
      links.length = 0;
    },
    build() {
      return { text: collapseWhiteSpace(raw), links: links.length === 0 ? [] : moved(links, raw) };
    },
  };
}

/** Several texts as one, for instance the cells of a row, with their links. Between empty ones the separator stands as well. */
export function joinInlineTexts(texts: readonly InlineText[], separator: string): InlineText {
  const links: Links = [];
  let at = 0;
  for (const text of texts) {
    for (const { from, to, target } of text.links) {
      links.push({ from: from + at, to: to + at, target });
    }
    at += text.text.length + separator.length;
  }
  const raw = texts.map(({ text }) => text).join(separator);
  return { text: collapseWhiteSpace(raw), links: links.length === 0 ? [] : moved(links, raw) };
}

/** As properties of a unit: none without links. */
export function linksOf({ links }: InlineText): { links?: Links } {
  return links.length === 0 ? {} : { links };
}

/** The same links in the text as {@link collapseWhiteSpace} leaves it; those around nothing visible are gone. */
function moved(links: Links, raw: string): Links {
  const offsets = visibleOffsets(raw);
  const found: Links = [];
  for (const { from, to, target } of links) {
    let first = from;
    while (first < to && offsets[first] === -1) first += 1;
    let last = to - 1;
    while (last >= first && offsets[last] === -1) last -= 1;
    if (first > last) continue;
    found.push({ from: offsets[first] ?? 0, to: (offsets[last] ?? 0) + 1, target });
  }
  return found;
}

/** For each character where it stands in the collapsed text, -1 for one that does not. */
function visibleOffsets(raw: string): Int32Array {
  const offsets = new Int32Array(raw.length).fill(-1);
  let length = 0;
  let isSpacePending = false;
  for (let index = 0; index < raw.length; index += 1) {
    const character = raw.charAt(index);
    if (/[\u00ad\u200b\u2060\ufeff]/.test(character)) continue;
    if (/\s/.test(character)) {
      isSpacePending = length > 0;
      continue;
    }
    if (isSpacePending) length += 1;
    isSpacePending = false;
    offsets[index] = length;
    length += 1;
  }
  return offsets;
}

import { escapeText, withoutTags } from '#shared/domain/inline-tags.ts';
import type { Span } from '../quotes.ts';
import { exactPattern, nonText } from './find-text.ts';

/** A text with what stands in its place. */
export interface Replacement {
  readonly text: string;
  readonly by: string;
}

export interface ReplacedText {
  /** With the tags that the text came with, each once and in its place. */
  readonly text: string;
  /** How often each text was replaced, by the text. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Replaces texts in a tagged text of a segment, also where a text goes over the borders of tags; longer texts come first. */
export function createReplacer(replacements: readonly Replacement[]) {
  const ordered = replacements
    .toSorted((left, right) => right.text.length - left.text.length)
    .map((replacement) => ({ ...replacement, pattern: exactPattern(replacement.text) }));
  return (tagged: string): ReplacedText => {
    const pieces = piecesOf(tagged);
    const plain = pieces.map(({ plain: text }) => text).join('');
    const taken: (Span & { readonly by: string })[] = [];
    const counts = new Map<string, number>();
    for (const { text, by, pattern } of ordered) {
      for (const { 0: found, index } of plain.matchAll(pattern)) {
        const span = { from: index, to: index + found.length };
        if (taken.some(({ from, to }) => from < span.to && span.from < to)) continue;
        taken.push({ ...span, by });
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
    if (taken.length === 0) return { text: tagged, counts };
    const spans = taken.toSorted((left, right) => left.from - right.from);
    return { text: rewrite(pieces, spans), counts };
  };
}

interface Piece {
  /** As it stands in the tagged text. */
  readonly raw: string;
  /** What a reader sees of it: nothing of a tag that encloses, a sign for one that is no text. */
  readonly plain: string;
  readonly isTag: boolean;
}

const tagPattern = /(<\/?[gx][0-9]{1,6}\s*\/?>)/;

function piecesOf(tagged: string): Piece[] {
  return tagged
    .split(tagPattern)
    .filter((raw) => raw !== '')
    .map((raw) => {
      const isTag = new RegExp(`^${tagPattern.source}$`).test(raw);
      if (!isTag) return { raw, plain: withoutTags(raw), isTag };
      return { raw, plain: raw.startsWith('<x') ? nonText : '', isTag };
    });
}

/** Each replacement stands where its text began; the rest of the text is gone, the tags within it stay. */
function rewrite(
  pieces: readonly Piece[],
  spans: readonly (Span & { readonly by: string })[],
): string {
  let at = 0;
  return pieces
    .map(({ raw, plain, isTag }) => {
      const from = at;
      at += plain.length;
      return isTag ? raw : rewritePiece(plain, from, spans);
    })
    .join('');
}

function rewritePiece(
  plain: string,
  start: number,
  spans: readonly (Span & { readonly by: string })[],
): string {
  let text = '';
  let done = 0;
  for (const { from, to, by } of spans) {
    const [first, end] = [Math.max(0, from - start), Math.min(plain.length, to - start)];
    if (end <= 0 || first >= plain.length) continue;
    const isBeginning = from >= start;
    text += escapeText(plain.slice(done, first)) + (isBeginning ? escapeText(by) : '');
    done = Math.max(done, end);
  }
  return text + escapeText(plain.slice(done));
}

import { QuireError } from './errors.ts';

/** A piece of a segment's text: characters, or a tag with what it encloses. `<x2/>` has no content. */
export type TaggedPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'mark'; readonly tag: number }
  | { readonly type: 'group'; readonly tag: number; readonly content: readonly TaggedPiece[] };

/**
 * The pieces of a segment's text. Throws `tags_broken` with the segment's id where tags are not well nested. A `<`, `>` or `&` that
 * begins no tag and no entity is taken for the character itself, as models forget to escape them.
 */
export function parseTagged(text: string, segmentId: string): TaggedPiece[] {
  const nesting = createNesting();
  let at = 0;
  for (const match of text.matchAll(tagPattern)) {
    nesting.addText(text.slice(at, match.index));
    at = match.index + match[0].length;
    const [, slash, letter, digits, ending] = match;
    const form = `${slash}${letter}${ending}`;
    if (!nesting.addTag(form, Number(digits))) throw brokenTags(segmentId);
  }
  nesting.addText(text.slice(at));
  if (nesting.isOpen()) throw brokenTags(segmentId);
  return nesting.pieces;
}

function createNesting() {
  const pieces: TaggedPiece[] = [];
  const open: { readonly tag: number; readonly content: TaggedPiece[] }[] = [];
  const add = (piece: TaggedPiece) => (open.at(-1)?.content ?? pieces).push(piece);
  return {
    pieces,
    isOpen: () => open.length > 0,
    addText(text: string) {
      if (text !== '') add({ type: 'text', text: unescapeText(text) });
    },
    /** `form` is the tag without its number; the answer says whether it may stand here. */
    addTag(form: string, tag: number): boolean {
      if (form === 'x/') add({ type: 'mark', tag });
      else if (form === 'g') open.push({ tag, content: [] });
      else if (form === '/g') {
        const group = open.pop();
        if (group?.tag !== tag) return false;
        add({ type: 'group', ...group });
      } else return false;
      return true;
    },
  };
}

/** The text of a segment as a reader sees it: without tags, `&amp;`, `&lt;` and `&gt;` as what they stand for. */
export function withoutTags(text: string): string {
  return unescapeText(text.replace(tagPattern, ''));
}

/**
 * A way out when tags come back broken: a text for the segment in which all of `plainText` stands where its first text stood. Its tags
 * are whole, so nothing but the formatting within the segment is lost.
 */
export function allInFirstGroup(segment: { readonly text: string }, plainText: string): string {
  const pieces = segment.text.split(splitPattern);
  const first = pieces.findIndex((piece, index) => index % 2 === 0 && piece.trim() !== '');
  return pieces
    .map((piece, index) => {
      if (index === Math.max(first, 0)) return escapeText(plainText);
      return index % 2 === 0 ? '' : piece;
    })
    .join('');
}

/** Text as it stands between the tags of a segment. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/** For a text whose tags are not those of its segment. */
export function brokenTags(segmentId: string): QuireError {
  return new QuireError(
    'tags_broken',
    'Expected each inline tag of the segment exactly once, opened before closed and inside the tag it came in; got other tags. Ask for the text again, or put all of it in the first group.',
    { details: { segmentId } },
  );
}

const tagPattern = /<(\/?)([gx])([0-9]{1,6})\s*(\/?)>/g;
const splitPattern = /(<\/?[gx][0-9]{1,6}\s*\/?>)/;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

function unescapeText(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => characters[name] ?? '');
}

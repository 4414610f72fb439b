import { QuireError } from '#shared/domain/errors.ts';
import {
  brokenTags,
  escapeText,
  parseTagged,
  type TaggedPiece,
} from '#shared/domain/inline-tags.ts';
import type { EditableFile, Segment } from '../segments.ts';
import type { EncodedText } from './encoded-text.ts';

/** Characters [start, end) of the source. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** A stretch of the source and what it says, in the order of the source. */
export type SourcePiece =
  | { readonly type: 'text'; readonly text: string }
  | ({ readonly type: 'mark' } & SourceRange)
  | {
      readonly type: 'group';
      /** What stands before the content, and what behind it. */
      readonly open: SourceRange;
      readonly close: SourceRange;
      /** What opens and closes it must stand right at its text, and means itself where there is none, as in Markdown `**`. */
      readonly isTight?: boolean;
      readonly content: readonly SourcePiece[];
    };

/** A segment of a text file: the range of the source that is written anew when it changes. */
export interface SourceSegment extends Omit<Segment, 'text'> {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly SourcePiece[];
  /** Text as it stands in the source, so that nothing of it is taken for markup. */
  write(text: string): string;
}

/** A text file whose segments are replaced by splicing; segments may stand inside marks of others, as an image's text does. */
export function editableText(
  encoded: EncodedText,
  segments: readonly SourceSegment[],
): EditableFile {
  const known = new Map(
    segments.map((segment) => [segment.id, { segment, text: textOf(segment) }]),
  );
  return {
    segments: segments.map((segment) => ({
      id: segment.id,
      kind: segment.kind,
      place: segment.place,
      text: known.get(segment.id)?.text ?? '',
    })),
    write(texts) {
      const edits: Edit[] = [];
      for (const [id, text] of texts) {
        const found = known.get(id);
        if (found === undefined) throw unknownSegment(id);
        if (text !== found.text) edits.push({ segment: found.segment, text });
      }
      return encoded.encode(splice(encoded.text, edits));
    },
  };
}

interface Edit {
  readonly segment: SourceSegment;
  readonly text: string;
}

function textOf(segment: SourceSegment): string {
  let tag = 0;
  const write = (pieces: readonly SourcePiece[]): string =>
    pieces
      .map((piece) => {
        if (piece.type === 'text') return escapeText(piece.text);
        tag += 1;
        const number = tag;
        if (piece.type === 'mark') return `<x${number}/>`;
        return `<g${number}>${write(piece.content)}</g${number}>`;
      })
      .join('');
  return write(segment.pieces);
}

/** Edits in the order of the source; one that stands inside the range of another is taken along by its marks. */
function splice(source: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted(
    (left, right) =>
      left.segment.start - right.segment.start || right.segment.end - left.segment.end,
  );
  const cut = (start: number, end: number, from: number): string => {
    let out = '';
    let at = start;
    for (let index = from; index < sorted.length; index += 1) {
      const edit = sorted[index];
      if (edit === undefined || edit.segment.start >= end) break;
      if (edit.segment.start < at) continue;
      const raw = (range: SourceRange) => cut(range.start, range.end, index + 1);
      out += source.slice(at, edit.segment.start) + compose(edit, raw);
      at = edit.segment.end;
    }
    return out + source.slice(at, end);
  };
  return cut(0, source.length, 0);
}

type RawText = (range: SourceRange) => string;

function compose({ segment, text }: Edit, raw: RawText): string {
  const composition: Composition = {
    segment,
    raw,
    tags: tagsOf(segment.pieces),
    seen: new Set(),
  };
  const written = composePieces(parseTagged(text, segment.id), 0, composition);
  if (composition.seen.size < composition.tags.size) throw brokenTags(segment.id);
  return written;
}

interface Composition {
  readonly segment: SourceSegment;
  readonly raw: RawText;
  readonly tags: ReadonlyMap<number, NumberedTag>;
  readonly seen: Set<number>;
}

function composePieces(
  pieces: readonly TaggedPiece[],
  parent: number,
  composition: Composition,
): string {
  return pieces
    .map((piece) =>
      piece.type === 'text'
        ? composition.segment.write(piece.text)
        : composeTag(piece, parent, composition),
    )
    .join('');
}

/** Each tag once, and inside the tag that it came in. */
function composeTag(
  piece: Exclude<TaggedPiece, { type: 'text' }>,
  parent: number,
  composition: Composition,
): string {
  const { segment, raw, tags, seen } = composition;
  const tag = tags.get(piece.tag);
  if (tag?.parent !== parent || seen.has(piece.tag)) throw brokenTags(segment.id);
  seen.add(piece.tag);
  const source = tag.piece;
  if (piece.type === 'mark' && source.type === 'mark') return raw(source);
  if (piece.type !== 'group' || source.type !== 'group') throw brokenTags(segment.id);
  const content = composePieces(piece.content, piece.tag, composition);
  if (source.isTight !== true) return raw(source.open) + content + raw(source.close);
  const core = content.trim();
  if (core === '') return content;
  const at = content.indexOf(core);
  const [before, after] = [content.slice(0, at), content.slice(at + core.length)];
  return before + raw(source.open) + core + raw(source.close) + after;
}

interface NumberedTag {
  readonly piece: Exclude<SourcePiece, { type: 'text' }>;
  /** 0 at the top. */
  readonly parent: number;
}

function tagsOf(pieces: readonly SourcePiece[]): ReadonlyMap<number, NumberedTag> {
  const tags = new Map<number, NumberedTag>();
  const visit = (list: readonly SourcePiece[], parent: number) => {
    for (const piece of list) {
      if (piece.type === 'text') continue;
      const number = tags.size + 1;
      tags.set(number, { piece, parent });
      if (piece.type === 'group') visit(piece.content, number);
    }
  };
  visit(pieces, 0);
  return tags;
}

/** Whether pieces hold any text that is more than white space. */
export function hasText(pieces: readonly SourcePiece[]): boolean {
  return pieces.some((piece) => {
    if (piece.type === 'text') return piece.text.trim() !== '';
    return piece.type === 'group' && hasText(piece.content);
  });
}

function unknownSegment(id: string): QuireError {
  return new QuireError(
    'internal_error',
    'Expected the id of a segment of this file; there is none of that id. Take ids from its segments.',
    { details: { segmentId: id } },
  );
}

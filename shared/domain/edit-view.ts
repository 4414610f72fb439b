import * as z from 'zod';
import { Locator } from './locator.ts';
import { RedlineParagraph } from './redline.ts';

/** What a segment is in its file. */
export const SegmentKind = z.enum([
  'paragraph',
  'cell',
  'comment',
  'chart-text',
  'sheet-name',
  'alt-text',
  'property',
  'cue',
]);
export type SegmentKind = z.infer<typeof SegmentKind>;

/**
 * A piece of a file's text that is rewritten as a whole: a paragraph, a cell, a cue. Its text is plain, with two kinds of inline tags
 * where the format changes within it: `<g1>…</g1>` around text in a format of its own, `<x2/>` for something that is no text (a tab, a
 * break, a field, a note's mark, an image). Tags are numbered from 1 in their order. `&`, `<` and `>` of the text are written `&amp;`,
 * `&lt;` and `&gt;`, so that a tag is never mistaken.
 */
export const Segment = z.object({
  /** Stable for the same bytes; says the part and the position in it. */
  id: z.string(),
  kind: SegmentKind,
  /** Without headings. */
  locator: Locator,
  text: z.string(),
});
export type Segment = z.infer<typeof Segment>;

/** Texts that stay as they are, and why: fit for a sentence, `cells with a text that formulas compare with`. */
export const UntouchedTexts = z.object({ reason: z.string(), count: z.int().min(1) });
export type UntouchedTexts = z.infer<typeof UntouchedTexts>;

/**
 * What can be rewritten in a file: its segments, or the paragraphs of a DOCX as redlines address them. `none` for a format that cannot be
 * edited in that way.
 */
export const EditView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('segments'),
    segments: z.array(Segment),
    /** Texts that a reader sees and that are on purpose no segments. */
    untouched: z.array(UntouchedTexts),
  }),
  z.object({ kind: z.literal('paragraphs'), paragraphs: z.array(RedlineParagraph) }),
  z.object({ kind: z.literal('none') }),
]);
export type EditView = z.infer<typeof EditView>;
export type EditViewKind = Exclude<EditView['kind'], 'none'>;

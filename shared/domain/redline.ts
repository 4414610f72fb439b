import * as z from 'zod';

/**
 * A paragraph of the base, in the words of the locator of a DOCX: the position among the `w:p` of its part, from 1. A base with tracked
 * changes is counted as `acceptAll` leaves it.
 */
export const ParagraphAddress = z.object({
  part: z.enum(['body', 'header', 'footer', 'footnote', 'endnote']),
  /** Which of several headers or footers, from 1; 1 if it is left out. */
  story: z.int().min(1).optional(),
  paragraph: z.int().min(1),
});
export type ParagraphAddress = z.infer<typeof ParagraphAddress>;

/** A paragraph as redlines see it, empty ones included. */
export const RedlineParagraph = z.object({
  at: ParagraphAddress,
  /** Tabs as `\t`, line breaks as `\n`, results of fields; nothing for images, marks of notes and equations. */
  text: z.string(),
  /** Where it is in a table: the number of the table in its part, of the row and of the cell, from 1; of nested tables the innermost. */
  cell: z.object({ table: z.int().min(1), row: z.int().min(1), cell: z.int().min(1) }).optional(),
  /** The paragraph in whose text box it stands, by its number: what goes away with that one must not be changed too. */
  boxOf: z.int().min(1).optional(),
});
export type RedlineParagraph = z.infer<typeof RedlineParagraph>;

/**
 * A stretch of a paragraph's text. What is kept and deleted, put together, is the text of the base; what is kept and inserted is the
 * revised text. A tab is `\t`, a line break `\n`.
 */
export interface TextOperation {
  readonly kind: 'keep' | 'delete' | 'insert';
  readonly text: string;
}

/** Between two paragraphs or rows, beside one of the base. */
export type Beside = { readonly before: ParagraphAddress } | { readonly after: ParagraphAddress };

/** A paragraph that the base does not have. */
export interface NewParagraph {
  readonly text: string;
  /** The paragraph whose style, numbering and other properties it gets. */
  readonly like: ParagraphAddress;
  /** A remark on the whole of it. */
  readonly comment?: string;
}

/** One difference between the base and the revised text. A paragraph is rewritten, deleted or moved once at most. */
export type RedlineChange =
  | {
      readonly kind: 'rewrite';
      readonly at: ParagraphAddress;
      readonly operations: readonly TextOperation[];
    }
  | { readonly kind: 'delete-paragraph'; readonly at: ParagraphAddress }
  | {
      readonly kind: 'insert-paragraphs';
      readonly place: Beside;
      readonly paragraphs: readonly NewParagraph[];
    }
  | {
      readonly kind: 'move-paragraph';
      readonly at: ParagraphAddress;
      readonly place: Beside;
      /** Of a paragraph that is moved and edited. */
      readonly operations?: readonly TextOperation[];
      /** A remark on it at its new place. */
      readonly comment?: string;
    }
  /** The row that begins with the paragraph, or else the innermost one that it stands in. */
  | { readonly kind: 'delete-row'; readonly at: ParagraphAddress }
  | {
      readonly kind: 'insert-row';
      /** Beside the row of that paragraph; its properties and those of its cells are taken over. */
      readonly place: Beside;
      /** Texts of the paragraphs of each cell; at most as many cells as that row has. */
      readonly cells: readonly (readonly string[])[];
    };

/** A remark in the margin of the body or of a note; Word has none in headers and footers. */
export interface RedlineComment {
  readonly at: ParagraphAddress;
  /** Characters [from, to) of the text of the base; the whole paragraph if left out. */
  readonly range?: { readonly from: number; readonly to: number };
  /** `\n` begins a new paragraph of the remark. */
  readonly text: string;
}

/** What a redline says about its base: pure data, all addresses are those of the base. */
export interface RedlineInstructions {
  /** Who is shown as the author of the changes and remarks. */
  readonly author: string;
  readonly initials: string;
  /** ISO 8601 in UTC with seconds, for example `2026-11-21T12:00:00Z`. */
  readonly date: string;
  readonly changes: readonly RedlineChange[];
  readonly comments?: readonly RedlineComment[];
}

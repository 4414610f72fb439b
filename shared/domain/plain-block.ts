/** A piece of a document of which nothing but its text is kept: what a redline of a file without a layout of its own stands on. */
export type PlainBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly isHeading: boolean }
  /** Rows may have different numbers of cells; each has one at least. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

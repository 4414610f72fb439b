import type { Document, DocumentFormat, SourceFile } from '#shared/domain/document.ts';
import type { Problem } from '#shared/domain/errors.ts';

/** What a reading thread is sent: one file at a time. */
export interface ReadRequest {
  readonly file: SourceFile;
  readonly accepted: readonly DocumentFormat[];
}

/** What it sends back: that its code is loaded, then one answer for each file. */
export type ReaderMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly documents: readonly Document[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

import type { Document, DocumentFormat, SourceFile } from '#shared/domain/document.ts';
import type { EditView, EditViewKind } from '#shared/domain/edit-view.ts';
import type { Problem } from '#shared/domain/errors.ts';

/** What a reading thread is sent: one file at a time. */
export type ReadRequest =
  | {
      readonly kind: 'read';
      readonly file: SourceFile;
      readonly accepted: readonly DocumentFormat[];
    }
  | {
      readonly kind: 'view';
      readonly file: SourceFile;
      readonly format: DocumentFormat;
      readonly view: EditViewKind;
    };

/** What it sends back: that its code is loaded, then one answer for each file. */
export type ReaderMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly documents: readonly Document[] }
  | { readonly kind: 'viewed'; readonly view: EditView }
  | { readonly kind: 'refused'; readonly problem: Problem };

import type { Document, DocumentFormat, SourceFile } from '#shared/domain/document.ts';
import type { EditView, EditViewKind } from '#shared/domain/edit-view.ts';

/** Turns files of strangers into documents. */
export interface DocumentReader {
  /**
   * The document of the file, and behind it those of the files attached to it. Throws a `QuireError` that says what is wrong with a file
   * that cannot be read; `file_too_complex` if reading it takes more time or memory than the reader allows.
   */
  read(file: SourceFile, accepted: readonly DocumentFormat[]): Promise<readonly Document[]>;
  /** What can be rewritten in a file that has been read as a document of that format. Throws as `read` does. */
  view(file: SourceFile, format: DocumentFormat, kind: EditViewKind): Promise<EditView>;
  /** The same reader, which gives up a file as too complex after this time, if it would not sooner. */
  within(timeoutInMs: number): DocumentReader;
}

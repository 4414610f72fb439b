import { viewForEdit } from '#shared/documents/edit/view.ts';
import { readDocuments } from '#shared/documents/read-document.ts';
import type { DocumentReader } from '#shared/ports/document-reader.ts';

/** Reads in this thread, with no cap on time and memory but those of the formats. */
export function createDirectReader(): DocumentReader {
  const reader: DocumentReader = { read: readDocuments, view: viewForEdit, within: () => reader };
  return reader;
}

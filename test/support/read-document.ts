import { readDocuments } from '#shared/documents/read-document.ts';
import type { Document, DocumentFormat, SourceFile } from '#shared/domain/document.ts';

/** Reads a file and gives its own document, without those attached to it. */
export async function readDocument(
  file: SourceFile,
  accepted: readonly DocumentFormat[],
): Promise<Document> {
  const [document] = await readDocuments(file, accepted);
  if (document === undefined) throw new Error('Expected a document for every file.');
  return document;
}

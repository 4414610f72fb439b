import { createHash } from 'node:crypto';
import type { Document, DocumentFormat } from '#shared/domain/document.ts';
import { isQuireError, QuireError } from '#shared/domain/errors.ts';
import { maxFileSizeInBytes } from './limits.ts';
import { sniffFormat } from './sniff.ts';
import type { ReadContent, SourceFile } from './source-file.ts';

/**
 * Reads a submitted file, which may be damaged or hostile. It either gives a document with at least one unit or throws a
 * {@link QuireError} that says what is wrong with the file.
 */
export async function readDocument(
  file: SourceFile,
  accepted: readonly DocumentFormat[],
): Promise<Document> {
  const sizeInBytes = file.bytes.length;
  refuseSize(sizeInBytes);
  const { format, content } = await readContent(file, accepted);
  if (content.units.length === 0) {
    throw empty('Expected a file with text; nothing in it can be read as text.');
  }
  return {
    id: file.documentId,
    name: file.name,
    format,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    sizeInBytes,
    ...(content.title === undefined ? {} : { title: content.title }),
    ...(content.pageCount === undefined ? {} : { pageCount: content.pageCount }),
    units: [...content.units],
    warnings: [...content.warnings],
  };
}

/** Loaded when needed: a run over DOCX files does not pay for the PDF library. */
const readers: Record<DocumentFormat, (file: SourceFile) => Promise<ReadContent>> = {
  docx: async (file) => (await import('./read/docx.ts')).readDocx(file),
  pdf: async (file) => (await import('./read/pdf.ts')).readPdf(file),
  markdown: async (file) => (await import('./read/markdown.ts')).readMarkdown(file),
  html: async (file) => (await import('./read/html.ts')).readHtml(file),
  text: async (file) => (await import('./read/text.ts')).readText(file),
};

function refuseSize(sizeInBytes: number): void {
  if (sizeInBytes === 0) throw empty('Expected a file with content; it has 0 bytes.');
  if (sizeInBytes <= maxFileSizeInBytes) return;
  throw new QuireError(
    'file_too_large',
    `Expected at most ${maxFileSizeInBytes} bytes, the file has ${sizeInBytes}. Split it or remove embedded media.`,
    { details: { limit: maxFileSizeInBytes, actual: sizeInBytes } },
  );
}

async function readContent(file: SourceFile, accepted: readonly DocumentFormat[]) {
  try {
    const format = sniffFormat(file, accepted);
    return { format, content: await readers[format](file) };
  } catch (cause) {
    throw isQuireError(cause) ? cause : unreadable(cause);
  }
}

/** The message of a parser may quote the file, so it goes no further than the cause. */
function unreadable(cause: unknown): QuireError {
  return new QuireError(
    'corrupt_file',
    'Expected a file that can be read; its reader gave up on it. Save it again with the program that made it and send the new file.',
    { cause },
  );
}

function empty(message: string): QuireError {
  return new QuireError('empty_file', `${message} Check that the right file was sent.`);
}

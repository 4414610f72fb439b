import { createHash } from 'node:crypto';
import type {
  Document,
  DocumentFormat,
  DocumentWarning,
  SourceFile,
} from '#shared/domain/document.ts';
import { isQuireError, QuireError } from '#shared/domain/errors.ts';
import { attachmentIdOf, type DocumentId } from '#shared/domain/ids.ts';
import { attachmentLimits, maxFileSizeInBytes } from './limits.ts';
import type { AttachedFile, ReadContent } from './read-content.ts';
import { sniffFormat } from './sniff.ts';

/**
 * Reads a submitted file, which may be damaged or hostile, and the files attached to it. The first document is that of the file; each
 * is followed by its own attachments. A document has at least one unit; for a file without any, or one that cannot be read, a
 * {@link QuireError} says what is wrong with it. An attachment that cannot be read is a warning of what it is attached to.
 */
export async function readDocuments(
  file: SourceFile,
  accepted: readonly DocumentFormat[],
): Promise<readonly Document[]> {
  return await readWithAttachments(file, accepted, { depth: 0, left: attachmentLimits.files });
}

interface Reading {
  readonly depth: number;
  /** Attachments that may still be read, all levels together. */
  left: number;
}

async function readWithAttachments(
  file: SourceFile,
  accepted: readonly DocumentFormat[],
  reading: Reading,
): Promise<Document[]> {
  const { document, attachedFiles } = await readOne(file, accepted);
  const attachments: DocumentId[] = [];
  const warnings: DocumentWarning[] = [];
  const below: Document[] = [];
  for (const { name, bytes } of attachedFiles) {
    const documentId = attachmentIdOf(file.documentId, attachments.length + 1);
    const read = await tryAttachment({ documentId, name, bytes }, accepted, reading);
    if ('warning' in read) {
      warnings.push(read.warning);
      continue;
    }
    attachments.push(documentId);
    below.push(...read.documents);
  }
  const own = { ...document, attachments, warnings: [...document.warnings, ...warnings] };
  if (own.units.length === 0 && below.length === 0) throw withoutText();
  return [own, ...below];
}

async function tryAttachment(
  file: SourceFile,
  accepted: readonly DocumentFormat[],
  reading: Reading,
): Promise<{ documents: readonly Document[] } | { warning: DocumentWarning }> {
  if (reading.left <= 0 || reading.depth >= attachmentLimits.depth) {
    return { warning: notRead(file.name, 'it is one too many or nested too deep') };
  }
  reading.left -= 1;
  const inside: Reading = { depth: reading.depth + 1, left: reading.left };
  try {
    const documents = await readWithAttachments(file, accepted, inside);
    reading.left = inside.left;
    return { documents };
  } catch (error) {
    if (!isQuireError(error)) throw error;
    return { warning: notRead(file.name, error.code) };
  }
}

function notRead(name: string, reason: string): DocumentWarning {
  return {
    code: 'attachment-not-read',
    message: `The attachment “${name}” is not read: ${reason}.`,
    count: 1,
  };
}

async function readOne(
  file: SourceFile,
  accepted: readonly DocumentFormat[],
): Promise<{ document: Document; attachedFiles: readonly AttachedFile[] }> {
  const sizeInBytes = file.bytes.length;
  refuseSize(sizeInBytes);
  const { format, content } = await readContent(file, accepted);
  const { attachments: attachedFiles = [], units, warnings, title, pageCount } = content;
  const document: Document = {
    id: file.documentId,
    name: file.name,
    format,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    sizeInBytes,
    ...(title === undefined ? {} : { title }),
    ...(pageCount === undefined ? {} : { pageCount }),
    units: [...units],
    warnings: [...warnings],
    changes: [...(content.changes ?? [])],
    hidden: [...(content.hidden ?? [])],
    attachments: [],
  };
  return { document, attachedFiles };
}

/** Loaded when needed: a run over DOCX files does not pay for the PDF library. */
const readers: Record<DocumentFormat, (file: SourceFile) => Promise<ReadContent>> = {
  docx: async (file) => (await import('./read/docx.ts')).readDocx(file),
  xlsx: async (file) => (await import('./read/xlsx.ts')).readXlsx(file),
  ods: async (file) => (await import('./read/ods.ts')).readOds(file),
  csv: async (file) => (await import('./read/csv.ts')).readCsv(file),
  pptx: async (file) => (await import('./read/pptx.ts')).readPptx(file),
  odt: async (file) => (await import('./read/odt.ts')).readOdt(file),
  odp: async (file) => (await import('./read/odp.ts')).readOdp(file),
  pdf: async (file) => (await import('./read/pdf.ts')).readPdf(file),
  markdown: async (file) => (await import('./read/markdown.ts')).readMarkdown(file),
  html: async (file) => (await import('./read/html.ts')).readHtml(file),
  text: async (file) => (await import('./read/text.ts')).readText(file),
  eml: async (file) => (await import('./read/eml.ts')).readEml(file),
  msg: async (file) => (await import('./read/msg.ts')).readMsg(file),
  rtf: async (file) => (await import('./read/rtf.ts')).readRtf(file),
  vtt: async (file) => (await import('./read/vtt.ts')).readVtt(file),
  srt: async (file) => (await import('./read/srt.ts')).readSrt(file),
  transcript: async (file) => (await import('./read/transcript.ts')).readTranscript(file),
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

function withoutText(): QuireError {
  return empty('Expected a file with text; nothing in it can be read as text.');
}

function empty(message: string): QuireError {
  return new QuireError('empty_file', `${message} Check that the right file was sent.`);
}

import type { DocumentWarning } from '#shared/domain/document.ts';
import { attachmentLimits } from '../../limits.ts';
import type { AttachedFile } from '../../read-content.ts';
import type { PdfPage } from './page.ts';
import type { PDFDocumentProxy } from './pdfjs.ts';

/** Files that are embedded in a PDF: those of its list, then those pinned to a page, each once. */
export async function filesIn(
  pdf: PDFDocumentProxy,
  pages: readonly PdfPage[],
): Promise<{ files: AttachedFile[]; warnings: DocumentWarning[] }> {
  const listed = await pdf.getAttachments().catch(() => null);
  const names = new Map<string, string>();
  for (const [id, { filename }] of listed ?? []) names.set(id, filename);
  for (const { id, name } of pages.flatMap((page) => page.annotations.files)) {
    if (!names.has(id)) names.set(id, name);
  }
  const files: AttachedFile[] = [];
  const warnings: DocumentWarning[] = [];
  for (const [id, name] of names) {
    const content =
      files.length < attachmentLimits.files
        ? await pdf.getAttachmentContent(id).catch(() => null)
        : null;
    if (content === null || content.length === 0) warnings.push(notRead(name));
    else files.push({ name, bytes: new Uint8Array(content) });
  }
  return { files, warnings };
}

function notRead(name: string): DocumentWarning {
  return {
    code: 'attachment-not-read',
    message: `The embedded file “${name}” is not read: it is empty, damaged or one too many.`,
    count: 1,
  };
}

import type { DocumentFormat } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { EditableFile, EditOptions } from './segments.ts';

/**
 * Opens a file for rewriting its text in place. The bytes must be of that format; a {@link QuireError} says what is wrong with them, or
 * `unsupported_format` for a format that cannot be edited.
 */
export async function openForEdit(
  { bytes }: { readonly bytes: Uint8Array },
  format: DocumentFormat,
  options: EditOptions = {},
): Promise<EditableFile> {
  const open = openers[format];
  if (open !== undefined) return await open(bytes, options);
  throw new QuireError(
    'unsupported_format',
    `Expected a file in a format that can be edited in place (${Object.keys(openers).join(', ')}), got ${format}. Save it in one of those formats and send it again.`,
    { details: { accepted: Object.keys(openers) } },
  );
}

/** Whether the text of such a file can be rewritten in place. */
export function isEditable(format: DocumentFormat): boolean {
  return openers[format] !== undefined;
}

/** Loaded when needed, like the readers. */
const openers: Partial<
  Record<DocumentFormat, (bytes: Uint8Array, options: EditOptions) => Promise<EditableFile>>
> = {
  docx: async (bytes, options) => (await import('./docx.ts')).openDocxForEdit(bytes, options),
  pptx: async (bytes, options) => (await import('./pptx.ts')).openPptxForEdit(bytes, options),
  xlsx: async (bytes, options) => (await import('./xlsx.ts')).openXlsxForEdit(bytes, options),
  html: async (bytes) => (await import('./html.ts')).openHtmlForEdit(bytes),
  markdown: async (bytes) => (await import('./markdown.ts')).openMarkdownForEdit(bytes),
  vtt: async (bytes) => (await import('./cues.ts')).openVttForEdit(bytes),
  srt: async (bytes) => (await import('./cues.ts')).openSrtForEdit(bytes),
};

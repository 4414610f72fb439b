import type { DocumentFormat } from '#shared/domain/document.ts';

/** Formats whose text can be changed in place. */
export const editableFormats: readonly DocumentFormat[] = [
  'docx',
  'pptx',
  'xlsx',
  'html',
  'markdown',
  'vtt',
  'srt',
];

import { fillFields } from '#shared/documents/edit/csv/fill-fields.ts';
import { markLanguage } from '#shared/documents/edit/language/mark-language.ts';
import { openForEdit } from '#shared/documents/edit/open-for-edit.ts';
import { redlineDocx } from '#shared/documents/edit/redline.ts';
import { fillCells } from '#shared/documents/edit/xlsx/fill-cells.ts';
import { writeCsv } from '#shared/documents/write/csv.ts';
import { writeDocx } from '#shared/documents/write/docx.ts';
import { writeDocxInto } from '#shared/documents/write/docx-into.ts';
import { writeMarkdown } from '#shared/documents/write/markdown.ts';
import { writePlainDocx } from '#shared/documents/write/plain-docx.ts';
import { writePptx } from '#shared/documents/write/pptx.ts';
import type { WriteWarning } from '#shared/documents/write/written-file.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Citation } from '#shared/domain/citation.ts';
import type { DocumentFormat, SourceFile } from '#shared/domain/document.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { ArtifactContent, ArtifactSpec } from '#shared/workflows/artifact-content.ts';
import type { Rendering } from '#shared/workflows/definition.ts';
import { citedIds } from './cited-ids.ts';
import { filledFields, filledTexts } from './filled-texts.ts';
import { encodeJson } from './json-objects.ts';

/** A file as it is stored. */
export interface OutputFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What its format could not hold. */
  readonly warnings: readonly WriteWarning[];
}

/** Loads an input of the task as submitted. */
export type LoadFile = (documentId: DocumentId) => Promise<Pick<SourceFile, 'bytes'>>;

/**
 * Writes an artifact of a workflow. Throws `internal_error` where the rendering has no content for it, or where the content shows a
 * citation that is not verified (I8).
 */
export async function writeArtifact(
  spec: ArtifactSpec,
  rendering: Rendering,
  loadFile: LoadFile,
): Promise<OutputFile> {
  const content = contentOf(spec, rendering);
  requireVerified(spec, content, rendering.citations);
  const { bytes, warnings } = await write(content, rendering.citations, loadFile);
  return { name: spec.name, contentType: contentTypeOf(content), bytes, warnings };
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const pptx = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const markdown = 'text/markdown; charset=utf-8';
const csv = 'text/csv; charset=utf-8';

function contentTypeOf(content: ArtifactContent): string {
  if (content.format === 'filled-workbook' && content.originalFormat === 'csv') return csv;
  if (content.format === 'copy') return content.artifact.contentType;
  if (content.format !== 'edited') return contentTypes[content.format];
  return editedTypes[content.originalFormat] ?? 'application/octet-stream';
}

const contentTypes: Readonly<Record<Exclude<ArtifactSpec['format'], 'edited' | 'copy'>, string>> = {
  docx,
  redline: docx,
  'filled-workbook': xlsx,
  markdown,
  xlsx,
  csv,
  json: 'application/json',
  pptx,
};

/** Of an edited text file the encoding is that of the original. */
const editedTypes: Partial<Record<DocumentFormat, string>> = {
  docx,
  xlsx,
  pptx,
  html: 'text/html',
  markdown: 'text/markdown',
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
};

function contentOf({ name, format }: ArtifactSpec, rendering: Rendering): ArtifactContent {
  const own = rendering.contents?.[name];
  if (own?.format === format) return own;
  const { report } = rendering;
  if (own === undefined && report !== undefined) {
    if (format === 'docx' || format === 'markdown') return { format, report };
  }
  throw new QuireError(
    'internal_error',
    `Expected content of the format ${format} for the artifact ${name}, got ${own?.format ?? 'none'}. Report this as a fault of the workflow.`,
  );
}

/** I8 once more, where it counts: nothing is cited that is not among the verified citations. */
function requireVerified(
  { name }: ArtifactSpec,
  content: ArtifactContent,
  citations: readonly Citation[],
): void {
  const known = new Set(citations.map(({ id }) => id));
  for (const id of citedIds(content)) {
    if (known.has(id)) continue;
    throw new QuireError(
      'internal_error',
      `Expected every id that ${name} cites to be a verified citation, got ${id}.`,
    );
  }
}

async function write(
  content: ArtifactContent,
  citations: readonly Citation[],
  loadFile: LoadFile,
): Promise<Pick<OutputFile, 'bytes' | 'warnings'>> {
  const bytesOf = async (documentId: DocumentId) => (await loadFile(documentId)).bytes;
  switch (content.format) {
    case 'docx':
      return whole(
        content.template === undefined
          ? await writeDocx(content.report, citations)
          : await writeDocxInto(await bytesOf(content.template), content, citations),
      );
    case 'markdown':
      return whole(new TextEncoder().encode(writeMarkdown(content.report, citations)));
    case 'xlsx':
      return writeXlsx(content.workbook, citations);
    case 'csv':
      return whole(writeCsv(content.sheet, citations));
    case 'json':
      return whole(encodeJson(content.value));
    case 'pptx': {
      const { template, ...others } = content;
      const bytes = template === undefined ? {} : { template: await bytesOf(template) };
      return writePptx(content.presentation, citations, { ...others, ...bytes });
    }
    case 'edited': {
      const { originalFormat, language } = content;
      const original = await bytesOf(content.original);
      const file = await openForEdit({ bytes: original }, originalFormat);
      const edited = file.write(new Map(Object.entries(content.texts)));
      if (language === undefined) return whole(edited);
      return whole(await markLanguage({ original, edited }, originalFormat, language));
    }
    case 'redline': {
      const { base, instructions } = content;
      const bytes = typeof base === 'string' ? await bytesOf(base) : await writePlainDocx(base);
      return whole(redlineDocx(bytes, instructions));
    }
    case 'filled-workbook': {
      const bytes = await bytesOf(content.original);
      const texts = filledTexts(content.cells, citations);
      if (content.originalFormat === 'xlsx') return fillCells(bytes, texts);
      return whole(fillFields(bytes, filledFields(texts)));
    }
    case 'copy':
      throw new QuireError('internal_error', 'Expected content to write, got a file to copy.');
  }
}

function whole(bytes: Uint8Array): Pick<OutputFile, 'bytes' | 'warnings'> {
  return { bytes, warnings: [] };
}

import { writeCsv } from '#shared/documents/write/csv.ts';
import { writeDocx } from '#shared/documents/write/docx.ts';
import { writeDocxInto } from '#shared/documents/write/docx-into.ts';
import { writeMarkdown } from '#shared/documents/write/markdown.ts';
import { writePptx } from '#shared/documents/write/pptx.ts';
import type { WriteWarning } from '#shared/documents/write/written-file.ts';
import { writeXlsx } from '#shared/documents/write/xlsx.ts';
import type { Citation } from '#shared/domain/citation.ts';
import { QuireError } from '#shared/domain/errors.ts';
import type { ArtifactContent, ArtifactSpec } from '#shared/workflows/artifact-content.ts';
import type { Rendering } from '#shared/workflows/definition.ts';
import { citedIds } from './cited-ids.ts';

/** A file as it is stored. */
export interface OutputFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What its format could not hold. */
  readonly warnings: readonly WriteWarning[];
}

/**
 * Writes an artifact of a workflow. Throws `internal_error` where the rendering has no content for it, or where the content shows a
 * citation that is not verified (I8).
 */
export async function writeArtifact(spec: ArtifactSpec, rendering: Rendering): Promise<OutputFile> {
  const content = contentOf(spec, rendering);
  requireVerified(spec, content, rendering.citations);
  const { bytes, warnings } = await write(content, rendering.citations);
  const contentType =
    content.format === 'file' ? content.contentType : contentTypes[content.format];
  return { name: spec.name, contentType, bytes, warnings };
}

const contentTypes: Readonly<Record<Exclude<ArtifactSpec['format'], 'file'>, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  markdown: 'text/markdown; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
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
): Promise<Pick<OutputFile, 'bytes' | 'warnings'>> {
  switch (content.format) {
    case 'docx':
      return whole(
        content.template === undefined
          ? await writeDocx(content.report, citations)
          : await writeDocxInto(content.template, content, citations),
      );
    case 'markdown':
      return whole(new TextEncoder().encode(writeMarkdown(content.report, citations)));
    case 'xlsx':
      return writeXlsx(content.workbook, citations);
    case 'csv':
      return whole(writeCsv(content.sheet, citations));
    case 'pptx':
      return writePptx(content.presentation, citations, content);
    case 'file':
      return whole(content.bytes);
  }
}

function whole(bytes: Uint8Array): Pick<OutputFile, 'bytes' | 'warnings'> {
  return { bytes, warnings: [] };
}

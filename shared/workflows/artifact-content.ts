import type { DocumentFormat } from '#shared/domain/document.ts';
import type { DocumentId, TaskId } from '#shared/domain/ids.ts';
import type { PlainBlock } from '#shared/domain/plain-block.ts';
import type { Presentation } from '#shared/domain/presentation.ts';
import type { RedlineInstructions } from '#shared/domain/redline.ts';
import type { Report } from '#shared/domain/report.ts';
import type { Artifact } from '#shared/domain/task.ts';
import type { Sheet, Workbook } from '#shared/domain/workbook.ts';

/** An output file of a workflow; its content is in the rendering under its name, or is the rendering's report. */
export interface ArtifactSpec {
  readonly name: string;
  readonly format: ArtifactContent['format'];
}

/** What stands in an output file, before it is written. Files of the user are named by their document and are not touched themselves. */
export type ArtifactContent =
  | {
      readonly format: 'docx';
      readonly report: Report;
      /** The user's own document or template, into a copy of which the report goes. */
      readonly template?: DocumentId;
      /** Texts for `{{name}}` in the template. */
      readonly fields?: Readonly<Record<string, string>>;
    }
  | { readonly format: 'markdown'; readonly report: Report }
  | { readonly format: 'xlsx'; readonly workbook: Workbook }
  | { readonly format: 'csv'; readonly sheet: Sheet }
  | { readonly format: 'json'; readonly value: unknown }
  | {
      readonly format: 'pptx';
      readonly presentation: Presentation;
      readonly template?: DocumentId;
    }
  /** A copy of an input with other texts for some of its segments, by their ids. Each must give back the tags of its segment. */
  | {
      readonly format: 'edited';
      readonly original: DocumentId;
      readonly originalFormat: DocumentFormat;
      readonly texts: Readonly<Record<string, string>>;
      /** BCP 47 tag of the new texts: the file's own marks of language and direction are set to it. */
      readonly language?: string;
    }
  /** A copy of a DOCX with tracked changes and comments, or a plain one of texts that stand in no DOCX. */
  | {
      readonly format: 'redline';
      readonly base: DocumentId | readonly PlainBlock[];
      readonly instructions: RedlineInstructions;
    }
  /** A copy of an XLSX or CSV with texts in some of its cells; everything else of it stays as it is. */
  | {
      readonly format: 'filled-workbook';
      readonly original: DocumentId;
      readonly originalFormat: 'xlsx' | 'csv';
      readonly cells: readonly FilledCell[];
    }
  /** A file that a child task has delivered, byte for byte. */
  | { readonly format: 'copy'; readonly taskId: TaskId; readonly artifact: Artifact };

/** A cell of a user's workbook that gets a text. */
export interface FilledCell {
  /** Empty for a CSV. */
  readonly sheet: string;
  /** For example `C7`. */
  readonly cell: string;
  readonly text: string;
  /** Ids of citations; the writer puts what they say below the text, so that no other text can stand there (I8). */
  readonly citations?: readonly string[];
  /** The cell whose style it takes where it has none of its own. */
  readonly styleOf?: string;
}

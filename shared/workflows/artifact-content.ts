import type { Presentation } from '#shared/domain/presentation.ts';
import type { Report } from '#shared/domain/report.ts';
import type { Sheet, Workbook } from '#shared/domain/workbook.ts';

/** An output file of a workflow; its content is in the rendering under its name, or is the rendering's report. */
export interface ArtifactSpec {
  readonly name: string;
  readonly format: ArtifactContent['format'];
}

/** What stands in an output file, before it is written. */
export type ArtifactContent =
  | {
      readonly format: 'docx';
      readonly report: Report;
      /** The user's own document or template, into a copy of which the report goes. */
      readonly template?: Uint8Array;
      /** Texts for `{{name}}` in the template. */
      readonly fields?: Readonly<Record<string, string>>;
    }
  | { readonly format: 'markdown'; readonly report: Report }
  | { readonly format: 'xlsx'; readonly workbook: Workbook }
  | { readonly format: 'csv'; readonly sheet: Sheet }
  | {
      readonly format: 'pptx';
      readonly presentation: Presentation;
      readonly template?: Uint8Array;
    }
  /** A file that is finished, such as a document edited in place. It names the citations that it shows. */
  | {
      readonly format: 'file';
      readonly bytes: Uint8Array;
      readonly contentType: string;
      readonly citations: readonly string[];
    };

import type { DocumentWarning, Unit } from '#shared/domain/document.ts';
import type { DocumentId } from '#shared/domain/ids.ts';

/** A submitted file, before anything is known about it but its name. */
export interface SourceFile {
  readonly documentId: DocumentId;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a reader makes of a file. Every reader is `read<Format>(file: SourceFile): Promise<ReadContent>`. */
export interface ReadContent {
  readonly title?: string;
  readonly pageCount?: number;
  readonly units: readonly Unit[];
  readonly warnings: readonly DocumentWarning[];
}

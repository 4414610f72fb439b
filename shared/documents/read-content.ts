import type {
  Document,
  DocumentWarning,
  HiddenText,
  TrackedChange,
  Unit,
} from '#shared/domain/document.ts';

/** A file within a file, for example what is attached to an e-mail. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a reader makes of a file. Every reader is `read<Format>(file: SourceFile): Promise<ReadContent>`. */
export interface ReadContent extends Pick<Document, 'title' | 'pageCount'> {
  readonly units: readonly Unit[];
  readonly warnings: readonly DocumentWarning[];
  readonly changes?: readonly TrackedChange[];
  readonly hidden?: readonly HiddenText[];
  /** In their order in the file; each is read as a document of its own. */
  readonly attachments?: readonly AttachedFile[];
}

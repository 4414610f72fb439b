import type { CorpusFile } from './corpus-files.ts';

/** What became of a file. A typed error is a good answer to a bad file; anything else is a crash. */
export type FileOutcome = {
  readonly file: CorpusFile;
  readonly sizeInBytes: number;
  readonly seconds: number;
  /** Of the process so far, over what it had before the first file. */
  readonly peakInMb: number;
} & (
  | { readonly kind: 'ok'; readonly recall?: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'crash'; readonly reason: string }
);

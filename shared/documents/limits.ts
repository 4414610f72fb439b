const mebibyte = 1024 * 1024;

/** Largest file that is taken. The REST surface and the uploads refuse more than this as well. */
export const maxFileSizeInBytes = 50 * mebibyte;

/**
 * Absolute sizes, and no ratio: valid files hold drawings and tables that shrink 200 to 1. They are compared with what the archive
 * declares before anything is unpacked, and what it declares is then enforced.
 */
export const archiveLimits = {
  entries: 5_000,
  entrySizeInBytes: 120 * mebibyte,
  totalSizeInBytes: 300 * mebibyte,
} as const;

/**
 * Of one XML part. They bound time and memory, and are far above what Word itself can handle: twenty million characters are
 * some seven thousand pages. `nodesAtOnce` are those of the largest paragraph or table.
 */
export const xmlLimits = {
  depth: 256,
  nodes: 6_000_000,
  nodesAtOnce: 2_000_000,
  attributes: 1_000,
  textSizeInBytes: 20_000_000,
  characters: 20_000_000,
} as const;

/**
 * Of all sheets of a workbook, or of a CSV file. `cells` counts those between two that have content as well; a string that many cells
 * share counts for each of them. `gapInColumns` is how far apart cells of a row may be to be read as one row.
 */
export const sheetLimits = {
  cells: 4_000_000,
  characters: 60_000_000,
  columns: 16_384,
  rows: 1_048_576,
  gapInColumns: 20,
  definedNames: 1_000,
} as const;

/**
 * Of text that carries its structure in itself: plain text, Markdown, HTML and transcripts. Twenty million characters are some seven
 * thousand pages; markup and records cost more memory than the characters they stand in, so they are counted too.
 */
export const textLimits = {
  characters: 20_000_000,
  units: 150_000,
  markdownCharacters: 4_000_000,
  markdownNesting: 200,
  htmlNodes: 120_000,
  htmlDepth: 25_000,
  /** Empty cells that spans of a page's tables stand for. */
  htmlSpannedCells: 500_000,
} as const;

/** Files within a file, all levels together, and how deep a message in a message is followed. */
export const attachmentLimits = { files: 100, depth: 4 } as const;

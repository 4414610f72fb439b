import * as z from 'zod';
import { DocumentId, UnitId } from './ids.ts';

/** A unit, or the part of a long one, within a chunk. */
export const ChunkPiece = z.object({
  unitId: UnitId,
  /** Characters [from, to) of the unit's text. */
  from: z.int().min(0),
  to: z.int().min(1),
});
export type ChunkPiece = z.infer<typeof ChunkPiece>;

/** A unit that a chunk is not about but that helps to read it. */
export const ChunkContext = z.object({
  unitId: UnitId,
  /** The head of a table that goes on in the chunk, or a neighbour in front of it or behind it. */
  role: z.enum(['table-header', 'before', 'after']),
});
export type ChunkContext = z.infer<typeof ChunkContext>;

/** Units that share one call. The pieces of all chunks of a document are its units, each character once. */
export const Chunk = z.object({
  documentId: DocumentId,
  /** Position in the task, from 0. */
  index: z.int().min(0),
  /** Headings above the first piece, outermost first. */
  headingPath: z.array(z.string()),
  pieces: z.array(ChunkPiece).min(1),
  /** In the order of the document. Repeats units of other chunks, so nothing that counts may read it as a part of this one. */
  context: z.array(ChunkContext).default([]),
  /** Of the pieces and the context. */
  estimatedTokens: z.int().min(0),
});
export type Chunk = z.infer<typeof Chunk>;

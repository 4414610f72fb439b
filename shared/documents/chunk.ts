import type { Chunk, ChunkContext } from '#shared/domain/chunk.ts';
import type { Document, Unit } from '#shared/domain/document.ts';
import { tokensOfWeight, weighText, weightOfTokens } from '#shared/domain/tokens.ts';
import { outlineOf } from './chunk/outline.ts';
import { type PackedChunk, packOutline } from './chunk/pack.ts';
import { createTableHeads } from './chunk/table-heads.ts';

export interface ChunkOptions {
  /** The most estimated tokens of a chunk, its context included. */
  readonly maxTokens: number;
  /**
   * Whole units in front of a chunk and behind it that come along as context: at most `units` on either side, and while they take at most
   * `maxTokens` there, for which room is kept. None by default.
   */
  readonly neighbours?: { readonly units: number; readonly maxTokens: number };
}

/**
 * Cuts documents into chunks. What belongs together stays together while it fits: a section with the sections below it, a slide, a sheet,
 * a table, what one speaker says, a paragraph with its notes. Sections that fit share a chunk; of one that does not, the parts never share
 * a chunk with a section beside it. Tables are cut between rows and repeat their head as context, what a speaker says between cues, a unit
 * that alone is too long at sentences, then words. A heading goes with what follows it. The pieces of all chunks are the units'
 * characters, each exactly once, in order. No chunk is larger than `maxTokens`, but for a single character that is.
 */
export function chunkDocuments(documents: readonly Document[], options: ChunkOptions): Chunk[] {
  const chunks: Chunk[] = [];
  for (const document of documents) {
    const positions = new Map(document.units.map(({ id }, index) => [id, index]));
    for (const packed of packDocument(document, options)) {
      const context = contextOf(packed, { units: document.units, positions, options });
      const weight = context.neighbours.reduce((sum, { weight: own }) => sum + own, packed.weight);
      chunks.push({
        documentId: document.id,
        index: chunks.length,
        headingPath: [...(packed.pieces[0]?.unit.locator.headingPath ?? [])],
        pieces: packed.pieces.map(({ piece }) => piece),
        context: context.all,
        estimatedTokens: tokensOfWeight(weight),
      });
    }
  }
  return chunks;
}

function packDocument({ units }: Document, { maxTokens, neighbours }: ChunkOptions) {
  const kept = Math.min(2 * (neighbours?.maxTokens ?? 0), Math.floor(maxTokens / 2));
  const ownTokens = maxTokens - kept;
  const maxWeight = weightOfTokens(ownTokens);
  const heads = createTableHeads(units, maxWeight / 2);
  return packOutline(outlineOf(units), { maxWeight, maxTokens: ownTokens, heads });
}

interface Surroundings {
  readonly units: readonly Unit[];
  readonly positions: ReadonlyMap<string, number>;
  readonly options: ChunkOptions;
}

interface Neighbour {
  readonly context: ChunkContext;
  readonly weight: number;
}

function contextOf({ pieces, heads }: PackedChunk, { units, positions, options }: Surroundings) {
  const first = positions.get(pieces[0]?.unit.id ?? '') ?? 0;
  const last = positions.get(pieces.at(-1)?.unit.id ?? '') ?? 0;
  const isRepeated = new Set(heads.map(({ id }) => id));
  const { units: count = 0, maxTokens = 0 } = options.neighbours ?? {};
  const most = weightOfTokens(Math.min(maxTokens, Math.floor(options.maxTokens / 4)));
  const gather = (candidates: readonly Unit[], role: 'before' | 'after'): Neighbour[] => {
    const found: Neighbour[] = [];
    let left = most;
    for (const unit of candidates) {
      const weight = weighText(unit.text);
      left -= weight;
      if (left < 0) break;
      if (!isRepeated.has(unit.id)) found.push({ context: { unitId: unit.id, role }, weight });
    }
    return found;
  };
  const before = gather(units.slice(Math.max(0, first - count), first).reverse(), 'before');
  const after = gather(units.slice(last + 1, last + 1 + count), 'after');
  const neighbours = [...before.reverse(), ...after];
  const repeated = heads.map(({ id }): ChunkContext => ({ unitId: id, role: 'table-header' }));
  const all = [...repeated, ...neighbours.map(({ context }) => context)].sort(
    (left, right) => (positions.get(left.unitId) ?? 0) - (positions.get(right.unitId) ?? 0),
  );
  return { all, neighbours };
}

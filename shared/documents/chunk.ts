import type { Chunk, ChunkPiece } from '#shared/domain/chunk.ts';
import type { Document, Unit } from '#shared/domain/document.ts';
import { estimateTokens } from '#shared/domain/tokens.ts';
import { splitText } from './split-text.ts';

/** A run of pieces that should stay together, with the headings above it. */
interface Section {
  readonly headingPath: readonly string[];
  readonly pieces: readonly SizedPiece[];
  readonly tokens: number;
}

interface SizedPiece extends ChunkPiece {
  readonly tokens: number;
  readonly headingPath: readonly string[];
}

/**
 * Cuts documents into chunks of at most `maxTokens` estimated tokens: at headings first, so that a section which fits stays whole and
 * small neighbours share a chunk, then between units, and within a unit only where it alone is too long, at sentences. A heading goes
 * with what follows it. The pieces of all chunks are the units' characters, each exactly once, in order.
 */
export function chunkDocuments(
  documents: readonly Document[],
  options: { readonly maxTokens: number },
): Chunk[] {
  const chunks: Chunk[] = [];
  for (const document of documents) {
    const sections = sectionsOf(document.units, options.maxTokens);
    for (const packed of pack(sections, options.maxTokens)) {
      chunks.push({
        documentId: document.id,
        index: chunks.length,
        headingPath: [...(packed[0]?.headingPath ?? [])],
        pieces: packed.map(({ unitId, from, to }) => ({ unitId, from, to })),
        estimatedTokens: packed.reduce((sum, piece) => sum + piece.tokens, 0),
      });
    }
  }
  return chunks;
}

/** A section begins at each heading that follows something else; headings in a row begin one together. */
function sectionsOf(units: readonly Unit[], maxTokens: number): Section[] {
  const sections: Section[] = [];
  let current: SizedPiece[] = [];
  let isOnlyHeadings = true;
  for (const unit of units) {
    const isHeading = unit.kind === 'heading' || unit.kind === 'title';
    if (isHeading && !isOnlyHeadings) {
      sections.push(sectionOf(current));
      current = [];
      isOnlyHeadings = true;
    }
    isOnlyHeadings &&= isHeading;
    current.push(...piecesOf(unit, maxTokens));
  }
  if (current.length > 0) sections.push(sectionOf(current));
  return sections;
}

function sectionOf(pieces: readonly SizedPiece[]): Section {
  const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
  return { pieces, tokens, headingPath: pieces[0]?.headingPath ?? [] };
}

function piecesOf(unit: Unit, maxTokens: number): SizedPiece[] {
  return splitText(unit.text, maxTokens).map(({ from, to }) => ({
    unitId: unit.id,
    from,
    to,
    tokens: estimateTokens(unit.text.slice(from, to)),
    headingPath: unit.locator.headingPath,
  }));
}

/** Fills chunks with whole sections while they fit; a section larger than a chunk is cut between its pieces. */
function pack(sections: readonly Section[], maxTokens: number): SizedPiece[][] {
  const chunks: SizedPiece[][] = [];
  let current: SizedPiece[] = [];
  let tokens = 0;
  const close = () => {
    if (current.length > 0) chunks.push(current);
    current = [];
    tokens = 0;
  };
  for (const section of sections) {
    if (tokens + section.tokens > maxTokens) close();
    for (const piece of section.pieces) {
      if (tokens > 0 && tokens + piece.tokens > maxTokens) close();
      current.push(piece);
      tokens += piece.tokens;
    }
  }
  close();
  return chunks;
}

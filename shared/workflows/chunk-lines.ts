import type { Chunk, ChunkPiece } from '#shared/domain/chunk.ts';
import type { Unit } from '#shared/domain/document.ts';
import type { StageContext } from './definition.ts';
import type { PromptLine } from './prompt.ts';

/** A piece of a chunk with the unit that it is of. */
export interface PlacedPiece {
  readonly piece: ChunkPiece;
  readonly unit: Unit;
}

/** The pieces of a chunk in their order. */
export function piecesOf(context: Pick<StageContext, 'unit'>, chunk: Chunk): PlacedPiece[] {
  return chunk.pieces.flatMap((piece) => {
    const unit = context.unit(piece.unitId);
    return unit === undefined ? [] : [{ piece, unit }];
  });
}

export function textOfPiece({ piece, unit }: PlacedPiece): string {
  return unit.text.slice(piece.from, piece.to);
}

/** Name of the document and headings above the chunk, outermost first, as the section `headings` of a prompt. */
export function headingLines(
  { documents }: Pick<StageContext, 'documents'>,
  chunk: Chunk,
): PromptLine[] {
  const documentName = documents.find(({ id }) => id === chunk.documentId)?.name ?? '';
  return [documentName, ...chunk.headingPath]
    .filter((text) => text !== '')
    .map((text, depth) => ({ tag: `${depth}`, text }));
}

/**
 * The text of a chunk as the section `units` of a prompt: the pieces; before the first row of a table that goes on from an earlier chunk the
 * head that the chunk repeats (`header`), and where another person speaks or remarks, who that is (`author`).
 */
export function unitLines(context: Pick<StageContext, 'unit'>, chunk: Chunk): PromptLine[] {
  const pieces = piecesOf(context, chunk);
  const heads = chunk.context
    .filter(({ role }) => role === 'table-header')
    .flatMap(({ unitId }) => context.unit(unitId) ?? []);
  const shown = new Set<number>();
  return pieces.flatMap((each, index) => {
    const text = textOfPiece(each).trim();
    if (text === '') return [];
    const line = { tag: [each.unit.id, ...remarkOf(each.unit)].join(' '), text };
    const number = each.unit.table?.table;
    if (number === undefined || shown.has(number)) {
      return [...authorLineOf(each.unit, pieces[index - 1]?.unit), line];
    }
    shown.add(number);
    const head = heads.filter(({ table }) => table?.table === number);
    return [...head.map((unit) => ({ tag: 'header', text: unit.text })), line];
  });
}

function authorLineOf(unit: Unit, before: Unit | undefined): PromptLine[] {
  const isNew = unit.author !== undefined && unit.author !== before?.author;
  return isNew ? [{ tag: 'author', text: unit.author ?? '' }] : [];
}

function remarkOf(unit: Unit): string[] {
  const kind = unit.table?.isHeader === true ? 'table-header' : unit.kind;
  return [...(kind === 'paragraph' ? [] : [kind]), ...(unit.isHidden === true ? ['hidden'] : [])];
}

import type { Chunk, ChunkPiece } from '#shared/domain/chunk.ts';
import type { Document, Unit } from '#shared/domain/document.ts';

/** Units of a document that are found together: they stand under the same headings, or are rows of the same table. */
export type Passage = Chunk;

/** A passage is read as a whole: long enough to understand it, short enough that several fit into a question. */
const charactersPerPassage = 1_000;
/** A longer unit is cut, at the end of a sentence where there is one. */
const maxPieceLength = 1_600;
/** As the chunks of other workflows reckon. */
const charactersPerToken = 3.5;

/** Cuts documents into passages, each character of each unit into one of them. The same documents always give the same passages. */
export function passagesOf(documents: readonly Document[]): Passage[] {
  const passages: Passage[] = [];
  for (const document of documents) addDocument(document, passages);
  return passages;
}

interface Growing {
  readonly key: string;
  readonly headingPath: readonly string[];
  readonly table: number | undefined;
  readonly pieces: ChunkPiece[];
  length: number;
}

function addDocument(document: Document, passages: Passage[]): void {
  const headers = headersOf(document);
  let open: Growing | undefined;
  const close = () => {
    if (open !== undefined)
      passages.push(passageOf(document, open, { headers, index: passages.length }));
    open = undefined;
  };
  for (const unit of document.units) {
    const key = keyOf(unit);
    for (const piece of piecesOf(unit)) {
      const length = piece.to - piece.from;
      if (open !== undefined && !fits(open, key, length)) close();
      open ??= { key, headingPath: pathOf(unit), table: unit.table?.table, pieces: [], length: 0 };
      open.pieces.push(piece);
      open.length += length;
    }
  }
  close();
}

function fits(open: Growing, key: string, length: number): boolean {
  return open.key === key && open.length + length <= charactersPerPassage;
}

/** A heading belongs to what stands below it. */
function pathOf({ kind, text, locator }: Unit): readonly string[] {
  return kind === 'heading' ? [...locator.headingPath, text] : locator.headingPath;
}

function keyOf(unit: Unit): string {
  return JSON.stringify([unit.table?.table ?? null, ...pathOf(unit)]);
}

function piecesOf({ id, text }: Unit): ChunkPiece[] {
  const pieces: ChunkPiece[] = [];
  for (let from = 0; from < text.length; ) {
    const to = text.length - from <= maxPieceLength ? text.length : cutBefore(text, from);
    pieces.push({ unitId: id, from, to });
    from = to;
  }
  return pieces;
}

function cutBefore(text: string, from: number): number {
  const head = text.slice(from, from + charactersPerPassage);
  const sentenceEnd = Math.max(
    ...['. ', '? ', '! ', '; ', '。'].map((end) => head.lastIndexOf(end)),
  );
  const at = sentenceEnd > head.length / 2 ? sentenceEnd : head.lastIndexOf(' ');
  return from + (at > 0 ? at + 1 : head.length);
}

function passageOf(
  { id: documentId }: Document,
  { headingPath, pieces, table, length }: Growing,
  { headers, index }: { headers: ReadonlyMap<number, Unit>; index: number },
): Passage {
  const header = table === undefined ? undefined : headers.get(table);
  const isShown = pieces.some(({ unitId }) => unitId === header?.id);
  const context =
    header === undefined || isShown ? [] : [{ unitId: header.id, role: 'table-header' as const }];
  const characters = length + (context.length > 0 ? (header?.text.length ?? 0) : 0);
  return {
    documentId,
    index,
    headingPath: [...headingPath],
    pieces,
    context,
    // Each line has an id and a line end.
    estimatedTokens: Math.ceil(characters / charactersPerToken) + pieces.length * 6 + 20,
  };
}

function headersOf({ units }: Document): ReadonlyMap<number, Unit> {
  const headers = new Map<number, Unit>();
  for (const unit of units) {
    const { table } = unit;
    if (table?.isHeader === true && !headers.has(table.table)) headers.set(table.table, unit);
  }
  return headers;
}

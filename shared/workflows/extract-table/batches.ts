import type { Chunk } from '#shared/domain/chunk.ts';
import type { Document, Unit } from '#shared/domain/document.ts';
import { documentIdOfUnit, type UnitId } from '#shared/domain/ids.ts';
import type { StageContext } from '../definition.ts';
import type { Missing, Piece } from './schemas.ts';

/** What one call asks about, with what it is shown besides. */
export interface Batch {
  readonly chunk: Chunk;
  readonly before: readonly Unit[];
  readonly after: readonly Unit[];
}

/** A model copies so many rows in one go without losing count. */
const maxRowsPerCall = 50;
const maxNeighbourLength = 600;

/** Chunks as calls: no more than so many rows in one, each with the heads of its tables and, around running text, its neighbours. */
export function batchesOf(chunks: readonly Chunk[], context: StageContext): Batch[] {
  const surroundings = createSurroundings(context);
  return chunks.flatMap((chunk) =>
    slicesOf(chunk.pieces, (piece) => context.unit(piece.unitId)?.table !== undefined, {
      most: maxRowsPerCall,
    }).map((pieces) => surroundings.around(pieces, chunk.headingPath)),
  );
}

/** What is missing as calls of at most `size` units, each of one document. */
export function repairBatchesOf(
  missing: readonly Missing[],
  size: number,
  context: StageContext,
): Batch[] {
  const surroundings = createSurroundings(context);
  const byDocument = new Map<string, Missing[]>();
  for (const each of missing) {
    const documentId = documentIdOfUnit(each.unitId);
    const own = byDocument.get(documentId);
    if (own === undefined) byDocument.set(documentId, [each]);
    else own.push(each);
  }
  return [...byDocument.values()].flatMap((own) =>
    slicesOf(own, () => true, { most: size }).map((pieces) => {
      const [first] = pieces;
      const unit = first === undefined ? undefined : context.unit(first.unitId);
      return surroundings.around(
        pieces.map(({ unitId, from, to }) => ({ unitId, from, to })),
        unit?.locator.headingPath ?? [],
      );
    }),
  );
}

/** Cuts a list where another counted item would be one too many. */
function slicesOf<Item>(
  items: readonly Item[],
  isCounted: (item: Item) => boolean,
  { most }: { most: number },
): Item[][] {
  const slices: Item[][] = [];
  let current: Item[] = [];
  let counted = 0;
  for (const item of items) {
    const weight = isCounted(item) ? 1 : 0;
    if (counted + weight > most) {
      slices.push(current);
      current = [];
      counted = 0;
    }
    current.push(item);
    counted += weight;
  }
  return current.length === 0 ? slices : [...slices, current];
}

function createSurroundings({ documents, unit: unitOf }: StageContext) {
  const places = new Map<string, { document: Document; index: number }>();
  const heads = new Map<string, Unit[]>();
  for (const document of documents) {
    for (const [index, unit] of document.units.entries()) {
      places.set(unit.id, { document, index });
      if (unit.table?.isHeader !== true) continue;
      const key = tableKey(unit);
      heads.set(key, [...(heads.get(key) ?? []).slice(0, 3), unit]);
    }
  }
  const headsFor = (units: readonly Unit[]) => {
    const own = new Set(units.map(({ id }) => id));
    const keys = new Set(units.flatMap((unit) => (unit.table === undefined ? [] : tableKey(unit))));
    return [...keys].flatMap((key) => heads.get(key) ?? []).filter(({ id }) => !own.has(id));
  };
  /** Neighbours of running text; a row of a table needs none. */
  const neighbours = (unit: Unit | undefined, steps: readonly number[]): Unit[] => {
    const place = unit?.table === undefined ? places.get(unit?.id ?? '') : undefined;
    if (place === undefined) return [];
    const near = steps.flatMap((step) => place.document.units[place.index + step] ?? []);
    return near.filter(({ text }) => text.length <= maxNeighbourLength);
  };
  return {
    around(pieces: readonly Piece[], headingPath: readonly string[]): Batch {
      const units = pieces.flatMap(({ unitId }) => unitOf(unitId) ?? []);
      const [first] = units;
      return {
        chunk: {
          documentId: documentIdOfUnit(pieces[0]?.unitId ?? ('d1.u1' as UnitId)),
          index: 0,
          headingPath: [...headingPath],
          pieces: [...pieces],
          context: headsFor(units).map(({ id }) => ({ unitId: id, role: 'table-header' })),
          estimatedTokens: 0,
        },
        before: neighbours(first, [-2, -1]),
        after: neighbours(units.at(-1), [1, 2]),
      };
    },
  };
}

function tableKey({ id, table }: Unit): string {
  return `${documentIdOfUnit(id)} ${table?.table}`;
}

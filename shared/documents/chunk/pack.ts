import type { ChunkPiece } from '#shared/domain/chunk.ts';
import type { Unit } from '#shared/domain/document.ts';
import { weighText } from '#shared/domain/tokens.ts';
import { splitText } from '../split-text.ts';
import type { Branch, Leaf, Node } from './outline.ts';
import type { TableHeads } from './table-heads.ts';

export interface PlacedPiece {
  readonly piece: ChunkPiece;
  readonly unit: Unit;
}

/** Pieces of a chunk and the heads of tables that go on in it. */
export interface PackedChunk {
  readonly pieces: readonly PlacedPiece[];
  readonly heads: readonly Unit[];
  readonly weight: number;
}

export interface PackOptions {
  /** The most that pieces and heads of a chunk may weigh. */
  readonly maxWeight: number;
  readonly maxTokens: number;
  readonly heads: TableHeads;
}

/**
 * Fills chunks in the order of the outline. What fits into a chunk is not cut: whole sections share one while they fit; of a section that
 * does not fit the parts are packed by themselves. Headings never end a chunk, unless what they head is a word of more than half a chunk.
 */
export function packOutline(root: Branch, options: PackOptions): PackedChunk[] {
  const packing = createPacking(options);
  packBranch(root, packing);
  packing.close();
  return packing.chunks;
}

function packBranch(branch: Branch, packing: Packing): void {
  for (const node of branch.children) packNode(node, packing);
}

/** As deep as headings go, so calls do not pile up. */
function packNode(node: Node, packing: Packing): void {
  if (packing.fits(node)) {
    packing.addAll(node);
    return;
  }
  if (node.kind === 'leaf') {
    packing.addLeaf(node);
    return;
  }
  const isWholeAlone = packing.fitsAlone(node);
  if (isWholeAlone || node.kind === 'section') packing.closeBefore();
  packBranch(node, packing);
  if (!isWholeAlone && node.kind === 'section') packing.closeBefore();
}

interface Packing {
  readonly chunks: PackedChunk[];
  /** Whether the node fits into what is left of the chunk. */
  fits(node: Node): boolean;
  /** Whether it would fit behind the headings that stand alone in the chunk, or into an empty one. */
  fitsAlone(node: Node): boolean;
  addAll(node: Node): void;
  addLeaf(leaf: Leaf): void;
  /** Ends the chunk, unless it holds nothing but headings: they go with what follows. */
  closeBefore(): void;
  close(): void;
}

function createPacking({ maxWeight, maxTokens, heads }: PackOptions): Packing {
  const chunks: PackedChunk[] = [];
  let current = emptyChunk();

  const close = () => {
    if (current.pieces.length > 0) chunks.push(current);
    current = emptyChunk();
  };
  const closeBefore = () => {
    if (!current.isOnlyHeadings) close();
  };
  const headOf = (node: Node) => {
    const head = heads.neededBy(firstUnit(node), current.tables);
    return { head, weight: head.reduce((sum, unit) => sum + weighText(unit.text), 0) };
  };
  const fits = (node: Node) => current.weight + headOf(node).weight + node.weight <= maxWeight;
  const add = (unit: Unit, range: { from: number; to: number }, weight: number) => {
    const { head, weight: headWeight } = headOf({ kind: 'leaf', unit, weight });
    current.heads.push(...head);
    current.weight += headWeight + weight;
    current.pieces.push({ piece: { unitId: unit.id, ...range }, unit });
    current.isOnlyHeadings &&= isHeading(unit);
    if (unit.table !== undefined) current.tables.add(unit.table.table);
  };
  const addLeaf = (leaf: Leaf) => {
    const { unit } = leaf;
    if (!fits(leaf)) closeBefore();
    if (fits(leaf)) {
      add(unit, { from: 0, to: unit.text.length }, leaf.weight);
      return;
    }
    for (const range of splitText(unit.text, roomFor(leaf))) {
      const weight = weighText(unit.text.slice(range.from, range.to));
      if (!fits({ kind: 'leaf', unit, weight })) close();
      add(unit, range, weight);
    }
  };
  /** Tokens behind what cannot be left: the headings in front, unless they take most of a chunk, and the head of the table. */
  const roomFor = (leaf: Leaf) => {
    const behind = (weight: number) => Math.floor((1 - weight / maxWeight) * maxTokens);
    const room = behind(current.weight + headOf(leaf).weight);
    if (room * 2 >= maxTokens) return room;
    close();
    return Math.max(1, behind(heads.weightOf(leaf.unit)));
  };
  return {
    chunks,
    fits,
    fitsAlone: (node) => {
      const kept = current.isOnlyHeadings ? current.weight : 0;
      return kept + heads.weightOf(firstUnit(node)) + node.weight <= maxWeight;
    },
    addAll(node) {
      for (const leaf of leavesOf(node)) addLeaf(leaf);
    },
    addLeaf,
    closeBefore,
    close,
  };
}

function emptyChunk() {
  return {
    pieces: [] as PlacedPiece[],
    heads: [] as Unit[],
    tables: new Set<number>(),
    weight: 0,
    isOnlyHeadings: true,
  };
}

function* leavesOf(node: Node): Generator<Leaf> {
  if (node.kind === 'leaf') yield node;
  else for (const child of node.children) yield* leavesOf(child);
}

function firstUnit(node: Node): Unit | undefined {
  let first: Node | undefined = node;
  while (first !== undefined && first.kind !== 'leaf') first = first.children[0];
  return first?.unit;
}

function isHeading({ kind }: Unit): boolean {
  return kind === 'heading' || kind === 'title';
}

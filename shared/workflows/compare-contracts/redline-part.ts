import type { Beside, NewParagraph, ParagraphAddress } from '#shared/domain/redline.ts';
import { wordChanges } from '../word-changes.ts';
import type { LinePair } from './align-lines.ts';
import { cellsOf, describePart, type Line, type Part } from './lines.ts';
import {
  addressOf,
  type RedlineDraft,
  redlineRemarks,
  remark,
  rewritePassage,
  rewriteSequence,
  textsOf,
} from './redline-passages.ts';

/** A part of the base beside that of the revised document. */
export interface PartToRedline {
  readonly base: Part;
  readonly revised: Part;
  readonly pairs: readonly LinePair[];
  /** Remarks of the margin for lines that are new in the revised document, by their index. */
  readonly commentOf: (revisedIndex: number) => string | undefined;
}

/** Writes what becomes of the lines of one part. Read in order, what is left and what is new are the lines of the revised part. */
export function redlinePart(part: PartToRedline, draft: RedlineDraft): void {
  const { base, revised, pairs } = part;
  const moved = new Map(
    pairs.filter(({ isMoved }) => isMoved).map((pair) => [pair.revised, pair.base] as const),
  );
  const fixed = pairs
    .filter(({ isMoved }) => !isMoved)
    .toSorted((left, right) => left.base - right.base);
  const stops = [...fixed, { base: base.lines.length, revised: revised.lines.length }];
  let before: Pick<LinePair, 'base' | 'revised'> = { base: -1, revised: -1 };
  for (const stop of stops) {
    redlineGap({ ...part, before, stop, moved }, draft);
    const old = base.lines[stop.base];
    const now = revised.lines[stop.revised];
    if (old !== undefined && now !== undefined) rewriteLine(old, now, draft);
    before = stop;
  }
}

function rewriteLine(base: Line, revised: Line, draft: RedlineDraft): void {
  if (base.key === revised.key) return;
  const [old] = base.passages;
  const [now] = revised.passages;
  if (base.kind === 'paragraph' && old !== undefined && now !== undefined) {
    rewritePassage(old, now, draft);
    return;
  }
  const oldCells = cellsOf(base.passages);
  const newCells = cellsOf(revised.passages);
  const haveSameCells =
    oldCells.size === newCells.size && [...oldCells.keys()].every((cell) => newCells.has(cell));
  if (!haveSameCells) {
    rewriteSequence(base.passages, revised.passages, draft);
    return;
  }
  for (const [cell, passages] of oldCells) {
    rewriteSequence(passages, newCells.get(cell) ?? [], draft);
  }
}

/** What stands between two lines that both versions have in this order. */
interface Gap extends PartToRedline {
  readonly before: Pick<LinePair, 'base' | 'revised'>;
  readonly stop: Pick<LinePair, 'base' | 'revised'>;
  /** Lines that have come from elsewhere, by their index in the revised part, with their index in the base. */
  readonly moved: ReadonlyMap<number, number>;
}

function redlineGap(gap: Gap, draft: RedlineDraft): void {
  const split = rowsOfGap(gap);
  const anchor = split.between.length === 0 ? undefined : anchorOf(gap);
  // What is written within a row stands before the rows behind it: then all of the gap goes there, so that the order is kept.
  const rows =
    anchor?.isInTable === true
      ? { leading: [], between: Object.values(split).flat(), trailing: [] }
      : split;
  deleteLines(gap, anchor, draft);
  for (const index of rows.leading) insertRow(index, { gap, place: 'after' }, draft);
  if (rows.between.length > 0 && anchor === undefined) {
    remark(
      draft,
      `Text of the ${describePart(gap.revised)} is not in the redline, since the base has no place for it.`,
    );
  }
  for (const index of anchor === undefined ? [] : rows.between) {
    insertLine(index, { gap, anchor }, draft);
  }
  for (const index of rows.trailing) insertRow(index, { gap, place: 'before' }, draft);
}

/** New lines of a gap: rows of the table that goes on from above, rows of the one that goes on below, and all between. */
function rowsOfGap({ base, revised, before, stop }: Gap): {
  readonly leading: readonly number[];
  readonly between: readonly number[];
  readonly trailing: readonly number[];
} {
  const all: number[] = [];
  for (let index = before.revised + 1; index < stop.revised; index += 1) {
    if (revised.lines[index]?.isEmpty === false) all.push(index);
  }
  const isRowOf = (index: number, end: Gap['stop']) => {
    const table =
      base.lines[end.base]?.kind === 'row' ? revised.lines[end.revised]?.table : undefined;
    return table !== undefined && revised.lines[index]?.table === table;
  };
  const firstOther = all.findIndex((index) => !isRowOf(index, before));
  const leading = firstOther === -1 ? all : all.slice(0, firstOther);
  const rest = all.slice(leading.length);
  const lastOther = rest.findLastIndex((index) => !isRowOf(index, stop));
  return { leading, between: rest.slice(0, lastOther + 1), trailing: rest.slice(lastOther + 1) };
}

interface Anchor {
  readonly place: Beside;
  readonly address: ParagraphAddress;
  /** Within a cell, where the lines that are inserted do not belong. */
  readonly isInTable: boolean;
}

/** Beside what new paragraphs are written: behind the last one that goes, or else beside one that stays. */
function anchorOf({ base, before, stop }: Gap): Anchor | undefined {
  const isNote = base.kind === 'footnote' || base.kind === 'endnote';
  const within = base.lines.slice(before.base + 1, stop.base).filter(isParagraph);
  const gone = within.findLast(({ isEmpty }) => !isEmpty);
  if (gone !== undefined) return anchorAt(gone, 'after');
  const above = base.lines[before.base];
  if (above !== undefined && isParagraph(above)) return anchorAt(above, 'after');
  const [spacer] = isNote ? [] : within;
  if (spacer !== undefined) return anchorAt(spacer, 'after');
  const below = base.lines[stop.base];
  if (below !== undefined && (isParagraph(below) || above === undefined)) {
    return anchorAt(below, 'before');
  }
  return above === undefined ? anchorInDeleted(base, before, stop) : anchorAt(above, 'after');
}

function isParagraph({ kind }: Line): boolean {
  return kind === 'paragraph';
}

function anchorAt(line: Line, side: 'after' | 'before'): Anchor | undefined {
  const passage = side === 'after' ? line.passages.at(-1) : line.passages[0];
  if (passage === undefined) return undefined;
  const address = addressOf(passage);
  const place = side === 'after' ? { after: address } : { before: address };
  return { place, address, isInTable: line.kind === 'row' };
}

/** A part that is one table of which no row is left. */
function anchorInDeleted(base: Part, before: Gap['before'], stop: Gap['stop']): Anchor | undefined {
  const isNote = base.kind === 'footnote' || base.kind === 'endnote';
  const row = isNote ? undefined : base.lines.slice(before.base + 1, stop.base).at(-1);
  return row === undefined ? undefined : anchorAt(row, 'after');
}

function deleteLines(gap: Gap, anchor: Anchor | undefined, draft: RedlineDraft): void {
  const { base, pairs, before, stop } = gap;
  const kept = new Set(pairs.map((pair) => pair.base));
  for (let index = before.base + 1; index < stop.base; index += 1) {
    const line = base.lines[index];
    if (line === undefined || line.isEmpty || kept.has(index)) continue;
    const isAnchor = line.passages.some(({ at }) => at !== undefined && at === anchor?.address);
    deleteLine(line, line.kind === 'row' && !isAnchor && isRowAlone(base, index), draft);
  }
}

function deleteLine({ passages }: Line, isWholeRow: boolean, draft: RedlineDraft): void {
  const [first] = passages;
  if (isWholeRow && first !== undefined) {
    draft.changes.push({ kind: 'delete-row', at: addressOf(first) });
    return;
  }
  for (const passage of passages) {
    const isFull = textsOf(passage).length > 0;
    if (isFull) draft.changes.push({ kind: 'delete-paragraph', at: addressOf(passage) });
  }
}

/** Right beside another table it cannot be told whether that one stands within this row. */
function isRowAlone({ lines }: Part, index: number): boolean {
  const table = lines[index]?.table;
  const isOther = (line: Line | undefined) => line?.kind === 'row' && line.table !== table;
  return !isOther(lines[index + 1]) && !isOther(lines[index - 1]);
}

function insertRow(
  index: number,
  { gap, place }: { readonly gap: Gap; readonly place: 'after' | 'before' },
  draft: RedlineDraft,
): void {
  const model = gap.base.lines[place === 'after' ? gap.before.base : gap.stop.base];
  const row = gap.revised.lines[index];
  const [first] = model?.passages ?? [];
  if (model === undefined || row === undefined || first === undefined) return;
  const room = Math.max(...cellsOf(model.passages).keys());
  const cells: string[][] = Array.from({ length: room }, () => []);
  for (const passage of row.passages) {
    const cell = passage.cell ?? 1;
    if (cell > room && textsOf(passage).length > 0) remark(draft, redlineRemarks.cellsJoined);
    cells[Math.min(cell, room) - 1]?.push(...textsOf(passage));
    if (passage.boxes.length > 0) remark(draft, redlineRemarks.boxAsParagraph);
  }
  const at = addressOf(first);
  const beside = place === 'after' ? { after: at } : { before: at };
  draft.changes.push({ kind: 'insert-row', place: beside, cells });
}

function insertLine(
  index: number,
  { gap, anchor }: { readonly gap: Gap; readonly anchor: Anchor | undefined },
  draft: RedlineDraft,
): void {
  const line = gap.revised.lines[index];
  if (line === undefined || anchor === undefined) return;
  const comment = gap.commentOf(index);
  const remarks = comment === undefined ? {} : { comment };
  const from = gap.base.lines[gap.moved.get(index) ?? -1];
  const [old] = from?.passages ?? [];
  const [now] = line.passages;
  if (old !== undefined && now !== undefined) {
    const operations = old.text === now.text ? {} : { operations: wordChanges(old.text, now.text) };
    draft.changes.push({
      kind: 'move-paragraph',
      at: addressOf(old),
      place: anchor.place,
      ...operations,
      ...remarks,
    });
    return;
  }
  noteDegradation(line, { gap, anchor }, draft);
  const like = anchor.isInTable ? anchor.address : modelFor(line, gap, anchor);
  const texts = line.passages.flatMap(textsOf);
  const paragraphs = texts.map(
    (text, position): NewParagraph => ({
      text,
      like,
      ...(position === 0 ? remarks : {}),
    }),
  );
  if (paragraphs.length === 0) return;
  draft.changes.push({ kind: 'insert-paragraphs', place: anchor.place, paragraphs });
}

function noteDegradation(
  line: Line,
  { gap, anchor }: { readonly gap: Gap; readonly anchor: Anchor },
  draft: RedlineDraft,
): void {
  const isNote = gap.base.kind === 'footnote' || gap.base.kind === 'endnote';
  if (line.kind === 'row') remark(draft, redlineRemarks.rowAsParagraphs);
  if (isNote) remark(draft, redlineRemarks.noteAsParagraph);
  if (anchor.isInTable) remark(draft, redlineRemarks.lineBesideTable);
  const hasBoxes = line.passages.some(({ boxes }) => boxes.length > 0);
  if (hasBoxes) remark(draft, redlineRemarks.boxAsParagraph);
}

/** The nearest paragraph of the same style, so that a new clause is numbered and set as its neighbours are. */
function modelFor(line: Line, { base, before, stop }: Gap, anchor: Anchor): ParagraphAddress {
  const fits = (each: Line | undefined) =>
    each !== undefined && isParagraph(each) && !each.isEmpty && each.style === line.style;
  const furthest = Math.max(before.base + 1, base.lines.length - stop.base);
  for (let distance = 0; distance <= furthest; distance += 1) {
    const around = [
      base.lines[before.base - distance],
      base.lines[stop.base - 1 - distance],
      base.lines[stop.base + distance],
    ];
    const [passage] = around.find(fits)?.passages ?? [];
    if (passage !== undefined) return addressOf(passage);
  }
  return anchor.address;
}

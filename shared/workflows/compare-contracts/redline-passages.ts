import { diffArrays } from 'diff';
import type { ParagraphAddress, RedlineChange } from '#shared/domain/redline.ts';
import { wordChanges } from '../word-changes.ts';
import { fullTextOf, type Passage } from './lines.ts';

/** What is written of a redline as it grows. */
export interface RedlineDraft {
  readonly changes: RedlineChange[];
  /** What could not be shown as what it is, by the sentence that says so, with how often. */
  readonly remarks: Map<string, number>;
}

export const redlineRemarks = {
  boxAsParagraph:
    'Text of a text box is shown as an ordinary paragraph, since a text box cannot be inserted as a tracked change.',
  rowAsParagraphs:
    'Rows of a new table are shown as paragraphs, since a table cannot be inserted as a tracked change.',
  cellsJoined:
    'A new row has more cells than the table of the base; the last of its cells stand in one.',
  noteAsParagraph:
    'A new note is shown at the end of the one before it, since a note cannot be inserted as a tracked change.',
  lineBesideTable:
    'A new paragraph is shown within the table beside it, since nothing else stands there in the base.',
} as const;

export function remark(draft: RedlineDraft, sentence: string): void {
  draft.remarks.set(sentence, (draft.remarks.get(sentence) ?? 0) + 1);
}

/** Address of a passage of a DOCX; every passage has one there. */
export function addressOf({ at }: Passage): ParagraphAddress {
  return at ?? { part: 'body', paragraph: 1 };
}

/** Makes one passage of another. What hangs on it and cannot be edited in place is written anew behind it. */
export function rewritePassage(base: Passage, revised: Passage, draft: RedlineDraft): void {
  const at = addressOf(base);
  const operations = wordChanges(base.text, revised.text);
  const isTextEqual = base.text === revised.text;
  const areBoxesEqual = boxTexts(base) === boxTexts(revised);
  // A deleted stretch takes a text box with it that hangs within: where it hangs is not known here.
  const mayLoseBoxes = base.boxes.length > 0 && operations.some(({ kind }) => kind === 'delete');
  const isRewritable = areBoxesEqual || (base.boxes.length > 0 && !base.hasNestedBoxes);
  if (mayLoseBoxes || (base.boxes.length > 0 && !isRewritable)) {
    draft.changes.push({ kind: 'delete-paragraph', at });
    insertBehind(at, textsOf(revised), draft);
    return;
  }
  if (!isTextEqual) draft.changes.push({ kind: 'rewrite', at, operations });
  if (areBoxesEqual) return;
  if (base.boxes.length > 0) {
    rewriteSequence(base.boxes, revised.boxes, draft);
    return;
  }
  remark(draft, redlineRemarks.boxAsParagraph);
  insertBehind(at, textsOf({ ...revised, text: '' }), draft);
}

/** Makes the paragraphs of a cell, a row or a text box those of another; the base has one at least. */
export function rewriteSequence(
  base: readonly Passage[],
  revised: readonly Passage[],
  draft: RedlineDraft,
): void {
  const old = base.filter(isFull);
  const added = revised.filter(isFull);
  if (old.length === 0) {
    fillEmpty(base, added, draft);
    return;
  }
  let last: Passage | undefined;
  for (const step of steps(old, added)) last = rewriteStep(step, { first: old[0], last }, draft);
}

/** Paragraphs of both sides stand for each other as they come; the rest of the longer side is new or gone. Gives the last of the base. */
function rewriteStep(
  { from, to }: { readonly from: readonly Passage[]; readonly to: readonly Passage[] },
  { first, last }: { readonly first: Passage | undefined; readonly last: Passage | undefined },
  draft: RedlineDraft,
): Passage | undefined {
  const behind = from.at(Math.min(from.length, to.length) - 1) ?? last;
  for (const [index, passage] of to.entries()) {
    const partner = from[index];
    if (partner !== undefined) rewritePassage(partner, passage, draft);
    else if (behind !== undefined) insertBehind(addressOf(behind), textsOf(passage), draft);
    else insertBefore(addressOf(first ?? passage), passage, draft);
  }
  for (const passage of from.slice(to.length)) {
    draft.changes.push({ kind: 'delete-paragraph', at: addressOf(passage) });
  }
  return from.at(-1) ?? last;
}

function isFull(passage: Passage): boolean {
  return fullTextOf(passage) !== '';
}

function boxTexts({ boxes }: Passage): string {
  return JSON.stringify(boxes.map(({ text }) => text).filter((text) => text !== ''));
}

/** Texts of a passage and its text boxes as paragraphs that follow each other. */
export function textsOf({ text, boxes }: Passage): string[] {
  return [text, ...boxes.map((box) => box.text)].filter((each) => each !== '');
}

/** Stretches of both sides that stand for each other: equal ones one by one, others as they come. */
function steps(
  base: readonly Passage[],
  revised: readonly Passage[],
): { readonly from: readonly Passage[]; readonly to: readonly Passage[] }[] {
  const result: { from: Passage[]; to: Passage[] }[] = [];
  let baseAt = 0;
  let revisedAt = 0;
  let open: { from: Passage[]; to: Passage[] } | undefined;
  for (const { added, removed, value } of diffArrays(
    base.map(fullTextOf),
    revised.map(fullTextOf),
  )) {
    const from = added ? [] : base.slice(baseAt, baseAt + value.length);
    const to = removed ? [] : revised.slice(revisedAt, revisedAt + value.length);
    baseAt += from.length;
    revisedAt += to.length;
    if (added || removed) {
      open ??= { from: [], to: [] };
      open.from.push(...from);
      open.to.push(...to);
      continue;
    }
    if (open !== undefined) result.push(open);
    open = undefined;
    result.push({ from, to });
  }
  if (open !== undefined) result.push(open);
  return result;
}

function fillEmpty(base: readonly Passage[], added: readonly Passage[], draft: RedlineDraft): void {
  const [first] = base;
  const texts = added.flatMap(textsOf);
  const [text] = texts;
  if (first === undefined || text === undefined) return;
  const at = addressOf(first);
  draft.changes.push({ kind: 'rewrite', at, operations: [{ kind: 'insert', text }] });
  insertBehind(at, texts.slice(1), draft);
}

function insertBehind(at: ParagraphAddress, texts: readonly string[], draft: RedlineDraft): void {
  if (texts.length === 0) return;
  const paragraphs = texts.map((text) => ({ text, like: at }));
  draft.changes.push({ kind: 'insert-paragraphs', place: { after: at }, paragraphs });
}

function insertBefore(at: ParagraphAddress, passage: Passage, draft: RedlineDraft): void {
  const paragraphs = textsOf(passage).map((text) => ({ text, like: at }));
  draft.changes.push({ kind: 'insert-paragraphs', place: { before: at }, paragraphs });
}

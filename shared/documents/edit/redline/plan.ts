import { QuireError } from '#shared/domain/errors.ts';
import type {
  Beside,
  NewParagraph,
  ParagraphAddress,
  RedlineChange,
  TextOperation,
} from '#shared/domain/redline.ts';
import { type Atom, atomsOf } from './atoms.ts';
import type { RevisionTags } from './revision-tags.ts';
import { isRangeMark } from './revisions.ts';
import { descendantsOf, type SourceElement, type SourcePart, sourceChild } from './source-tree.ts';
import type { Remark } from './text-edit.ts';
import type { ParagraphMark } from './write-properties.ts';

/** What happens in one part of the base. */
export interface PartPlan {
  readonly name: string;
  readonly part: SourcePart;
  readonly tags: RevisionTags;
  readonly paragraphs: readonly SourceElement[];
  readonly plans: Map<SourceElement, ParagraphPlan>;
  readonly deletedRows: Set<SourceElement>;
  /** New paragraphs and rows beside those of the base. */
  readonly before: Map<SourceElement, NewBlock[]>;
  readonly after: Map<SourceElement, NewBlock[]>;
}

/** What happens to a paragraph of the base. */
export interface ParagraphPlan {
  readonly paragraph: SourceElement;
  readonly atoms: readonly Atom[];
  fate: 'kept' | 'deleted' | 'moved';
  operations?: readonly TextOperation[];
  marks: readonly ParagraphMark[];
  /** The paragraph whose properties it takes over. */
  accepted?: SourceElement;
  move?: Move;
  readonly remarks: Remark[];
  /** A new paragraph whose text is written into this one, since both share the last mark of their container. */
  absorbed?: NewParagraphBlock;
}

/** Both ends of a move bear its name; each has a number. */
export interface Move {
  readonly name: string;
  readonly fromId: number;
  readonly toId: number;
}

export type NewBlock = NewParagraphBlock | NewRowBlock;

export interface NewParagraphBlock {
  readonly kind: 'new' | 'moved';
  /** The paragraph that it is like, or the one that is moved. */
  readonly model: SourceElement;
  readonly text: string;
  readonly operations?: readonly TextOperation[];
  readonly move?: Move;
  readonly remark?: Remark;
  marks: readonly ParagraphMark[];
  rejected?: SourceElement;
}

export interface NewRowBlock {
  readonly kind: 'row';
  readonly model: SourceElement;
  readonly cells: readonly (readonly string[])[];
}

/** Gives the parts of the base, and what goes beside them. */
export interface PlanContext {
  partOf(address: ParagraphAddress): PartPlan;
  /** Adds a remark and gives the marks around what it is about. */
  remark(address: ParagraphAddress, text: string, plan: PartPlan): Omit<Remark, 'range'>;
}

/** Takes one difference into the plan of its part. */
export function planChange(change: RedlineChange, context: PlanContext): void {
  switch (change.kind) {
    case 'rewrite': {
      const plan = decide(change.at, 'kept', context.partOf(change.at));
      plan.operations = change.operations;
      return;
    }
    case 'delete-paragraph':
      decide(change.at, 'deleted', context.partOf(change.at)).marks = ['del'];
      return;
    case 'insert-paragraphs':
      for (const paragraph of change.paragraphs) {
        insertParagraph(paragraph, change.place, context);
      }
      return;
    case 'move-paragraph':
      moveParagraph(change, context);
      return;
    case 'delete-row':
      deleteRow(change.at, context.partOf(change.at));
      return;
    case 'insert-row':
      insertRow(change, context);
  }
}

/** The plan of a paragraph; without a decision it is kept as it is. */
export function planOf(address: ParagraphAddress, part: PartPlan): ParagraphPlan {
  return planOfElement(paragraphAt(address, part), part);
}

/** The same for a paragraph of the tree. */
export function planOfElement(paragraph: SourceElement, { plans }: PartPlan): ParagraphPlan {
  const known = plans.get(paragraph);
  if (known !== undefined) return known;
  const plan: ParagraphPlan = {
    paragraph,
    atoms: atomsOf(paragraph),
    fate: 'kept',
    marks: [],
    remarks: [],
  };
  plans.set(paragraph, plan);
  return plan;
}

function paragraphAt(address: ParagraphAddress, { paragraphs }: PartPlan): SourceElement {
  const paragraph = paragraphs[address.paragraph - 1];
  if (paragraph === undefined) throw unknownPlace(address);
  return paragraph;
}

function decide(
  address: ParagraphAddress,
  fate: ParagraphPlan['fate'],
  part: PartPlan,
): ParagraphPlan {
  const plan = planOf(address, part);
  if (plan.fate !== 'kept' || plan.operations !== undefined) throw decidedTwice(address);
  plan.fate = fate;
  return plan;
}

function insertParagraph(made: NewParagraph, place: Beside, context: PlanContext): void {
  const address = anchorOf(place);
  const part = context.partOf(address);
  requireSamePart(made.like, address);
  const block: NewParagraphBlock = {
    kind: 'new',
    model: paragraphAt(made.like, part),
    text: made.text,
    marks: ['ins'],
    ...remarkOf(made.comment, address, { context, part }),
  };
  addBlock(block, paragraphAt(address, part), { place, part });
}

function moveParagraph(
  change: Extract<RedlineChange, { kind: 'move-paragraph' }>,
  context: PlanContext,
): void {
  const address = anchorOf(change.place);
  requireSamePart(change.at, address);
  const part = context.partOf(change.at);
  const { ids } = part.tags;
  const fromId = ids.next();
  const move = { name: `move${fromId}`, fromId, toId: ids.next() };
  const plan = decide(change.at, 'moved', part);
  plan.marks = ['moveFrom'];
  plan.move = move;
  const block: NewParagraphBlock = {
    kind: 'moved',
    model: plan.paragraph,
    text: '',
    move,
    marks: ['moveTo'],
    ...(change.operations === undefined ? {} : { operations: change.operations }),
    ...remarkOf(change.comment, address, { context, part }),
  };
  addBlock(block, paragraphAt(address, part), { place: change.place, part });
}

function remarkOf(
  text: string | undefined,
  address: ParagraphAddress,
  { context, part }: { readonly context: PlanContext; readonly part: PartPlan },
): { remark?: Remark } {
  if (text === undefined) return {};
  return { remark: { range: undefined, ...context.remark(address, text, part) } };
}

function deleteRow(address: ParagraphAddress, part: PartPlan): void {
  const row = rowAt(address, part);
  if (part.deletedRows.has(row)) throw decidedTwice(address);
  part.deletedRows.add(row);
  for (const paragraph of descendantsOf(row, 'w:p')) {
    const plan = planOfElement(paragraph, part);
    if (plan.fate !== 'kept' || plan.operations !== undefined) throw decidedTwice(address);
    plan.fate = 'deleted';
    plan.marks = ['del'];
  }
}

function insertRow(
  change: Extract<RedlineChange, { kind: 'insert-row' }>,
  context: PlanContext,
): void {
  const address = anchorOf(change.place);
  const part = context.partOf(address);
  const model = rowAt(address, part);
  addBlock({ kind: 'row', model, cells: change.cells }, model, { place: change.place, part });
}

/** The outermost row that begins with the paragraph, as a table's row is addressed by a reader; else the innermost around it. */
function rowAt(address: ParagraphAddress, part: PartPlan): SourceElement {
  const paragraph = paragraphAt(address, part);
  const rows: SourceElement[] = [];
  let each: SourceElement | undefined = paragraph.parent;
  while (each !== undefined && each.name !== 'w:txbxContent') {
    if (each.name === 'w:tr') rows.push(each);
    each = each.parent;
  }
  const row = rows.findLast((candidate) => firstParagraph(candidate) === paragraph) ?? rows[0];
  if (row === undefined) throw unknownPlace(address);
  return row;
}

function firstParagraph(row: SourceElement): SourceElement | undefined {
  for (const paragraph of descendantsOf(row, 'w:p')) return paragraph;
  return undefined;
}

function addBlock(
  block: NewBlock,
  anchor: SourceElement,
  { place, part }: { readonly place: Beside; readonly part: PartPlan },
): void {
  const map = 'before' in place ? part.before : part.after;
  const blocks = map.get(anchor);
  if (blocks === undefined) map.set(anchor, [block]);
  else blocks.push(block);
}

function anchorOf(place: Beside): ParagraphAddress {
  return 'before' in place ? place.before : place.after;
}

/** Blocks of a container from its end back to the first that is no paragraph; marks between them do not count. */
export function lastParagraphsOf(container: SourceElement): SourceElement[] {
  const found: SourceElement[] = [];
  for (const child of container.children.toReversed()) {
    if (child.name === 'w:p') found.push(child);
    else if (!isRangeMark(child.name) && child.name !== 'w:sectPr') break;
  }
  return found.reverse();
}

/** A paragraph whose mark ends a section. */
export function endsSection(paragraph: SourceElement): boolean {
  return sourceChild(sourceChild(paragraph, 'w:pPr'), 'w:sectPr') !== undefined;
}

function requireSamePart(left: ParagraphAddress, right: ParagraphAddress): void {
  if (left.part === right.part && (left.story ?? 1) === (right.story ?? 1)) return;
  throw new QuireError(
    'internal_error',
    'Expected both places of a change in the same part; they are in two. Insert and delete instead.',
    { details: { part: left.part, otherPart: right.part } },
  );
}

function unknownPlace({ part, paragraph }: ParagraphAddress): QuireError {
  return new QuireError(
    'internal_error',
    'Expected the address of a paragraph or row of the base; there is none. Take addresses from redlineParagraphs.',
    { details: { part, paragraph } },
  );
}

function decidedTwice({ part, paragraph }: ParagraphAddress): QuireError {
  return new QuireError(
    'internal_error',
    'Expected one decision for each paragraph; one is rewritten, deleted or moved twice. Join the changes of it.',
    { details: { part, paragraph } },
  );
}

import {
  endsSection,
  lastParagraphsOf,
  type NewBlock,
  type NewParagraphBlock,
  type ParagraphPlan,
  type PartPlan,
  planOfElement,
} from './plan.ts';
import type { SourceElement } from './source-tree.ts';

/**
 * The last paragraph of a body, cell, header or note has the mark that no program can delete or insert: it belongs to the last paragraph
 * of the base and to that of the revised text. Where these are two, changes at the end of a container are written the way Word does it:
 * the mark of the paragraph before is what is inserted or deleted, and the last mark changes its properties.
 */
export function shareLastMarks(part: PartPlan): void {
  for (const container of containersOf(part)) shareLastMark(container, part);
}

const closed: ReadonlySet<string> = new Set([
  ...['w:body', 'w:tc', 'w:txbxContent', 'w:hdr', 'w:ftr', 'w:footnote', 'w:endnote'],
]);

function containersOf({ plans, before, after, deletedRows }: PartPlan): Set<SourceElement> {
  const anchors = [...plans.keys(), ...before.keys(), ...after.keys()];
  const containers = new Set<SourceElement>();
  for (const anchor of anchors) {
    const container = anchor.parent;
    if (anchor.name !== 'w:p' || container === undefined || !closed.has(container.name)) continue;
    if (!isWithin(container, deletedRows)) containers.add(container);
  }
  return containers;
}

function isWithin(element: SourceElement, rows: ReadonlySet<SourceElement>): boolean {
  let each: SourceElement | undefined = element;
  while (each !== undefined && !rows.has(each)) each = each.parent;
  return each !== undefined;
}

/** What stands behind the last paragraph that both texts have. */
interface Tail {
  readonly kept: SourceElement | undefined;
  readonly old: readonly ParagraphPlan[];
  readonly added: readonly NewParagraphBlock[];
  /** Paragraphs of the base beside which the new ones stand. */
  readonly anchors: readonly SourceElement[];
}

function shareLastMark(container: SourceElement, part: PartPlan): void {
  const tail = tailOf(lastParagraphsOf(container), part);
  const lastOld = tail.old.at(-1);
  const lastAdded = tail.added.at(-1);
  const touchesSection =
    (tail.kept !== undefined && endsSection(tail.kept)) ||
    tail.old.some(({ paragraph }) => endsSection(paragraph));
  if (touchesSection) return;
  if (lastOld !== undefined && lastAdded !== undefined)
    join(lastOld, lastAdded, { part, anchors: tail.anchors });
  else if (lastOld !== undefined) endWithOld(lastOld, tail.kept, part);
  else if (lastAdded !== undefined) endWithAdded(lastAdded, tail.kept, part);
}

function tailOf(paragraphs: readonly SourceElement[], part: PartPlan): Tail {
  const isKept = (paragraph: SourceElement) =>
    (part.plans.get(paragraph)?.fate ?? 'kept') === 'kept';
  const at = paragraphs.findLastIndex(isKept);
  const kept = paragraphs[at];
  const old: ParagraphPlan[] = [];
  const added = kept === undefined ? [] : paragraphBlocks(part.after.get(kept));
  for (const paragraph of paragraphs.slice(at + 1)) {
    const plan = part.plans.get(paragraph);
    if (plan !== undefined) old.push(plan);
    added.push(...paragraphBlocks(part.before.get(paragraph)));
    added.push(...paragraphBlocks(part.after.get(paragraph)));
  }
  return { kept, old, added, anchors: paragraphs.slice(Math.max(at, 0)) };
}

function paragraphBlocks(blocks: readonly NewBlock[] | undefined): NewParagraphBlock[] {
  return (blocks ?? []).filter((block) => block.kind !== 'row');
}

/** The text of the last new paragraph goes into the last old one; the other new ones go before it. */
function join(
  old: ParagraphPlan,
  added: NewParagraphBlock,
  { part, anchors }: { readonly part: PartPlan; readonly anchors: readonly SourceElement[] },
): void {
  const { paragraph } = old;
  const behind = part.after.get(paragraph) ?? [];
  part.after.delete(paragraph);
  part.before.set(paragraph, [...(part.before.get(paragraph) ?? []), ...behind]);
  for (const anchor of anchors) {
    for (const list of [part.before, part.after]) {
      const blocks = list.get(anchor);
      if (blocks !== undefined)
        list.set(
          anchor,
          blocks.filter((block) => block !== added),
        );
    }
  }
  old.absorbed = added;
  old.marks = [];
  old.accepted = added.model;
}

function endWithOld(old: ParagraphPlan, kept: SourceElement | undefined, part: PartPlan): void {
  old.marks = [];
  if (kept === undefined) return;
  const plan = planOfElement(kept, part);
  plan.marks = [...plan.marks, 'del'];
  old.accepted = kept;
}

function endWithAdded(
  added: NewParagraphBlock,
  kept: SourceElement | undefined,
  part: PartPlan,
): void {
  if (kept === undefined) return;
  const plan = planOfElement(kept, part);
  plan.marks = [...plan.marks, 'ins'];
  added.marks = [];
  added.rejected = kept;
}

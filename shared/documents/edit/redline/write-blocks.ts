import { type Atom, atomsOf } from './atoms.ts';
import type { NewBlock, NewParagraphBlock, NewRowBlock, ParagraphPlan, PartPlan } from './plan.ts';
import { type Rewriting, render, renderPart, touch } from './render.ts';
import { type RevisionTags, wordPrefixOf } from './revision-tags.ts';
import { type SourceElement, sourceChild } from './source-tree.ts';
import { cleanInsertion } from './text-changes.ts';
import { planTextEdit, runProperties, type TextEdit } from './text-edit.ts';
import { type WritingMode, writeContent } from './write-content.ts';
import { markRunProperties, writeNewProperties, writeProperties } from './write-properties.ts';

/** The text of a part with its changes as revisions; what nothing is said about is copied. */
export function writePart(plan: PartPlan): string {
  const { part, plans, before, after, deletedRows } = plan;
  const touched = new Set<SourceElement>();
  for (const each of [...plans.keys(), ...before.keys(), ...after.keys(), ...deletedRows]) {
    touch(each, touched);
  }
  const rewriting: Rewriting = {
    source: part.source,
    touched,
    rewrite: (element) => rewrite(element, { plan, rewriting }),
  };
  const text = renderPart(part.root, rewriting);
  const { declaration } = wordPrefixOf(part);
  const tagEnd = part.root.openEnd - 1;
  return declaration === '' ? text : text.slice(0, tagEnd) + declaration + text.slice(tagEnd);
}

/** What a paragraph's plan makes of its content. */
export function editOf({ paragraph, atoms, fate, operations, remarks }: ParagraphPlan): TextEdit {
  return planTextEdit({
    paragraph,
    atoms,
    isAllDeleted: fate !== 'kept',
    remarks,
    ...(operations === undefined ? {} : { operations }),
  });
}

interface Writing {
  readonly plan: PartPlan;
  readonly rewriting: Rewriting;
}

function rewrite(element: SourceElement, writing: Writing): string | undefined {
  const { name } = element;
  if (name !== 'w:p' && name !== 'w:tr') return undefined;
  const { before, after, plans, deletedRows } = writing.plan;
  const write = (block: NewBlock) => writeBlock(block, writing);
  const own = plans.get(element);
  const isDeletedRow = deletedRows.has(element);
  const text =
    own !== undefined ? writeParagraph(own, writing) : writeRow(element, isDeletedRow, writing);
  return (
    (before.get(element) ?? []).map(write).join('') +
    text +
    (after.get(element) ?? []).map(write).join('')
  );
}

function writeBlock(block: NewBlock, writing: Writing): string {
  return block.kind === 'row' ? writeNewRow(block, writing) : writeNewParagraph(block, writing);
}

function writeParagraph(plan: ParagraphPlan, writing: Writing): string {
  const { paragraph, move, absorbed, marks, accepted } = plan;
  const { tags, part } = writing.plan;
  const { source } = part;
  const isEmptyTag = paragraph.closeStart === paragraph.end;
  const tag = source.slice(paragraph.start, paragraph.openEnd);
  const mode = move === undefined ? 'in-place' : 'moved-from';
  const properties = { marks, ...(accepted === undefined ? {} : { accepted }) };
  const content = contentOf(plan.paragraph, { edit: editOf(plan), mode }, writing);
  return (
    (isEmptyTag ? tag.replace(/\s*\/>$/, '>') : tag) +
    writeProperties(paragraph, properties, { source, tags }) +
    (move === undefined ? '' : tags.rangeStart('moveFrom', move.fromId, move.name)) +
    content +
    (absorbed === undefined ? '' : newContent(absorbed, writing) + endOfMove(absorbed, tags)) +
    (isEmptyTag ? `</${paragraph.rawName}>` : source.slice(paragraph.closeStart, paragraph.end)) +
    (move === undefined ? '' : tags.rangeEnd('moveFrom', move.fromId))
  );
}

function contentOf(
  paragraph: SourceElement,
  { edit, mode }: { readonly edit: TextEdit; readonly mode: WritingMode },
  { plan, rewriting }: Writing,
): string {
  const markProperties = markRunProperties(paragraph, rewriting.source, plan.tags);
  return writeContent(paragraph, { edit, mode, tags: plan.tags, rewriting, markProperties });
}

function writeNewParagraph(block: NewParagraphBlock, writing: Writing): string {
  const { tags, part } = writing.plan;
  const { model, marks, rejected } = block;
  const properties = { marks, ...(rejected === undefined ? {} : { rejected }) };
  return (
    `<${tags.prefix}p>` +
    writeNewProperties(model, properties, { source: part.source, tags }) +
    newContent(block, writing) +
    `</${tags.prefix}p>` +
    endOfMove(block, tags)
  );
}

function newContent(block: NewParagraphBlock, writing: Writing): string {
  const { remark, move } = block;
  const { tags } = writing.plan;
  const content =
    move === undefined
      ? insertedText(block.text, block.model, writing)
      : tags.rangeStart('moveTo', move.toId, move.name) + movedContent(block, writing);
  return (remark?.startXml ?? '') + content + (remark?.endXml ?? '');
}

/** Behind the paragraph, so that its mark is moved too; within it where the mark is that of another paragraph. */
function endOfMove({ move }: NewParagraphBlock, tags: RevisionTags): string {
  return move === undefined ? '' : tags.rangeEnd('moveTo', move.toId);
}

function movedContent({ model, operations }: NewParagraphBlock, writing: Writing): string {
  const edit = planTextEdit({
    paragraph: model,
    atoms: atomsOf(model),
    ...(operations === undefined ? {} : { operations }),
  });
  return contentOf(model, { edit, mode: 'moved-to' }, writing);
}

function insertedText(text: string, model: SourceElement, { plan, rewriting }: Writing): string {
  const { tags } = plan;
  const cleaned = cleanInsertion(text);
  if (cleaned === '') return '';
  const run = mainRunOf(atomsOf(model));
  const properties =
    run === undefined
      ? markRunProperties(model, rewriting.source, tags)
      : runProperties(run, rewriting.source);
  const content = `<${tags.prefix}r>${properties}${tags.text(cleaned)}</${tags.prefix}r>`;
  return tags.open('ins') + content + tags.close('ins');
}

/** The run with most text, outside of links: a new text looks like the bulk of its model, not like its first bold word. */
function mainRunOf(atoms: readonly Atom[]): SourceElement | undefined {
  let best: Atom | undefined;
  for (const atom of atoms) {
    if (atom.depthBefore > 0 || atom.text.length <= (best?.text.length ?? 0)) continue;
    best = atom;
  }
  return best?.run;
}

function writeRow(row: SourceElement, isDeleted: boolean, { plan, rewriting }: Writing): string {
  const { source } = rewriting;
  const { tags } = plan;
  const properties = sourceChild(row, 'w:trPr');
  let text = source.slice(row.start, row.openEnd);
  let at = row.openEnd;
  let isMarked = !isDeleted;
  for (const child of row.children) {
    const isBehind = child.name !== 'w:tblPrEx' && child.name !== 'w:trPr';
    text += source.slice(at, child.start);
    if (!isMarked && properties === undefined && isBehind) {
      text += `<${tags.prefix}trPr>${tags.mark('del')}</${tags.prefix}trPr>`;
      isMarked = true;
    }
    if (!isMarked && child === properties) {
      text += rowProperties(child, 'del', { plan, rewriting });
      isMarked = true;
    } else text += render(child, rewriting);
    at = child.end;
  }
  return text + source.slice(at, row.end);
}

function rowProperties(
  properties: SourceElement | undefined,
  mark: 'ins' | 'del',
  { plan, rewriting }: Writing,
): string {
  const { tags } = plan;
  const own = (properties?.children ?? [])
    .map((child) => rewriting.source.slice(child.start, child.end))
    .join('');
  return `<${tags.prefix}trPr>${own}${tags.mark(mark)}</${tags.prefix}trPr>`;
}

function writeNewRow({ model, cells }: NewRowBlock, writing: Writing): string {
  const { source } = writing.rewriting;
  const { prefix } = writing.plan.tags;
  const exceptions = sourceChild(model, 'w:tblPrEx');
  const models = cellsOf(model);
  const written = models.map((cell, index) => writeNewCell(cell, cells[index] ?? [], writing));
  return (
    `<${prefix}tr>` +
    (exceptions === undefined ? '' : source.slice(exceptions.start, exceptions.end)) +
    rowProperties(sourceChild(model, 'w:trPr'), 'ins', writing) +
    written.join('') +
    `</${prefix}tr>`
  );
}

/** Cells may stand in content controls; the new row has none. */
export function cellsOf(row: SourceElement): SourceElement[] {
  return row.children.flatMap((child) => {
    if (child.name === 'w:tc') return [child];
    return /^w:(?:sdt|sdtContent|customXml)$/.test(child.name) ? cellsOf(child) : [];
  });
}

function writeNewCell(cell: SourceElement, texts: readonly string[], writing: Writing): string {
  const { plan, rewriting } = writing;
  const { source } = rewriting;
  const { tags } = plan;
  const properties = sourceChild(cell, 'w:tcPr');
  // A text in a cell that goes on from the one above would not be shown.
  const isContinued = texts.every((text) => text === '');
  const own = (properties?.children ?? [])
    .filter((child) => child.name !== 'w:vMerge')
    .map((child) => source.slice(child.start, child.end));
  const merge = sourceChild(properties, 'w:vMerge');
  if (merge !== undefined && isContinued)
    own.splice(mergeIndex(properties), 0, `<${tags.prefix}vMerge/>`);
  const model = sourceChild(cell, 'w:p') ?? cell;
  const paragraphs = (texts.length === 0 ? [''] : texts).map((text) =>
    writeNewParagraph({ kind: 'new', model, text, marks: ['ins'] }, writing),
  );
  const content =
    own.length === 0 ? '' : `<${tags.prefix}tcPr>${own.join('')}</${tags.prefix}tcPr>`;
  return `<${tags.prefix}tc>${content}${paragraphs.join('')}</${tags.prefix}tc>`;
}

function mergeIndex(properties: SourceElement | undefined): number {
  return (properties?.children ?? []).findIndex((child) => child.name === 'w:vMerge');
}

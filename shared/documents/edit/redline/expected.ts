import type { TextOperation } from '#shared/domain/redline.ts';
import { atomsOf, textOfAtoms } from './atoms.ts';
import type { NewBlock, ParagraphPlan, PartPlan } from './plan.ts';
import { descendantsOf, type SourceElement } from './source-tree.ts';
import { cleanInsertion } from './text-changes.ts';
import { isUnitDeleted } from './text-edit.ts';
import { cellsOf, editOf } from './write-blocks.ts';

/** Texts of the paragraphs of a part as they must read once all changes are accepted. */
export function expectedTexts(plan: PartPlan): string[] {
  const texts: string[] = [];
  addTexts(plan.part.root, plan, texts);
  return texts;
}

function addTexts(element: SourceElement, plan: PartPlan, texts: string[]): void {
  for (const block of plan.before.get(element) ?? []) addBlock(block, texts);
  if (!plan.deletedRows.has(element)) addOwn(element, plan, texts);
  for (const block of plan.after.get(element) ?? []) addBlock(block, texts);
}

function addOwn(element: SourceElement, plan: PartPlan, texts: string[]): void {
  const own = plan.plans.get(element);
  if (own === undefined) {
    if (element.name === 'w:p') texts.push(textOfAtoms(atomsOf(element)));
    for (const child of element.children) addTexts(child, plan, texts);
    return;
  }
  if (own.fate === 'kept') {
    texts.push(own.operations === undefined ? textOfAtoms(own.atoms) : revisedText(own.operations));
    addTextBoxes(own, plan, texts);
  }
  if (own.absorbed !== undefined) addBlock(own.absorbed, texts);
}

/** Paragraphs in text boxes that stay. */
function addTextBoxes(own: ParagraphPlan, plan: PartPlan, texts: string[]): void {
  const edit = editOf(own);
  const gone = own.atoms.filter((atom) => atom.text === '' && isUnitDeleted(atom, edit));
  const goneElements = new Set(gone.map((atom) => atom.element));
  const visit = (element: SourceElement) => {
    if (goneElements.has(element)) return;
    if (element.name === 'w:p') addTexts(element, plan, texts);
    else for (const child of element.children) visit(child);
  };
  for (const child of own.paragraph.children) visit(child);
}

function addBlock(block: NewBlock, texts: string[]): void {
  if (block.kind === 'row') {
    for (const index of cellsOf(block.model).keys()) {
      const cell = block.cells[index] ?? [];
      texts.push(...(cell.length === 0 ? [''] : cell.map(cleanInsertion)));
    }
    return;
  }
  if (block.kind === 'new') {
    texts.push(cleanInsertion(block.text));
    return;
  }
  const { model, operations } = block;
  texts.push(operations === undefined ? textOfAtoms(atomsOf(model)) : revisedText(operations));
  for (const nested of descendantsOf(model, 'w:p')) texts.push(textOfAtoms(atomsOf(nested)));
}

function revisedText(operations: readonly TextOperation[]): string {
  return operations
    .filter(({ kind }) => kind !== 'delete')
    .map(({ kind, text }) => (kind === 'insert' ? cleanInsertion(text) : text))
    .join('');
}

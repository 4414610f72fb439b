import { QuireError } from '#shared/domain/errors.ts';
import type { ParagraphPlan, PartPlan } from './plan.ts';
import type { SourceElement } from './source-tree.ts';
import { isUnitDeleted } from './text-edit.ts';
import { editOf } from './write-blocks.ts';

/**
 * Refuses changes in what goes away as a whole: in a text box whose paragraph is deleted or moved or whose place is deleted, and new text in
 * a deleted row. They would be lost without a word.
 */
export function refuseContradictions(part: PartPlan): void {
  const { plans, before, after, deletedRows } = part;
  const changed = [...plans.values()].filter(({ fate }) => fate !== 'deleted');
  const anchors = [...changed.map(({ paragraph }) => paragraph), ...before.keys(), ...after.keys()];
  const gone = new Set([...deletedRows, ...goneUnits(plans)]);
  for (const anchor of anchors) {
    let each = anchor.parent;
    while (each !== undefined) {
      if (gone.has(each) || (plans.get(each)?.fate ?? 'kept') !== 'kept') throw contradiction();
      each = each.parent;
    }
  }
}

/** What has paragraphs in it and goes with the text around it. */
function goneUnits(plans: ReadonlyMap<SourceElement, ParagraphPlan>): SourceElement[] {
  return [...plans.values()].flatMap((plan) => {
    if (plan.fate !== 'kept' || plan.operations === undefined) return [];
    const units = plan.atoms.filter(
      ({ text, element }) => text === '' && element.children.length > 0,
    );
    if (units.length === 0) return [];
    const edit = editOf(plan);
    return units.filter((atom) => isUnitDeleted(atom, edit)).map(({ element }) => element);
  });
}

function contradiction(): QuireError {
  return new QuireError(
    'internal_error',
    'Expected no change within what is deleted or moved as a whole; a text box or row of such a paragraph is changed. Leave one of the two out.',
  );
}

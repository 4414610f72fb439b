import type { Atom } from './atoms.ts';
import type { SourceElement } from './source-tree.ts';

/** A place between two neighbouring atoms, before the first or behind the last. */
export interface Gap {
  /** Index of the atom before it; -1 before the first. */
  readonly index: number;
  /** How many links, content controls and fields are around it. */
  readonly depth: number;
  /** Between the text before it and this place there are marks of notes only. */
  readonly isBehindNotes: boolean;
}

/** The places between the text of one atom and that of another; those between have none. */
export function gapsBetween(atoms: readonly Atom[], before: number, after: number): Gap[] {
  const gaps: Gap[] = [];
  let isBehindNotes = true;
  for (let index = before; index < after; index += 1) {
    isBehindNotes &&= index === before || atoms[index]?.isNoteMark === true;
    const left = atoms[index]?.depthAfter ?? 0;
    const right = atoms[index + 1]?.depthBefore ?? openFieldsOf(atoms);
    gaps.push({ index, depth: Math.min(left, right), isBehindNotes });
  }
  return gaps;
}

export type Place =
  | { readonly kind: 'atom'; readonly atom: Atom; readonly at: number }
  | { readonly kind: 'before' | 'after'; readonly element: SourceElement }
  | { readonly kind: 'end' };

/** Where in the tree a place is: within the innermost element that both neighbours stand in. */
export function placeOfGap(
  { index }: Gap,
  atoms: readonly Atom[],
  paragraph: SourceElement,
): Place {
  const left = atoms[index];
  const right = atoms[index + 1];
  if (left === undefined) {
    if (right === undefined) return { kind: 'end' };
    const element = childTowards(paragraph, holderOf(right));
    if (element === holderOf(right)) return { kind: 'atom', atom: right, at: 0 };
    return { kind: 'before', element };
  }
  const common = right === undefined ? paragraph : commonAncestor(left, right);
  const element = childTowards(common, holderOf(left));
  if (common === holderOf(left) || element === holderOf(left)) {
    return { kind: 'atom', atom: left, at: Math.max(left.text.length, 1) };
  }
  return { kind: 'after', element };
}

/** The run of an atom, or itself where it stands beside the runs. */
export function holderOf(atom: Atom): SourceElement {
  return atom.run ?? atom.element;
}

/** A field that goes on in the next paragraph is still open at the end. */
function openFieldsOf(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, atom) => sum + atom.depthAfter - atom.depthBefore, 0);
}

function commonAncestor(left: Atom, right: Atom): SourceElement {
  const above = new Set<SourceElement>();
  let each: SourceElement | undefined = holderOf(left);
  while (each !== undefined) {
    above.add(each);
    each = each.parent;
  }
  let common = holderOf(right);
  while (!above.has(common) && common.parent !== undefined) common = common.parent;
  return common;
}

function childTowards(ancestor: SourceElement, element: SourceElement): SourceElement {
  let each = element;
  while (each.parent !== undefined && each.parent !== ancestor) each = each.parent;
  return each;
}

import type { TextOperation } from '#shared/domain/redline.ts';
import type { Atom, Field } from './atoms.ts';
import { type Gap, gapsBetween, type Place, placeOfGap } from './gaps.ts';
import { type SourceElement, sourceChild } from './source-tree.ts';
import { changesOf, type Stretch, type TextChange } from './text-changes.ts';

/** Something that is written between the atoms of a paragraph or within one of them. */
export type Addition =
  | {
      readonly kind: 'insertion';
      readonly text: string;
      /** Whose properties it gets; those of the paragraph's mark without one. */
      readonly run: SourceElement | undefined;
    }
  /** XML that is no revision, the beginning of a remark for example. */
  | { readonly kind: 'mark'; readonly xml: string };

/** What becomes of the content of a paragraph. */
export interface TextEdit {
  readonly atoms: readonly Atom[];
  /** Stretches of the text, in order, apart from each other. */
  readonly deleted: readonly Stretch[];
  /** Everything goes, what has no text included. */
  readonly isAllDeleted: boolean;
  /** By atom, and there by characters of its text that stand before; 1 for what is behind an atom without text. */
  readonly inAtoms: ReadonlyMap<Atom, ReadonlyMap<number, readonly Addition[]>>;
  readonly beforeElements: ReadonlyMap<SourceElement, readonly Addition[]>;
  readonly afterElements: ReadonlyMap<SourceElement, readonly Addition[]>;
  readonly atStart: readonly Addition[];
  readonly atEnd: readonly Addition[];
}

export interface NewTextEdit {
  readonly paragraph: SourceElement;
  readonly atoms: readonly Atom[];
  readonly operations?: readonly TextOperation[];
  readonly isAllDeleted?: boolean;
  /** Marks around the whole paragraph or a stretch of its text. */
  readonly remarks?: readonly Remark[];
}

export interface Remark {
  readonly range: Stretch | undefined;
  readonly startXml: string;
  readonly endXml: string;
}

/** Turns what is said about the text into what happens to the atoms. Operations that do not give the text of the base are refused. */
export function planTextEdit(made: NewTextEdit): TextEdit {
  const { atoms, operations, isAllDeleted = false, remarks = [] } = made;
  const growing: GrowingEdit = {
    atoms,
    deleted: [],
    isAllDeleted,
    inAtoms: new Map(),
    beforeElements: new Map(),
    afterElements: new Map(),
    atStart: [],
    atEnd: [],
  };
  if (operations !== undefined) {
    for (const change of changesOf(atoms, operations)) {
      if (change.from < change.to) growing.deleted.push(change);
      if (change.inserted !== '') placeInsertion(change, made.paragraph, growing);
    }
  }
  for (const remark of remarks) placeRemark(remark, growing);
  return growing;
}

/** Whether an atom without text goes: inside a deleted stretch, not at its edge. The marks of a field go with all of the field. */
export function isUnitDeleted(atom: Atom, edit: TextEdit): boolean {
  if (atom.isLasting) return false;
  if (edit.isAllDeleted) return true;
  const { field, offset } = atom;
  if (field !== undefined) {
    const around = stretchesIn(
      edit.deleted,
      field.resultFrom,
      Math.max(field.to, field.resultFrom + 1),
    );
    return around.some((stretch) => covers(stretch, field));
  }
  return stretchesIn(edit.deleted, offset, offset + 1).some(({ from }) => from < offset);
}

/** Those of the stretches, which are in order and apart, that have a character of [from, to). */
export function stretchesIn(stretches: readonly Stretch[], from: number, to: number): Stretch[] {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.to ?? 0) > from) high = middle;
    else low = middle + 1;
  }
  const found: Stretch[] = [];
  for (let at = low; at < stretches.length; at += 1) {
    const stretch = stretches[at];
    if (stretch === undefined || stretch.from >= to) break;
    found.push(stretch);
  }
  return found;
}

function covers({ from, to }: Stretch, field: Field): boolean {
  if (field.resultFrom === field.to) return from < field.to && field.to < to;
  const isLarger = from < field.resultFrom || to > field.to;
  return from <= field.resultFrom && to >= field.to && isLarger;
}

interface GrowingEdit extends TextEdit {
  readonly deleted: Stretch[];
  readonly inAtoms: Map<Atom, Map<number, Addition[]>>;
  readonly beforeElements: Map<SourceElement, Addition[]>;
  readonly afterElements: Map<SourceElement, Addition[]>;
  readonly atStart: Addition[];
  readonly atEnd: Addition[];
}

function placeInsertion(change: TextChange, paragraph: SourceElement, growing: GrowingEdit): void {
  const { atoms } = growing;
  const last = indexAt(atoms, change.to - 1);
  const next = indexAt(atoms, change.to);
  const first = change.from < change.to ? atoms[indexAt(atoms, change.from) ?? -1] : undefined;
  const atom = atoms[last ?? -1];
  if (atom !== undefined && last === next) {
    const run = first === undefined ? atom.run : replacedRun(first, atom);
    addInside({ atom, at: change.to - atom.offset }, insertionOf(change, run), growing);
    return;
  }
  const gaps = gapsBetween(atoms, last ?? -1, next ?? atoms.length);
  const between = { gaps, last: atom, next: atoms[next ?? -1] };
  const place =
    first === undefined
      ? besideText(change, between)
      : behindText(change, first, { atoms, between });
  if (place === undefined) return;
  const addition = insertionOf(change, place.run);
  addAt(placeOfGap(place.gap, atoms, paragraph), addition, growing);
}

/** Places between two texts. */
interface Between {
  readonly gaps: readonly Gap[];
  readonly last: Atom | undefined;
  readonly next: Atom | undefined;
}

interface InsertionPlace {
  readonly gap: Gap;
  readonly run: SourceElement | undefined;
}

/** A text that replaces none looks like its neighbour of the same depth, the one before it first. */
function besideText(
  { inserted }: TextChange,
  { gaps, last, next }: Between,
): InsertionPlace | undefined {
  const gap = gapFor(gaps, inserted, last === undefined);
  if (gap === undefined) return undefined;
  const beside = [last, next].find((atom) => atom?.depthBefore === gap.depth);
  return { gap, run: beside?.run };
}

function behindText(
  change: TextChange,
  first: Atom,
  { atoms, between }: { readonly atoms: readonly Atom[]; readonly between: Between },
): InsertionPlace | undefined {
  const gap = gapBehind(between.gaps, change, atoms);
  return gap === undefined ? undefined : { gap, run: replacedRun(first, between.last) };
}

function insertionOf({ inserted }: TextChange, run: SourceElement | undefined): Addition {
  return { kind: 'insertion', text: inserted, run };
}

/** The new text looks like the beginning of the old one, unless it ends up in another link. */
function replacedRun(first: Atom, last: Atom | undefined): SourceElement | undefined {
  return first.run?.parent === last?.run?.parent ? first.run : last?.run;
}

/** Right behind the old text, but out of a link or field that goes with it. */
function gapBehind(
  gaps: readonly Gap[],
  change: TextChange,
  atoms: readonly Atom[],
): Gap | undefined {
  const depths = atoms
    .slice(indexAt(atoms, change.from), (indexAt(atoms, change.to - 1) ?? 0) + 1)
    .filter(({ text }) => text !== '')
    .map((atom) => atom.depthBefore);
  const depth = depths.reduce((least, each) => Math.min(least, each), Number.MAX_SAFE_INTEGER);
  return gaps.find((gap) => gap.depth <= depth) ?? gaps[0];
}

/** Outside of links and fields where there is a choice; behind the mark of a note unless it goes on with the word before it. */
function gapFor(gaps: readonly Gap[], inserted: string, isAtStart: boolean): Gap | undefined {
  const depth = gaps.reduce((least, gap) => Math.min(least, gap.depth), Number.MAX_SAFE_INTEGER);
  const shallow = gaps.filter((gap) => gap.depth === depth);
  if (isAtStart) return shallow.at(-1);
  if (/^[\p{L}\p{N}]/u.test(inserted)) return shallow[0];
  return shallow.findLast((gap) => gap.isBehindNotes) ?? shallow[0];
}

function placeRemark({ range, startXml, endXml }: Remark, growing: GrowingEdit): void {
  const { atoms } = growing;
  const first = range === undefined ? undefined : atoms[indexAt(atoms, range.from) ?? -1];
  const last = range === undefined ? undefined : atoms[indexAt(atoms, range.to - 1) ?? -1];
  if (range === undefined || first === undefined || last === undefined || range.from >= range.to) {
    growing.atStart.push({ kind: 'mark', xml: startXml });
    growing.atEnd.push({ kind: 'mark', xml: endXml });
    return;
  }
  const from = first.element.name === 'w:t' ? range.from - first.offset : 0;
  const to = last.element.name === 'w:t' ? range.to - last.offset : last.text.length;
  addInside({ atom: first, at: from }, { kind: 'mark', xml: startXml }, growing);
  addInside({ atom: last, at: to }, { kind: 'mark', xml: endXml }, growing);
}

/** The atom whose text has the character at an offset. */
function indexAt(atoms: readonly Atom[], offset: number): number | undefined {
  if (offset < 0) return undefined;
  let low = 0;
  let high = atoms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const atom = atoms[middle];
    if (atom === undefined) return undefined;
    if (offset < atom.offset) high = middle - 1;
    else if (offset >= atom.offset + atom.text.length) low = middle + 1;
    else return middle;
  }
  return undefined;
}

function addAt(place: Place, addition: Addition, growing: GrowingEdit): void {
  switch (place.kind) {
    case 'atom':
      addInside(place, addition, growing);
      return;
    case 'before':
      addTo(growing.beforeElements, place.element, addition);
      return;
    case 'after':
      addTo(growing.afterElements, place.element, addition);
      return;
    case 'end':
      growing.atEnd.push(addition);
  }
}

function addInside(
  { atom, at }: { readonly atom: Atom; readonly at: number },
  addition: Addition,
  { inAtoms }: GrowingEdit,
): void {
  const places = inAtoms.get(atom) ?? new Map<number, Addition[]>();
  inAtoms.set(atom, places);
  addTo(places, at, addition);
}

function addTo<Key>(map: Map<Key, Addition[]>, key: Key, addition: Addition): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [addition]);
  else list.push(addition);
}

/** Properties of a run as they stand in the file. */
export function runProperties(run: SourceElement | undefined, source: string): string {
  const properties = sourceChild(run, 'w:rPr');
  return properties === undefined ? '' : source.slice(properties.start, properties.end);
}

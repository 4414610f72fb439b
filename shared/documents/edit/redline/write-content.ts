import { type Atom, isInlineContainer } from './atoms.ts';
import { holderOf } from './gaps.ts';
import { type Rewriting, render } from './render.ts';
import type { RevisionTags } from './revision-tags.ts';
import { isRangeMark } from './revisions.ts';
import type { SourceElement } from './source-tree.ts';
import {
  type Addition,
  isUnitDeleted,
  runProperties,
  stretchesIn,
  type TextEdit,
} from './text-edit.ts';

/**
 * As what the content of a paragraph is written: where it stands, at the place that it is moved away from, or as the copy at the place
 * that it is moved to.
 */
export type WritingMode = 'in-place' | 'moved-from' | 'moved-to';

export interface ContentWriting {
  readonly edit: TextEdit;
  readonly mode: WritingMode;
  readonly tags: RevisionTags;
  readonly rewriting: Rewriting;
  /** Properties of inserted text that stands beside no text of its depth. */
  readonly markProperties: string;
}

/** The content of a paragraph without its properties, with its changes as revisions. Runs are split, and their properties stay. */
export function writeContent(paragraph: SourceElement, writing: ContentWriting): string {
  const { edit } = writing;
  const output = createOutput(writing.tags);
  const state: State = { ...writing, output, atomsByHolder: groupByHolder(edit.atoms) };
  addAdditions(edit.atStart, state);
  addContainer(paragraph, state);
  addAdditions(edit.atEnd, state);
  return output.end();
}

interface State extends ContentWriting {
  readonly output: Output;
  readonly atomsByHolder: ReadonlyMap<SourceElement, readonly Atom[]>;
}

/** What is around a stretch of the output, outermost first. */
type Wrapping = '' | 'ins' | 'del' | 'moveFrom' | 'moveTo' | 'moveTo del';

interface Output {
  /** What stands in the same wrapping as what is before it goes into the same element. */
  put(wrapping: Wrapping, xml: string): void;
  /** White space between elements. */
  layout(text: string): void;
  end(): string;
}

function createOutput(tags: RevisionTags): Output {
  let out = '';
  let current: Wrapping = '';
  const change = (next: Wrapping) => {
    if (next === current) return;
    for (const name of namesOf(current).reverse()) out += tags.close(name);
    for (const name of namesOf(next)) out += tags.open(name);
    current = next;
  };
  return {
    put(wrapping, xml) {
      if (xml === '') return;
      change(wrapping);
      out += xml;
    },
    layout(text) {
      out += text;
    },
    end() {
      change('');
      return out;
    },
  };
}

function namesOf(wrapping: Wrapping): string[] {
  return wrapping === '' ? [] : wrapping.split(' ');
}

function groupByHolder(atoms: readonly Atom[]): Map<SourceElement, Atom[]> {
  const groups = new Map<SourceElement, Atom[]>();
  for (const atom of atoms) {
    const group = groups.get(holderOf(atom));
    if (group === undefined) groups.set(holderOf(atom), [atom]);
    else group.push(atom);
  }
  return groups;
}

function addContainer(container: SourceElement, state: State): void {
  const { output, rewriting, edit } = state;
  let at = container.openEnd;
  for (const child of container.children) {
    output.layout(rewriting.source.slice(at, child.start));
    at = child.end;
    if (child.name === 'w:pPr') continue;
    addAdditions(edit.beforeElements.get(child), state);
    addChild(child, state);
    addAdditions(edit.afterElements.get(child), state);
  }
  output.layout(rewriting.source.slice(at, container.closeStart));
}

function addChild(child: SourceElement, state: State): void {
  const { output, rewriting, mode, atomsByHolder } = state;
  const { source } = rewriting;
  if (atomsByHolder.has(child)) addRun(child, state);
  else if (isInlineContainer(child.name)) {
    output.put('', source.slice(child.start, child.openEnd));
    addContainer(child, state);
    output.put('', source.slice(child.closeStart, child.end));
  } else if (mode !== 'moved-to') output.put('', render(child, rewriting));
  // Bookmarks and remarks stay where they are; a second one of the same name or number would be a mistake.
  else if (!isRangeMark(child.name)) output.put('', copyOf(child, source));
}

/** A content control that is copied must not keep its number. */
function copyOf(element: SourceElement, source: string): string {
  const text = source.slice(element.start, element.end);
  return element.name === 'w:sdtPr' ? text.replace(/<(?:\w+:)?id\s[^<>]*\/>/, '') : text;
}

/** A stretch of a run: as it is, or part of a text. */
interface Piece {
  readonly atom: Atom;
  readonly from: number;
  readonly to: number;
  readonly isDeleted: boolean;
}

function addRun(holder: SourceElement, state: State): void {
  const { edit } = state;
  let pieces: Piece[] = [];
  const flush = () => {
    addPieces(holder, pieces, state);
    pieces = [];
  };
  for (const atom of state.atomsByHolder.get(holder) ?? []) {
    const additions = edit.inAtoms.get(atom);
    const addAt = (at: number) => {
      const list = additions?.get(at);
      if (list === undefined) return;
      flush();
      addAdditions(list, state);
    };
    const cuts = cutsOf(atom, edit);
    addAt(0);
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      const to = cuts[index + 1] ?? from;
      const isDeleted = isPieceDeleted(atom, from, edit);
      if (pieces.length > 0 && pieces.at(-1)?.isDeleted !== isDeleted) flush();
      pieces.push({ atom, from, to, isDeleted });
      addAt(Math.max(to, 1));
    }
  }
  flush();
}

/** Where a text is cut, its ends included; a unit has nothing but ends. */
function cutsOf(atom: Atom, edit: TextEdit): number[] {
  const { element, offset, text } = atom;
  if (element.name !== 'w:t' || text === '') return [0, text.length];
  const cuts = new Set([0, text.length]);
  const inside = (at: number) => {
    if (at > offset && at < offset + text.length) cuts.add(at - offset);
  };
  for (const at of edit.inAtoms.get(atom)?.keys() ?? []) inside(offset + at);
  for (const { from, to } of stretchesIn(edit.deleted, offset, offset + text.length)) {
    inside(from);
    inside(to);
  }
  return [...cuts].sort((left, right) => left - right);
}

function isPieceDeleted(atom: Atom, from: number, edit: TextEdit): boolean {
  if (atom.text === '' || edit.isAllDeleted) return isUnitDeleted(atom, edit);
  const at = atom.offset + from;
  return stretchesIn(edit.deleted, at, at + 1).length > 0;
}

function addPieces(holder: SourceElement, pieces: readonly Piece[], state: State): void {
  const { output, mode, rewriting } = state;
  const first = pieces[0];
  if (first === undefined) return;
  const { isDeleted } = first;
  const isKept = mode === 'in-place' || mode === 'moved-from';
  if (isKept && !isDeleted && isWhole(holder, pieces, state)) {
    output.put('', render(holder, rewriting));
    return;
  }
  const written = pieces.filter((piece) => mode !== 'moved-to' || !piece.atom.isLasting);
  if (written.length === 0) return;
  const wrapping = wrappingOf(isDeleted, mode);
  const asDeleted = wrapping.endsWith('del');
  const content = written.map((piece) => pieceText(piece, asDeleted, state)).join('');
  output.put(wrapping, inRun(holder, content, state));
}

function isWhole(
  holder: SourceElement,
  pieces: readonly Piece[],
  { atomsByHolder }: State,
): boolean {
  const atoms = atomsByHolder.get(holder) ?? [];
  return (
    pieces.length === atoms.length &&
    pieces.every(({ from, to, atom }) => from === 0 && to === atom.text.length)
  );
}

function wrappingOf(isDeleted: boolean, mode: WritingMode): Wrapping {
  switch (mode) {
    case 'in-place':
      return isDeleted ? 'del' : '';
    case 'moved-from':
      return isDeleted ? 'moveFrom' : '';
    case 'moved-to':
      return isDeleted ? 'moveTo del' : 'moveTo';
  }
}

function inRun(holder: SourceElement, content: string, { rewriting }: State): string {
  if (holder.name !== 'w:r') return content;
  const { source } = rewriting;
  return (
    source.slice(holder.start, holder.openEnd) +
    runProperties(holder, source) +
    content +
    source.slice(holder.closeStart, holder.end)
  );
}

const deletedNames: Readonly<Record<string, string>> = {
  'w:t': 'delText',
  'w:instrText': 'delInstrText',
};

function pieceText(piece: Piece, asDeleted: boolean, { rewriting, tags, mode }: State): string {
  const { atom, from, to } = piece;
  const { element } = atom;
  const { source } = rewriting;
  const name = asDeleted ? deletedNames[element.name] : undefined;
  if (from > 0 || to < atom.text.length) {
    const written = tags.text(element.text.slice(from, to).replace(/[\t\n\r]/g, ' '));
    return name === undefined ? written : renamed(written, 't', name);
  }
  const text =
    mode === 'moved-to' ? source.slice(element.start, element.end) : render(element, rewriting);
  return name === undefined ? text : renamed(text, element.name.slice(2), name);
}

/** Changes the local name of an element without elements in it. */
function renamed(xml: string, from: string, to: string): string {
  const tag = new RegExp(`^<((?:[\\w.-]+:)?)${from}(?=[\\s/>])`);
  const end = new RegExp(`</((?:[\\w.-]+:)?)${from}\\s*>$`);
  return xml.replace(tag, `<$1${to}`).replace(end, `</$1${to}>`);
}

function addAdditions(additions: readonly Addition[] | undefined, state: State): void {
  const { output, tags, rewriting, markProperties } = state;
  for (const addition of additions ?? []) {
    if (addition.kind === 'mark') {
      output.put('', addition.xml);
      continue;
    }
    const { run, text } = addition;
    const properties = run === undefined ? markProperties : runProperties(run, rewriting.source);
    const { prefix } = tags;
    output.put('ins', `<${prefix}r>${properties}${tags.text(text)}</${prefix}r>`);
  }
}

import { escapeText, type TaggedPiece } from '#shared/domain/inline-tags.ts';
import { checkTags, indexTags, type Tagged } from './check-tags.ts';
import type { Piece, Run, Scope, ScopeItem, Stretch, TextNode } from './inline.ts';
import { textOfScope } from './scopes.ts';
import { changedTextsOf } from './stretches.ts';

/** Source of something new. Without a run it stands beside runs. */
export interface NewPiece {
  readonly run: Run | undefined;
  readonly source: string;
}

/** How text is written in a format. */
export interface Dialect {
  /** Pieces for characters in the format of `like`; without it nothing shows which. `like` is the node whose place they take if `isInPlace`. */
  writeText(text: string, like: TextNode | undefined, isInPlace: boolean): readonly NewPiece[];
}

/** What a composition needs besides the scope and the new text. */
export interface Composition {
  readonly segmentId: string;
  readonly dialect: Dialect;
  /** Source of a range with the changes that are inside it. */
  cut(start: number, end: number): string;
  /** Writes unchanged characters anew as well. */
  readonly isForced: boolean;
}

/**
 * The source of a paragraph or cell with a new text. As long as the tags are in their order, the runs stay, and of their characters
 * only those are replaced that differ. Where tags change places, what they stand for moves with them.
 */
export function composeScope(
  scope: Scope,
  pieces: readonly TaggedPiece[],
  composition: Composition,
): string {
  checkTags(scope, pieces, composition.segmentId);
  const isChanged = textOfPieces(pieces) !== textOfScope(scope);
  const emitter = createEmitter(composition, isChanged);
  emitScope(scope, pieces, { ...composition, emitter, tagged: indexTags(scope) });
  return emitter.finish();
}

function textOfPieces(pieces: readonly TaggedPiece[]): string {
  return pieces
    .map((piece) => {
      if (piece.type === 'text') return escapeText(piece.text);
      if (piece.type === 'mark') return `<x${piece.tag}/>`;
      return `<g${piece.tag}>${textOfPieces(piece.content)}</g${piece.tag}>`;
    })
    .join('');
}

interface Emitter {
  copy(piece: Piece): void;
  add(piece: NewPiece): void;
  finish(): string;
}

interface Emission extends Composition {
  readonly emitter: Emitter;
  readonly tagged: ReadonlyMap<number, Tagged>;
}

/** Opens runs when something in them comes and closes them when something of another comes. */
function createEmitter({ cut }: Composition, isChanged: boolean): Emitter {
  const sources: string[] = [];
  let current: Run | undefined;
  const enter = (run: Run | undefined) => {
    if (run === current) return;
    if (current !== undefined) sources.push(current.close);
    if (run !== undefined) sources.push(run.open);
    current = run;
  };
  return {
    copy({ run, start, end, isStale = false }) {
      if (isStale && isChanged) return;
      enter(run);
      sources.push(cut(start, end));
    },
    add({ run, source }) {
      enter(run);
      sources.push(source);
    },
    finish() {
      enter(undefined);
      return sources.join('');
    },
  };
}

function emitScope(scope: Scope, pieces: readonly TaggedPiece[], emission: Emission): void {
  for (const piece of scope.open) emission.emitter.copy(piece);
  const isInOrder = tagsOf(scope.items).join() === tagsOfPieces(pieces).join();
  if (isInOrder) emitInPlace(scope, pieces, emission);
  else emitMoved(scope, pieces, emission);
  for (const piece of scope.close) emission.emitter.copy(piece);
}

function tagsOf(items: readonly ScopeItem[]): number[] {
  return items.flatMap((item) => (item.type === 'stretch' ? [] : [item.tag]));
}

function tagsOfPieces(pieces: readonly TaggedPiece[]): number[] {
  return pieces.flatMap((piece) => (piece.type === 'text' ? [] : [piece.tag]));
}

/** Between any two tags there is at most one stretch and one text; they belong to each other. */
function emitInPlace(scope: Scope, pieces: readonly TaggedPiece[], emission: Emission): void {
  let next = 0;
  const textAt = (): string => {
    const piece = pieces[next];
    if (piece?.type !== 'text') return '';
    next += 1;
    return piece.text;
  };
  let isStretchDue = true;
  for (const item of scope.items) {
    if (item.type === 'stretch') {
      emitStretch(item, textAt(), { ...emission, template: scope.template });
      isStretchDue = false;
      continue;
    }
    if (isStretchDue) emitText(textAt(), scope.template, emission);
    isStretchDue = true;
    const piece = pieces[next];
    next += 1;
    if (piece !== undefined) emitTagged(piece, emission);
  }
  if (isStretchDue) emitText(textAt(), scope.template, emission);
}

/** Gaps that must stay go to the front: what they were between is no longer there. */
function emitMoved(scope: Scope, pieces: readonly TaggedPiece[], emission: Emission): void {
  const nodes = scope.items.flatMap((item) => (item.type === 'stretch' ? item.nodes : []));
  for (const node of nodes) {
    if (node.type === 'gap' && !node.isLoose) emission.emitter.copy(node);
  }
  for (const piece of pieces) {
    if (piece.type === 'text') emitText(piece.text, scope.template, emission);
    else emitTagged(piece, emission);
  }
}

function emitTagged(piece: TaggedPiece, emission: Emission): void {
  if (piece.type === 'text') return;
  const item = emission.tagged.get(piece.tag)?.item;
  if (item?.type === 'mark') for (const each of item.atom.pieces) emission.emitter.copy(each);
  if (item?.type === 'scope' && piece.type === 'group') emitScope(item, piece.content, emission);
}

function emitText(text: string, template: TextNode | undefined, emission: Emission): void {
  if (text === '') return;
  for (const piece of emission.dialect.writeText(text, template, false)) {
    emission.emitter.add(piece);
  }
}

/** A stretch without any text takes new text at its end. */
function emitStretch(
  { nodes }: Stretch,
  text: string,
  emission: Emission & Pick<Scope, 'template'>,
): void {
  const texts = changedTextsOf(nodes, text);
  for (const node of nodes) {
    if (node.type === 'gap') emission.emitter.copy(node);
    else emitNode(node, texts?.get(node) ?? '', emission);
  }
  if (texts === undefined) emitText(text, emission.template, emission);
}

function emitNode(node: TextNode, text: string, emission: Emission): void {
  if (text === node.text && !emission.isForced) {
    emission.emitter.copy(node);
    return;
  }
  if (text === '' && node.text !== '') return;
  for (const piece of emission.dialect.writeText(text, node, true)) emission.emitter.add(piece);
  const { run, elementEnd, end } = node;
  if (elementEnd < end) emission.emitter.copy({ run, start: elementEnd, end });
}

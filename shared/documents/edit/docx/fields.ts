import type { PlacedElement } from '../../placed-xml.ts';
import type { AtomNode, InlineNode, Piece, WrapperNode } from '../ooxml/inline.ts';
import { piecesOf } from '../ooxml/inline.ts';

/** One field: an instruction such as `HYPERLINK "…"`, and what Word shows for it. */
export interface Field {
  instruction: string;
  isInResult: boolean;
}

/** A `w:fldChar` or a piece of an instruction. */
export interface FieldNode {
  readonly type: 'field';
  readonly mark: 'begin' | 'separate' | 'end' | 'instruction';
  readonly piece: Piece;
  readonly field: Field | undefined;
}

/** Follows the fields of a story, which may be nested and go on over paragraphs (ECMA-376 part 1, 17.16.18). */
export interface FieldState {
  see(fieldCharacter: PlacedElement, piece: Piece): FieldNode;
  seeInstruction(element: PlacedElement, piece: Piece): FieldNode;
  /** Whether text here is an instruction, or a result that Word makes anew from something else. */
  isFrozen(): boolean;
}

/** Without those that never end: a damaged field must not freeze the rest of the story. */
export function createFieldState(complete: ReadonlySet<PlacedElement>): FieldState {
  const open: { readonly field: Field; readonly isComplete: boolean }[] = [];
  return {
    see(element, piece) {
      const type = element.attributes['w:fldCharType'];
      if (type === 'begin') {
        const field: Field = { instruction: '', isInResult: false };
        open.push({ field, isComplete: complete.has(element) });
        return { type: 'field', mark: 'begin', piece, field };
      }
      if (type === 'separate') {
        const field = open.at(-1)?.field;
        if (field !== undefined) field.isInResult = true;
        return { type: 'field', mark: 'separate', piece, field };
      }
      return { type: 'field', mark: 'end', piece, field: open.pop()?.field };
    },
    seeInstruction(element, piece) {
      const field = open.at(-1)?.field;
      if (field !== undefined && !field.isInResult) field.instruction += element.text;
      return { type: 'field', mark: 'instruction', piece, field };
    },
    isFrozen: () =>
      open.some(
        ({ field, isComplete }) =>
          isComplete && !(field.isInResult && hasOwnText(field.instruction)),
      ),
  };
}

/** Whether the result is the author's own text, and not what Word takes from elsewhere. */
export function hasOwnText(instruction: string): boolean {
  return /^\s*(?:HYPERLINK|FORMTEXT)(?:\s|$)/i.test(instruction);
}

/** The `w:fldChar` that begin a field which also ends in the element. */
export function completeFields(root: PlacedElement): ReadonlySet<PlacedElement> {
  const complete = new Set<PlacedElement>();
  const open: PlacedElement[] = [];
  const see = (character: PlacedElement) => {
    const type = character.attributes['w:fldCharType'];
    if (type === 'begin') open.push(character);
    const begin = type === 'end' ? open.pop() : undefined;
    if (begin !== undefined) complete.add(begin);
  };
  const visit = (element: PlacedElement) => {
    if (element.name === 'w:fldChar') see(element);
    if (!isAside(element)) for (const child of element.children) visit(child);
  };
  visit(root);
  return complete;
}

/** Where fields of their own begin and end: text boxes, and what is deleted. */
export function isAside({ name }: PlacedElement): boolean {
  return name === 'w:txbxContent' || name === 'w:del' || name === 'w:moveFrom';
}

/** Text of a field's result or instruction that is not to be rewritten. */
export type FrozenNode = { readonly type: 'frozen'; readonly piece: Piece };
export type RawNode = InlineNode | FieldNode | FrozenNode;

/**
 * Makes one thing of each field: something around text if the text is the author's own, else something that is no text. What is left of
 * fields that begin or end in another paragraph keeps its order.
 */
export function resolveFields(nodes: readonly RawNode[]): InlineNode[] {
  const levels = createLevels();
  for (const node of nodes) {
    if (node.type === 'field' && node.mark === 'begin') levels.open(node.field);
    levels.add(node);
    if (node.type === 'field' && node.mark === 'end') levels.close(node.field);
  }
  return joinLeftovers(levels.finish());
}

/** Nodes within the fields that are open, each field a level. */
function createLevels() {
  const outermost: RawNode[] = [];
  const levels: { readonly field: Field | undefined; readonly nodes: RawNode[] }[] = [];
  const top = () => levels.at(-1)?.nodes ?? outermost;
  const dissolveDownTo = (depth: number) => {
    while (levels.length > depth) {
      const inner = levels.pop()?.nodes ?? [];
      top().push(...inner);
    }
  };
  return {
    open: (field: Field | undefined) => levels.push({ field, nodes: [] }),
    add: (node: RawNode) => top().push(node),
    close(field: Field | undefined) {
      const depth = levels.findLastIndex((level) => level.field === field);
      if (depth < 0) return;
      dissolveDownTo(depth + 1);
      const whole = levels.pop()?.nodes ?? [];
      top().push(fieldOf(whole, field));
    },
    finish() {
      dissolveDownTo(0);
      return outermost;
    },
  };
}

function fieldOf(nodes: readonly RawNode[], field: Field | undefined): InlineNode {
  const cut = nodes.findIndex(
    (node) => node.type === 'field' && node.mark === 'separate' && node.field === field,
  );
  if (cut < 0 || !hasOwnText(field?.instruction ?? '')) {
    return { type: 'atom', pieces: nodes.flatMap(rawPiecesOf), isMarker: false };
  }
  const wrapper: WrapperNode = {
    type: 'wrapper',
    open: nodes.slice(0, cut + 1).flatMap(rawPiecesOf),
    children: joinLeftovers(nodes.slice(cut + 1, -1)),
    close: nodes.slice(-1).flatMap(rawPiecesOf),
  };
  return wrapper;
}

function rawPiecesOf(node: RawNode): readonly Piece[] {
  return node.type === 'field' || node.type === 'frozen' ? [node.piece] : piecesOf(node);
}

/** Neighbours become one atom, with what is between them. */
function joinLeftovers(nodes: readonly RawNode[]): InlineNode[] {
  const joined: InlineNode[] = [];
  let run: RawNode[] = [];
  let gaps: InlineNode[] = [];
  const end = () => {
    if (run.length > 0) joined.push(leftoverOf(run));
    joined.push(...gaps);
    run = [];
    gaps = [];
  };
  for (const node of nodes) {
    if (node.type === 'field' || node.type === 'frozen') {
      run.push(...gaps, node);
      gaps = [];
    } else if (node.type === 'gap' && run.length > 0) {
      gaps.push(node);
    } else {
      end();
      joined.push(node);
    }
  }
  end();
  return joined;
}

function leftoverOf(nodes: readonly RawNode[]): AtomNode {
  const isMarker = !nodes.some((node) => node.type === 'frozen');
  return { type: 'atom', pieces: nodes.flatMap(rawPiecesOf), isMarker, orderKeys: ['field'] };
}

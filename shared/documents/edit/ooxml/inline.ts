/** What runs of a part share: a start that opens them, properties included, and an end. */
export interface Run {
  readonly open: string;
  readonly close: string;
  /** Equal for runs that look the same. */
  readonly format: string;
}

/** A range of a part that stands in a run, or beside runs. */
export interface Piece {
  readonly run: Run | undefined;
  readonly start: number;
  readonly end: number;
  /** True of the text as it was, and of no other: it goes when the text changes. */
  readonly isStale?: boolean;
}

/** Characters that can be rewritten. */
export interface TextNode extends Piece {
  readonly type: 'text';
  /** Where the element that holds them ends; white space of the layout behind it belongs to the piece. */
  readonly elementEnd: number;
  readonly text: string;
  /** Start tag to use again; `undefined` if the characters are an element by themselves, a hyphen for instance. */
  readonly startTag: string | undefined;
}

/** Something a reader does not see and no text depends on. A loose one may go when the text around it changes. */
export interface GapNode extends Piece {
  readonly type: 'gap';
  readonly isLoose: boolean;
}

/** Something that is no text and has its place among the text: a tab, an image, a field with its result, one end of a bookmark. */
export interface AtomNode {
  readonly type: 'atom';
  readonly pieces: readonly Piece[];
  /** Invisible: it needs no tag before the first text and behind the last. */
  readonly isMarker: boolean;
  /** Atoms that share a key keep their order, as the start of a bookmark must stay before its end. */
  readonly orderKeys?: readonly string[];
}

/** Something around text: a hyperlink, an insertion, a content control. */
export interface WrapperNode {
  readonly type: 'wrapper';
  readonly open: readonly Piece[];
  readonly children: readonly InlineNode[];
  readonly close: readonly Piece[];
}

/** The nodes of a paragraph or cell. One after the other, they are its source without anything missing. */
export type InlineNode = TextNode | GapNode | AtomNode | WrapperNode;

/** A part of a segment's text that is enclosed by tags, and the segment as a whole, whose tag is 0. */
export interface Scope {
  readonly type: 'scope';
  readonly tag: number;
  /** A scope of a format can be left by what is in it, the one of a wrapper cannot. */
  readonly isWrapper: boolean;
  readonly open: readonly Piece[];
  readonly items: readonly ScopeItem[];
  readonly close: readonly Piece[];
  /** Run for text that is new in the scope; `undefined` if nothing in it shows how. */
  readonly template: TextNode | undefined;
}

/** Text between two tags, with the gaps in it. */
export interface Stretch {
  readonly type: 'stretch';
  readonly nodes: readonly (TextNode | GapNode)[];
}

export interface Mark {
  readonly type: 'mark';
  readonly tag: number;
  readonly atom: AtomNode;
}

export type ScopeItem = Scope | Stretch | Mark;

/** All the pieces of a node in the order of the source. */
export function piecesOf(node: InlineNode): readonly Piece[] {
  if (node.type === 'atom') return node.pieces;
  if (node.type !== 'wrapper') return [node];
  return [...node.open, ...node.children.flatMap(piecesOf), ...node.close];
}

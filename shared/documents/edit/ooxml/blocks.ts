import type { SegmentKind } from '#shared/domain/edit-view.ts';
import type { PlacedElement } from '../../placed-xml.ts';
import type { Place } from '../../unit-list.ts';
import type { Dialect } from './compose.ts';
import type { InlineNode } from './inline.ts';
import { attributeRange, escapeAttribute, escapeContent } from './source.ts';

/** A stretch of a part that is rewritten as a whole. */
export interface Block {
  readonly kind: SegmentKind;
  readonly place: Place;
  readonly start: number;
  readonly end: number;
  readonly content: InlineContent | PlainContent;
  /**
   * The same text may stand at several places that must stay equal: two versions of a text box, a cell and the name of its table
   * column. An echo gets the text of the block that is an origin of the same name and has the same text; one that finds none is a segment
   * of its own, unless it is nothing by itself. Names are those of the part, or of the file if they begin with `/`.
   */
  readonly origins?: readonly string[];
  readonly echo?: { readonly of: string; readonly isNothingByItself: boolean };
}

export interface InlineContent {
  readonly type: 'inline';
  readonly nodes: readonly InlineNode[];
  readonly dialect: Dialect;
}

export interface PlainContent {
  readonly type: 'plain';
  readonly text: string;
  /** Source for a new text. */
  write(text: string): string;
}

/** What is in a part, in the order of its source. */
export interface PartWalk {
  readonly blocks: readonly Block[];
  /** Where other parts are shown, by the id of the relationship. */
  readonly references: ReadonlyMap<string, Place>;
}

/** Finds the blocks of a part. Gives the same for the same source every time. */
export type WalkPart = (source: string) => PartWalk;

/** What a block is, besides its text. */
export type BlockFrame = Pick<Block, 'kind' | 'place' | 'origins' | 'echo'>;

/** The value of an attribute as a block, `undefined` if it is not there or blank. */
export function attributeBlock(
  source: string,
  { element, name }: { readonly element: PlacedElement; readonly name: string },
  frame: BlockFrame,
): Block | undefined {
  const local = name.slice(name.indexOf(':') + 1);
  const text = element.attributes[name] ?? '';
  const range = text.trim() === '' ? undefined : attributeRange(source, element, local);
  if (range === undefined) return undefined;
  return { ...frame, ...range, content: { type: 'plain', text, write: escapeAttribute } };
}

/** The characters of an element without children as a block. */
export function textBlock(element: PlacedElement, frame: BlockFrame): Block | undefined {
  if (element.text.trim() === '') return undefined;
  const { contentStart: start, contentEnd: end, text } = element;
  return { ...frame, start, end, content: { type: 'plain', text, write: escapeContent } };
}

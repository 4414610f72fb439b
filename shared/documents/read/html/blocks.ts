import type { UnitKind } from '#shared/domain/document.ts';
import { romanNumeral } from '../roman-numeral.ts';
import { attributeOf, type HtmlElement } from './parse.ts';

/** A block that is open. Blocks that say nothing, such as `div`, stand in what is around them. */
export interface Block {
  readonly kind: UnitKind;
  readonly level?: number;
  readonly marker?: string;
  readonly path: string;
  /** The innermost block around the text, this one included, that says what it is. */
  readonly named: Block | undefined;
  /** Whether it has given a unit: only the first of a list item has the marker. */
  isUsed: boolean;
}

/** A list that is open. */
export interface OpenList {
  readonly markerOf: (value: number) => string;
  readonly step: number;
  next: number;
}

const kinds: ReadonlyMap<string, UnitKind> = new Map([
  ...['pre', 'listing', 'xmp', 'plaintext'].map((name) => [name, 'code'] as const),
  ['blockquote', 'quote'],
  ['figcaption', 'caption'],
  ['caption', 'caption'],
  ['li', 'list-item'],
]);

export function openBlock(
  node: HtmlElement,
  path: string,
  around: { readonly parent: Block | undefined; readonly lists: readonly OpenList[] },
): Block {
  const outer = around.parent?.named;
  const level = /^h([1-6])$/.exec(node.tagName)?.[1];
  if (level !== undefined) return named({ kind: 'heading', level: Number(level), path });
  const kind = kinds.get(node.tagName);
  if (kind === undefined) return { kind: 'paragraph', path, named: outer, isUsed: false };
  if (kind !== 'list-item') return named({ kind, path });
  const marker = nextMarker(node, around.lists.at(-1));
  return named({ kind, marker, level: Math.min(9, Math.max(0, around.lists.length - 1)), path });
}

export function openList(node: HtmlElement): OpenList {
  if (node.tagName !== 'ol') return { markerOf: () => '•', step: 1, next: 1 };
  const isReversed = attributeOf(node, 'reversed') !== undefined;
  const items = node.childNodes.filter((each) => each.nodeName === 'li').length;
  const start = Number.parseInt(attributeOf(node, 'start') ?? '', 10);
  const format = numberings[attributeOf(node, 'type') ?? '1'] ?? String;
  return {
    markerOf: (value) => `${format(value)}.`,
    step: isReversed ? -1 : 1,
    next: Number.isNaN(start) ? (isReversed ? items : 1) : start,
  };
}

function named(block: Omit<Block, 'named' | 'isUsed'>): Block {
  const own: { -readonly [Key in keyof Block]: Block[Key] } = {
    ...block,
    named: undefined,
    isUsed: false,
  };
  own.named = own;
  return own;
}

function nextMarker(item: HtmlElement, list: OpenList | undefined): string {
  if (list === undefined) return '•';
  const value = Number.parseInt(attributeOf(item, 'value') ?? '', 10);
  if (!Number.isNaN(value)) list.next = value;
  const marker = list.markerOf(list.next);
  list.next += list.step;
  return marker;
}

const numberings: Readonly<Record<string, (value: number) => string>> = {
  a: letters,
  A: (value) => letters(value).toUpperCase(),
  i: romanNumeral,
  I: (value) => romanNumeral(value).toUpperCase(),
};

/** a … z, aa, ab …, as browsers count. */
function letters(value: number): string {
  if (value < 1) return String(value);
  let text = '';
  for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
  }
  return text;
}

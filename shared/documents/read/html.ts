import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment } from 'parse5';
import type { SourceFile, UnitKind } from '#shared/domain/document.ts';
import { decodeText } from '../decode-text.ts';
import type { ReadContent } from '../read-content.ts';
import { collapseWhiteSpace, createUnitList, type UnitList } from '../unit-list.ts';
import { guessWarning } from './text.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const invisible = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'svg',
  'math',
  'iframe',
  'object',
  'select',
  'button',
]);
const inline = new Set([
  'a',
  'abbr',
  'b',
  'bdi',
  'bdo',
  'cite',
  'code',
  'data',
  'del',
  'dfn',
  'em',
  'font',
  'i',
  'ins',
  'kbd',
  'label',
  'mark',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'tt',
  'u',
  'var',
  'wbr',
  'img',
  'br',
]);
const kinds: Readonly<Record<string, UnitKind>> = {
  pre: 'code',
  blockquote: 'quote',
  figcaption: 'caption',
  caption: 'caption',
  li: 'list-item',
  dt: 'paragraph',
  dd: 'paragraph',
};

/** One step of the walk: into a node, or out of it. A stack of its own, since pages nest deeper than calls may. */
interface Visit {
  readonly node: Node;
  readonly path: string;
  readonly isLeaving: boolean;
}

interface Block {
  readonly kind: UnitKind;
  readonly level?: number;
  readonly marker?: string;
  readonly path: string;
}

interface Walk {
  readonly list: UnitList;
  readonly stack: Visit[];
  readonly blocks: Block[];
  readonly counters: { isOrdered: boolean; next: number }[];
  text: string;
  table: { number: number; row: number } | undefined;
  tables: number;
  hidden: number;
}

/** Reads HTML: what a reader of the page would see, in its order. Scripts, styles and hidden parts are left out and counted. */
export async function readHtml({ documentId, bytes }: SourceFile): Promise<ReadContent> {
  const { text, guessed } = decodeText(bytes, declaredEncoding(bytes));
  const tree = parse(text);
  const list = createUnitList(documentId);
  const walk = walkTree(tree, list);
  const title = titleOf(tree) ?? list.units.find((unit) => unit.kind === 'heading')?.text;
  const message = 'Elements that the page hides were left out.';
  const hidden =
    walk.hidden === 0 ? [] : [{ code: 'hidden-text' as const, message, count: walk.hidden }];
  return {
    ...(title === undefined ? {} : { title }),
    units: list.units,
    warnings: [...guessWarning(guessed), ...hidden],
  };
}

/** Text of an HTML fragment, for HTML inside other formats. */
export function textOfHtml(html: string): string {
  return textUnder(parseFragment(html));
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
}

function titleOf(tree: Node): string | undefined {
  const stack: Node[] = [tree];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (defaultTreeAdapter.isElementNode(node) && node.tagName === 'title') {
      return collapseWhiteSpace(textUnder(node)) || undefined;
    }
    if ('childNodes' in node) stack.push(...[...node.childNodes].reverse());
  }
  return undefined;
}

function walkTree(tree: Node, list: UnitList): Walk {
  const walk: Walk = {
    list,
    stack: [{ node: tree, path: '', isLeaving: false }],
    blocks: [],
    counters: [],
    text: '',
    table: undefined,
    tables: 0,
    hidden: 0,
  };
  for (let visit = walk.stack.pop(); visit !== undefined; visit = walk.stack.pop()) {
    if (visit.isLeaving) leave(visit.node as Element, walk);
    else enter(visit, walk);
  }
  flush(walk);
  return walk;
}

function enter({ node, path }: Visit, walk: Walk): void {
  if (defaultTreeAdapter.isTextNode(node)) {
    walk.text += node.value;
    return;
  }
  if (!defaultTreeAdapter.isElementNode(node)) {
    if ('childNodes' in node) pushChildren(node, path, walk);
    return;
  }
  if (invisible.has(node.tagName)) return;
  if (isHidden(node)) {
    walk.hidden += 1;
    return;
  }
  enterElement(node, path, walk);
}

function enterElement(node: Element, path: string, walk: Walk): void {
  const name = node.tagName;
  if (name === 'br') walk.text += ' ';
  if (name === 'img') walk.text += ` ${attribute(node, 'alt') ?? ''} `;
  if (name === 'tr') {
    flush(walk);
    addRow(node, path, walk);
    return;
  }
  if (!inline.has(name)) open(node, path, walk);
  walk.stack.push({ node, path, isLeaving: true });
  pushChildren(node, path, walk);
}

function open(node: Element, path: string, walk: Walk): void {
  flush(walk);
  const name = node.tagName;
  if (name === 'ul' || name === 'ol') {
    walk.counters.push({ isOrdered: name === 'ol', next: Number(attribute(node, 'start') ?? 1) });
  }
  if (name === 'table') {
    walk.tables += 1;
    walk.table = { number: walk.tables, row: 0 };
  }
  const block = blockOf(node, path, walk);
  if (block !== undefined) walk.blocks.push(block);
}

function blockOf(node: Element, path: string, walk: Walk): Block | undefined {
  const level = /^h([1-6])$/.exec(node.tagName)?.[1];
  if (level !== undefined) return { kind: 'heading', level: Number(level), path };
  const kind = kinds[node.tagName];
  if (kind !== 'list-item') return { kind: kind ?? 'paragraph', path };
  const counter = walk.counters.at(-1);
  const marker = counter?.isOrdered === true ? `${counter.next++}.` : '•';
  return { kind, marker, level: Math.min(9, Math.max(0, walk.counters.length - 1)), path };
}

function leave(node: Element, walk: Walk): void {
  const name = node.tagName;
  if (inline.has(name)) return;
  flush(walk);
  walk.blocks.pop();
  if (name === 'ul' || name === 'ol') walk.counters.pop();
  if (name === 'table') walk.table = undefined;
}

/** The text gathered so far is a unit of the innermost block that is not a mere container. */
function flush(walk: Walk): void {
  const { text } = walk;
  walk.text = '';
  if (collapseWhiteSpace(text) === '') return;
  const isNamed = (block: Block) => block.kind !== 'paragraph';
  const block = walk.blocks.findLast(isNamed) ?? walk.blocks.at(-1);
  const { kind, level, marker } = block ?? { kind: 'paragraph' as const };
  walk.list.add({
    kind,
    text,
    ...(level === undefined ? {} : { level }),
    ...(marker === undefined ? {} : { marker }),
    place: { kind: 'html', element: walk.blocks.at(-1)?.path ?? 'html/body' },
  });
}

function addRow(row: Element, path: string, walk: Walk): void {
  if (walk.table === undefined) return;
  walk.table.row += 1;
  const cells = row.childNodes.filter(
    (child): child is Element => 'tagName' in child && /^t[dh]$/.test(child.tagName),
  );
  const texts = cells.map((cell) => collapseWhiteSpace(textUnder(cell)));
  if (texts.every((text) => text === '')) return;
  const isHeader = cells.length > 0 && cells.every((cell) => cell.tagName === 'th');
  walk.list.add({
    kind: 'table-row',
    text: texts.join(' | '),
    table: { table: walk.table.number, row: walk.table.row, isHeader, cells: texts },
    place: { kind: 'html', element: path },
  });
}

function pushChildren(node: { childNodes: Node[] }, path: string, walk: Walk): void {
  const counts = new Map<string, number>();
  const visits = node.childNodes.map((child): Visit => {
    if (!('tagName' in child)) return { node: child, path, isLeaving: false };
    const count = (counts.get(child.tagName) ?? 0) + 1;
    counts.set(child.tagName, count);
    const step = count === 1 ? child.tagName : `${child.tagName}[${count}]`;
    return { node: child, path: path === '' ? step : `${path}/${step}`, isLeaving: false };
  });
  for (const visit of visits.reverse()) walk.stack.push(visit);
}

function textUnder(root: Node): string {
  let text = '';
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (defaultTreeAdapter.isTextNode(node)) text += node.value;
    else if ('tagName' in node && invisible.has(node.tagName)) continue;
    else if ('childNodes' in node) {
      if ('tagName' in node && !inline.has(node.tagName)) text += ' ';
      stack.push(...[...node.childNodes].reverse());
    }
  }
  return text;
}

function isHidden(node: Element): boolean {
  if (attribute(node, 'hidden') !== undefined || attribute(node, 'aria-hidden') === 'true')
    return true;
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(node, 'style') ?? '');
}

function attribute(node: Element, name: string): string | undefined {
  return node.attrs.find((each) => each.name === name)?.value;
}

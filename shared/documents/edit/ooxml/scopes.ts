import { escapeText } from '#shared/domain/inline-tags.ts';
import type {
  AtomNode,
  GapNode,
  InlineNode,
  Mark,
  Piece,
  Scope,
  ScopeItem,
  Stretch,
  TextNode,
  WrapperNode,
} from './inline.ts';
import { piecesOf } from './inline.ts';

/**
 * Finds the tags of a paragraph or cell. The rules:
 * - Neighbours of equal format are one text. The format that most characters of a paragraph, or of a wrapper in it, have goes without a
 *   tag; any other is a group `<g1>`.
 * - A wrapper, a hyperlink for instance, is a group that has groups in it. One that encloses all of a paragraph's text has no tag.
 * - What is no text is `<x1/>`; what is no text and cannot be seen either only between texts.
 */
export function scopeOf(nodes: readonly InlineNode[]): Scope {
  const { head, middle, tail } = unwrap(simplify(nodes));
  const numbering = { next: 1 };
  return { ...fillScope(middle, numbering), tag: 0, isWrapper: true, open: head, close: tail };
}

/** The text of a segment: with tags, `&`, `<` and `>` escaped. */
export function textOfScope(scope: Scope): string {
  return scope.items.map(textOfItem).join('');
}

function textOfItem(item: ScopeItem): string {
  if (item.type === 'stretch') return escapeText(textOfStretch(item));
  if (item.type === 'mark') return `<x${item.tag}/>`;
  return `<g${item.tag}>${textOfScope(item)}</g${item.tag}>`;
}

/** The characters of a stretch. */
export function textOfStretch({ nodes }: Stretch): string {
  return nodes.map((node) => (node.type === 'text' ? node.text : '')).join('');
}

/** What stands before the first and behind the last thing that can be seen, and wrappers around all that can, stay where they are. */
function unwrap(nodes: readonly InlineNode[]) {
  const head: Piece[] = [];
  const tail: Piece[] = [];
  let middle = nodes;
  for (;;) {
    const first = middle.findIndex(isVisible);
    const last = middle.findLastIndex(isVisible);
    head.push(...middle.slice(0, Math.max(first, 0)).flatMap(piecesOf));
    tail.unshift(...middle.slice(last + 1).flatMap(piecesOf));
    middle = first < 0 ? [] : middle.slice(first, last + 1);
    const [only, ...others] = middle;
    if (only?.type !== 'wrapper' || others.length > 0) return { head, middle, tail };
    head.push(...only.open);
    tail.unshift(...only.close);
    middle = simplify(only.children);
  }
}

/** Fewer tags: what cannot be seen is one with what is no text beside it. */
function simplify(nodes: readonly InlineNode[]): InlineNode[] {
  const result: InlineNode[] = [];
  for (const node of nodes.map(withoutEmptiness)) {
    const last = result.at(-1);
    if (node.type === 'atom' && last?.type === 'atom' && (node.isMarker || last.isMarker)) {
      result[result.length - 1] = joinAtoms(last, node);
    } else {
      result.push(node);
    }
  }
  return result;
}

function joinAtoms(left: AtomNode, right: AtomNode): AtomNode {
  return {
    type: 'atom',
    pieces: [...left.pieces, ...right.pieces],
    isMarker: left.isMarker && right.isMarker,
    orderKeys: [...(left.orderKeys ?? []), ...(right.orderKeys ?? [])],
  };
}

/** A wrapper without text, a hyperlink on an image for instance, is one thing that is no text. No characters are nothing at all. */
function withoutEmptiness(node: InlineNode): InlineNode {
  if (node.type === 'text' && node.text === '') {
    return { type: 'gap', run: node.run, start: node.start, end: node.end, isLoose: true };
  }
  if (node.type !== 'wrapper' || hasText(node)) return node;
  return { type: 'atom', pieces: piecesOf(node), isMarker: !isVisible(node) };
}

function hasText(node: InlineNode): boolean {
  return (
    (node.type === 'text' && node.text !== '') ||
    (node.type === 'wrapper' && node.children.some(hasText))
  );
}

function isVisible(node: InlineNode): boolean {
  if (node.type === 'gap') return false;
  if (node.type === 'atom') return !node.isMarker;
  return node.type === 'text' || node.children.some(isVisible);
}

type Numbering = { next: number };

function fillScope(
  nodes: readonly InlineNode[],
  numbering: Numbering,
): Pick<Scope, 'type' | 'items' | 'template'> {
  const base = baseOf(nodes);
  const items: ScopeItem[] = [];
  for (const span of spansOf(nodes, base?.run?.format)) {
    if (span.type === 'wrapper') items.push(scopeOfWrapper(span, numbering));
    else if (span.isBase) pushNodes(items, span.nodes, numbering);
    else items.push(groupOf(span.nodes, numbering));
  }
  return { type: 'scope', items, template: base };
}

/** Any text of the format that most characters have; the first of those that have equally many. */
function baseOf(nodes: readonly InlineNode[]): TextNode | undefined {
  const counts = new Map<string | undefined, { readonly node: TextNode; count: number }>();
  for (const node of nodes) {
    if (node.type !== 'text') continue;
    const known = counts.get(node.run?.format);
    if (known === undefined) counts.set(node.run?.format, { node, count: node.text.length });
    else known.count += node.text.length;
  }
  let best: { readonly node: TextNode; readonly count: number } | undefined;
  for (const each of counts.values()) {
    if (best === undefined || each.count > best.count) best = each;
  }
  return best?.node;
}

type FlatNode = TextNode | GapNode | AtomNode;
type Span = WrapperNode | { type: 'span'; isBase: boolean; nodes: FlatNode[] };

/** Nodes of one format together; atoms and gaps between two texts of a group belong to it, any others to what is around it. */
function spansOf(nodes: readonly InlineNode[], baseFormat: string | undefined): Span[] {
  const list = createSpans();
  for (const node of nodes) {
    if (node.type === 'wrapper') list.addWrapper(node);
    else if (node.type !== 'text') list.addBetween(node);
    else if (node.run?.format === baseFormat) list.addBase(node);
    else list.addToGroup(node);
  }
  list.endGroup();
  return list.spans;
}

function createSpans() {
  const spans: Span[] = [];
  let group: { readonly format: string | undefined; readonly nodes: FlatNode[] } | undefined;
  let between: FlatNode[] = [];
  const pushBase = (added: readonly FlatNode[]) => {
    if (added.length === 0) return;
    const last = spans.at(-1);
    if (last?.type === 'span' && last.isBase) last.nodes.push(...added);
    else spans.push({ type: 'span', isBase: true, nodes: [...added] });
  };
  const endGroup = () => {
    if (group !== undefined) spans.push({ type: 'span', isBase: false, nodes: group.nodes });
    group = undefined;
    pushBase(between);
    between = [];
  };
  return {
    spans,
    endGroup,
    addBetween: (node: FlatNode) => between.push(node),
    addWrapper(node: WrapperNode) {
      endGroup();
      spans.push(node);
    },
    addBase(node: TextNode) {
      endGroup();
      pushBase([node]);
    },
    addToGroup(node: TextNode) {
      const format = node.run?.format;
      if (group === undefined || group.format !== format) {
        endGroup();
        group = { format, nodes: [] };
      }
      group.nodes.push(...between, node);
      between = [];
    },
  };
}

function scopeOfWrapper({ open, children, close }: WrapperNode, numbering: Numbering): Scope {
  const tag = numbering.next;
  numbering.next += 1;
  return { ...fillScope(simplify(children), numbering), tag, isWrapper: true, open, close };
}

function groupOf(nodes: readonly FlatNode[], numbering: Numbering): Scope {
  const tag = numbering.next;
  numbering.next += 1;
  const items: ScopeItem[] = [];
  pushNodes(items, nodes, numbering);
  const template = nodes.find((node) => node.type === 'text');
  return { type: 'scope', tag, isWrapper: false, open: [], items, close: [], template };
}

function pushNodes(items: ScopeItem[], nodes: readonly FlatNode[], numbering: Numbering): void {
  let stretch: (TextNode | GapNode)[] = [];
  for (const node of nodes) {
    if (node.type === 'atom') {
      items.push(markOf(node, numbering));
      stretch = [];
      continue;
    }
    if (stretch.length === 0) items.push({ type: 'stretch', nodes: stretch });
    stretch.push(node);
  }
}

function markOf(atom: AtomNode, numbering: Numbering): Mark {
  const tag = numbering.next;
  numbering.next += 1;
  return { type: 'mark', tag, atom };
}

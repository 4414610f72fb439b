import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment } from 'parse5';
import { textLimits } from '../../limits.ts';
import { refuseComplex } from '../../refuse-complex.ts';

export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlTextNode = DefaultTreeAdapterTypes.TextNode;
export type HtmlParent = DefaultTreeAdapterTypes.ParentNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** The tree that a browser would build, with scripts on. Refuses pages of more elements, levels or attributes than a browser shows. */
export function parseHtml(html: string): HtmlParent {
  refuseLongTags(html);
  return parse(html, { treeAdapter: createLimitedAdapter() });
}

/** The same for a piece of a page. */
export function parseHtmlFragment(html: string): HtmlParent {
  refuseLongTags(html);
  return parseFragment(html, { treeAdapter: createLimitedAdapter() });
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

/** Children of any node; those of a template, which are kept elsewhere, too. */
export function childrenOf(node: HtmlNode): readonly HtmlNode[] {
  if ('content' in node) return node.content.childNodes;
  return 'childNodes' in node ? node.childNodes : [];
}

/** A node and all below it, in order of the document; a node that is skipped is left out with all below it. */
export function* nodesUnder(
  root: HtmlNode,
  isSkipped: (node: HtmlNode) => boolean = () => false,
): Generator<HtmlNode> {
  const stack: HtmlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isSkipped(node)) continue;
    yield node;
    for (const child of childrenOf(node).toReversed()) stack.push(child);
  }
}

export function attributeOf(node: HtmlElement, name: string): string | undefined {
  return node.attrs.find((each) => each.name === name)?.value;
}

/** The parser looks through the open elements for every tag, so their number has to be bounded while it works. */
function createLimitedAdapter(): typeof defaultTreeAdapter {
  const counts = { nodes: 0, depth: 0 };
  const countNode = (more = 1) => {
    counts.nodes += more;
    refuseComplex('elements of a page', counts.nodes, textLimits.htmlNodes);
  };
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespaceURI, attributes) {
      countNode(1 + attributes.length / 4);
      return defaultTreeAdapter.createElement(tagName, namespaceURI, attributes);
    },
    createCommentNode(data) {
      countNode();
      return defaultTreeAdapter.createCommentNode(data);
    },
    onItemPush() {
      counts.depth += 1;
      refuseComplex('levels of elements', counts.depth, textLimits.htmlDepth);
    },
    onItemPop() {
      counts.depth -= 1;
    },
  };
}

const longTagLength = 64 * 1024;
const mostAttributes = 10_000;

/** A tag is only handed out at its end, with all of its attributes. Long ones are fine where an image is written into them. */
function refuseLongTags(html: string): void {
  for (let start = html.indexOf('<'); start >= 0; ) {
    const next = html.indexOf('<', start + 1);
    const length = (next < 0 ? html.length : next) - start;
    if (length > longTagLength) {
      const tag = html.slice(start, start + length).replace(/"[^"]*"|'[^']*'/g, '""');
      const inTag = tag.slice(0, tag.indexOf('>') < 0 ? tag.length : tag.indexOf('>'));
      const isTag = /^<[a-z]/i.test(tag);
      if (isTag) refuseComplex('attributes', inTag.split(/[\s/]+/).length, mostAttributes);
    }
    start = next;
  }
}

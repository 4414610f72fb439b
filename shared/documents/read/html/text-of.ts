import { isCode, isInline, isRawText } from './elements.ts';
import {
  childrenOf,
  type HtmlNode,
  type HtmlTextNode,
  isElement,
  parseHtmlFragment,
} from './parse.ts';

/** All text under a node, hidden or not, but for code; blocks are apart. */
export function textUnder(root: HtmlNode): string {
  const pieces: string[] = [];
  const stack: HtmlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ('value' in node) pieces.push(textOfNode(node));
    if (isElement(node)) {
      if (isCode(node)) continue;
      if (!isInline(node) || node.tagName === 'br') pieces.push(' ');
    }
    for (const child of childrenOf(node).toReversed()) stack.push(child);
  }
  return pieces.join('');
}

/** Text of an HTML fragment, for HTML inside other formats. */
export function textOfHtml(html: string): string {
  return textUnder(parseHtmlFragment(html));
}

/** In some elements the parser leaves markup as text: what a program without scripts or frames would show. */
export function textOfNode({ value, parentNode }: HtmlTextNode): string {
  const isRaw = parentNode !== null && isElement(parentNode) && isRawText(parentNode);
  return isRaw ? value.replace(/<[^<>]*>/g, ' ') : value;
}

import { isCode, isInline, isRawText } from './elements.ts';
import {
  type HtmlElement,
  type HtmlNode,
  type HtmlTextNode,
  isElement,
  nodesUnder,
} from './parse.ts';

/** All text under a node, hidden or not, but for code; blocks are apart. */
export function textUnder(root: HtmlNode): string {
  const pieces: string[] = [];
  for (const node of nodesUnder(root, isCodeNode)) {
    if ('value' in node) pieces.push(textOfNode(node));
    else if (isElement(node) && isBreak(node)) pieces.push(' ');
  }
  return pieces.join('');
}

/** In some elements the parser leaves markup as text: what a program without scripts or frames would show. */
export function textOfNode({ value, parentNode }: HtmlTextNode): string {
  const isRaw = parentNode !== null && isElement(parentNode) && isRawText(parentNode);
  return isRaw ? value.replace(/<[^<>]*>/g, ' ') : value;
}

export function isCodeNode(node: HtmlNode): boolean {
  return isElement(node) && isCode(node);
}

function isBreak(node: HtmlElement): boolean {
  return !isInline(node) || node.tagName === 'br';
}

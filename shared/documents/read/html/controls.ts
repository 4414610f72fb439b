import { isCode } from './elements.ts';
import { attributeOf, childrenOf, type HtmlElement, type HtmlNode, isElement } from './parse.ts';
import { textOfNode } from './text-of.ts';

/** What a form's field shows: the value, else the hint in it, and whether a box is ticked. */
export function textOfInput(node: HtmlElement): string {
  const type = attributeOf(node, 'type')?.toLowerCase() ?? 'text';
  const isChecked = attributeOf(node, 'checked') !== undefined;
  if (type === 'checkbox') return isChecked ? '☑' : '☐';
  if (type === 'radio') return isChecked ? '◉' : '○';
  if (type === 'hidden' || type === 'password') return '';
  if (type === 'image') return attributeOf(node, 'alt') ?? '';
  const value = attributeOf(node, 'value') ?? '';
  return value === '' ? (attributeOf(node, 'placeholder') ?? '') : value;
}

/**
 * The text of a list of options, shown and not: a list of several lines shows all, a folded one what is selected or, by default, the
 * first. What stands beside the options is not shown.
 */
export function textOfSelect(select: HtmlElement): { shown: string; folded: string } {
  const options = elementsUnder(select).filter((each) => each.tagName === 'option');
  const isOpen =
    attributeOf(select, 'multiple') !== undefined || Number(attributeOf(select, 'size') ?? 1) > 1;
  const chosen = options.findLast((each) => attributeOf(each, 'selected') !== undefined);
  const chosenOnes = new Set(isOpen ? options : [chosen ?? options[0]]);
  const texts = { shown: '', folded: '' };
  const stack: { node: HtmlNode; isShown: boolean }[] = [{ node: select, isShown: false }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { node } = visit;
    const isShown = visit.isShown || (isElement(node) && chosenOnes.has(node));
    const text = 'value' in node ? textOfNode(node) : ' ';
    texts[isShown ? 'shown' : 'folded'] += text;
    if (isElement(node) && isCode(node)) continue;
    for (const child of childrenOf(node).toReversed()) stack.push({ node: child, isShown });
  }
  return texts;
}

/** In order of the document. */
function elementsUnder(root: HtmlElement): HtmlElement[] {
  const found: HtmlElement[] = [];
  const stack: HtmlElement[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    found.push(node);
    for (const child of childrenOf(node).filter(isElement).reverse()) stack.push(child);
  }
  return found;
}

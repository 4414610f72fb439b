import { attributeOf, type HtmlElement, type HtmlNode, isElement, nodesUnder } from './parse.ts';
import { isCodeNode, textOfNode } from './text-of.ts';

/** What a form's field shows: the value, else the hint in it, and whether a box is ticked. */
export function textOfInput(node: HtmlElement): string {
  const isChecked = attributeOf(node, 'checked') !== undefined;
  switch (attributeOf(node, 'type')?.toLowerCase()) {
    case 'checkbox':
      return isChecked ? '☑' : '☐';
    case 'radio':
      return isChecked ? '◉' : '○';
    case 'hidden':
    case 'password':
      return '';
    case 'image':
      return attributeOf(node, 'alt') ?? '';
    default:
      return attributeOf(node, 'value') || (attributeOf(node, 'placeholder') ?? '');
  }
}

/**
 * The text of a list of options, shown and not: a list of several lines shows all, a folded one what is selected or, by default, the
 * first. What stands beside the options is not shown.
 */
export function textOfSelect(select: HtmlElement): { shown: string; folded: string } {
  const inShown = new Set<HtmlNode>();
  for (const option of shownOptions(select)) {
    for (const node of nodesUnder(option)) inShown.add(node);
  }
  const texts = { shown: '', folded: '' };
  for (const node of nodesUnder(select, isCodeNode)) {
    texts[inShown.has(node) ? 'shown' : 'folded'] += 'value' in node ? textOfNode(node) : ' ';
  }
  return texts;
}

function shownOptions(select: HtmlElement): HtmlElement[] {
  const options = [...nodesUnder(select)]
    .filter(isElement)
    .filter((each) => each.tagName === 'option');
  const isMultiple = attributeOf(select, 'multiple') !== undefined;
  if (isMultiple || Number(attributeOf(select, 'size') ?? 1) > 1) return options;
  const chosen = options.findLast((each) => attributeOf(each, 'selected') !== undefined);
  return [chosen ?? options[0]].filter((each) => each !== undefined);
}

import type { SourceElement } from './source-tree.ts';

/** What becomes of the elements of a part. An element that is not touched is copied character by character, with all that is in it. */
export interface Rewriting {
  readonly source: string;
  /** Elements in which anything changes, and all that they stand in. */
  readonly touched: ReadonlySet<SourceElement>;
  /** The new text of a touched element; `undefined` where only what stands in it changes. */
  rewrite(element: SourceElement): string | undefined;
}

/** The new text of an element. */
export function render(element: SourceElement, rewriting: Rewriting): string {
  const { source, touched } = rewriting;
  if (!touched.has(element)) return source.slice(element.start, element.end);
  const rewritten = rewriting.rewrite(element);
  if (rewritten !== undefined) return rewritten;
  return (
    source.slice(element.start, element.openEnd) +
    renderChildren(element, (child) => render(child, rewriting), source) +
    source.slice(element.closeStart, element.end)
  );
}

/** The new content of an element; what stands between its children is copied. */
export function renderChildren(
  element: SourceElement,
  renderChild: (child: SourceElement) => string,
  source: string,
): string {
  let content = '';
  let at = element.openEnd;
  for (const child of element.children) {
    content += source.slice(at, child.start) + renderChild(child);
    at = child.end;
  }
  return content + source.slice(at, element.closeStart);
}

/** The part as a whole: what stands before and behind its root is copied. */
export function renderPart(root: SourceElement, rewriting: Rewriting): string {
  const { source } = rewriting;
  return source.slice(0, root.start) + render(root, rewriting) + source.slice(root.end);
}

/** Adds an element and all that it stands in. */
export function touch(element: SourceElement, touched: Set<SourceElement>): void {
  let each: SourceElement | undefined = element;
  while (each !== undefined && !touched.has(each)) {
    touched.add(each);
    each = each.parent;
  }
}

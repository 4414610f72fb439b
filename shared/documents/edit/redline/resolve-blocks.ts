import { render, renderChildren } from './render.ts';
import type { Resolver } from './resolver.ts';
import { isRangeMark } from './revisions.ts';
import { type SourceElement, sourceChild } from './source-tree.ts';

/**
 * The content of an element, in which paragraphs whose mark goes are joined to the one that follows: the mark that stays has the
 * properties. An empty one at the end of its container goes as a whole where a paragraph is left before it.
 */
export function resolveBlocks(container: SourceElement, resolver: Resolver): string {
  const { source } = resolver;
  if (!container.children.some((child) => losesMark(child, resolver))) {
    return renderChildren(container, (child) => render(child, resolver), source);
  }
  const state: State = { out: '', waiting: undefined, previous: '' };
  let at = container.openEnd;
  for (const child of container.children) {
    state.out += source.slice(at, child.start);
    at = child.end;
    addBlock(child, state, resolver);
  }
  endContainer(container, state, resolver);
  return state.out + source.slice(at, container.closeStart);
}

interface State {
  out: string;
  /** What is left of paragraphs without their marks, and the last of these. */
  waiting: { readonly content: string; readonly paragraph: SourceElement } | undefined;
  /** Name of the block before. */
  previous: string;
}

function losesMark(block: SourceElement, { dropped, touched }: Resolver): boolean {
  if (block.name !== 'w:p' || !touched.has(block)) return false;
  const mark = sourceChild(sourceChild(block, 'w:pPr'), 'w:rPr');
  return mark?.children.some((child) => dropped.includes(child.name)) ?? false;
}

function addBlock(block: SourceElement, state: State, resolver: Resolver): void {
  const { waiting } = state;
  if (losesMark(block, resolver)) {
    const content = (waiting?.content ?? '') + contentOf(block, resolver);
    state.waiting = { content, paragraph: block };
  } else if (waiting === undefined) {
    state.out += render(block, resolver);
    if (!isRangeMark(block.name)) state.previous = block.name;
  } else if (isRangeMark(block.name)) {
    const content = waiting.content + render(block, resolver);
    state.waiting = { content, paragraph: waiting.paragraph };
  } else if (block.name === 'w:p') {
    state.out += paragraphOf(block, waiting.content, resolver);
    state.waiting = undefined;
    state.previous = block.name;
  } else {
    flush(state, resolver, hasRuns(waiting.content));
    state.out += render(block, resolver);
    state.previous = block.name;
  }
}

/** A cell, a note and the body need a paragraph at their end; the last mark of all is one that cannot go. */
function endContainer(container: SourceElement, state: State, resolver: Resolver): void {
  if (state.waiting === undefined) return;
  const mayBeEmpty = container.name === 'w:sdtContent' || state.previous === 'w:p';
  flush(state, resolver, !mayBeEmpty || hasRuns(state.waiting.content));
}

function flush(state: State, resolver: Resolver, isParagraph: boolean): void {
  const { waiting } = state;
  if (waiting === undefined) return;
  state.out += isParagraph
    ? paragraphOf(waiting.paragraph, withoutContent(waiting, resolver), resolver)
    : waiting.content;
  if (isParagraph) state.previous = 'w:p';
  state.waiting = undefined;
}

/** Of what waits, the part that the last paragraph does not bring along itself. */
function withoutContent(
  { content, paragraph }: NonNullable<State['waiting']>,
  resolver: Resolver,
): string {
  const own = contentOf(paragraph, resolver);
  return content.endsWith(own) ? content.slice(0, content.length - own.length) : content;
}

function paragraphOf(paragraph: SourceElement, before: string, resolver: Resolver): string {
  const { source } = resolver;
  const properties = sourceChild(paragraph, 'w:pPr');
  const isEmptyTag = paragraph.closeStart === paragraph.end;
  const tag = source.slice(paragraph.start, paragraph.openEnd);
  const content = before + contentOf(paragraph, resolver);
  if (isEmptyTag && content === '') return tag;
  return (
    (isEmptyTag ? tag.replace(/\s*\/>$/, '>') : tag) +
    (properties === undefined ? '' : render(properties, resolver)) +
    content +
    (isEmptyTag ? `</${paragraph.rawName}>` : source.slice(paragraph.closeStart, paragraph.end))
  );
}

function contentOf(paragraph: SourceElement, resolver: Resolver): string {
  const renderChild = (child: SourceElement) =>
    child.name === 'w:pPr' ? '' : render(child, resolver);
  return renderChildren(paragraph, renderChild, resolver.source);
}

/** Bookmarks and the like may stand between paragraphs; anything else is content. */
function hasRuns(content: string): boolean {
  return /<(?:\w+:)?(?:r|hyperlink|sdt|fldSimple|smartTag|customXml|oMath|oMathPara|dir|bdo)[\s/>]/.test(
    content,
  );
}

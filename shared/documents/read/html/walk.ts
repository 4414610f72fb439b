import type { HiddenText } from '#shared/domain/document.ts';
import { collapseWhiteSpace, type NewUnit, type Place, type UnitList } from '../../unit-list.ts';
import {
  createInlineText,
  type InlineTextBuilder,
  joinInlineTexts,
  linksOf,
} from '../inline-text.ts';
import { type Block, type OpenList, openBlock, openList } from './blocks.ts';
import { textOfInput, textOfSelect } from './controls.ts';
import { isCode, isEmbedded, isHidden, isInline } from './elements.ts';
import {
  addCell,
  endRow,
  type Grid,
  type GridRow,
  type SpanBudget,
  startGroup,
  startRow,
} from './grid.ts';
import { createPageTally, type PageTally } from './left-out.ts';
import { attributeOf, childrenOf, type HtmlElement, type HtmlNode, isElement } from './parse.ts';
import { type Survey, surveyPage } from './survey.ts';
import { textUnder } from './text-of.ts';

/** Where the units of a page go. */
export interface PageTarget {
  readonly list: UnitList;
  placeOf(elementPath: string): Place;
  /** Number of the next table. */
  nextTable(): number;
}

/** What a page holds besides its units. */
export interface PageFindings {
  readonly title?: string;
  readonly hidden: readonly HiddenText[];
  readonly tally: PageTally;
}

/** Reads a tree in its order, with a stack of its own, since pages nest deeper than calls may. */
export function walkPage(root: HtmlNode, target: PageTarget): PageFindings {
  const walk = createWalk(root, target);
  for (let visit = walk.stack.pop(); visit !== undefined; visit = walk.stack.pop()) {
    if (visit.isLeaving) leave(visit.node as HtmlElement, walk);
    else enter(visit, walk);
  }
  flush(walk);
  const { title, hidden, tally } = walk;
  return { ...(title === undefined ? {} : { title }), hidden, tally };
}

/** One step of the walk: into a node, or out of it. */
interface Visit {
  readonly node: HtmlNode;
  readonly path: string;
  readonly isLeaving: boolean;
}

/** A row of a table of data. What tables inside its cells hold follows it. */
interface OpenRow {
  readonly row: GridRow;
  readonly text: InlineTextBuilder;
  readonly later: NewUnit[];
}

interface Walk {
  readonly target: PageTarget;
  readonly survey: Survey;
  readonly stack: Visit[];
  readonly blocks: Block[];
  readonly lists: OpenList[];
  readonly grids: Grid[];
  readonly rows: OpenRow[];
  readonly budget: SpanBudget;
  readonly hidden: HiddenText[];
  readonly tally: PageTally;
  readonly text: InlineTextBuilder;
  title: string | undefined;
}

function createWalk(root: HtmlNode, target: PageTarget): Walk {
  return {
    target,
    survey: surveyPage(root),
    stack: [{ node: root, path: '', isLeaving: false }],
    blocks: [],
    lists: [],
    grids: [],
    rows: [],
    budget: { used: 0 },
    hidden: [],
    tally: createPageTally(),
    text: createInlineText(),
    title: undefined,
  };
}

function enter({ node, path }: Visit, walk: Walk): void {
  if ('value' in node) textIn(walk).add(node.value);
  if (!isElement(node)) {
    pushChildren(node, path, walk);
    return;
  }
  if (leaveOut(node, path, walk)) return;
  walk.stack.push({ node, path, isLeaving: true });
  if (isInline(node)) enterInline(node, path, walk);
  else enterBlock(node, path, walk);
}

/** Inside a cell all text is the cell's; outside it is gathered for the block. */
function textIn(walk: Walk): InlineTextBuilder {
  return walk.rows.at(-1)?.text ?? walk.text;
}

/** Whether nothing under the element is to be read. */
function leaveOut(node: HtmlElement, path: string, walk: Walk): boolean {
  const isTitle = node.tagName === 'title' && node.namespaceURI.endsWith('xhtml');
  if (isCode(node)) walk.tally.add('code');
  else if (isTitle && walk.title === undefined) walk.title = collapseWhiteSpace(textUnder(node));
  else if (isTitle || isHidden(node)) hide(textUnder(node), path, walk);
  else {
    if (isEmbedded(node)) walk.tally.add('embedded');
    return node.tagName === 'iframe';
  }
  return true;
}

function hide(rawText: string, path: string, walk: Walk): void {
  const text = collapseWhiteSpace(rawText);
  if (text === '') return;
  walk.tally.add('hidden');
  walk.hidden.push({ text, locator: { ...walk.target.placeOf(path), headingPath: [] } });
}

function enterInline(node: HtmlElement, path: string, walk: Walk): void {
  const text = textIn(walk);
  const name = node.tagName;
  if (name === 'select') {
    const { shown, folded } = textOfSelect(node);
    text.add(` ${shown} `);
    hide(folded, path, walk);
    return;
  }
  if (name === 'br') text.add(' ');
  if (name === 'img' || name === 'area') addImage(node, walk);
  if (name === 'input') text.add(` ${textOfInput(node)} `);
  if (name === 'a') text.openLink(attributeOf(node, 'href')?.trim() ?? '');
  if (name === 'rt' && !hasFallback(node)) text.add('(');
  if (isSeparate(node)) text.add(' ');
  pushChildren(node, path, walk);
}

function addImage(node: HtmlElement, walk: Walk): void {
  const alternative = attributeOf(node, 'alt');
  textIn(walk).add(` ${alternative ?? ''} `);
  // An empty text says that there is nothing to see.
  if (alternative !== '') walk.tally.add('image');
}

/** Parentheses for programs that do not show the reading above the word. */
function hasFallback({ parentNode }: HtmlElement): boolean {
  return parentNode?.childNodes.some((each) => each.nodeName === 'rp') === true;
}

/** Words of a drawing and of a form do not touch each other. */
function isSeparate({ tagName, namespaceURI }: HtmlElement): boolean {
  const isInDrawing = namespaceURI.endsWith('svg') && tagName !== 'tspan' && tagName !== 'a';
  return isInDrawing || tagName === 'button' || tagName === 'textarea';
}

function enterBlock(node: HtmlElement, path: string, walk: Walk): void {
  const name = node.tagName;
  flush(walk);
  if (name === 'table' && walk.survey.isData(node)) {
    walk.grids.push({ number: walk.target.nextTable(), row: 0, taken: [], rowsLeft: 0 });
  }
  const grid = gridOf(node, walk);
  if (grid !== undefined) enterTablePart(node, path, { grid, walk });
  if (name === 'ul' || name === 'ol' || name === 'menu') walk.lists.push(openList(node));
  walk.blocks.push(openBlock(node, path, { parent: walk.blocks.at(-1), lists: walk.lists }));
  pushChildren(node, path, walk);
}

/** The table of data that a part of a table belongs to; `undefined` for parts of layout. */
function gridOf(node: HtmlElement, { grids, survey }: Walk): Grid | undefined {
  const steps = { tr: 2, td: 3, th: 3, tbody: 1, thead: 1, tfoot: 1 } as Record<string, number>;
  const count = steps[node.tagName];
  if (count === undefined) return undefined;
  let table: HtmlNode | null = node;
  for (let step = 0; step < count && table !== null; step += 1) {
    table = isElement(table) ? table.parentNode : null;
  }
  const isInData = table !== null && isElement(table) && survey.isData(table);
  return isInData ? grids.at(-1) : undefined;
}

function enterTablePart(
  node: HtmlElement,
  path: string,
  { grid, walk }: { readonly grid: Grid; readonly walk: Walk },
): void {
  if (node.tagName === 'tr') {
    const row = startRow(grid, node, path);
    walk.rows.push({ row, text: createInlineText(), later: [] });
  } else if (node.tagName.startsWith('t') && node.tagName.length > 2) {
    startGroup(grid, node);
  }
}

function leave(node: HtmlElement, walk: Walk): void {
  const name = node.tagName;
  if (isInline(node)) {
    leaveInline(node, walk);
    return;
  }
  if (gridOf(node, walk) !== undefined) leaveTablePart(node, walk);
  else flush(walk);
  walk.blocks.pop();
  if (name === 'ul' || name === 'ol' || name === 'menu') walk.lists.pop();
  if (name === 'table' && walk.survey.isData(node)) walk.grids.pop();
}

function leaveInline(node: HtmlElement, walk: Walk): void {
  const text = textIn(walk);
  if (node.tagName === 'a') text.closeLink();
  if (node.tagName === 'rt' && !hasFallback(node)) text.add(')');
  if (isSeparate(node)) text.add(' ');
}

function leaveTablePart(node: HtmlElement, walk: Walk): void {
  const open = walk.rows.at(-1);
  if (open === undefined) return;
  if (node.tagName === 'td' || node.tagName === 'th') {
    addCell(open.row, { cell: node, text: open.text.take() }, walk.budget);
  }
  if (node.tagName !== 'tr') return;
  walk.rows.pop();
  const table = endRow(open.row, walk.budget);
  const place = walk.target.placeOf(open.row.path);
  if (table.cells.some((cell) => cell !== '')) {
    const joined = joinInlineTexts(open.row.cells, ' | ');
    emit({ kind: 'table-row', text: joined.text, ...linksOf(joined), table, place }, walk);
  }
  for (const unit of open.later) emit(unit, walk);
}

/** A block ends: its text is a unit, or within a cell, a heading or a caption apart from what follows. */
function flush(walk: Walk): void {
  const block = walk.blocks.at(-1);
  const open = walk.rows.at(-1);
  const named = block?.named;
  if (open !== undefined) {
    open.text.add(' ');
    return;
  }
  const isOneUnit = named?.kind === 'heading' || named?.kind === 'caption';
  if (isOneUnit && named !== block) {
    walk.text.add(' ');
    return;
  }
  const taken = walk.text.take();
  if (taken.text === '') return;
  const place = walk.target.placeOf(block?.path ?? 'html/body');
  emit({ ...unitOf(named), text: taken.text, ...linksOf(taken), place }, walk);
}

function unitOf(named: Block | undefined): Pick<NewUnit, 'kind' | 'level' | 'marker'> {
  if (named === undefined) return { kind: 'paragraph' };
  const { kind, level, marker, isUsed } = named;
  if (kind === 'list-item' && isUsed) return { kind: 'paragraph' };
  named.isUsed = true;
  return {
    kind,
    ...(level === undefined ? {} : { level }),
    ...(marker === undefined ? {} : { marker }),
  };
}

function emit(unit: NewUnit, walk: Walk): void {
  const open = walk.rows.at(-1);
  if (open === undefined) walk.target.list.add(unit);
  else open.later.push(unit);
}

function pushChildren(node: HtmlNode, path: string, walk: Walk): void {
  const counts = new Map<string, number>();
  const visits = childrenOf(node).map((child): Visit => {
    if (!isElement(child)) return { node: child, path, isLeaving: false };
    const count = (counts.get(child.tagName) ?? 0) + 1;
    counts.set(child.tagName, count);
    return { node: child, path: walk.survey.pathOf(child, path, count), isLeaving: false };
  });
  for (const visit of visits.reverse()) walk.stack.push(visit);
}

import { attributeOf, childrenOf, type HtmlElement, type HtmlNode, isElement } from './parse.ts';

/** What has to be known of a page before it is read in order. */
export interface Survey {
  /** Whether a table holds data, and not the layout of the page. */
  isData(table: HtmlElement): boolean;
  /** Path of names and positions, `html/body/div[2]/p`; of very deep elements their place among all, `*[1203]`, which stays short. */
  pathOf(node: HtmlElement, parentPath: string, position: number): string;
}

const deepestPath = 64;

interface TableFacts {
  readonly table: HtmlElement;
  hasHead: boolean;
  hasStructure: boolean;
  cells: number;
  mostCells: number;
}

export function surveyPage(root: HtmlNode): Survey {
  const data = new Set<HtmlElement>();
  const deep = new Map<HtmlElement, number>();
  const tables: TableFacts[] = [];
  let count = 0;
  for (const { node, depth, isLeaving } of visitsOf(root)) {
    if (isLeaving) {
      const facts = tables.pop();
      if (facts !== undefined && holdsData(facts)) data.add(facts.table);
      continue;
    }
    count += 1;
    if (depth > deepestPath) deep.set(node, count);
    note(node, tables);
  }
  return {
    isData: (table) => data.has(table),
    pathOf(node, parentPath, position) {
      const number = deep.get(node);
      if (number !== undefined) return `*[${number}]`;
      const step = position === 1 ? node.tagName : `${node.tagName}[${position}]`;
      return parentPath === '' ? step : `${parentPath}/${step}`;
    },
  };
}

interface ElementVisit {
  readonly node: HtmlElement;
  readonly depth: number;
  readonly isLeaving: boolean;
}

/** Elements in order of the document, tables also when they end. */
function* visitsOf(root: HtmlNode): Generator<ElementVisit> {
  const stack: { node: HtmlNode; depth: number; isLeaving: boolean }[] = [
    { node: root, depth: 0, isLeaving: false },
  ];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { node, depth, isLeaving } = visit;
    if (isElement(node)) yield { node, depth, isLeaving };
    if (isLeaving) continue;
    if (node.nodeName === 'table') stack.push({ node, depth, isLeaving: true });
    for (const child of childrenOf(node).toReversed()) {
      stack.push({ node: child, depth: depth + 1, isLeaving: false });
    }
  }
}

function note(node: HtmlElement, tables: TableFacts[]): void {
  const facts = tables.at(-1);
  const { tagName } = node;
  if (tagName === 'table') {
    if (facts !== undefined) facts.hasStructure = true;
    tables.push({ table: node, hasHead: false, hasStructure: false, cells: 0, mostCells: 0 });
    return;
  }
  if (facts === undefined) return;
  if (tagName === 'tr') facts.cells = 0;
  if (tagName === 'td' || tagName === 'th') {
    facts.cells += 1;
    facts.mostCells = Math.max(facts.mostCells, facts.cells);
  }
  facts.hasHead ||= tagName === 'th' || tagName === 'thead' || tagName === 'caption';
  facts.hasStructure ||= /^h[1-6]$/.test(tagName);
}

/** By what browsers tell screen readers: a table without a head, of one column or around headings and other tables, is layout. */
function holdsData({ table, hasHead, hasStructure, mostCells }: TableFacts): boolean {
  const role = attributeOf(table, 'role');
  if (role === 'presentation' || role === 'none') return false;
  return hasHead || (mostCells > 1 && !hasStructure);
}

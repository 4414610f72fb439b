import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import { firstIn, type OdfPackage } from './package.ts';

/** The formula in a `draw:object`, as its author typed it where the file says so; `undefined` if the object is something else. */
export function mathIn(object: XmlElement | undefined, file: OdfPackage): string | undefined {
  const root = contentOf(object, file);
  if (root?.name !== 'math:math') return undefined;
  const typed = collapseWhiteSpace(firstIn(root, 'math:annotation')?.text ?? '');
  return typed === '' ? collapseWhiteSpace(textIn(root)) : typed;
}

/**
 * Texts of the chart in a `draw:object`: its titles, those of its axes, then each series as `Sales: Q1 4.3; Q2 2.5`. `undefined` if the
 * object is something else.
 */
export function chartIn(
  object: XmlElement | undefined,
  file: OdfPackage,
): readonly string[] | undefined {
  const chart = firstIn(contentOf(object, file), 'chart:chart');
  if (chart === undefined) return undefined;
  const texts: string[] = [];
  collectTitles(chart, texts);
  return [...texts, ...seriesIn(chart)].filter((text) => text !== '');
}

const contents = new WeakMap<XmlElement, XmlElement | undefined>();

/** An object may stand in the frame itself, or in the file under the address in it. */
function contentOf(object: XmlElement | undefined, file: OdfPackage): XmlElement | undefined {
  if (object === undefined) return undefined;
  if (contents.has(object)) return contents.get(object);
  const address = object.attributes['xlink:href'];
  const content = object.children.find(({ name }) => /^(?:math|office):/.test(name));
  const found = content ?? (address === undefined ? undefined : file.takeObject(address));
  contents.set(object, found);
  return found;
}

const titleNames = new Set(['chart:title', 'chart:subtitle', 'chart:footer']);

function collectTitles(element: XmlElement, texts: string[]): void {
  for (const child of element.children) {
    if (titleNames.has(child.name)) texts.push(collapseWhiteSpace(textIn(child)));
    else if (child.name !== 'table:table') collectTitles(child, texts);
  }
}

/** The table that a chart keeps of its data has categories in the first column and names of series in the first row. */
function seriesIn(chart: XmlElement): string[] {
  const table = firstIn(chart, 'table:table');
  const rows: string[][] = [];
  if (table !== undefined) collectRows(table, rows);
  const [names = [], ...points] = rows;
  return names.slice(1).map((name, index) => {
    const values = points.flatMap((row) => {
      const value = row[index + 1] ?? '';
      return value === '' ? [] : [`${row[0] ?? ''} ${value}`.trim()];
    });
    return name === '' ? values.join('; ') : `${name}: ${values.join('; ')}`;
  });
}

function collectRows(element: XmlElement, rows: string[][]): void {
  for (const child of element.children) {
    if (child.name === 'table:table-row') rows.push(child.children.filter(isCell).map(cellText));
    else collectRows(child, rows);
  }
}

function isCell({ name }: XmlElement): boolean {
  return name === 'table:table-cell' || name === 'table:covered-table-cell';
}

function cellText(cell: XmlElement): string {
  const text = cell.children
    .filter(({ name }) => name === 'text:p')
    .map(textIn)
    .join(' ');
  return collapseWhiteSpace(text) === 'NaN' ? '' : collapseWhiteSpace(text);
}

function textIn({ name, text, children }: XmlElement): string {
  if (name === 'math:annotation') return '';
  const own = children.length === 0 ? text : children.map(textIn).join('');
  return name === 'text:p' || name.startsWith('math:') ? `${own} ` : own;
}

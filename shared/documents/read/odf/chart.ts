import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';
import { lineOfSeries, pointTexts } from '../drawing/chart-series.ts';
import { textIn } from './object-text.ts';
import { firstIn } from './package.ts';

/**
 * Texts of a chart (ODF 1.3 part 3, 11): its titles, those of its axes, then each series as charts of other formats say it,
 * `Sales: Q1 = 4.3; Q2 = 2.5`. `undefined` where the content is that of something else.
 */
export function readChart(content: XmlElement | undefined): readonly string[] | undefined {
  const chart = firstIn(content, 'chart:chart');
  if (chart === undefined) return undefined;
  const texts: string[] = [];
  collectTitles(chart, texts);
  return [...texts, ...seriesIn(chart)].filter((text) => text !== '');
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
  const categories = new Map(points.map(([category = ''], index) => [index, category]));
  return names.slice(1).map((name, series) => {
    const values = new Map(points.map((row, index) => [index, row[series + 1] ?? '']));
    return lineOfSeries(
      name,
      pointTexts(categories, values).filter((point) => point !== ''),
    );
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

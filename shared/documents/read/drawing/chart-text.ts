import { collapseWhiteSpace } from '../../unit-list.ts';
import type { XmlElement } from '../../xml.ts';

/** Values by their index; a chart may leave some out. */
export type Points = ReadonlyMap<number, string>;

export interface ChartSeries {
  readonly name: string;
  readonly categories: Points;
  readonly values: Points;
  /** Of a bubble chart. */
  readonly sizes?: Points;
}

/** A line for the categories wherever they change, and one for each series. */
export function linesOfSeries(series: readonly ChartSeries[]): string[] {
  const lines: string[] = [];
  let shownCategories = '';
  for (const [index, { name, categories, values, sizes }] of series.entries()) {
    const columns = [...new Set([...categories.keys(), ...values.keys()])];
    columns.sort((left, right) => left - right);
    const header = columns.map((column) => categories.get(column) ?? String(column + 1));
    if (columns.length === 0 && name === '') continue;
    const headerLine = ['Series', ...header].join(' | ');
    if (headerLine !== shownCategories) lines.push(headerLine);
    shownCategories = headerLine;
    const cells = columns.map((column) => withSize(values.get(column), sizes?.get(column)));
    lines.push([name === '' ? `Series ${index + 1}` : name, ...cells].join(' | '));
  }
  return lines;
}

/** Points (`c:pt`, `cx:pt`) of labels that stand on several levels, the innermost first; the outer ones are put before it. */
export function joinLevels(
  levels: readonly XmlElement[],
  textOf: (point: XmlElement) => string,
): Points {
  const points = new Map<number, string>();
  for (const point of levels.toReversed().flatMap((level) => level.children)) {
    const index = Number(point.attributes['idx']);
    if (!point.name.endsWith(':pt') || !Number.isSafeInteger(index)) continue;
    const outer = points.get(index);
    points.set(index, outer === undefined ? textOf(point) : `${outer} ${textOf(point)}`);
  }
  return points;
}

/** Text of a paragraph-wise body in DrawingML, on one line. */
export function textIn(element: XmlElement | undefined): string {
  return element === undefined ? '' : collapseWhiteSpace(rawTextIn(element));
}

function withSize(value = '', size?: string): string {
  return size === undefined ? value : `${value} (${size})`;
}

function rawTextIn(element: XmlElement): string {
  if (element.name === 'a:t') return element.text;
  if (element.name === 'a:br') return ' ';
  const text = element.children.map(rawTextIn).join('');
  return element.name === 'a:p' ? `${text} ` : text;
}

import { collapseWhiteSpace } from '../../unit-list.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { readChartEx } from './chart-ex.ts';
import { type ChartSeries, joinLevels, linesOfSeries, type Points, textIn } from './chart-text.ts';
import { shownValue } from './chart-values.ts';

/** Whether a part holds a chart, of either generation. */
export function isChart({ name }: XmlElement): boolean {
  return name === 'c:chartSpace' || name === 'cx:chartSpace';
}

/**
 * What a chart says, as lines: `Title: …`, `Axis: …` for the title of each axis, then its data as last saved, `Series | 2023 | 2024` for
 * the categories and `Profit | 3 | 5` for each series under them, and at last `Label: …` for what somebody wrote into it. Reads
 * `c:chartSpace` (ECMA-376 part 1, 21.2) and `cx:chartSpace` (MS-ODRAWXML 2.24); anything else has no lines.
 */
export function readChart(root: XmlElement): string[] {
  if (root.name === 'cx:chartSpace') return readChartEx(root);
  const chart = childOf(root, 'c:chart');
  const plotArea = childOf(chart, 'c:plotArea');
  if (chart === undefined || plotArea === undefined) return [];
  const isFrom1904 = ['1', 'true'].includes(childOf(root, 'c:date1904')?.attributes['val'] ?? '0');
  const series = plotArea.children
    .flatMap((group) => group.children.filter((child) => child.name === 'c:ser'))
    .map((each) => readSeries(each, isFrom1904));
  const axisTitles = plotArea.children.map((axis) => textOfTitle(childOf(axis, 'c:title')));
  const labels = plotArea.children.flatMap((child) => labelsIn(child));
  return [
    ...named('Title', [textOfTitle(childOf(chart, 'c:title'))]),
    ...named('Axis', axisTitles),
    ...linesOfSeries(series),
    ...named('Label', labels),
  ];
}

function named(name: string, texts: readonly string[]): string[] {
  return texts.filter((text) => text !== '').map((text) => `${name}: ${text}`);
}

/** A title is written in the chart or taken from cells. */
function textOfTitle(title: XmlElement | undefined): string {
  const text = childOf(title, 'c:tx');
  if (text === undefined) return '';
  return textIn(childOf(text, 'c:rich')) || firstTextOf(childOf(text, 'c:strRef'));
}

function readSeries(series: XmlElement, isFrom1904: boolean): ChartSeries {
  const name = childOf(series, 'c:tx');
  const categories = childOf(series, 'c:cat') ?? childOf(series, 'c:xVal');
  const values = childOf(series, 'c:val') ?? childOf(series, 'c:yVal');
  const sizes = childOf(series, 'c:bubbleSize');
  const read = (data: XmlElement | undefined) => readPoints(data, isFrom1904);
  return {
    name:
      firstTextOf(childOf(name, 'c:strRef')) ||
      collapseWhiteSpace(childOf(name, 'c:v')?.text ?? ''),
    categories: read(categories),
    values: read(values),
    ...(sizes === undefined ? {} : { sizes: read(sizes) }),
  };
}

/** Values as the chart keeps them beside the reference to their cells, or as written in it. */
function readPoints(data: XmlElement | undefined, isFrom1904: boolean): Points {
  return pointsOf(data?.children[0], isFrom1904);
}

function pointsOf(reference: XmlElement | undefined, isFrom1904: boolean): Points {
  const cache = reference?.children.find((child) => child.name.endsWith('Cache')) ?? reference;
  if (cache === undefined) return new Map();
  const format = childOf(cache, 'c:formatCode')?.text;
  const isNumber = cache.name.startsWith('c:num');
  const levels = cache.children.filter((child) => child.name === 'c:lvl');
  return joinLevels(levels.length > 0 ? levels : [cache], (point) => {
    const text = childOf(point, 'c:v')?.text ?? '';
    if (!isNumber) return collapseWhiteSpace(text);
    return shownValue(text, point.attributes['formatCode'] ?? format, isFrom1904);
  });
}

function firstTextOf(reference: XmlElement | undefined): string {
  return [...pointsOf(reference, false).values()].join(' ');
}

/** Labels that somebody wrote by hand, and the names of trend lines. */
function labelsIn(element: XmlElement): string[] {
  if (element.name === 'c:title') return [];
  if (element.name === 'c:rich') return [textIn(element)];
  if (element.name === 'c:trendline')
    return [collapseWhiteSpace(childOf(element, 'c:name')?.text ?? '')];
  return element.children.flatMap(labelsIn);
}

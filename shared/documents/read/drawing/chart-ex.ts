import { collapseWhiteSpace } from '../../unit-list.ts';
import { childOf, type XmlElement } from '../../xml.ts';
import { type ChartSeries, joinLevels, linesOfSeries, type Points, textIn } from './chart-text.ts';
import { shownValue } from './chart-values.ts';

/** The charts of Office 2016 (`cx:chartSpace`: waterfall, treemap, funnel …), as the lines of `readChart`. */
export function readChartEx(root: XmlElement): string[] {
  const chart = childOf(root, 'cx:chart');
  const plotArea = childOf(chart, 'cx:plotArea');
  const data = new Map(
    (childOf(root, 'cx:chartData')?.children ?? []).map((each) => [
      each.attributes['id'] ?? '',
      each,
    ]),
  );
  const series = (childOf(plotArea, 'cx:plotAreaRegion')?.children ?? [])
    .filter((child) => child.name === 'cx:series')
    .map((each) => readSeries(each, data));
  const title = textOf(childOf(chart, 'cx:title'));
  const axes = (plotArea?.children ?? []).map((axis) => textOf(childOf(axis, 'cx:title')));
  return [
    ...(title === '' ? [] : [`Title: ${title}`]),
    ...axes.filter((text) => text !== '').map((text) => `Axis: ${text}`),
    ...linesOfSeries(series),
  ];
}

function readSeries(series: XmlElement, data: ReadonlyMap<string, XmlElement>): ChartSeries {
  const id = childOf(series, 'cx:dataId')?.attributes['val'] ?? '';
  const dimensions = data.get(id)?.children ?? [];
  return {
    name: textOf(series),
    categories: pointsOf(dimensions.find((each) => each.name === 'cx:strDim')),
    values: pointsOf(dimensions.find((each) => each.name === 'cx:numDim')),
  };
}

/** Written in the chart (`cx:rich`) or kept from the cells it is taken from (`cx:v`). */
function textOf(holder: XmlElement | undefined): string {
  const text = childOf(holder, 'cx:tx');
  const value = childOf(childOf(text, 'cx:txData'), 'cx:v')?.text ?? '';
  return textIn(childOf(text, 'cx:rich')) || collapseWhiteSpace(value);
}

function pointsOf(dimension: XmlElement | undefined): Points {
  const levels = (dimension?.children ?? []).filter((child) => child.name === 'cx:lvl');
  const format = levels[0]?.attributes['formatCode'];
  return joinLevels(levels, ({ text }) =>
    dimension?.name === 'cx:numDim' ? shownValue(text, format, false) : collapseWhiteSpace(text),
  );
}

import type { Chart } from '#shared/domain/presentation.ts';
import type { Cell, Workbook } from '#shared/domain/workbook.ts';
import { cleanText } from '../clean-text.ts';
import { columnName } from '../xlsx/references.ts';
import { element, escapeXml, xmlDeclaration } from '../xml-writer.ts';
import { namespaces } from './markup.ts';

const sheet = 'Data';

/** The figures of a chart as the workbook that PowerPoint opens to edit them. */
export function chartWorkbook({ categories, series }: Chart, language: string): Workbook {
  const rows = categories.map((text, row): Cell[] => [
    { kind: 'text', text },
    ...series.map(({ values }): Cell => {
      const value = values[row] ?? null;
      return value === null ? { kind: 'empty' } : { kind: 'number', value };
    }),
  ]);
  const numbers = series.map(({ name }) => ({ title: name, type: 'decimal' as const }));
  const columns = [{ title: 'Category', type: 'text' as const }, ...numbers];
  return { title: '', language, sheets: [{ name: sheet, columns, rows, hasFilter: false }] };
}

const chartNamespace = 'http://schemas.openxmlformats.org/drawingml/2006/chart';

/** A native chart with its figures beside the reference to the workbook (ISO 29500-1, 21.2). */
export function chartXml(chart: Chart, workbookId: string): string {
  return (
    xmlDeclaration +
    element(
      'c:chartSpace',
      {
        'xmlns:c': chartNamespace,
        'xmlns:a': namespaces['xmlns:a'],
        'xmlns:r': namespaces['xmlns:r'],
      },
      value('roundedCorners', 0),
      element(
        'c:chart',
        {},
        value('autoTitleDeleted', 1),
        element('c:plotArea', {}, '<c:layout/>', plotXml(chart)),
        hasLegend(chart)
          ? element('c:legend', {}, value('legendPos', 'b'), value('overlay', 0))
          : '',
        value('plotVisOnly', 1),
        value('dispBlanksAs', 'gap'),
      ),
      '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200"/></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>',
      element('c:externalData', { 'r:id': workbookId }, value('autoUpdate', 0)),
    )
  );
}

function hasLegend({ type, series }: Chart): boolean {
  return type === 'pie' || series.length > 1;
}

const axes = { categories: 111_111_111, values: 222_222_222 } as const;

function plotXml(chart: Chart): string {
  const axisIds = value('axId', axes.categories) + value('axId', axes.values);
  const series = chart.series.map((_, index) => seriesXml(chart, index));
  switch (chart.type) {
    case 'pie':
      return element(
        'c:pieChart',
        {},
        value('varyColors', 1),
        series[0] ?? '',
        labelsXml,
        value('firstSliceAng', 0),
      );
    case 'line':
      return (
        element(
          'c:lineChart',
          {},
          value('grouping', 'standard'),
          value('varyColors', 0),
          ...series,
          value('marker', 1),
          axisIds,
        ) + axesXml(chart)
      );
    case 'bar':
      return (
        element(
          'c:barChart',
          {},
          value('barDir', 'col'),
          value('grouping', 'clustered'),
          value('varyColors', 0),
          ...series,
          value('gapWidth', 80),
          axisIds,
        ) + axesXml(chart)
      );
  }
}

const labelsXml =
  '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="1"/><c:showBubbleSize val="0"/><c:showLeaderLines val="0"/></c:dLbls>';

function seriesXml(chart: Chart, index: number): string {
  const { categories, series, type } = chart;
  const { name = '', values = [] } = series[index] ?? {};
  const column = columnName(index + 1);
  const lastRow = Math.max(categories.length, 1) + 1;
  const colour = `<a:schemeClr val="accent${(index % 6) + 1}"/>`;
  const fill = `<a:solidFill>${colour}</a:solidFill>`;
  const look =
    type === 'line'
      ? `<c:spPr><a:ln w="28575" cap="rnd">${fill}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>${fill}</c:spPr></c:marker>`
      : `<c:spPr>${fill}</c:spPr>${value('invertIfNegative', 0)}`;
  return element(
    'c:ser',
    {},
    value('idx', index),
    value('order', index),
    element('c:tx', {}, stringsXml(`${sheet}!$${column}$1`, [name])),
    type === 'pie' ? '' : look,
    element('c:cat', {}, stringsXml(`${sheet}!$A$2:$A$${lastRow}`, categories)),
    element('c:val', {}, numbersXml(`${sheet}!$${column}$2:$${column}$${lastRow}`, chart, values)),
    type === 'line' ? value('smooth', 0) : '',
  );
}

function stringsXml(reference: string, texts: readonly string[]): string {
  const points = texts.map((text, idx) =>
    element('c:pt', { idx }, element('c:v', {}, escapeXml(cleanText(text)))),
  );
  const cache = element('c:strCache', {}, value('ptCount', texts.length), ...points);
  return element('c:strRef', {}, element('c:f', {}, reference), cache);
}

function numbersXml(
  reference: string,
  { categories, format = 'General' }: Chart,
  values: readonly (number | null)[],
): string {
  const points = categories.flatMap((_, idx) => {
    const figure = values[idx] ?? null;
    return figure === null ? [] : [element('c:pt', { idx }, element('c:v', {}, String(figure)))];
  });
  const cache = element(
    'c:numCache',
    {},
    element('c:formatCode', {}, escapeXml(format)),
    value('ptCount', categories.length),
    ...points,
  );
  return element('c:numRef', {}, element('c:f', {}, reference), cache);
}

function axesXml({ format = 'General' }: Chart): string {
  const grey = '<a:solidFill><a:srgbClr val="C9D1D8"/></a:solidFill>';
  const line = `<c:spPr><a:ln w="6350">${grey}</a:ln></c:spPr>`;
  const ticks = `${value('majorTickMark', 'none')}${value('minorTickMark', 'none')}`;
  const scaling = element('c:scaling', {}, value('orientation', 'minMax'));
  return (
    element(
      'c:catAx',
      {},
      value('axId', axes.categories),
      scaling,
      value('delete', 0),
      value('axPos', 'b'),
      element('c:numFmt', { formatCode: 'General', sourceLinked: 0 }),
      ticks,
      value('tickLblPos', 'low'),
      line,
      value('crossAx', axes.values),
      value('crosses', 'autoZero'),
      value('auto', 0),
      value('lblAlgn', 'ctr'),
      value('lblOffset', 100),
      value('noMultiLvlLbl', 1),
    ) +
    element(
      'c:valAx',
      {},
      value('axId', axes.values),
      scaling,
      value('delete', 0),
      value('axPos', 'l'),
      element('c:majorGridlines', {}, line),
      element('c:numFmt', { formatCode: format, sourceLinked: 0 }),
      ticks,
      value('tickLblPos', 'nextTo'),
      '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>',
      value('crossAx', axes.categories),
      value('crosses', 'autoZero'),
      value('crossBetween', 'between'),
    )
  );
}

function value(name: string, val: string | number): string {
  return element(`c:${name}`, { val });
}

import { describe, expect, it } from '@jest/globals';
import { readChart } from '#shared/documents/read/drawing/chart.ts';
import { parseXml } from '#shared/documents/xml.ts';
import { officePart } from '../../../support/office-files.ts';

const linesOf = (content: string, root = 'c:chartSpace') =>
  readChart(parseXml(new TextEncoder().encode(officePart(root, content)))).map(({ text }) => text);
const plot = (content: string, more = '') =>
  linesOf(`${more}<c:chart><c:plotArea>${content}</c:plotArea></c:chart>`);
const points = (values: Readonly<Record<number, string>>, more = '') =>
  more +
  Object.entries(values)
    .map(([index, value]) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`)
    .join('');
const text = (values: Readonly<Record<number, string>>) =>
  `<c:strRef><c:f>Sheet1!A1</c:f><c:strCache>${points(values)}</c:strCache></c:strRef>`;
const numbers = (values: Readonly<Record<number, string>>, format = 'General') =>
  `<c:numRef><c:numCache>${points(values, `<c:formatCode>${format}</c:formatCode>`)}</c:numCache></c:numRef>`;
const series = (name: string, categories: string, values: string) =>
  `<c:ser><c:tx>${text({ 0: name })}</c:tx><c:cat>${categories}</c:cat><c:val>${values}</c:val></c:ser>`;
const written = (words: string) =>
  `<c:tx><c:rich><a:p><a:r><a:t>${words}</a:t></a:r></a:p></c:rich></c:tx>`;

describe('readChart', () => {
  it('gives the title, a line for each series with its categories, and the titles of axes', () => {
    const years = text({ 0: '2025', 1: '2026' });
    const bars = `<c:barChart>${series('Rent', years, numbers({ 0: '3', 1: '4' }))}${series('Food', years, numbers({ 1: '5' }))}</c:barChart>`;
    const axis = `<c:valAx><c:title>${written('Euro')}</c:title></c:valAx>`;
    const title = `<c:title><c:tx>${text({ 0: 'Costs' })}</c:tx></c:title>`;

    const lines = linesOf(`<c:chart>${title}<c:plotArea>${bars}${axis}</c:plotArea></c:chart>`);

    expect(lines).toEqual(['Costs', 'Rent: 2025 = 3; 2026 = 4', 'Food: 2025; 2026 = 5', 'Euro']);
  });

  it('joins categories on several levels, the outer ones first', () => {
    const level = (values: Readonly<Record<number, string>>) => `<c:lvl>${points(values)}</c:lvl>`;
    const categories = `<c:multiLvlStrRef><c:multiLvlStrCache>${level({ 0: 'Q1', 1: 'Q2' })}${level({ 0: '2026' })}</c:multiLvlStrCache></c:multiLvlStrRef>`;

    expect(
      plot(`<c:pieChart>${series('S', categories, numbers({ 0: '1', 1: '2' }))}</c:pieChart>`),
    ).toEqual(['S: 2026 / Q1 = 1; 2026 / Q2 = 2']);
  });

  it('reads the two values of scatter charts and the size of bubbles', () => {
    const bubbles = `<c:ser><c:xVal>${numbers({ 0: '1' })}</c:xVal><c:yVal>${numbers({ 0: '2' })}</c:yVal><c:bubbleSize>${numbers({ 0: '3' })}</c:bubbleSize></c:ser>`;

    expect(plot(`<c:bubbleChart>${bubbles}</c:bubbleChart>`)).toEqual(['(1, 2, 3)']);
  });

  it.each([
    { value: '0.30000000000000004', format: 'General', is: '0.3' },
    { value: '0.25', format: '0.00%', is: '25.00%' },
    { value: '0', format: ';;;', is: '0' },
    { value: '60', format: 'm/d/yyyy', is: '1900-02-29' },
    { value: '59', format: 'm/d/yyyy', is: '1900-02-28' },
    { value: '46023', format: 'm/d/yy', is: '2026-01-01' },
    { value: '46023', format: '0 "days"', is: '46023 days' },
    { value: '-1', format: 'yyyy', is: '-1' },
    { value: '#N/A', format: 'General', is: '#N/A' },
  ])('shows $value in the format $format as $is', ({ value, format, is }) => {
    const line = plot(
      `<c:lineChart>${series('S', '', numbers({ 0: value }, format))}</c:lineChart>`,
    );

    expect(line).toEqual([`S: ${is}`]);
  });

  it.each([
    { own: '<c:date1904 val="1"/>', epoch: 1900, is: '1904-01-02' },
    { own: '<c:date1904/>', epoch: 1900, is: '1904-01-02' },
    { own: '<c:date1904 val="false"/>', epoch: 1904, is: '1900-01-01' },
    { own: '', epoch: 1904, is: '1904-01-02' },
  ] as const)(
    'counts days as the chart says, or else its workbook: $own in $epoch',
    ({ own, epoch, is }) => {
      const line = `<c:lineChart>${series('S', '', numbers({ 0: '1' }, 'd.m.yyyy'))}</c:lineChart>`;
      const content = `${own}<c:chart><c:plotArea>${line}</c:plotArea></c:chart>`;
      const root = parseXml(new TextEncoder().encode(officePart('c:chartSpace', content)));

      expect(readChart(root, epoch)).toMatchObject([{ text: `S: ${is}` }]);
    },
  );

  it('gives labels that were written by hand and names of trend lines', () => {
    const more = `<c:dLbls><c:dLbl>${written('Peak')}</c:dLbl></c:dLbls><c:trendline><c:name>Trend</c:name></c:trendline>`;

    expect(plot(`<c:lineChart><c:ser>${more}</c:ser></c:lineChart>`)).toEqual([
      '',
      'Peak',
      'Trend',
    ]);
  });

  it('reads the charts of Office 2016', () => {
    const data = `<cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Start</cx:pt><cx:pt idx="1">End</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val"><cx:lvl formatCode="0%"><cx:pt idx="0">0.1</cx:pt><cx:pt idx="1">0.2</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData>`;
    const title = '<cx:title><cx:tx><cx:txData><cx:v>Bridge</cx:v></cx:txData></cx:tx></cx:title>';
    const shown = `<cx:plotArea><cx:plotAreaRegion><cx:series><cx:tx><cx:txData><cx:v>Share</cx:v></cx:txData></cx:tx><cx:dataId val="0"/></cx:series></cx:plotAreaRegion></cx:plotArea>`;

    expect(linesOf(`${data}<cx:chart>${title}${shown}</cx:chart>`, 'cx:chartSpace')).toEqual([
      'Bridge',
      'Share: Start = 10%; End = 20%',
    ]);
  });

  it('has nothing to say about anything else', () => {
    expect(linesOf('', 'c:userShapes')).toEqual([]);
  });
});

import type { XmlElement } from '../../xml.ts';
import { type SeriesText, seriesText } from './chart-series.ts';
import { addToDeck, type Page } from './deck.ts';
import { extendedSeriesText, readExtendedData } from './extended-series.ts';
import type { Shape } from './shapes.ts';
import { paragraphsIn, plainTextIn, readParagraph } from './text.ts';

/**
 * Adds a chart: its titles, those of its axes, each series with the values that the file holds, labels that someone wrote, and text boxes
 * drawn on it. A unit's `paragraph` counts titles, series and labels (`c:title`, `c:ser`, `c:rich` outside of a title, names of trend
 * lines, or their `cx:` counterparts) in the part's order; the paragraphs of text boxes go on from there.
 */
export function readChart(name: string | undefined, shape: Shape, page: Page): void {
  const { deck } = page;
  const part = deck.parts.take(name);
  if (part === undefined) return;
  const spot = { part: 'chart' as const, shape: shape.id, isHidden: shape.isHidden };
  let paragraph = 0;
  const add = (text: string) => {
    paragraph += 1;
    addToDeck(page, { ...spot, paragraph }, { kind: 'chart', text });
  };
  const reading: Reading = {
    add,
    addSeries: (text) => {
      if (text.isWithoutValues) deck.tally.add('noChartData');
      add(text.text);
    },
    seriesOf: seriesReader(part.root),
  };
  readElements(part.root, reading);
  for (const drawing of part.targetsOf('chartUserShapes')) {
    const root = deck.parts.take(drawing)?.root;
    for (const each of root === undefined ? [] : paragraphsIn(root)) {
      add(readParagraph(each, undefined).text);
    }
  }
  deck.tally.add('workbook', part.targetsOf('package').length);
}

interface Reading {
  readonly add: (text: string) => void;
  readonly addSeries: (text: SeriesText) => void;
  readonly seriesOf: (series: XmlElement) => SeriesText;
}

function seriesReader(root: XmlElement): (series: XmlElement) => SeriesText {
  if (root.name !== 'cx:chartSpace') {
    const usesDatesFrom1904 = root.children.some(
      ({ name, attributes }) => name === 'c:date1904' && attributes['val'] !== '0',
    );
    return (series) => seriesText(series, usesDatesFrom1904);
  }
  const data = readExtendedData(root);
  return (series) => extendedSeriesText(series, data);
}

function readElements(parent: XmlElement, reading: Reading): void {
  for (const element of parent.children) {
    switch (element.name) {
      case 'c:title':
      case 'cx:title':
        reading.add(titleOf(element));
        break;
      case 'c:rich':
      case 'cx:rich':
        reading.add(plainTextIn(element));
        break;
      case 'c:name':
        reading.add(element.text);
        break;
      case 'c:ser':
      case 'cx:series':
        reading.addSeries(reading.seriesOf(element));
        readElements(element, reading);
        break;
      case 'mc:AlternateContent':
        readElements(element.children[0] ?? element, reading);
        break;
      default:
        readElements(element, reading);
    }
  }
}

/** Written by hand, or taken from a cell. */
function titleOf(title: XmlElement): string {
  const written = plainTextIn(title);
  return written === '' ? valuesIn(title).join(' ') : written;
}

function valuesIn({ name, text, children }: XmlElement): string[] {
  return name === 'c:v' || name === 'cx:v' ? [text] : children.flatMap(valuesIn);
}

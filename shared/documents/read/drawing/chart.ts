import { childOf, type XmlElement } from '../../xml.ts';
import { type SeriesText, seriesText } from './chart-series.ts';
import { extendedSeriesText, readExtendedData } from './extended-series.ts';
import { textIn } from './text-in.ts';

/** Whether a part holds a chart, of either generation. */
export function isChart({ name }: XmlElement): boolean {
  return name === 'c:chartSpace' || name === 'cx:chartSpace';
}

/**
 * What a chart says, in the order of its part: its titles, those of its axes, each series with the values that were saved with it, labels
 * that somebody wrote, names of trend lines. The cells or the embedded workbook behind the values are not asked. Texts may be empty, so
 * that positions count elements: `c:title`, `c:ser`, `c:rich` outside of a title, `c:name`, or their `cx:` counterparts. Reads
 * `c:chartSpace` (ECMA-376 part 1, 21.2) and `cx:chartSpace` (MS-ODRAWXML 2.24); anything else says nothing. `epoch` is that of the
 * workbook, where the chart does not name its own.
 */
export function readChart(root: XmlElement, epoch: 1900 | 1904 = 1900): readonly SeriesText[] {
  if (!isChart(root)) return [];
  const texts: SeriesText[] = [];
  readElements(root, { texts, seriesOf: seriesReader(root, epoch) });
  return texts;
}

interface Reading {
  readonly texts: SeriesText[];
  readonly seriesOf: (series: XmlElement) => SeriesText;
}

function seriesReader(root: XmlElement, epoch: 1900 | 1904): Reading['seriesOf'] {
  if (root.name === 'cx:chartSpace') {
    const data = readExtendedData(root);
    return (series) => extendedSeriesText(series, data);
  }
  const own = epochOf(root) ?? epoch;
  return (series) => seriesText(series, own);
}

/** A switch without a value is on (22.9.2.1). */
function epochOf(root: XmlElement): 1900 | 1904 | undefined {
  const from1904 = childOf(root, 'c:date1904');
  if (from1904 === undefined) return undefined;
  return /^(?:0|false|off)$/.test(from1904.attributes['val'] ?? '1') ? 1900 : 1904;
}

function readElements(parent: XmlElement, reading: Reading): void {
  const add = (text: string) => reading.texts.push({ text, isWithoutValues: false });
  for (const element of parent.children) {
    switch (element.name) {
      case 'c:title':
      case 'cx:title':
        add(titleOf(element));
        break;
      case 'c:rich':
      case 'cx:rich':
        add(textIn(element));
        break;
      case 'c:name':
        add(element.text);
        break;
      case 'c:ser':
      case 'cx:series':
        reading.texts.push(reading.seriesOf(element));
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
  return textIn(title) || valuesIn(title).join(' ');
}

function valuesIn({ name, text, children }: XmlElement): string[] {
  return name === 'c:v' || name === 'cx:v' ? [text] : children.flatMap(valuesIn);
}

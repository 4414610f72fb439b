import { childOf, type XmlElement } from '../../xml.ts';
import { cellStyleOf } from './formats.ts';
import { childrenNamed } from './workbook.ts';

/**
 * What a chart says: its titles in one text, and a text for each series with its name, categories and values. All are those that were
 * saved with the chart (ECMA-376 part 1, 21.2); the cells or the embedded workbook behind them are not asked.
 */
export function chartTextsOf(root: XmlElement, epoch: 1900 | 1904): string[] {
  const chart = childOf(root, 'c:chart');
  const plotArea = childOf(chart, 'c:plotArea');
  const groups = plotArea?.children ?? [];
  const axisTitles = groups.flatMap((group) => titleOf(group, epoch));
  const titles = [...titleOf(chart, epoch), ...axisTitles];
  const series = groups.flatMap((group) => childrenNamed(group, 'c:ser'));
  const all = [titles.join(' | '), ...series.map((each) => seriesTextOf(each, epoch))];
  return all.filter((text) => text.trim() !== '');
}

function titleOf(parent: XmlElement | undefined, epoch: 1900 | 1904): string[] {
  const text = childOf(childOf(parent, 'c:title'), 'c:tx');
  const title = richTextOf(text) || pointsOf(text, epoch).join(' ');
  return title === '' ? [] : [title];
}

/** `Sales: Q1 = 10; Q2 = 12`. Points without a category are their values alone. */
function seriesTextOf(series: XmlElement, epoch: 1900 | 1904): string {
  const name = childOf(series, 'c:tx');
  const shownName = pointsOf(name, epoch).join(' ') || childOf(name, 'c:v')?.text || '';
  const categories = pointsOf(childOf(series, 'c:cat') ?? childOf(series, 'c:xVal'), epoch);
  const values = pointsOf(childOf(series, 'c:val') ?? childOf(series, 'c:yVal'), epoch);
  const points = Array.from({ length: Math.max(categories.length, values.length) }, (_, index) =>
    [categories[index], values[index]]
      .filter((text) => text !== undefined && text !== '')
      .join(' = '),
  ).filter((point) => point !== '');
  return [shownName, points.join('; ')].filter((part) => part !== '').join(': ');
}

/** Saved values of a reference, in the order of their points. Of categories with several levels, the levels of a point come together. */
function pointsOf(element: XmlElement | undefined, epoch: 1900 | 1904): string[] {
  const reference = element?.children.find(({ name }) => references.has(name));
  const cache = (reference ?? element)?.children.find(({ name }) => caches.has(name));
  const isNumeric = cache?.name === 'c:numCache' || cache?.name === 'c:numLit';
  const pattern = childOf(cache, 'c:formatCode')?.text ?? 'General';
  const style = cellStyleOf(pattern, false, epoch);
  const show = (text: string) =>
    isNumeric && Number.isFinite(Number(text)) ? style.showNumber(Number(text)).text : text;
  const levels = childrenNamed(cache, 'c:lvl').toReversed();
  const points = new Map<number, string>();
  for (const point of (levels.length > 0 ? levels : [cache]).flatMap(pointElementsOf)) {
    const index = Number(point.attributes['idx'] ?? points.size);
    const before = points.get(index);
    const shown = show(childOf(point, 'c:v')?.text ?? '');
    points.set(index, before === undefined ? shown : `${before} ${shown}`);
  }
  return inOrder(points);
}

const references: ReadonlySet<string> = new Set(['c:strRef', 'c:numRef', 'c:multiLvlStrRef']);
const caches: ReadonlySet<string> = new Set([
  ...['c:strCache', 'c:numCache', 'c:multiLvlStrCache', 'c:strLit', 'c:numLit'],
]);

function pointElementsOf(level: XmlElement | undefined): XmlElement[] {
  return childrenNamed(level, 'c:pt');
}

/** Gaps are kept so that values stay with their categories; an index far outside is not a gap but a lie. */
function inOrder(points: ReadonlyMap<number, string>): string[] {
  const valid = [...points.keys()].filter((index) => Number.isInteger(index) && index >= 0);
  const last = valid.reduce((most, index) => Math.max(most, index), -1);
  if (last > points.size * 10 + 1_000) return [...points.values()];
  return Array.from({ length: last + 1 }, (_, index) => points.get(index) ?? '');
}

function richTextOf(element: XmlElement | undefined): string {
  return childrenNamed(childOf(element, 'c:rich'), 'a:p').map(paragraphTextOf).join(' ');
}

/** Text of a paragraph of DrawingML (21.1.2.2.6), line breaks as spaces. */
export function paragraphTextOf(paragraph: XmlElement): string {
  return paragraph.children
    .map((run) => (run.name === 'a:br' ? ' ' : (childOf(run, 'a:t')?.text ?? '')))
    .join('');
}

import { childOf, type XmlElement } from '../../xml.ts';
import { numberShower } from './chart-numbers.ts';

/** What a title, a label or a series of a chart says on one line. */
export interface SeriesText {
  readonly text: string;
  /** It is a series whose values were not saved with the chart. */
  readonly isWithoutValues: boolean;
}

/** Values by their index; a chart may leave some out. */
export type Points = ReadonlyMap<number, string>;

/** `Sales: Q1 = 4.3; Q2 = 2.5`, or `Sales: (1, 4.3); (2, 2.5)` for pairs of numbers, the size of a bubble behind them. */
export function seriesText(series: XmlElement, epoch: 1900 | 1904): SeriesText {
  const read = (name: string) => pointsOf(childOf(series, name), epoch);
  const [x, y, sizes] = [read('c:xVal'), read('c:yVal'), read('c:bubbleSize')];
  const values = read('c:val');
  const pairs = indicesOf(x, y).map((index) =>
    tuple([x.get(index), y.get(index), sizes.get(index)].filter((each) => each !== undefined)),
  );
  return {
    text: lineOfSeries([...read('c:tx').values()].join(' '), [
      ...pointTexts(read('c:cat'), values),
      ...pairs,
    ]),
    isWithoutValues: values.size === 0 && y.size === 0 && refersToValues(series),
  };
}

/** A name and its points on one line. */
export function lineOfSeries(name: string, points: readonly string[]): string {
  return [name, points.join('; ')].filter((text) => text !== '').join(': ');
}

/** Each category with its value, `Q1 = 4.3`, or whichever of them there is. */
export function pointTexts(categories: Points, values: Points): string[] {
  return indicesOf(categories, values).map((index) =>
    [categories.get(index), values.get(index)]
      .filter((text) => text !== undefined && text !== '')
      .join(' = '),
  );
}

/** Points of labels that stand on several levels, the innermost first. An outer level names a group at its first point only. */
export function joinLevels(levels: readonly Points[]): Points {
  const [innermost = new Map<number, string>(), ...outer] = levels;
  const current = outer.map(() => '');
  const joined = indicesOf(...levels).map((index) => {
    for (const [depth, level] of outer.entries()) {
      current[depth] = level.get(index) ?? current[depth] ?? '';
    }
    const names = [...current.toReversed(), innermost.get(index) ?? ''];
    return [index, names.filter((name) => name !== '').join(' / ')] as const;
  });
  return new Map(joined);
}

function indicesOf(...points: readonly Points[]): number[] {
  const indices = new Set(points.flatMap((each) => [...each.keys()]));
  return [...indices].toSorted((one, other) => one - other);
}

function tuple(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `(${values.join(', ')})`;
}

function refersToValues(series: XmlElement): boolean {
  return ['c:val', 'c:yVal'].some((name) => childOf(series, name) !== undefined);
}

/** Values as the chart keeps them beside the reference to their cells, or as written in it. */
function pointsOf(source: XmlElement | undefined, epoch: 1900 | 1904): Points {
  const direct = childOf(source, 'c:v');
  if (direct !== undefined) return new Map([[0, direct.text]]);
  const reference = source?.children.find(({ name }) => dataElements.test(name));
  const cache = reference?.children.find(({ name }) => name.endsWith('Cache')) ?? reference;
  if (cache === undefined) return new Map();
  const levels = cache.children.filter(({ name }) => name === 'c:lvl');
  if (levels.length > 0) return joinLevels(levels.map((level) => cachedPoints(level, ownText)));
  if (!cache.name.startsWith('c:num')) return cachedPoints(cache, ownText);
  const show = numberShower(childOf(cache, 'c:formatCode')?.text, epoch);
  return cachedPoints(cache, show);
}

const dataElements = /^c:(?:str|num|multiLvlStr)(?:Ref|Lit)$/;
const ownText = (text: string) => text;

function cachedPoints(
  cache: XmlElement,
  show: (text: string, format: string | undefined) => string,
): Points {
  const points = cache.children
    .filter(({ name }) => name === 'c:pt')
    .map(({ attributes, children }) => {
      const text = children.find(({ name }) => name === 'c:v')?.text ?? '';
      return [Number(attributes['idx']), show(text, attributes['formatCode'])] as const;
    });
  return new Map(points.filter(([index]) => Number.isSafeInteger(index)));
}

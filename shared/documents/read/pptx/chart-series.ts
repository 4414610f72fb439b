import { isoDateOf } from '#shared/domain/civil-date.ts';
import { childOf, type XmlElement } from '../../xml.ts';

/** What a series says on one line. */
export interface SeriesText {
  readonly text: string;
  readonly isWithoutValues: boolean;
}

/** `Sales: Q1 4.3; Q2 2.5`, or `Sales: (1, 4.3); (2, 2.5)` for pairs of numbers. Values are as the workbook held them when the chart was saved. */
export function seriesText(series: XmlElement, usesDatesFrom1904: boolean): SeriesText {
  const read = (name: string) => pointsOf(childOf(series, name), usesDatesFrom1904);
  const name = [...read('c:tx').values()].join(' ');
  const categories = read('c:cat');
  const values = read('c:val');
  const [x, y, sizes] = [read('c:xVal'), read('c:yVal'), read('c:bubbleSize')];
  const pairs = [...y].map(([index, value]) =>
    tuple([x.get(index), value, sizes.get(index)].filter((each) => each !== undefined)),
  );
  const named = [...values].map(([index, value]) => {
    const category = categories.get(index);
    return category === undefined ? value : `${category} ${value}`;
  });
  const points = [...named, ...pairs].join('; ');
  const text = points === '' ? [...categories.values()].join('; ') : points;
  return {
    text: name === '' || text === '' ? name + text : `${name}: ${text}`,
    isWithoutValues: points === '' && refersToValues(series),
  };
}

function tuple(values: readonly string[]): string {
  return values.length === 1 ? String(values[0]) : `(${values.join(', ')})`;
}

function refersToValues(series: XmlElement): boolean {
  return ['c:val', 'c:yVal'].some((name) => childOf(series, name) !== undefined);
}

/** Values by index. Those of several levels are joined, the outermost first. */
function pointsOf(
  source: XmlElement | undefined,
  usesDatesFrom1904: boolean,
): ReadonlyMap<number, string> {
  const points = new Map<number, string>();
  if (source === undefined) return points;
  const direct = childOf(source, 'c:v');
  if (direct !== undefined) points.set(0, direct.text);
  for (const reference of source.children) {
    const cache = reference.children.find(({ name }) => name.endsWith('Cache')) ?? reference;
    const levels = cache.children.filter(({ name }) => name === 'c:lvl');
    if (levels.length > 0) return joinLevels(levels);
    const format = childOf(cache, 'c:formatCode')?.text ?? '';
    for (const [index, value] of cachedPoints(cache)) {
      points.set(index, shown(value, format, usesDatesFrom1904));
    }
  }
  return points;
}

function cachedPoints(cache: XmlElement): (readonly [number, string])[] {
  return cache.children
    .filter(({ name }) => name === 'c:pt')
    .map((point) => [Number(point.attributes['idx']), childOf(point, 'c:v')?.text ?? ''] as const)
    .filter(([index]) => Number.isInteger(index));
}

/** The innermost level comes first. An outer level names a group at its first point only. */
function joinLevels(levels: readonly XmlElement[]): ReadonlyMap<number, string> {
  const [innermost, ...outer] = levels.map((level) => new Map(cachedPoints(level)));
  const joined = new Map<number, string>();
  const current = outer.map(() => '');
  for (const [index, value] of innermost ?? []) {
    for (const [depth, level] of outer.entries())
      current[depth] = level.get(index) ?? current[depth] ?? '';
    const names = [...current.toReversed(), value].filter((each) => each !== '');
    joined.set(index, names.join(' / '));
  }
  return joined;
}

/** Dates are numbers of days with a format that says so; other numbers stay as they are, without the noise of binary fractions. */
function shown(value: string, format: string, usesDatesFrom1904: boolean): string {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (isDateFormat(format)) return dateOf(number + (usesDatesFrom1904 ? 1462 : 0));
  return String(Number(number.toPrecision(15)));
}

function isDateFormat(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /[yd]/i.test(bare) && !/general|[#0]/i.test(bare);
}

/** ISO 8601. Day 25,569 of a workbook is the first of 1970. */
function dateOf(day: number): string {
  return Math.abs(day) > 3_000_000 ? String(day) : isoDateOf(Math.floor(day) - 25_569);
}

import { childOf, type XmlElement } from '../../xml.ts';
import type { SeriesText } from './chart-series.ts';

/** Cached values of the charts that came with Office 2016 (MS-ODRAWXML 2.24.3), by the id of their data. */
export type ExtendedData = ReadonlyMap<string, string>;

export function readExtendedData(root: XmlElement): ExtendedData {
  const found = childOf(root, 'cx:chartData')?.children ?? [];
  return new Map(
    found
      .filter(({ name }) => name === 'cx:data')
      .map((data) => [data.attributes['id'] ?? '', pointsOf(data)]),
  );
}

export function extendedSeriesText(series: XmlElement, data: ExtendedData): SeriesText {
  const name = firstValueIn(childOf(series, 'cx:tx')) ?? '';
  const id = childOf(series, 'cx:dataId')?.attributes['val'];
  const points = (id === undefined ? undefined : data.get(id)) ?? '';
  return {
    text: name === '' || points === '' ? name + points : `${name}: ${points}`,
    isWithoutValues: points === '' && id !== undefined,
  };
}

/** Dimensions of text, the outermost level first, then those of numbers: `Europe / France 4; Europe / Spain 3`. */
function pointsOf(data: XmlElement): string {
  const texts = levelsOf(data, 'cx:strDim').toReversed();
  const numbers = levelsOf(data, 'cx:numDim');
  const indices = new Set([...numbers, ...texts].flatMap((level) => [...level.keys()]));
  const points: string[] = [];
  for (const index of [...indices].toSorted((left, right) => left - right)) {
    const category = texts.flatMap((level) => level.get(index) ?? []).join(' / ');
    const values = numbers.flatMap((level) => level.get(index) ?? []).join(', ');
    points.push([category, values].filter((each) => each !== '').join(' '));
  }
  return points.join('; ');
}

function levelsOf(data: XmlElement, dimension: string): ReadonlyMap<number, string>[] {
  return data.children
    .filter(({ name }) => name === dimension)
    .flatMap(({ children }) => children.filter(({ name }) => name === 'cx:lvl'))
    .map((level) => {
      const points = level.children.filter(({ name }) => name === 'cx:pt');
      return new Map(points.map(({ attributes, text }) => [Number(attributes['idx'] ?? 0), text]));
    });
}

function firstValueIn(element: XmlElement | undefined): string | undefined {
  if (element === undefined || element.name === 'cx:v') return element?.text;
  for (const child of element.children) {
    const value = firstValueIn(child);
    if (value !== undefined) return value;
  }
  return undefined;
}

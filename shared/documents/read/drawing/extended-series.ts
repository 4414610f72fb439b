import { childOf, type XmlElement } from '../../xml.ts';
import { numberShower } from './chart-numbers.ts';
import {
  joinLevels,
  lineOfSeries,
  type Points,
  pointTexts,
  type SeriesText,
} from './chart-series.ts';

/** Cached points of the charts that came with Office 2016 (MS-ODRAWXML 2.24.3), by the id of their data. */
export type ExtendedData = ReadonlyMap<string, readonly string[]>;

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
  const points = (id === undefined ? undefined : data.get(id)) ?? [];
  return {
    text: lineOfSeries(name, points),
    isWithoutValues: points.length === 0 && id !== undefined,
  };
}

/** `Europe / France = 4`; of several dimensions of numbers the values come together: `France = 4, 7`. */
function pointsOf(data: XmlElement): string[] {
  const categories = joinLevels(levelsOf(data, 'cx:strDim'));
  const numbers = levelsOf(data, 'cx:numDim');
  const indices = new Set(numbers.flatMap((level) => [...level.keys()]));
  const values = [...indices].map(
    (index) => [index, numbers.flatMap((level) => level.get(index) ?? []).join(', ')] as const,
  );
  return pointTexts(categories, new Map(values));
}

function levelsOf(data: XmlElement, dimension: string): Points[] {
  return data.children
    .filter(({ name }) => name === dimension)
    .flatMap(({ children }) => children.filter(({ name }) => name === 'cx:lvl'))
    .map((level) => {
      const show =
        dimension === 'cx:numDim'
          ? numberShower(level.attributes['formatCode'], 1900)
          : (text: string) => text;
      const points = level.children.filter(({ name }) => name === 'cx:pt');
      return new Map(
        points.map(({ attributes, text }) => [Number(attributes['idx'] ?? 0), show(text)]),
      );
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

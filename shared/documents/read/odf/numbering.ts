import type { XmlElement } from '../../xml.ts';
import { formatBullet, formatNumber } from '../docx/number-format.ts';
import type { OdfStyles } from './styles.ts';

/** A `text:list` with what it has from the lists around it. */
export interface OpenList {
  /** From 0. */
  readonly level: number;
  readonly styleName: string | undefined;
  /** Numbers on each level so far, shared with the lists that it goes on from. */
  readonly counts: number[];
}

export interface ListMark {
  readonly level: number;
  readonly marker?: string;
}

/** Numbers list items and headings as a reader sees them (ODF 1.3, 5.3 and 16.30). */
export interface Numbering {
  open(list: XmlElement, around: OpenList | undefined): OpenList;
  /** The mark of the next item of a list. */
  next(list: OpenList, item: XmlElement): ListMark;
  /** The number of a heading that stands in no list, `undefined` if its level has none. `level` is from 1. */
  nextHeading(level: number): string | undefined;
}

export function createNumbering(styles: OdfStyles): Numbering {
  const known: KnownCounts = { byId: new Map(), byStyle: new Map() };
  const headings: number[] = [];
  return {
    open({ attributes }, around) {
      const styleName = attributes['text:style-name'] ?? around?.styleName;
      const counts = continuedBy(attributes, known) ?? around?.counts ?? [];
      const id = attributes['xml:id'];
      if (id !== undefined) known.byId.set(id, counts);
      if (around === undefined) known.byStyle.set(styleName ?? '', counts);
      const level = around === undefined ? 0 : Math.min(around.level + 1, 9);
      return { level, styleName, counts };
    },
    next({ level, styleName, counts }, item) {
      const levels = styles.list(styleName) ?? [];
      count(counts, level, startOf(levels[level], item));
      const marker = markerOf(levels, level, counts);
      return marker === '' ? { level } : { level, marker };
    },
    nextHeading(level) {
      const levels = styles.outline();
      count(headings, level - 1, startOf(levels[level - 1], undefined));
      const marker = markerOf(levels, level - 1, headings);
      return marker === '' ? undefined : marker;
    },
  };
}

interface KnownCounts {
  readonly byId: Map<string, number[]>;
  /** Of the last list of a style that stands in no other. */
  readonly byStyle: Map<string, number[]>;
}

/** A list goes on from the one that it names, or from the one before it of the same style. */
function continuedBy(
  attributes: XmlElement['attributes'],
  { byId, byStyle }: KnownCounts,
): number[] | undefined {
  const named = byId.get(attributes['text:continue-list'] ?? '');
  if (named !== undefined || attributes['text:continue-numbering'] !== 'true') return named;
  return byStyle.get(attributes['text:style-name'] ?? '');
}

interface Start {
  readonly value: number;
  /** The item says so itself, whatever came before it. */
  readonly isForced: boolean;
}

function startOf(level: XmlElement | undefined, item: XmlElement | undefined): Start {
  const forced = wholeNumber(item?.attributes['text:start-value']);
  const value = forced ?? wholeNumber(level?.attributes['text:start-value']) ?? 1;
  return { value, isForced: forced !== undefined };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** Counting on a level starts the deeper ones anew. */
function count(counts: number[], level: number, start: Start): void {
  const before = counts[level];
  while (counts.length < level) counts.push(1);
  counts.length = level;
  counts.push(before === undefined || start.isForced ? start.value : before + 1);
}

function markerOf(
  levels: readonly (XmlElement | undefined)[],
  level: number,
  counts: readonly number[],
): string {
  const style = levels[level];
  switch (style?.name) {
    case 'text:list-level-style-bullet':
      return formatBullet(style.attributes['text:bullet-char'] ?? '•');
    case 'text:list-level-style-image':
      return '•';
    case 'text:list-level-style-number':
    case 'text:outline-level-style':
      return numberOf(levels, level, counts);
    default:
      return '';
  }
}

function numberOf(
  levels: readonly (XmlElement | undefined)[],
  level: number,
  counts: readonly number[],
): string {
  const attributes = levels[level]?.attributes ?? {};
  if ((attributes['style:num-format'] ?? '') === '') return '';
  const shown = (at: number) => formatted(counts[at] ?? 1, levels[at]);
  const pattern = attributes['loext:num-list-format'];
  if (pattern !== undefined) {
    return pattern.replace(/%(\d{1,2})%/g, (_, number) => shown(Number(number) - 1)).trim();
  }
  const depth = Math.min(wholeNumber(attributes['text:display-levels']) ?? 1, level + 1);
  const numbers = Array.from({ length: depth }, (_, index) => shown(level - depth + 1 + index));
  const body = numbers.filter((number) => number !== '').join('.');
  return `${attributes['style:num-prefix'] ?? ''}${body}${attributes['style:num-suffix'] ?? ''}`.trim();
}

const formats: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
};

/** Formats of other scripts are given in digits. After z comes aa, then ab, unless the style says bb. */
function formatted(value: number, level: XmlElement | undefined): string {
  const format = level?.attributes['style:num-format'] ?? '';
  if (format === '') return '';
  const repeats = level?.attributes['style:num-letter-sync'] === 'true';
  if (!/^a$/i.test(format) || repeats) return formatNumber(value, formats[format] ?? 'decimal');
  const text = lettersOf(value);
  return format === 'A' ? text.toUpperCase() : text;
}

function lettersOf(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text;
}

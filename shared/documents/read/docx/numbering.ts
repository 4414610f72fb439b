import { childOf, type XmlElement } from '../../xml.ts';
import { formatBullet, formatNumber } from './number-format.ts';
import type { ParagraphStyle, StyleSheet } from './styles.ts';
import { numberOf, settingOf, toggleOf } from './xml.ts';

/** Number or bullet of a paragraph. */
export interface ListMark {
  /** As shown, for example `3.2`. */
  readonly marker: string;
  /** Depth, from 0. */
  readonly level: number;
  readonly isBullet: boolean;
}

/** Counts the lists of a document. Paragraphs must be asked about in document order, each once. */
export interface Numbering {
  /** The mark of a paragraph with these properties (`w:pPr`), `undefined` if it is in no list. */
  next(properties: XmlElement | undefined, style: ParagraphStyle): ListMark | undefined;
}

interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
  /** Deepest of the levels above that starts it again, counted from 1; 0 if none does. */
  readonly restart: number;
  readonly styleId: string | undefined;
  readonly isLegal: boolean;
}

/** Instances of the same abstract list go on counting where the other stopped, unless they say where to start. */
interface List {
  readonly abstractId: string;
  readonly levels: readonly (Level | undefined)[];
  readonly startOverrides: (number | undefined)[];
}

const levelCount = 9;

export function readNumbering(root: XmlElement | undefined, styles: StyleSheet): Numbering {
  const lists = readLists(root, styles);
  const counters = new Map<string, (number | undefined)[]>();
  return {
    next(properties, style) {
      const place = childOf(properties, 'w:numPr');
      const list = lists.get(settingOf(childOf(place, 'w:numId')) ?? style.numberingId ?? '');
      if (list === undefined) return undefined;
      const ownLevel = numberOf(settingOf(childOf(place, 'w:ilvl')));
      const depth = ownLevel ?? levelOfStyle(list, style) ?? style.numberingLevel ?? 0;
      const level = list.levels[depth];
      if (level === undefined) return undefined;
      const values = counters.get(list.abstractId) ?? [];
      counters.set(list.abstractId, values);
      count(list, depth, values);
      const marker = markerOf(list, level, values);
      if (marker === '') return undefined;
      return { marker, level: depth, isBullet: level.format === 'bullet' };
    },
  };
}

function readLists(root: XmlElement | undefined, styles: StyleSheet): ReadonlyMap<string, List> {
  const children = root?.children ?? [];
  const abstracts = new Map(
    children
      .filter((child) => child.name === 'w:abstractNum')
      .map((child) => [child.attributes['w:abstractNumId'] ?? '', child]),
  );
  const instances = new Map(
    children
      .filter((child) => child.name === 'w:num')
      .map((child) => [child.attributes['w:numId'] ?? '', child]),
  );
  const abstractOf = (id: string): XmlElement | undefined =>
    abstracts.get(settingOf(childOf(instances.get(id), 'w:abstractNumId')) ?? '');

  const lists = new Map<string, List>();
  for (const [id, instance] of instances) {
    const own = abstractOf(id);
    // A list may only point at a list style, which names the list that has the levels.
    const link = settingOf(childOf(own, 'w:numStyleLink'));
    const linkedId = link === undefined ? undefined : styles.numberingIdOf(link);
    const abstract = linkedId === undefined ? own : (abstractOf(linkedId) ?? own);
    if (abstract !== undefined) lists.set(id, readList(instance, abstract));
  }
  return lists;
}

function readList(instance: XmlElement, abstract: XmlElement): List {
  const levels = readLevels(abstract);
  const startOverrides: (number | undefined)[] = [];
  for (const override of instance.children.filter((child) => child.name === 'w:lvlOverride')) {
    const depth = numberOf(override.attributes['w:ilvl']) ?? levelCount;
    if (depth >= levelCount) continue;
    startOverrides[depth] = numberOf(settingOf(childOf(override, 'w:startOverride')));
    levels[depth] = readLevels(override)[depth] ?? levels[depth];
  }
  return { abstractId: abstract.attributes['w:abstractNumId'] ?? '', levels, startOverrides };
}

function readLevels(parent: XmlElement): (Level | undefined)[] {
  const levels: (Level | undefined)[] = [];
  for (const level of parent.children.filter((child) => child.name === 'w:lvl')) {
    const depth = numberOf(level.attributes['w:ilvl']) ?? levelCount;
    if (depth >= levelCount) continue;
    levels[depth] = {
      format: formatOf(level),
      text: settingOf(childOf(level, 'w:lvlText')) ?? '',
      start: numberOf(settingOf(childOf(level, 'w:start'))) ?? 0,
      restart: numberOf(settingOf(childOf(level, 'w:lvlRestart'))) ?? depth,
      styleId: settingOf(childOf(level, 'w:pStyle')),
      isLegal: toggleOf(childOf(level, 'w:isLgl')) ?? false,
    };
  }
  return levels;
}

/** Formats newer than the standard are wrapped, with an older one as the way out. */
function formatOf(level: XmlElement): string {
  const fallback = childOf(childOf(level, 'mc:AlternateContent'), 'mc:Fallback');
  const format = childOf(level, 'w:numFmt') ?? childOf(fallback, 'w:numFmt');
  return settingOf(format) ?? 'decimal';
}

function levelOfStyle(list: List, style: ParagraphStyle): number | undefined {
  const depth = list.levels.findIndex(
    (level) => level?.styleId !== undefined && style.chain.includes(level.styleId),
  );
  return depth < 0 ? undefined : depth;
}

function count(list: List, depth: number, values: (number | undefined)[]): void {
  const value = values[depth];
  const level = list.levels[depth];
  const override = list.startOverrides[depth];
  // An instance starts again once, where it is used first.
  list.startOverrides[depth] = undefined;
  values[depth] = override ?? (value === undefined ? (level?.start ?? 0) : value + 1);
  // A level that was left out is taken as begun if its number shows: after `2.1.1` comes `2.2`, as in Word.
  for (const [, digit] of level?.text.matchAll(/%([1-9])/g) ?? []) {
    const above = Number(digit) - 1;
    values[above] ??= list.levels[above]?.start ?? 1;
  }
  for (let below = depth + 1; below < levelCount; below += 1) {
    if (depth < (list.levels[below]?.restart ?? below)) values[below] = undefined;
  }
}

function markerOf(list: List, level: Level, values: readonly (number | undefined)[]): string {
  if (level.format === 'bullet') return formatBullet(level.text);
  const filled = level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const depth = Number(digit) - 1;
    const shown = list.levels[depth];
    const format = level.isLegal ? 'decimal' : (shown?.format ?? 'decimal');
    return formatNumber(values[depth] ?? 0, format);
  });
  return filled.replace(/\s+/g, ' ').trim();
}

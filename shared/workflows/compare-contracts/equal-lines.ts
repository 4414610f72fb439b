import { diffArrays } from 'diff';
import type { Line } from './lines.ts';

interface EqualPair {
  readonly base: number;
  readonly revised: number;
}

/** Positions [from, to) on both sides. */
interface Region {
  readonly baseFrom: number;
  readonly baseTo: number;
  readonly revisedFrom: number;
  readonly revisedTo: number;
}

/** Most lines of a region that are compared one by one where none of them is the only one of its kind. */
const maxPlainRegion = 1_500;

/**
 * Equal lines in the same order. Lines that occur once on both sides hold the others in place: the most of them that are in the same order
 * are found first, then the same is done between them. Empty lines are in no pair.
 */
export function matchEqualLines(base: readonly Line[], revised: readonly Line[]): EqualPair[] {
  const keys = {
    base: indexed(base),
    revised: indexed(revised),
  };
  const pairs: EqualPair[] = [];
  const toDo: Region[] = [
    { baseFrom: 0, baseTo: keys.base.length, revisedFrom: 0, revisedTo: keys.revised.length },
  ];
  const take = (left: number, right: number) => {
    const one = keys.base[left];
    const other = keys.revised[right];
    if (one !== undefined && other !== undefined)
      pairs.push({ base: one.index, revised: other.index });
  };
  for (let region = toDo.pop(); region !== undefined; region = toDo.pop()) {
    const inner = trim(region, keys, take);
    if (inner.baseFrom === inner.baseTo || inner.revisedFrom === inner.revisedTo) continue;
    const anchors = anchorsOf(inner, keys);
    if (anchors.length === 0) matchPlainly(inner, keys, take);
    let { baseFrom, revisedFrom } = inner;
    for (const { base: left, revised: right } of anchors) {
      take(left, right);
      toDo.push({ baseFrom, baseTo: left, revisedFrom, revisedTo: right });
      baseFrom = left + 1;
      revisedFrom = right + 1;
    }
    if (anchors.length > 0) toDo.push({ ...inner, baseFrom, revisedFrom });
  }
  return pairs;
}

interface Keyed {
  readonly key: string;
  readonly index: number;
}

interface Keys {
  readonly base: readonly Keyed[];
  readonly revised: readonly Keyed[];
}

type Take = (base: number, revised: number) => void;

function indexed(lines: readonly Line[]): Keyed[] {
  return lines.flatMap(({ key, isEmpty }, index) => (isEmpty ? [] : [{ key, index }]));
}

/** Takes what is equal at both ends, and gives what is left. */
function trim(region: Region, { base, revised }: Keys, take: Take): Region {
  let { baseFrom, baseTo, revisedFrom, revisedTo } = region;
  const hasBoth = () => baseFrom < baseTo && revisedFrom < revisedTo;
  while (hasBoth() && base[baseFrom]?.key === revised[revisedFrom]?.key) {
    take(baseFrom, revisedFrom);
    baseFrom += 1;
    revisedFrom += 1;
  }
  while (hasBoth() && base[baseTo - 1]?.key === revised[revisedTo - 1]?.key) {
    baseTo -= 1;
    revisedTo -= 1;
    take(baseTo, revisedTo);
  }
  return { baseFrom, baseTo, revisedFrom, revisedTo };
}

/** Keys that occur once on each side of the region, as many as are in the same order. */
function anchorsOf(region: Region, keys: Keys): EqualPair[] {
  const inBase = onlyPlaces(keys.base, region.baseFrom, region.baseTo);
  const inRevised = onlyPlaces(keys.revised, region.revisedFrom, region.revisedTo);
  const pairs: EqualPair[] = [];
  for (const [key, base] of inBase) {
    const revised = inRevised.get(key);
    if (base !== undefined && revised !== undefined) pairs.push({ base, revised });
  }
  return longestRise(pairs);
}

/** `undefined` for a key that occurs more than once. */
function onlyPlaces(
  keys: readonly Keyed[],
  from: number,
  to: number,
): ReadonlyMap<string, number | undefined> {
  const places = new Map<string, number | undefined>();
  for (let at = from; at < to; at += 1) {
    const key = keys[at]?.key ?? '';
    places.set(key, places.has(key) ? undefined : at);
  }
  return places;
}

/** The longest selection whose revised places rise too; the pairs come in the order of the base. */
function longestRise(pairs: readonly EqualPair[]): EqualPair[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, { revised }] of pairs.entries()) {
    const length = risesBelow(tails, pairs, revised);
    before[index] = tails[length - 1] ?? -1;
    tails[length] = index;
  }
  const chosen: EqualPair[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) chosen.push(pair);
  }
  return chosen.reverse();
}

/** How long a selection can be whose last place is below a place. */
function risesBelow(
  tails: readonly number[],
  pairs: readonly EqualPair[],
  revised: number,
): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[tails[middle] ?? 0]?.revised ?? 0) < revised) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines that all occur several times, such as the rows of a form. */
function matchPlainly(region: Region, keys: Keys, take: Take): void {
  const base = keys.base.slice(region.baseFrom, region.baseTo);
  const revised = keys.revised.slice(region.revisedFrom, region.revisedTo);
  if (base.length + revised.length > 2 * maxPlainRegion) return;
  let left = region.baseFrom;
  let right = region.revisedFrom;
  const texts = (list: readonly Keyed[]) => list.map(({ key }) => key);
  for (const { added, removed, value } of diffArrays(texts(base), texts(revised))) {
    const isEqual = !added && !removed;
    for (const index of isEqual ? value.keys() : []) take(left + index, right + index);
    left += added ? 0 : value.length;
    right += removed ? 0 : value.length;
  }
}

import type { Line } from './lines.ts';
import { similarity, type WordBag, wordBagOf } from './similarity.ts';

/** Two lines that may be the same one, and how much speaks for it. */
export interface Candidate {
  readonly base: number;
  readonly revised: number;
  /** Share of common words. */
  readonly likeness: number;
  readonly weight: number;
}

interface Versions {
  readonly base: readonly Line[];
  readonly revised: readonly Line[];
}

const minLikeness = 0.45;
/** Enough where heading and number, or the first cell of a row, are the same. */
const minLikenessAtPlace = 0.2;
/** Up to here every line is compared with every other. */
const maxProduct = 4_000;
/** A word that is in more lines tells nothing. */
const maxLinesOfWord = 12;

const bags = new WeakMap<Line, WordBag>();

/** Pairs of the lines at the given indices that are alike enough. */
export function similarCandidates(
  { base, revised }: Versions,
  baseIndices: readonly number[],
  revisedIndices: readonly number[],
): Candidate[] {
  const isSmall = baseIndices.length * revisedIndices.length <= maxProduct;
  const partnersOf = isSmall ? () => baseIndices : partnersByWords(base, baseIndices);
  return revisedIndices.flatMap((revisedIndex) => {
    const line = revised[revisedIndex];
    if (line === undefined) return [];
    return [...partnersOf(line)].flatMap((baseIndex): Candidate[] => {
      const other = base[baseIndex];
      const found = other === undefined ? undefined : compare(other, line);
      return found === undefined ? [] : [{ base: baseIndex, revised: revisedIndex, ...found }];
    });
  });
}

/** The pairs of most weight in all that rise on both sides. */
export function bestChain(candidates: readonly Candidate[]): Candidate[] {
  const ordered = candidates.toSorted(
    (left, right) => left.base - right.base || right.revised - left.revised,
  );
  const most = 1 + ordered.reduce((high, { revised }) => Math.max(high, revised), 0);
  const best: (Link | undefined)[] = new Array(most + 1);
  for (const candidate of ordered) {
    const before = bestBelow(best, candidate.revised);
    const link: Link = { candidate, before, total: (before?.total ?? 0) + candidate.weight };
    for (let at = candidate.revised + 1; at <= most; at += at & -at) {
      if ((best[at]?.total ?? 0) < link.total) best[at] = link;
    }
  }
  const chain: Candidate[] = [];
  for (let link = bestBelow(best, most); link !== undefined; link = link.before) {
    chain.push(link.candidate);
  }
  return chain.reverse();
}

interface Link {
  readonly candidate: Candidate;
  readonly before: Link | undefined;
  readonly total: number;
}

/** Of the chains that end before a place; a tree of prefixes (Fenwick), as regions can be thousands of lines long. */
function bestBelow(best: readonly (Link | undefined)[], revised: number): Link | undefined {
  let found: Link | undefined;
  for (let at = revised; at > 0; at -= at & -at) {
    const link = best[at];
    if (link !== undefined && link.total > (found?.total ?? 0)) found = link;
  }
  return found;
}

function compare(base: Line, revised: Line): Pick<Candidate, 'likeness' | 'weight'> | undefined {
  if (base.kind !== revised.kind) return undefined;
  const likeness = similarity(bagOf(base), bagOf(revised));
  const isAtPlace = haveSamePlace(base, revised);
  const isHeading = isAtPlace && base.isHeading && revised.isHeading;
  const isAlike = likeness >= (isAtPlace ? minLikenessAtPlace : minLikeness);
  if (!isAlike && !isHeading) return undefined;
  return { likeness, weight: 0.05 + likeness + (isAtPlace ? 0.3 : 0) };
}

function haveSamePlace(base: Line, revised: Line): boolean {
  if (base.kind === 'row') {
    const first = firstCell(base);
    return /\p{L}/u.test(first) && first === firstCell(revised);
  }
  return base.position !== '' && base.position === revised.position;
}

function firstCell({ passages }: Line): string {
  return passages[0]?.text.trim() ?? '';
}

function bagOf(line: Line): WordBag {
  const known = bags.get(line);
  if (known !== undefined) return known;
  const bag = wordBagOf(line.text);
  bags.set(line, bag);
  return bag;
}

/** Lines of the base that share a rare word with a line. */
function partnersByWords(
  base: readonly Line[],
  indices: readonly number[],
): (line: Line) => ReadonlySet<number> {
  const linesOfWord = new Map<string, number[]>();
  for (const index of indices) {
    const line = base[index];
    if (line === undefined) continue;
    for (const word of bagOf(line).counts.keys()) {
      const known = linesOfWord.get(word);
      if (known === undefined) linesOfWord.set(word, [index]);
      else known.push(index);
    }
  }
  return (line) => {
    const partners = new Set<number>();
    for (const word of bagOf(line).counts.keys()) {
      const found = linesOfWord.get(word) ?? [];
      if (found.length > maxLinesOfWord) continue;
      for (const index of found) partners.add(index);
    }
    return partners;
  };
}

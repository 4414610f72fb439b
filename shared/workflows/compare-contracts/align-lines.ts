import { matchEqualLines } from './equal-lines.ts';
import type { Line } from './lines.ts';
import { bestChain, type Candidate, similarCandidates } from './similar-lines.ts';

/** Two lines that are the same one, before and after. */
export interface LinePair {
  readonly base: number;
  readonly revised: number;
  /** It stands at another place among its neighbours. */
  readonly isMoved: boolean;
}

/** What may be recognised as moved; a line that is short may be equal to another by chance. */
export interface AlignOptions {
  readonly canMove: (line: Line) => boolean;
}

const minMovedLength = 20;
/** Equal by this share of its words, a line is taken for a moved and edited one. */
const movedSimilarity = 0.7;
const minMovedWords = 6;

/**
 * Aligns the lines of two versions: equal ones by the longest common order, then equal ones elsewhere as moved, then what stands between
 * by likeness, heading and number, and at last what is much alike elsewhere. Each line is in one pair at most; the pairs that are not
 * moved rise on both sides. The effort grows little faster than the number of lines.
 */
export function alignLines(
  base: readonly Line[],
  revised: readonly Line[],
  options: AlignOptions,
): LinePair[] {
  const state = createState(base, revised);
  for (const pair of matchEqualLines(base, revised)) state.add(pair.base, pair.revised, false);
  matchEqualElsewhere(state, options);
  extendMoves(state, options);
  matchWithinGaps(state);
  matchAlikeElsewhere(state, options);
  extendMoves(state, options);
  return state.pairs.toSorted((left, right) => left.revised - right.revised);
}

interface State {
  readonly base: readonly Line[];
  readonly revised: readonly Line[];
  readonly pairs: LinePair[];
  readonly isBaseFree: (index: number) => boolean;
  readonly isRevisedFree: (index: number) => boolean;
  add(base: number, revised: number, isMoved: boolean): void;
}

function createState(base: readonly Line[], revised: readonly Line[]): State {
  const pairs: LinePair[] = [];
  const takenBase = new Set<number>();
  const takenRevised = new Set<number>();
  const isFree = (lines: readonly Line[], taken: ReadonlySet<number>, index: number) =>
    lines[index]?.isEmpty === false && !taken.has(index);
  return {
    base,
    revised,
    pairs,
    isBaseFree: (index) => isFree(base, takenBase, index),
    isRevisedFree: (index) => isFree(revised, takenRevised, index),
    add(baseIndex, revisedIndex, isMoved) {
      takenBase.add(baseIndex);
      takenRevised.add(revisedIndex);
      pairs.push({ base: baseIndex, revised: revisedIndex, isMoved });
    },
  };
}

function matchEqualElsewhere(state: State, { canMove }: AlignOptions): void {
  const places = new Map<string, number[]>();
  for (const [index, line] of state.base.entries()) {
    if (!state.isBaseFree(index) || !canMove(line) || line.text.length < minMovedLength) continue;
    places.set(line.key, [...(places.get(line.key) ?? []), index]);
  }
  for (const [index, line] of state.revised.entries()) {
    if (!state.isRevisedFree(index) || !canMove(line)) continue;
    const from = places.get(line.key)?.shift();
    if (from !== undefined) state.add(from, index, true);
  }
}

/** The heading of a moved clause, and whatever else is equal beside it, has moved with it however short it is. */
function extendMoves(state: State, options: AlignOptions): void {
  for (const pair of state.pairs.filter(({ isMoved }) => isMoved)) {
    for (const step of [1, -1] as const) extendMove(pair, step, { state, options });
  }
}

function extendMove(
  pair: LinePair,
  step: 1 | -1,
  { state, options }: { readonly state: State; readonly options: AlignOptions },
): void {
  let base = nextFull(state.base, pair.base, step);
  let revised = nextFull(state.revised, pair.revised, step);
  while (state.isBaseFree(base) && state.isRevisedFree(revised)) {
    const line = state.base[base];
    if (line?.key !== state.revised[revised]?.key || !isMovable(line, options)) return;
    state.add(base, revised, true);
    base = nextFull(state.base, base, step);
    revised = nextFull(state.revised, revised, step);
  }
}

function isMovable(line: Line | undefined, { canMove }: AlignOptions): boolean {
  return line !== undefined && canMove(line);
}

function nextFull(lines: readonly Line[], from: number, step: 1 | -1): number {
  let index = from + step;
  while (lines[index]?.isEmpty === true) index += step;
  return index;
}

function matchWithinGaps(state: State): void {
  const fixed = state.pairs
    .filter(({ isMoved }) => !isMoved)
    .toSorted((left, right) => left.base - right.base);
  const stops = [...fixed, { base: state.base.length, revised: state.revised.length }];
  let baseFrom = 0;
  let revisedFrom = 0;
  for (const stop of stops) {
    const freeBase = freeBetween(baseFrom, stop.base, state.isBaseFree);
    const freeRevised = freeBetween(revisedFrom, stop.revised, state.isRevisedFree);
    baseFrom = stop.base + 1;
    revisedFrom = stop.revised + 1;
    if (freeBase.length === 0 || freeRevised.length === 0) continue;
    for (const pair of bestChain(similarCandidates(state, freeBase, freeRevised))) {
      state.add(pair.base, pair.revised, false);
    }
  }
}

function freeBetween(from: number, to: number, isFree: (index: number) => boolean): number[] {
  const free: number[] = [];
  for (let index = from; index < to; index += 1) if (isFree(index)) free.push(index);
  return free;
}

function matchAlikeElsewhere(state: State, { canMove }: AlignOptions): void {
  const isLong = ({ text }: Line) => text.split(/\s+/u).length >= minMovedWords;
  const isCandidate = (line: Line | undefined) =>
    line !== undefined && canMove(line) && isLong(line);
  const freeBase = freeBetween(0, state.base.length, state.isBaseFree);
  const freeRevised = freeBetween(0, state.revised.length, state.isRevisedFree);
  const candidates = similarCandidates(
    state,
    freeBase.filter((index) => isCandidate(state.base[index])),
    freeRevised.filter((index) => isCandidate(state.revised[index])),
  );
  const best = candidates
    .filter(({ likeness }) => likeness >= movedSimilarity)
    .toSorted((left: Candidate, right: Candidate) => right.likeness - left.likeness);
  for (const { base, revised } of best) {
    if (state.isBaseFree(base) && state.isRevisedFree(revised)) state.add(base, revised, true);
  }
}

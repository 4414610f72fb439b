import { countWords } from '../language.ts';
import type { NoteKind, NumberFact } from './schemas.ts';

/** What a list of claims has room for. */
export interface Room {
  readonly words: number;
  /** Most claims of a kind; kinds without a number are limited by the words only. */
  readonly most: Partial<Readonly<Record<KindGroup, number>>>;
}

/** Kinds as the summary shows them: points and figures share a list. */
export type KindGroup = 'key' | 'risk' | 'question' | 'decision';

/** Share of the words that key points may take before other kinds have had a turn. */
const keyShare = 0.5;
/** How many of each other kind come before the rest of the key points. */
const othersFirst = 2;
/** Share of a summary's words that its table of numbers may take. */
const numbersShare = 0.15;

export function groupOf(kind: NoteKind): KindGroup {
  return kind === 'point' || kind === 'number' ? 'key' : kind;
}

/** Words for sentences and words for the table of numbers. */
export function shareWords(maxWords: number): { readonly text: number; readonly numbers: number } {
  const numbers = Math.floor(maxWords * numbersShare);
  return { text: maxWords - numbers, numbers };
}

/**
 * The claims that fit, in the order in which they came: the heaviest key points up to half of the room, then the heaviest of each
 * other kind, then the rest by weight.
 */
export function fitToRoom<Claim extends { text: string; kind: NoteKind; weight: number }>(
  claims: readonly Claim[],
  room: Room,
): Claim[] {
  const byWeight = claims.toSorted((left, right) => right.weight - left.weight);
  const isKey = (claim: Claim) => groupOf(claim.kind) === 'key';
  const others = (['decision', 'risk', 'question'] as const).flatMap((group) =>
    byWeight.filter((claim) => groupOf(claim.kind) === group).slice(0, othersFirst),
  );
  const taken = createTaken<Claim>(room);
  for (const claim of byWeight.filter(isKey)) taken.tryAdd(claim, room.words * keyShare);
  for (const claim of others) taken.tryAdd(claim, room.words);
  for (const claim of byWeight) taken.tryAdd(claim, room.words);
  return claims.filter((claim) => taken.claims.has(claim));
}

/** The numbers that fit into a table, the first of each label. */
export function fitNumbers<Fact extends { number: NumberFact }>(
  facts: readonly Fact[],
  words: number,
): Fact[] {
  const labels = new Set<string>();
  let left = words;
  return facts.filter(({ number }) => {
    const label = number.label.toLowerCase();
    const cost = countWords(`${number.label} ${describeValue(number)}`);
    if (labels.has(label) || cost > left) return false;
    labels.add(label);
    left -= cost;
    return true;
  });
}

/** A figure with its unit, as the table shows it. */
export function describeValue(number: NumberFact): string {
  const { value, unit } = number;
  return unit === undefined || value.includes(unit) ? value : `${value} ${unit}`;
}

function createTaken<Claim extends { text: string; kind: NoteKind }>(room: Room) {
  const claims = new Set<Claim>();
  const counts = new Map<KindGroup, number>();
  let words = 0;
  return {
    claims,
    tryAdd(claim: Claim, limit: number): void {
      const group = groupOf(claim.kind);
      const count = counts.get(group) ?? 0;
      const cost = countWords(claim.text);
      const isFull = count >= (room.most[group] ?? Number.POSITIVE_INFINITY);
      if (claims.has(claim) || isFull || words + cost > limit) return;
      claims.add(claim);
      counts.set(group, count + 1);
      words += cost;
    },
  };
}

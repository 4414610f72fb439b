import { countWords } from '#shared/workflows/language.ts';
import type { PromptLine, WrittenPrompt } from '#shared/workflows/prompt.ts';
import { limitOf } from './note.ts';
import { figureStrength } from './number-facts.ts';

const maxHeadlineWords = 28;
const maxExecutivePoints = 9;

/** Answers `summarize.polish`: the best point as the headline, the others as they are, as far as they fit. */
export function answerPolish(prompt: WrittenPrompt): unknown {
  const points = (prompt.sections['points'] ?? []).map(parsePoint);
  const headline = chooseHeadline(points);
  const isTerse = prompt.facts['Style'] === 'bullets';
  const limit = limitOf(prompt.facts['Words'], 340) - countWords(headline?.text ?? '');
  // Rows of tables are shown in the table of numbers.
  const sentences = points.filter((point) => !isRow(point));
  const rest = (sentences.length > 1 ? sentences : points)
    .filter((point) => point !== headline)
    .map((point) => (isTerse ? { ...point, text: tersely(point.text) } : point));
  const maxKey = prompt.facts['Style'] === 'executive' ? maxExecutivePoints : rest.length;
  return {
    headline: { text: headline?.text ?? '-', from: headline === undefined ? [] : [headline.id] },
    points: keepWhatFits(rest, { limit, maxKey }).map(({ id, text }) => ({ id, text })),
  };
}

interface GivenPoint {
  readonly id: string;
  readonly kind: string;
  readonly weight: number;
  readonly text: string;
}

function parsePoint({ tag, text }: PromptLine): GivenPoint {
  const [id = '', kind = 'point', weight = '3'] = tag.split(' ');
  return { id, kind, weight: Number(weight), text };
}

function isKey({ kind }: GivenPoint): boolean {
  return kind === 'point' || kind === 'number';
}

function chooseHeadline(points: readonly GivenPoint[]): GivenPoint | undefined {
  const short = points.filter(({ text }) => countWords(text) <= maxHeadlineWords);
  const rate = (point: GivenPoint) =>
    point.weight * 2 + figureStrength(point.text) + (isKey(point) ? 2 : 0) - (isRow(point) ? 4 : 0);
  return short.toSorted((left, right) => rate(right) - rate(left))[0];
}

/** A line made from the row of a table is no sentence. */
function isRow({ text }: GivenPoint): boolean {
  return /^[^.!?]{1,80}: [^.]*\d[^ ]*\.$/u.test(text) && countWords(text) < 14;
}

function keepWhatFits(
  points: readonly GivenPoint[],
  { limit, maxKey }: { limit: number; maxKey: number },
): GivenPoint[] {
  const kept = new Set<GivenPoint>();
  let words = 0;
  let keyCount = 0;
  const byWeight = points.toSorted((left, right) => right.weight - left.weight);
  for (const point of [...byWeight.filter(isKey).slice(0, 5), ...byWeight]) {
    const cost = countWords(point.text);
    if (kept.has(point) || words + cost > limit || (isKey(point) && keyCount >= maxKey)) continue;
    kept.add(point);
    words += cost;
    if (isKey(point)) keyCount += 1;
  }
  return points.filter((point) => kept.has(point));
}

function tersely(text: string): string {
  return text.replace(/\s*\([^)]*\)/gu, '').replace(/\.$/u, '');
}

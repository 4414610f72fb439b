import { weighText, weightOfTokens } from '#shared/domain/tokens.ts';

/** Characters [from, to) of a text. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Ranges of at most `maxTokens` estimated tokens that together are the text. Cuts between sentences; a sentence that is itself too long
 * is cut between words, and a word that is too long between characters.
 */
export function splitText(text: string, maxTokens: number): TextRange[] {
  const maxWeight = weightOfTokens(maxTokens);
  if (weighText(text) <= maxWeight) return [{ from: 0, to: text.length }];
  const joined = createJoin(maxWeight);
  for (const sentence of segments(text, { from: 0, to: text.length }, 'sentence')) {
    if (sentence.weight <= maxWeight) joined.add(sentence);
    else addWords(text, sentence, joined);
  }
  return joined.ranges();
}

interface Segment extends TextRange {
  readonly weight: number;
}

/** The segmenter of V8 goes through its whole text for each segment, so it gets long ones in windows. */
const windowLength = 2_000;

/** Segments of a range, together the range. The last one of a window may go on behind it, so the next window begins with it. */
function* segments(
  text: string,
  range: TextRange,
  granularity: 'sentence' | 'word',
): Generator<Segment> {
  for (let from = range.from; from < range.to; ) {
    const to = Math.min(range.to, withoutHalf(text, from + windowLength));
    let next = to;
    for (const { index, segment } of segmenters[granularity].segment(text.slice(from, to))) {
      const start = from + index;
      const end = start + segment.length;
      const isCut = end === to && to < range.to && index > 0;
      if (isCut) next = start;
      else yield { from: start, to: end, weight: weighText(segment) };
    }
    from = next;
  }
}

const segmenters = {
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
};

/** Words of a long sentence; a word without end (a data URL, say) in slices. */
function addWords(text: string, sentence: TextRange, joined: Join): void {
  for (const word of segments(text, sentence, 'word')) {
    if (word.weight <= joined.maxWeight) joined.add(word);
    else addSlices(text, word, joined);
  }
}

function addSlices(text: string, word: TextRange, joined: Join): void {
  for (let from = word.from; from < word.to; ) {
    const to = Math.min(word.to, withoutHalf(text, from + 1, 1));
    joined.add({ from, to, weight: weighText(text.slice(from, to)) });
    from = to;
  }
}

/** An end that does not stand between the halves of a character. */
function withoutHalf(text: string, end: number, step = -1): number {
  const isInside =
    (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(end) & 0xfc00) === 0xdc00;
  return isInside ? end + step : end;
}

interface Join {
  readonly maxWeight: number;
  add(segment: Segment): void;
  ranges(): TextRange[];
}

/** Joins neighbours while they fit. */
function createJoin(maxWeight: number): Join {
  const joined: { from: number; to: number; weight: number }[] = [];
  return {
    maxWeight,
    add({ from, to, weight }) {
      const last = joined.at(-1);
      if (last !== undefined && last.weight + weight <= maxWeight) {
        last.to = to;
        last.weight += weight;
      } else {
        joined.push({ from, to, weight });
      }
    },
    ranges: () => joined.map(({ from, to }) => ({ from, to })),
  };
}

import { estimateTokens } from '#shared/domain/tokens.ts';

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
  if (estimateTokens(text) <= maxTokens) return [{ from: 0, to: text.length }];
  const sentences = segments(text, 'sentence').flatMap((sentence) => {
    const part = text.slice(sentence.from, sentence.to);
    if (estimateTokens(part) <= maxTokens) return [sentence];
    return pieces(part, maxTokens).map(({ from, to }) => ({
      from: sentence.from + from,
      to: sentence.from + to,
    }));
  });
  return join(text, sentences, maxTokens);
}

function segments(text: string, granularity: 'sentence' | 'word'): TextRange[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  return [...segmenter.segment(text)].map(({ index, segment }) => ({
    from: index,
    to: index + segment.length,
  }));
}

/** Words of a long sentence; a word without end (a data URL, say) in slices that certainly fit. */
function pieces(text: string, maxTokens: number): TextRange[] {
  const sliceLength = Math.max(1, Math.floor(maxTokens));
  const words = segments(text, 'word').flatMap((word) => {
    if (word.to - word.from <= sliceLength) return [word];
    const count = Math.ceil((word.to - word.from) / sliceLength);
    return Array.from({ length: count }, (_, index) => ({
      from: word.from + index * sliceLength,
      to: Math.min(word.to, word.from + (index + 1) * sliceLength),
    }));
  });
  return join(text, words, maxTokens);
}

/** Joins neighbours while they fit. */
function join(text: string, parts: readonly TextRange[], maxTokens: number): TextRange[] {
  const joined: TextRange[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const together = last === undefined ? undefined : { from: last.from, to: part.to };
    if (together && estimateTokens(text.slice(together.from, together.to)) <= maxTokens) {
      joined[joined.length - 1] = together;
    } else {
      joined.push(part);
    }
  }
  return joined;
}

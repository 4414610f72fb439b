/** Characters [from, to) of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Shorter quotes prove nothing, unless they are all that there is. */
const minQuoteLength = 8;

/**
 * Where a quote stands in a text, or `undefined`. White space, typographic quotation marks, dashes, ellipses and ligatures may
 * differ; letters, case and digits may not. A quote begins and ends at the edge of a word or a figure: `grew to 1` is not in `grew to 12`.
 */
export function findQuote(quote: string, text: string): Span | undefined {
  const wanted = normalize(stripQuotationMarks(quote.trim())).text.trim();
  const available = normalize(text);
  const isWholeText = wanted === available.text.trim();
  if (wanted === '' || (wanted.length < minQuoteLength && !isWholeText)) return undefined;

  let at = available.text.indexOf(wanted);
  while (at !== -1) {
    const end = at + wanted.length;
    if (hasEdges(available.text, at, end)) return originalSpan(available, at, end);
    at = available.text.indexOf(wanted, at + 1);
  }
  return undefined;
}

interface Normalized {
  readonly text: string;
  /** For each character of `text`, the span of the original that it came from. */
  readonly spans: readonly Span[];
}

const replacements: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '″': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
};

function normalize(text: string): Normalized {
  const characters: string[] = [];
  const spans: Span[] = [];
  // A letter with its combining marks is one character, whichever way it is encoded.
  for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const span = { from: index, to: index + cluster.length };
    const isRepeatedSpace = /^\s$/u.test(cluster) && characters.at(-1) === ' ';
    if (isRepeatedSpace || /^[\u00ad\u200b-\u200d\u2060\ufeff]$/u.test(cluster)) continue;
    const plain = /^\s$/u.test(cluster)
      ? ' '
      : (replacements[cluster] ?? cluster.normalize('NFKC'));
    for (const character of plain.split('')) {
      characters.push(character);
      spans.push(span);
    }
  }
  return { text: characters.join(''), spans };
}

function stripQuotationMarks(quote: string): string {
  const match = /^["“„«”](.*)["”“»]$/su.exec(quote);
  const inner = match?.[1];
  return inner === undefined || /["“„«”»]/u.test(inner) ? quote : inner;
}

/** Scripts that put no space between words have no edges to look for. */
const wordCharacter =
  /[\p{N}]|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}])[\p{L}]/u;

function hasEdges(text: string, from: number, to: number): boolean {
  return !isInside(text, from) && !isInside(text, to);
}

/** Whether a position is within a word or a figure. */
function isInside(text: string, position: number): boolean {
  const before = text.slice(Math.max(0, position - 2), position);
  const after = text.slice(position, position + 2);
  const isWithinWord =
    wordCharacter.test(before.slice(-1)) && wordCharacter.test(after.slice(0, 1));
  const isBeforeFraction = /\d$/u.test(before) && /^[.,]\d/u.test(after);
  const isAfterFraction = /\d[.,]$/u.test(before) && /^\d/u.test(after);
  return isWithinWord || isBeforeFraction || isAfterFraction;
}

function originalSpan(available: Normalized, at: number, end: number): Span | undefined {
  const first = available.spans[at];
  const last = available.spans[end - 1];
  return first === undefined || last === undefined ? undefined : { from: first.from, to: last.to };
}

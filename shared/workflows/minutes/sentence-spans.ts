import type { Span } from '../quotes.ts';

/** Behind these a sentence goes on: abbreviations, and the day of a German date. */
const goesOn =
  /(?:(?:^|[\s(])(?:e\.g|i\.e|cf|ca|approx|vs|dr|mr|mrs|ms|prof|nr|no|st|bzw|z\.\s?b|d\.\s?h|u\.\s?a|vgl|evtl|ggf|inkl|max|min|jan|feb|apr|jun|jul|aug|sept?|okt|oct|nov|dez|dec)\.|(?:am|zum|bis|ab|vom|der|dem|den|the)\s+\d{1,2}\.|\s\d{1,2}\.)\s*$/iu;
const monthOrSmall =
  /^(?:\p{Ll}|\d|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)/u;

/** Sentences of a text as characters [from, to), white space around them left out; a longer one than `most` is cut between words. */
export function splitSentenceSpans(text: string, most = Number.POSITIVE_INFINITY): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(
    text,
  )) {
    const last = spans.at(-1);
    const before = last === undefined ? '' : text.slice(last.from, last.to);
    const isTied = goesOn.test(before) && monthOrSmall.test(segment.trim());
    if (last !== undefined && (isTied || !/[\p{L}\p{N}]/u.test(segment))) {
      last.to = index + segment.length;
    } else {
      spans.push({ from: index, to: index + segment.length });
    }
  }
  return spans
    .flatMap((span) => cut(text, trimmed(text, span), most))
    .filter(({ from, to }) => to > from);
}

function trimmed(text: string, { from, to }: Span): Span {
  const part = text.slice(from, to);
  const start = from + (part.length - part.trimStart().length);
  return { from: start, to: Math.max(start, from + part.trimEnd().length) };
}

function cut(text: string, { from, to }: Span, most: number): Span[] {
  if (to - from <= most) return [{ from, to }];
  const space = text.lastIndexOf(' ', from + most);
  const at = space > from ? space : from + most;
  return [{ from, to: at }, ...cut(text, trimmed(text, { from: at, to }), most)];
}

/** Abbreviations after which a sentence goes on. */
const abbreviations =
  /(?:^|[\s(])(?:e\.g|i\.e|cf|ca|approx|incl|excl|vs|dr|mr|mrs|ms|prof|bzw|z\.\s?b|d\.\s?h|u\.\s?a|abs|vgl)\.$/iu;
/** Abbreviations after which it goes on if a number follows. */
const beforeNumbers =
  /(?:^|[\s(])(?:nos?|nr|figs?|tab|sec|art|para|vol|pp?|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$/iu;
/** German dates: `4. März`. */
const ordinal = /(?:^|\s)\d{1,2}\.$/u;
const germanMonth =
  /^(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b/iu;
const initial = /(?:^|\s)[A-Z]\.$/u;

/** Sentences of a paragraph, verbatim. */
export function splitSentences(text: string): string[] {
  const segments = [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)];
  const sentences: string[] = [];
  for (const { segment } of segments) {
    const last = sentences.at(-1);
    if (last !== undefined && goesOn(last.trim(), segment)) {
      sentences[sentences.length - 1] = last + segment;
      continue;
    }
    sentences.push(segment);
  }
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}

/** Words of a text in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
}

/** A sentence, or as much of it as fits, cut at a clause or else at a word. A part of the text, letter by letter. */
export function clipText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength);
  const clauseEnd = Math.max(
    head.lastIndexOf('; '),
    head.lastIndexOf(', '),
    head.lastIndexOf(' – '),
  );
  const cutAt = clauseEnd > maxLength / 2 ? clauseEnd : head.lastIndexOf(' ');
  return (cutAt > 0 ? head.slice(0, cutAt) : head).trim();
}

function goesOn(before: string, after: string): boolean {
  if (abbreviations.test(before) || initial.test(before)) return true;
  if (ordinal.test(before) && germanMonth.test(after.trim())) return true;
  if (beforeNumbers.test(before)) return /^[\d(]/u.test(after.trim());
  return /^\p{Ll}/u.test(after.trim());
}

/**
 * A prompt has one line a segment. Line breaks that count within a segment are shown as further tags `<x9/>`, behind the numbers of its own
 * tags, and white space around it is taken off; both come back with the translation.
 */
export function encodeLines(text: string): string {
  let next = largestTag(text);
  return text.trim().replace(/\s*\n\s*/g, () => {
    next += 1;
    return `<x${next}/>`;
  });
}

/** A translation of {@link encodeLines} of the source, with the line breaks and the white space around that the source has. */
export function decodeLines(translation: string, source: string): string {
  const breaks = source.trim().match(/\s*\n\s*/g) ?? [];
  const first = largestTag(source) + 1;
  const lines = translation.replace(markPattern, (mark, digits: string) => {
    return breaks[Number(digits) - first] ?? mark;
  });
  const before = /^\s*/.exec(source)?.[0] ?? '';
  const after = /\s*$/.exec(source)?.[0] ?? '';
  return `${before}${lines.trim()}${after}`;
}

const markPattern = /<x([0-9]{1,6})\s*\/>/g;
const tagPattern = /<[gx]([0-9]{1,6})\s*\/?>/g;

function largestTag(text: string): number {
  let largest = 0;
  for (const [, digits] of text.matchAll(tagPattern)) largest = Math.max(largest, Number(digits));
  return largest;
}

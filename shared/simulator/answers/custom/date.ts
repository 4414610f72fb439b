const months =
  'january|february|march|april|may|june|july|august|september|october|november|december'.split(
    '|',
  );
const german =
  'januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember'.split('|');

const written = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?(${[...months, ...german].join('|')}),? (\\d{4})`,
  'iu',
);

/** The first day that a text names behind “by”, “until” or the like, as ISO 8601. */
export function dateIn(text: string): string | undefined {
  const from = /\b(?:by|until|before|no later than|bis|spätestens)\b/iu.exec(text)?.index;
  if (from === undefined) return undefined;
  const rest = text.slice(from, from + 80);
  const iso = /\d{4}-\d{2}-\d{2}/.exec(rest)?.[0];
  if (iso !== undefined) return iso;
  const [, day, name = '', year] = written.exec(rest) ?? [];
  const month =
    Math.max(months.indexOf(name.toLowerCase()), german.indexOf(name.toLowerCase())) + 1;
  if (month === 0 || day === undefined) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

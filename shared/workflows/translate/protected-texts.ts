/** Addresses on the web and of mail, as in plain text. */
const urlPattern =
  /(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"“”«»]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;

/** What a program puts a value in place of: `{{x}}`, `${x}`, `[[x]]`, `{0}`, `%(name)s`, `%1$s`, `%s`, `<x/>`. */
const placeholderPattern =
  /\{\{[^{}]{1,60}\}\}|\$\{[^{}]{1,60}\}|\[\[[^[\]]{1,60}\]\]|\{[\p{L}\p{N}_.:-]{1,60}\}|%\([\p{L}\p{N}_]{1,60}\)[sdif]|%(?:\d+\$)?(?:\.\d+)?[sdif@](?![\p{L}\p{N}])|<\/?[\p{L}_][\p{L}\p{N}_.:-]{0,60}\s*\/?>/gu;

/** Addresses in a text, without the signs that end the sentence around them. */
export function urlsIn(text: string): string[] {
  return [...text.matchAll(urlPattern)].map(([url]) => withoutEnd(url));
}

/** Placeholders in a text that are not part of an address. */
export function placeholdersIn(text: string): string[] {
  return [...withoutUrls(text).matchAll(placeholderPattern)].map(([each]) => each);
}

/** A text without its addresses and placeholders. */
export function withoutProtected(text: string): string {
  return withoutUrls(text).replace(placeholderPattern, ' ');
}

/** How often a term stands in a text as words of their own, upper and lower case as given. */
export function countExact(text: string, term: string): number {
  let count = 0;
  let at = text.indexOf(term);
  while (at !== -1) {
    if (isApart(text, { from: at, to: at + term.length })) count += 1;
    at = text.indexOf(term, at + term.length);
  }
  return count;
}

/** Where what must stay as it is stands in a text, in order and without overlap: addresses, placeholders, the terms. */
export function protectedSpans(text: string, terms: readonly string[]): Span[] {
  const urls = [...text.matchAll(urlPattern)].map((match) => spanOf(match.index, match[0]));
  const placeholders = [...text.matchAll(placeholderPattern)].map((match) =>
    spanOf(match.index, match[0]),
  );
  const named = terms
    .toSorted((left, right) => right.length - left.length)
    .flatMap((term) => {
      const spans: Span[] = [];
      for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length)) {
        const span = { from: at, to: at + term.length };
        if (isApart(text, span)) spans.push(span);
      }
      return spans;
    });
  const taken: Span[] = [];
  for (const span of [...urls, ...placeholders, ...named]) {
    if (!taken.some(({ from, to }) => from < span.to && span.from < to)) taken.push(span);
  }
  return taken.toSorted((left, right) => left.from - right.from);
}

/** Characters [from, to) of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf(from: number, text: string): Span {
  return { from, to: from + withoutEnd(text).length };
}

function withoutEnd(url: string): string {
  return url.replace(/[.,;:!?)\]'’]+$/u, '');
}

function withoutUrls(text: string): string {
  return text.replace(urlPattern, ' ');
}

function isApart(text: string, { from, to }: Span): boolean {
  return !isWithinWord(text, from) && !isWithinWord(text, to);
}

/** Whether letters or digits stand on both sides. Scripts without spaces between words have no edges. */
function isWithinWord(text: string, position: number): boolean {
  return wordEnd.test(text.slice(0, position)) && wordStart.test(text.slice(position));
}

const wordLetter =
  '(?![\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}])[\\p{L}\\p{N}]';
const wordEnd = new RegExp(`${wordLetter}$`, 'u');
const wordStart = new RegExp(`^${wordLetter}`, 'u');

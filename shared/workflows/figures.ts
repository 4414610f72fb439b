/**
 * Figures in a text as digits only, so that `1,240.5`, `1.240,5` and `1 240.5` are the same figure in every language. Numbers in
 * words are not figures.
 */
export function figuresIn(text: string): string[] {
  return [...text.matchAll(figurePattern)].flatMap(([match]) => variantsOf(match));
}

/** Figures of a claim that stand in none of its sources. */
export function unsupportedFigures(claim: string, sources: readonly string[]): string[] {
  const known = new Set(sources.flatMap((source) => figuresIn(source)));
  return [...claim.matchAll(figurePattern)]
    .map(([match]) => match)
    .filter((match) => !isSupported(match, known));
}

/** Digits with separators between them; groups of three may be set apart by a space. Ends in a digit. */
const figurePattern =
  /(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*/gu;
const numericDate = /^\d{1,2}\.\d{1,2}\.\d{2,4}$/;
const gap = /[ \u00a0\u202f]/u;

/** What a figure of a source can be called: as a whole, and, where a space may be no separator, in its parts. */
function variantsOf(figure: string): string[] {
  if (numericDate.test(figure)) return [digitsOf(figure), ...figure.split('.').map(digitsOf)];
  if (gap.test(figure)) return [digitsOf(figure), ...figure.split(gap).map(digitsOf)];
  return [digitsOf(figure)];
}

function isSupported(figure: string, known: ReadonlySet<string>): boolean {
  const [whole, ...parts] = variantsOf(figure);
  const isWholeKnown = whole !== undefined && known.has(whole);
  return isWholeKnown || (parts.length > 0 && parts.every((part) => known.has(part)));
}

function digitsOf(figure: string): string {
  return figure.replace(/\D/gu, '').replace(/^0+(?=\d)/, '');
}

/**
 * Whether two texts have the same figures, each as often, however a language writes them: `1,240.5`, `1.240,5` and `1 240.5` are the same, so
 * are `14:30` and `14.30`, and a date has its parts in any order. Numbers in words are not figures. A month that the source names may be
 * a figure of the translation, and Chinese, Japanese and Korean count in ten thousands.
 */
export function hasSameNumbers(source: string, translation: string, language: string): boolean {
  return readings.some((read) => {
    const left = read(source);
    const right = read(translation);
    return isSame(left, right) || isSameButFor({ source, language }, left, right);
  });
}

type Reading = (text: string) => string[];

const spaced =
  /(?<!\d)\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:'’٫٬]\d+)*/gu;
const unspaced = /\d+(?:[.,:'’٫٬]\d+)*/gu;
const dotted = /^\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})$/;

/** A space between figures may group digits or set them apart; which it is, the two texts tell together. */
const readings: readonly Reading[] = [spaced, unspaced].map(
  (pattern): Reading =>
    (text) =>
      [...withAsciiDigits(text).matchAll(pattern)].flatMap(([figure]) =>
        dotted.test(figure) ? figure.split('.').map(digitsOf) : [digitsOf(figure)],
      ),
);

function digitsOf(figure: string): string {
  return figure.replace(/\D/gu, '').replace(/^0+(?=\d)/, '');
}

/** Decimal digits of any script: Unicode has each set of ten in order, from a position that ends in 0 or 6. */
function withAsciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const start = zeros.findLast((zero) => zero <= code) ?? code;
    return String(code - start);
  });
}

/** Zeros of the scripts in which figures are written today. */
const zeros: readonly number[] = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0xff10,
];

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.toSorted().join() === right.toSorted().join();
}

/** With the differences that a language makes. */
function isSameButFor(
  { source, language }: { readonly source: string; readonly language: string },
  left: readonly string[],
  right: readonly string[],
): boolean {
  const isOfTenThousands = /^(?:zh|ja|ko)\b/.test(language) && scaleWord.test(source);
  const plain = (figures: readonly string[]) =>
    isOfTenThousands ? figures.map((each) => each.replace(/0+$/, '')) : [...figures];
  const months = monthsIn(source);
  const others = plain(right);
  for (const figure of plain(left)) {
    const at = others.indexOf(figure);
    if (at === -1) return false;
    others.splice(at, 1);
  }
  return others.every((figure) => {
    const at = months.indexOf(figure);
    if (at !== -1) months.splice(at, 1);
    return at !== -1;
  });
}

const scaleWord =
  /\b(?:hundred|thousand|million|billion|trillion|tausend|millionen|milliarden|mille|millions?|milliards?|mil|millones)\b/iu;

/** First letters by which months are told apart in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const monthPatterns = [
  'jan|ene|gen',
  'feb|fév|fev',
  'mar|mär|maa|mrt',
  'apr|avr|abr',
  'may|mai|mei|mag',
  'jun|juin|giu',
  'jul|juil|lug',
  'aug|aoû|ago',
  'sep|set',
  'oct|okt|ott|out',
  'nov',
  'dec|dez|déc|dic',
].map((starts) => new RegExp(`(?<!\\p{L})(?:${starts})\\p{L}*`, 'giu'));

function monthsIn(text: string): string[] {
  return monthPatterns.flatMap((pattern, index) =>
    [...text.matchAll(pattern)].map(() => String(index + 1)),
  );
}

/** A language as files are marked with it. */
export interface TargetLanguage {
  /** As given. */
  readonly tag: string;
  /** With a region, as Office wants it: `de-DE`. */
  readonly regional: string;
  /** Which of the three languages of a Word run it is. */
  readonly attribute: 'val' | 'eastAsia' | 'bidi';
  readonly isRightToLeft: boolean;
}

const rightToLeft: ReadonlySet<string> = new Set([
  ...['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr'],
]);
const eastAsian: ReadonlySet<string> = new Set(['Hans', 'Hant', 'Jpan', 'Kore', 'Hani', 'Bopo']);

/** Characters of scripts that run from right to left. */
export const rightToLeftCharacter =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** What a BCP 47 tag means for a file. Region and script are the likely ones where it does not name them (CLDR). */
export function targetLanguage(tag: string): TargetLanguage {
  const locale = new Intl.Locale(tag);
  const { language, region, script = '' } = locale.maximize();
  const isRightToLeft = rightToLeft.has(script);
  const isEastAsian = eastAsian.has(script);
  return {
    tag,
    regional: region === undefined ? language : `${language}-${region}`,
    attribute: isRightToLeft ? 'bidi' : isEastAsian ? 'eastAsia' : 'val',
    isRightToLeft,
  };
}

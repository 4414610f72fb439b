/** What the language of a report means for its type. */
export interface Typography {
  /** BCP 47 tag with a region, as Word knows languages. */
  readonly language: string;
  readonly isRightToLeft: boolean;
  readonly fonts: {
    readonly ascii: string;
    readonly hAnsi: string;
    readonly eastAsia: string;
    readonly cs: string;
  };
  /** Which of Word's three languages of a run the language is. */
  readonly languages: {
    readonly value: string;
    readonly eastAsia?: string;
    readonly bidirectional?: string;
  };
}

const eastAsianFonts: Readonly<Record<string, string>> = {
  Jpan: 'Yu Gothic',
  Kore: 'Malgun Gothic',
  Hant: 'Microsoft JhengHei',
  Hans: 'Microsoft YaHei',
};

const complexFonts: Readonly<Record<string, string>> = {
  Deva: 'Nirmala UI',
  Beng: 'Nirmala UI',
  Taml: 'Nirmala UI',
  Thai: 'Leelawadee UI',
};

const rightToLeftScripts: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']);

/** Type of a language. What is no language tag is taken for English, since a report must be written in any case. */
export function typographyOf(tag: string): Typography {
  const { script = 'Latn', language, region } = localeOf(tag).maximize();
  const name = region === undefined ? language : `${language}-${region}`;
  const isRightToLeft = rightToLeftScripts.has(script);
  const isEastAsian = script in eastAsianFonts;
  return {
    language: name,
    isRightToLeft,
    fonts: {
      ascii: 'Calibri',
      hAnsi: 'Calibri',
      eastAsia: eastAsianFonts[script] ?? 'Microsoft YaHei',
      cs: complexFonts[script] ?? 'Arial',
    },
    languages: {
      value: isRightToLeft || isEastAsian ? 'en-US' : name,
      ...(isEastAsian ? { eastAsia: name } : {}),
      ...(isRightToLeft || script in complexFonts ? { bidirectional: name } : {}),
    },
  };
}

function localeOf(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag);
  } catch {
    return new Intl.Locale('en');
  }
}

/** A stretch of text that runs in one direction. */
export interface DirectedText {
  readonly text: string;
  readonly isRightToLeft: boolean;
}

const rightToLeftLetter = '[\\p{sc=Arabic}\\p{sc=Hebrew}\\p{sc=Syriac}\\p{sc=Thaana}\\p{sc=Nko}]';
const leftToRightLetter = `(?!${rightToLeftLetter})\\p{L}`;
const rightToLeftPattern = new RegExp(rightToLeftLetter, 'gu');
const leftToRightPattern = new RegExp(leftToRightLetter, 'gu');
/** From a letter of one direction to the last one before a letter of the other. */
const leftToRightStretch = stretch(leftToRightLetter, rightToLeftLetter);
const rightToLeftStretch = stretch(rightToLeftLetter, leftToRightLetter);

function stretch(letter: string, other: string): RegExp {
  return new RegExp(`(${letter}(?:(?:(?!${other}).)*${letter})?)`, 'gsu');
}

/**
 * Whether a paragraph runs from right to left. In a language that does, a single letter of it decides, since names in other scripts
 * can be most of a sentence; in others it takes most of the letters.
 */
export function runsRightToLeft(text: string, typography: Typography): boolean {
  const rightToLeft = text.match(rightToLeftPattern)?.length ?? 0;
  const leftToRight = text.match(leftToRightPattern)?.length ?? 0;
  if (typography.isRightToLeft) return rightToLeft > 0 || leftToRight === 0;
  return rightToLeft > leftToRight;
}

/**
 * Splits text where its direction changes: Word wants a run for each (ISO 29500-1, 17.3.2.30). Marks and digits between two
 * directions go with the paragraph.
 */
export function splitByDirection(text: string, isParagraphRightToLeft: boolean): DirectedText[] {
  const other = isParagraphRightToLeft ? leftToRightStretch : rightToLeftStretch;
  return text
    .split(other)
    .map((part, index) => ({
      text: part,
      isRightToLeft: index % 2 === 0 ? isParagraphRightToLeft : !isParagraphRightToLeft,
    }))
    .filter((part) => part.text !== '');
}

/**
 * Token counts without a tokenizer: none is published for MiniMax, and a foreign one errs by a factor on some scripts. The table holds
 * tokens per character by script, fitted to o200k and rounded towards more tokens. Error band of {@link estimateTokens}, estimate over
 * o200k, on business prose of some hundred characters (the table is a test, `tokens.test.ts`):
 *
 * | script | band | | script | band |
 * |---|---|---|---|---|
 * | Latin | −15 % … +40 % | | Arabic, Hebrew | ±45 % |
 * | Cyrillic, Greek | −10 % … +25 % | | Devanagari, Thai and others | −10 % … +50 % |
 * | Han, kana, Hangul | −5 % … +25 % | | code, JSON, tables of numbers | −15 % … +45 % |
 *
 * Against MiniMax itself nothing was measured; a third party reports up to 1.9 times o200k for Perso-Arabic text. {@link maxTokens}
 * allows for that: 1.3 times the estimate, and 2.2 times for Arabic, Hebrew and the other scripts.
 */
interface ScriptRate {
  /** In parts of a token that make every rate and margin a whole number, so that the sums of parts are exactly the sum of the whole. */
  readonly weight: number;
  readonly marginWeight: number;
}

/** Parts of a token: divisible by all of the rates below and their margins. */
const parts = 65_520;

const rates = {
  /** ASCII letters and space. */
  word: rate(4.2, 1.3),
  /** Letters with marks. */
  accented: rate(1.5, 1.3),
  cyrillic: rate(4, 1.3),
  greek: rate(2.8, 1.3),
  digit: rate(1.8, 1.3),
  sign: rate(1.6, 1.3),
  hangul: rate(1.5, 1.3),
  cjk: rate(1.2, 1.3),
  other: rate(2.6, 2.2),
} as const satisfies Record<string, ScriptRate>;

/** Tokens that a message costs besides its text. */
const overheadInTokens = 8;

/** The likely number of tokens of a text. */
export function estimateTokens(text: string): number {
  return tokensOfWeight(weighText(text));
}

/** A number of tokens that the text is very unlikely to pass; reservations are made with it. */
export function maxTokens(text: string): number {
  let weight = 0;
  for (let index = 0; index < text.length; index += 1) {
    weight += rateAt(text, index).marginWeight;
  }
  return Math.ceil(weight / parts) + overheadInTokens;
}

/**
 * What {@link estimateTokens} rounds up, as a whole number: the weight of a text is exactly that of its parts together, so that a text can
 * be cut without weighing it again.
 */
export function weighText(text: string): number {
  let weight = 0;
  for (let index = 0; index < text.length; index += 1) weight += rateAt(text, index).weight;
  return weight;
}

/** The estimate for a text of that weight. */
export function tokensOfWeight(weight: number): number {
  return Math.ceil(weight / parts);
}

/** The most that a text of so many tokens may weigh. */
export function weightOfTokens(tokens: number): number {
  return tokens * parts;
}

function rate(charactersPerToken: number, margin: number): ScriptRate {
  const weight = Math.round(parts / charactersPerToken);
  return { weight, marginWeight: Math.round(weight * margin) };
}

/** Upper ends of code ranges, in order; astral characters count as Han, by halves. */
const ranges: readonly (readonly [end: number, rate: ScriptRate])[] = [
  [0x0370, rates.accented],
  [0x0400, rates.greek],
  [0x0530, rates.cyrillic],
  [0x1100, rates.other],
  [0x1200, rates.hangul],
  [0x1e00, rates.other],
  [0x1f00, rates.accented],
  [0x2000, rates.greek],
  [0x2e80, rates.sign],
  [0xa4d0, rates.cjk],
  [0xac00, rates.other],
  [0xd7b0, rates.hangul],
  [0xe000, rates.cjk],
  [0xf900, rates.other],
  [0xfb00, rates.cjk],
  [0xff00, rates.other],
  [0x1_0000, rates.cjk],
];

/** Rates by code, looked up for every character of every document. */
const rateList = Object.values(rates);
const rateIndexes = Uint8Array.from({ length: 0x1_0000 }, (_, code) =>
  rateList.indexOf(rateOf(code)),
);

function rateAt(text: string, index: number): ScriptRate {
  return rateList[rateIndexes[text.charCodeAt(index)] ?? 0] ?? rates.other;
}

function rateOf(code: number): ScriptRate {
  if (code < 0x80) return rateOfAscii(code);
  return ranges.find(([end]) => code < end)?.[1] ?? rates.other;
}

function rateOfAscii(code: number): ScriptRate {
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (isLetter || code === 32) return rates.word;
  return code >= 48 && code <= 57 ? rates.digit : rates.sign;
}

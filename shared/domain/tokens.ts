/**
 * Token counts without a tokenizer: none is published for MiniMax, and a foreign one errs by a factor on some scripts. The table holds
 * characters per token by script, measured with o200k (en 4.25, de 5.0, ru 4.7, ar 3.6, hi 3.7, ko 1.8, zh 1.4, ja 1.2, th 2.6, code and
 * JSON 2.6–2.8, numeric tables 1.8) and rounded towards more tokens. Error band of the estimate: about ±20 % on Latin, Cyrillic and CJK
 * prose; the other scripts may need twice the estimate, which {@link maxTokens} allows for.
 */
interface ScriptRate {
  readonly tokensPerCharacter: number;
  /** Factor from the estimate to a bound. */
  readonly margin: number;
}

const rates = {
  /** ASCII letters and space; other Latin and Cyrillic letters cost a little more. */
  word: { tokensPerCharacter: 1 / 4.2, margin: 1.3 },
  accented: { tokensPerCharacter: 1 / 3, margin: 1.3 },
  digit: { tokensPerCharacter: 1 / 1.8, margin: 1.3 },
  sign: { tokensPerCharacter: 1 / 1.6, margin: 1.3 },
  cjk: { tokensPerCharacter: 1 / 1.2, margin: 1.3 },
  other: { tokensPerCharacter: 1 / 2.6, margin: 2.2 },
} as const satisfies Record<string, ScriptRate>;

/** Tokens that a message costs besides its text. */
const overheadInTokens = 8;

/** The likely number of tokens of a text. */
export function estimateTokens(text: string): number {
  return Math.ceil(weigh(text, () => 1));
}

/** A number of tokens that the text is very unlikely to pass; reservations are made with it. */
export function maxTokens(text: string): number {
  return Math.ceil(weigh(text, (rate) => rate.margin)) + overheadInTokens;
}

function weigh(text: string, factor: (rate: ScriptRate) => number): number {
  let tokens = 0;
  for (let index = 0; index < text.length; index += 1) {
    const rate = rateOf(text.charCodeAt(index));
    tokens += rate.tokensPerCharacter * factor(rate);
  }
  return tokens;
}

/** Upper ends of code ranges, in order: Latin with marks, Greek and Cyrillic; signs; kana, Han and Hangul; astral halves; full-width forms. */
const ranges: readonly (readonly [end: number, rate: ScriptRate])[] = [
  [0x0530, rates.accented],
  [0x2000, rates.other],
  [0x2e80, rates.sign],
  [0xa4d0, rates.cjk],
  [0xac00, rates.other],
  [0xd7b0, rates.cjk],
  [0xe000, rates.cjk],
  [0xf900, rates.other],
  [0xfb00, rates.cjk],
  [0xff00, rates.other],
  [0x1_0000, rates.cjk],
];

function rateOf(code: number): ScriptRate {
  if (code < 0x80) return rateOfAscii(code);
  return ranges.find(([end]) => code < end)?.[1] ?? rates.other;
}

function rateOfAscii(code: number): ScriptRate {
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (isLetter || code === 32) return rates.word;
  return code >= 48 && code <= 57 ? rates.digit : rates.sign;
}

/** What an RTF file is made of (RTF 1.9.1, “Conventions of an RTF Reader”). */
export interface RtfHandler {
  open(): void;
  close(): void;
  /** A control word without its backslash, and its number. */
  word(word: string, value: number | undefined): void;
  /** A control symbol, for example `~` or `*`. */
  symbol(symbol: string): void;
  /** Bytes of text in the character set in force. */
  text(bytes: Uint8Array): void;
}

const [backslash, openBrace, closeBrace, quote, minus, space] = [92, 123, 125, 39, 45, 32];
const longestWord = 40;

/** Reads the tokens of a file once, from the first byte to the last. */
export function readTokens(bytes: Uint8Array, handler: RtfHandler): void {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at];
    if (byte === openBrace) handler.open();
    else if (byte === closeBrace) handler.close();
    else if (byte === backslash) {
      at = readControl(bytes, at + 1, handler);
      continue;
    } else if (byte !== 10 && byte !== 13 && byte !== 0) {
      at = readText(bytes, at, handler);
      continue;
    }
    at += 1;
  }
}

function readText(bytes: Uint8Array, from: number, handler: RtfHandler): number {
  let to = from;
  while (to < bytes.length && !endsText(bytes[to])) to += 1;
  handler.text(bytes.subarray(from, to));
  return to;
}

function endsText(byte: number | undefined): boolean {
  return (
    byte === backslash ||
    byte === openBrace ||
    byte === closeBrace ||
    byte === 10 ||
    byte === 13 ||
    byte === 0
  );
}

function readControl(bytes: Uint8Array, from: number, handler: RtfHandler): number {
  if (bytes[from] === quote) {
    const code = Number.parseInt(latin(bytes, from + 1, from + 3), 16);
    if (!Number.isNaN(code)) handler.text(Uint8Array.of(code));
    return from + 3;
  }
  if (isLetter(bytes[from])) return readWord(bytes, from, handler);
  if (from < bytes.length) handler.symbol(latin(bytes, from, from + 1));
  return from + 1;
}

/** A word, a number that may follow it, and one space that belongs to it. */
function readWord(bytes: Uint8Array, from: number, handler: RtfHandler): number {
  const wordTo = endOf(bytes, from, isLetter);
  const numberFrom = bytes[wordTo] === minus ? wordTo + 1 : wordTo;
  const numberTo = endOf(bytes, numberFrom, isDigit);
  const word = latin(bytes, from, wordTo);
  const value =
    numberTo > numberFrom ? Number.parseInt(latin(bytes, wordTo, numberTo), 10) : undefined;
  const to = bytes[numberTo] === space ? numberTo + 1 : numberTo;
  // As many bytes of another kind follow, for example of a picture.
  if (word === 'bin') return to + Math.max(0, value ?? 0);
  handler.word(word, value);
  return to;
}

function endOf(bytes: Uint8Array, from: number, belongs: (byte?: number) => boolean): number {
  let to = from;
  while (to - from < longestWord && belongs(bytes[to])) to += 1;
  return to;
}

function isLetter(byte = 0): boolean {
  return (byte > 64 && byte < 91) || (byte > 96 && byte < 123);
}

function isDigit(byte = 0): boolean {
  return byte > 47 && byte < 58;
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

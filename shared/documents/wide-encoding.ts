/** Encodings with more than one byte for every letter. */
export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/**
 * Whether text is in UTF-16 or UTF-32, by its mark or, without one, by its zeros and control characters: text in other encodings has
 * none. Looks at the first 64 KB;
 * `undefined` for anything that is not certain.
 */
export function wideEncodingOf(bytes: Uint8Array): WideEncoding | undefined {
  const sample = bytes.subarray(0, 64 * 1024);
  return markedEncoding(bytes) ?? encodingByZeros(sample) ?? encodingByLetters(sample);
}

/** Text in UTF-32, which no decoder of the platform knows; `undefined` if a number in it is no character. */
export function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string | undefined {
  if (bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceSizeInBytes) {
    const count = Math.min(pieceSizeInBytes, bytes.length - at) / 4;
    const codes = Array.from({ length: count }, (_, index) =>
      view.getUint32(at + index * 4, isLittleEndian),
    );
    if (!codes.every(isCharacter)) return undefined;
    pieces.push(String.fromCodePoint(...codes));
  }
  return pieces.join('').replace(/^\ufeff/, '');
}

const pieceSizeInBytes = 16_384;

function isCharacter(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

function markedEncoding(bytes: Uint8Array): WideEncoding | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) {
    return third === 0 && fourth === 0 && bytes.length % 4 === 0 ? 'utf-32le' : 'utf-16le';
  }
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0 && second === 0 && third === 0xfe && fourth === 0xff ? 'utf-32be' : undefined;
}

/** The bytes of a letter that are zero are always the same ones: those of the higher values. */
function encodingByZeros(sample: Uint8Array): WideEncoding | undefined {
  const zeros = [0, 0, 0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1;
  });
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  const groups = sample.length / 4;
  if (first >= groups * 0.99 && second >= groups * 0.95 && fourth < groups / 20) return 'utf-32be';
  if (fourth >= groups * 0.95 && third >= groups * 0.95 && first < groups / 20) return 'utf-32le';
  const even = first + third;
  const odd = second + fourth;
  if (odd > even * 20 && odd * 8 > sample.length) return 'utf-16le';
  return even > odd * 20 && even * 8 > sample.length ? 'utf-16be' : undefined;
}

/** Text of other scripts than Latin has few zeros, but bytes of all values, and letters in few ranges. */
function encodingByLetters(sample: Uint8Array): WideEncoding | undefined {
  const controls = sample.filter((byte) => byte < 32 && (byte < 9 || byte > 13)).length;
  if (controls === 0 || sample.length < 32 || sample.length % 2 !== 0) return undefined;
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  const share = (isLittleEndian: boolean) => {
    let usual = 0;
    for (let at = 0; at < sample.length; at += 2) {
      if (isUsual(view.getUint16(at, isLittleEndian))) usual += 1;
    }
    return usual / (sample.length / 2);
  };
  const [little, big] = [share(true), share(false)];
  if (Math.max(little, big) < 0.98) return undefined;
  return little > big ? 'utf-16le' : 'utf-16be';
}

/** ASCII; other Latin, Greek, Cyrillic, Hebrew and Arabic; dashes and quotes; kana and marks, Han, Hangul, full-width forms. */
function isUsual(code: number): boolean {
  if (code < 0x80) return code >= 32 || (code >= 9 && code <= 13);
  if (code < 0x700) return code >= 0xa0;
  if (code < 0x3000 || code > 0xffef) return code >= 0x2010 && code <= 0x2030;
  return (
    code < 0x3100 ||
    (code >= 0x4e00 && code < 0xa000) ||
    (code >= 0xac00 && code < 0xd7b0) ||
    code >= 0xff00
  );
}
